//! A second opinion: the document read by code that shares nothing with the generator.

pub mod compare;
pub mod document;
pub mod instance;
pub mod random;
pub mod request;
pub mod validate;
