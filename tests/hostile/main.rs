//! No document stops the generator, and none makes it write what does not parse.

mod canary;
mod limits;
mod negative;
mod prose;
mod random;
mod rustdoc;
