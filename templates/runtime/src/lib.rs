//! What a generated API client needs at run time.
//!
//! A generated crate says *what* an API is: its types, its operations, its base URL and the shape of its errors. This
//! crate says *how* a call is made. Its parts, in the order in which a call meets them:
//!
//! - [`Service`] and [`Description`]: what the generated client tells about its service, as constant data.
//! - [`Builder`] and [`Credentials`]: what the caller says: who they are, where the service is, how long to wait.
//! - [`Operation`] and [`RequestBuilder`]: one call's path, query, headers and body. Parameters are written in the
//!   styles of OpenAPI ([`Style`]); a fault in one comes out of the call before anything is sent. [`request!`] declares
//!   an operation's own request type around the builder, and [`UntypedRequest`] is for what the document lacks.
//! - [`read`]: the ways to read an answer, each of which makes a call of a request.
//! - [`Call`]: a request ready to be sent. `await` it for the value, or [`Call::response`] for status and headers too.
//!   Where the value is a [`Download`], its body is read as it comes; [`Events`] and [`Lines`] are read one by one.
//! - [`Call::pages`], [`Call::items`] and [`Call::collect_all`]: a list that comes in pages ([`Page`]). Which link, cursor
//!   or number leads from one to the next is part of the [`Operation`].
//! - [`Waiter`]: a call that is made again and again until a change is over.
//! - the layers of a call (`execute.rs`, readable in one screen): the total timeout, retries ([`Retry`]), authentication
//!   (fixed tokens and keys, OAuth 2.0, HTTP digest), one attempt with its timeout, the envelope. What they
//!   do is told to `tracing` (`observe.rs`).
//! - [`Transport`]: what carries one request. reqwest by default (feature `reqwest`); any other can be given, such as
//!   those of the feature `testing`, which need no network.
//! - [`Error`]: one pointer in size; holds status, headers, raw body, and the service's typed error.
//! - the codec: tables such as `object!` and `open_enum!` that stand beside each generated type, and the newtypes for
//!   formatted text ([`Timestamp`], [`Date`], [`Uuid`], [`Base64`]).
//!
//! Calls need a tokio runtime with its timer (and its I/O driver for the default transport); with the feature `blocking`
//! there is one. For `wasm32-unknown-unknown` the crate compiles, so that types and codec can be used there; calls cannot,
//! because that platform has no clock: no client can be built.
//!
//! No secret appears in any `Debug` or `Display` output of this crate: credentials are kept in [`Secret`], headers that
//! carry them are marked sensitive, and nothing prints a body. A value that was decoded from one is the caller's: its own
//! `Debug` shows its fields, whatever they hold.

mod answers;
mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod codec;
mod core;
mod download;
mod envelope;
mod error;
mod events;
mod execute;
mod in_flight;
mod observe;
mod operation;
mod pacing;
mod paging;
mod pattern;
pub mod read;
mod request;
mod response;
mod retry;
mod scheme;
mod server;
mod service;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;
mod url;
mod waiter;

pub use crate::answers::Answers;
pub use crate::auth::{Credentials, Secret};
pub use crate::builder::Builder;
pub use crate::call::{BoxFuture, Call};
#[doc(hidden)]
pub use crate::codec::__private;
pub use crate::codec::{
    Base64, Base64Error, Date, Decode, DecodeError, EncodeError, Own, Patch, Timestamp, Uuid, Value, decode, encode,
};
pub use crate::core::Core;
pub use crate::download::Download;
pub use crate::error::{Attempt, Error, ErrorKind, FieldError};
pub use crate::events::{Event, Events, Lines};
pub use crate::operation::Operation;
pub use crate::paging::{Items, Page, Pages};
pub use crate::pattern::Pattern;
pub use crate::request::{Encoding, FilePart, RequestBuilder, Style, UntypedRequest, Upload};
pub use crate::response::Response;
pub use crate::retry::Retry;
pub use crate::scheme::{Requirements, SecurityScheme};
pub use crate::server::{Server, ServerVariable};
pub use crate::service::{Description, Envelope, ErrorMembers, Profiles, Service, SettingNames};
pub use crate::transport::{Body, Chunks, OperationId, SecretQuery, Transport, TransportError};
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub use crate::transport::{ReqwestTransport, ReqwestTransportBuilder};
pub use crate::waiter::Waiter;
pub use bytes::Bytes;
pub use http;
/// The reqwest whose `Client` [`ReqwestTransport::from_client`] takes.
#[cfg(all(feature = "custom-reqwest", not(target_family = "wasm")))]
pub use reqwest;
