//! A transport that notes what goes over another.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{Request, Response, StatusCode};

use super::Sent;
use super::exchange::{Answered, Asked, Exchange, Recording};
use super::hide::Hide;
use super::sent::is_sign_in;
use crate::call::BoxFuture;
use crate::transport::{Body, OperationId, Transport, TransportError};

/// A transport that notes the exchanges of another, for a [`Playback`](super::Playback). Clones are one.
///
/// The notes are JSON for people to read and to keep beside their tests: an entry for each exchange, in the order in
/// which the requests went out. JSON bodies are laid out anew, other text is text, the rest is base64.
///
/// Secrets stay out. Sign-in is left out as a whole: requests for tokens, answers of 401, keys in the query. The values of headers that carry
/// credentials are written `(hidden)`, and so is each text in a JSON body, a form or a query whose name is mostly a
/// secret's (it ends with `password`, `passphrase`, `secret`, `privateKey`, `apiKey` or `accessToken`, however written);
/// [`hide`](Self::hide) adds names. Other texts are written as they are: look through a recording before it is shared.
///
/// Bodies are read whole before they go on, so it is no transport for endless ones. What a connection broke off is not
/// noted.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # fn example<C: client_runtime::Service>() -> Result<(), Box<dyn std::error::Error>> {
/// use client_runtime::testing::Recorder;
/// use client_runtime::{Builder, ReqwestTransport};
///
/// let recorder = Recorder::new(ReqwestTransport::builder().build()?);
/// let client = Builder::<C>::new().transport(recorder.clone()).build();
/// // … calls …
/// recorder.save("tests/recorded/users.json")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Recorder {
    transport: Arc<dyn Transport>,
    notes: Arc<Mutex<Notes>>,
}

#[derive(Default)]
struct Notes {
    hide: Hide,
    /// One for each request that went out; none until its answer is there.
    exchanges: Vec<Option<Exchange>>,
}

impl Recorder {
    /// Notes what goes over this transport.
    pub fn new(transport: impl Transport) -> Self {
        Self { transport: Arc::new(transport), notes: Arc::default() }
    }

    /// Hides the values of headers, query parameters and JSON members of this name, too.
    #[must_use]
    pub fn hide(self, name: impl Into<String>) -> Self {
        self.notes().hide.0.push(name.into());
        self
    }

    /// The notes until now, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let notes = self.notes();
        let recording = Recording {
            hidden: Some(notes.hide.0.clone()).filter(|names| !names.is_empty()),
            exchanges: notes.exchanges.iter().flatten().cloned().collect(),
        };
        // The types above have nothing that JSON cannot express.
        serde_json::to_string_pretty(&recording).unwrap_or_default() + "\n"
    }

    /// Writes the notes until now to a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        std::fs::write(path, self.to_json())
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn record(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let (parts, mut body) = request.into_parts();
        let body = whole(&mut body).await?;
        let sent = Sent::of(Request::from_parts(parts.clone(), body.clone().into())).await?;
        let (index, request) = {
            let mut notes = self.notes();
            notes.exchanges.push(None);
            (notes.exchanges.len() - 1, Asked::of(&sent, &notes.hide))
        };
        let answer = self.transport.send(Request::from_parts(parts, body.into())).await?;
        let (parts, mut body) = answer.into_parts();
        let body = whole(&mut body).await?;
        let answer = Response::from_parts(parts, Body::from(body.clone()));
        if answer.status() != StatusCode::UNAUTHORIZED {
            let mut notes = self.notes();
            let exchange = Exchange { request, answer: Answered::of(&answer, &body, &notes.hide) };
            if let Some(place) = notes.exchanges.get_mut(index) {
                *place = Some(exchange);
            }
        }
        Ok(answer)
    }
}

async fn whole(body: &mut Body) -> Result<bytes::Bytes, TransportError> {
    let (bytes, fault) = body.read(usize::MAX).await;
    fault.map_or(Ok(bytes), |fault| Err(TransportError::new(format!("a body broke off: {fault:?}"))))
}

impl Transport for Recorder {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        match request.extensions().get::<OperationId>() {
            Some(id) if is_sign_in(id.as_str()) => self.transport.send(request),
            _ => Box::pin(self.record(request)),
        }
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recorder").field("transport", &self.transport).finish_non_exhaustive()
    }
}
