//! What a generated API client needs at run time.
//!
//! A generated crate says *what* an API is: its types, its operations, its base URL and the shape of its errors. This
//! crate says *how* a call is made. Its parts, in the order in which a call meets them:
//!
//! - [`Service`] and [`Description`]: what the generated client tells about its service, as constant data.
//! - [`Builder`] and [`Credentials`]: what the caller says: who they are, where the service is, how long to wait.
//! - [`Operation`] and [`RequestBuilder`]: one call's path, query, headers and body. Parameters are written in the
//!   styles of OpenAPI ([`Style`]); a fault in one comes out of the call before anything is sent. [`request!`] declares
//!   an operation's own request type around the builder.
//! - [`read`]: the ways to read an answer, each of which makes a call of a request.
//! - [`Call`]: a request ready to be sent. `await` it for the value, or [`Call::response`] for status and headers too.
//!   Where the value is a [`Download`], its body is read as it comes.
//! - the layers of a call (`execute.rs`, readable in one screen): the total timeout, waiting out 429, authentication
//!   (a fixed token, OAuth 2.0 client credentials, HTTP digest), one attempt with its timeout, the envelope.
//! - [`Transport`]: what carries one request. reqwest by default (feature `reqwest`); any other can be given.
//! - [`Error`]: one pointer in size; holds status, headers, raw body, and the service's typed error.
//! - the codec: tables such as `object!` and `open_enum!` that stand beside each generated type, and the newtypes for
//!   formatted text ([`codec`]).
//!
//! Calls need a tokio runtime with its timer (and its I/O driver for the default transport).
//!
//! No secret appears in any `Debug` or `Display` output of this crate: credentials are kept in [`Secret`], headers that
//! carry them are marked sensitive, and nothing prints a body.

mod answers;
mod auth;
mod builder;
mod call;
pub mod codec;
mod core;
mod download;
mod envelope;
mod error;
mod execute;
mod operation;
mod pattern;
mod rate_limit;
pub mod read;
mod request;
mod response;
mod service;
mod transport;
mod url;

pub use crate::answers::Answers;
pub use crate::auth::{Credentials, Secret};
pub use crate::builder::Builder;
pub use crate::call::{BoxFuture, Call};
pub use crate::codec::*;
pub use crate::core::Core;
pub use crate::download::Download;
pub use crate::error::{Error, ErrorKind, FieldError};
pub use crate::operation::Operation;
pub use crate::pattern::Pattern;
pub use crate::request::{RequestBuilder, Style};
pub use crate::response::Response;
pub use crate::service::{Description, Envelope, Environment, ErrorMembers, Service};
#[cfg(feature = "reqwest")]
pub use crate::transport::ReqwestTransport;
pub use crate::transport::{Body, Chunks, Transport, TransportError};
pub use bytes::Bytes;
pub use http;
