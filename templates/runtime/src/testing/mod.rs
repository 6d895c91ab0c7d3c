//! Tests without a network (feature `testing`): transports to give to [`Builder::transport`](crate::Builder::transport).
//!
//! - [`Script`]: each request is expected, and answered as the test says.
//! - [`Recorder`]: notes what goes over another transport, and [`Playback`] answers from those notes.
//!
//! They take the place of the network alone: encoding, sign-in, retries, limits and decoding are those of every call.
//!
//! Sign-in is no subject of such tests. A request for an OAuth token is answered with a made-up one, unless a script
//! expects it (its operation is `requestToken`), and none is recorded. A client without credentials will do as well.
//!
//! # Time
//!
//! What is retried waits, scripted or not: a 503 for a moment, a 429 as long as its `Retry-After` says. In tokio's paused
//! time (`#[tokio::test(start_paused = true)]`, tokio's feature `test-util`) such waits, and those of
//! [`Answer::after`], take no time. Elsewhere, as with the feature `blocking`, give the client
//! `Retry::new().initial_backoff(Duration::ZERO)` or [`Retry::disabled`](crate::Retry::disabled).

mod answer;
mod exchange;
mod expect;
mod hide;
mod playback;
mod recorder;
mod script;
mod sent;

pub use self::answer::Answer;
pub use self::expect::Expectation;
pub use self::playback::Playback;
pub use self::recorder::Recorder;
pub use self::script::{Script, ScriptError};
pub use self::sent::Sent;
