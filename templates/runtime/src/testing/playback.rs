//! A transport that answers from recorded exchanges.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use http::{Request, Response};

use super::Sent;
use super::exchange::{Asked, Exchange, Recording};
use super::hide::Hide;
use super::script::made_up_token;
use crate::call::BoxFuture;
use crate::codec::decode;
use crate::transport::{Body, Transport, TransportError};

/// A transport without a network that answers with what a [`Recorder`](super::Recorder) noted. Clones are one.
///
/// A request is answered with the first exchange not played yet whose operation, method, path, query and body are the
/// same; host and headers do not count. So a client without credentials will do, and equal requests get their answers in
/// the order in which they came. A request without such an exchange is answered with an error of the kind
/// [`Request`](crate::ErrorKind::Request), which names the nearest.
///
/// ```
/// use client_runtime::testing::Playback;
///
/// let recorded = r#"{"exchanges": [{
///     "request": {"operation": "getUser", "method": "GET", "path": "/users/7", "headers": []},
///     "answer": {"status": 200, "headers": ["content-type: application/json"], "body": {"json": {"id": "7"}}}
/// }]}"#;
/// let transport = Playback::from_json(recorded)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct Playback {
    hide: Arc<Hide>,
    exchanges: Arc<Mutex<Vec<Entry>>>,
}

struct Entry {
    exchange: Exchange,
    is_played: bool,
}

impl Playback {
    /// Reads what [`Recorder::save`](super::Recorder::save) wrote.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no recording.
    pub fn load(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::from_json(&std::fs::read_to_string(path)?)
    }

    /// Reads what [`Recorder::to_json`](super::Recorder::to_json) wrote.
    ///
    /// # Errors
    ///
    /// Of the kind [`InvalidData`](io::ErrorKind::InvalidData), when it is no recording.
    pub fn from_json(json: &str) -> io::Result<Self> {
        let recording: Recording = decode(json.as_bytes())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("this is no recording: {error}")))?;
        let entries = recording.exchanges.into_iter().map(|exchange| Entry { exchange, is_played: false });
        let hide = Hide(recording.hidden.unwrap_or_default());
        Ok(Self { hide: Arc::new(hide), exchanges: Arc::new(Mutex::new(entries.collect())) })
    }

    fn answer(&self, request: &Asked) -> Result<Response<Body>, TransportError> {
        let mut entries = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |entry: &&mut Entry| !entry.is_played && entry.exchange.request.differences(request).is_empty();
        if let Some(entry) = entries.iter_mut().find(is_it) {
            entry.is_played = true;
            return entry.exchange.answer.give();
        }
        Err(TransportError::refused(missing(&entries, request)))
    }
}

/// What is nearest to a request that is not in the recording.
fn missing(entries: &[Entry], request: &Asked) -> String {
    let what = format!("the recording has no {} ({} {})", request.operation, request.method, bare(&request.path));
    // An open one is nearer than one that was played.
    let distance = |entry: &&Entry| (entry.exchange.request.differences(request).len(), entry.is_played);
    let Some(nearest) = entries.iter().min_by_key(distance) else {
        return format!("{what}: it is empty");
    };
    let Asked { operation, method, path, .. } = &nearest.exchange.request;
    let differences = nearest.exchange.request.differences(request);
    match differences.is_empty() {
        true => format!("{what} left: all of them have been played"),
        false => format!(
            "{what}; the nearest, {operation} ({method} {}), has another {}",
            bare(path),
            differences.join(" and another ")
        ),
    }
}

/// A path without its query, which may hold what is not for the eyes of others.
fn bare(path: &str) -> &str {
    path.split_once('?').map_or(path, |(path, _)| path)
}

impl Transport for Playback {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let sent = Sent::of(request).await?;
            match sent.is_sign_in() {
                true => made_up_token().give().await,
                false => self.answer(&Asked::of(&sent, &self.hide)),
            }
        })
    }
}

impl fmt::Debug for Playback {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Playback")
    }
}
