//! Reads an OpenAPI document and writes a Rust client crate.
//!
//! The stages, in order: [`config`], [`spec`], [`lower`] to [`ir`], [`analyze`], [`names`], [`plan`] to [`surface`], [`emit`] and
//! [`render`], [`output`]. [`pipeline`] lists them; [`diag`] holds what they complain of and [`wire`] the words that both models share.
//! ARCHITECTURE.md says what each may import.

pub mod analyze;
pub mod config;
pub mod diag;
pub mod diff;
pub mod emit;
pub mod ir;
pub mod lower;
pub mod names;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod render;
pub mod spec;
pub mod surface;
mod template;
mod threads;
pub mod wire;

#[cfg(test)]
mod tests;
