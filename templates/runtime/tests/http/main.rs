//! The runtime against servers on real sockets, through a client written as the generator writes one.

#![cfg(feature = "reqwest")]
// Helpers stop at once, as tests do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod answers;
mod client;
mod digest;
mod downloads;
mod environment;
mod requests;
mod scripted;
mod secrets;
mod server;
mod setters;
mod timing;
mod tokens;
