//! What the tests share: a fake Atlas service, Apache httpd for a second opinion on digest authentication, and the generator's
//! stages one by one, and documents that mean harm.

pub mod apache;
pub mod fake_atlas;
pub mod hostile;
pub mod oracle;
pub mod stages;

/// The programs in README.md, so that they compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
