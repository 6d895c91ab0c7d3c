//! A second opinion: the document read by code that shares nothing with the generator.

pub mod compare;
pub mod document;
pub mod files;
pub mod instance;
mod modern;
pub mod random;
pub mod request;
pub mod validate;
