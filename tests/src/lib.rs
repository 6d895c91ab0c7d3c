//! What the tests share: a fake Atlas service, Apache httpd for a second opinion on digest authentication, the generator's stages one
//! by one, documents that mean harm, and a second reading of documents.

pub mod apache;
pub mod catalog;
pub mod fake_atlas;
pub mod hostile;
pub mod oracle;
pub mod probe;
pub mod stages;

/// The programs in README.md, so that they compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
