//! The runtime against servers on real sockets, through a client written as the generator writes one.

#![cfg(feature = "reqwest")]
// Helpers stop at once, as tests do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod answers;
mod bare;
#[cfg(feature = "blocking")]
mod blocking;
mod client;
mod clock;
mod crowds;
mod digest;
mod downloads;
mod environment;
mod events;
mod faults;
mod observability;
mod pacing;
mod paging;
mod raw;
mod recorder;
mod requests;
mod retries;
mod scripted;
mod secrets;
mod security;
mod server;
mod servers;
mod setters;
mod styles;
#[cfg(feature = "testing")]
mod testing;
mod timing;
mod tokens;
#[cfg(feature = "custom-reqwest")]
mod transport;
mod untyped;
mod uploads;
mod waiters;
