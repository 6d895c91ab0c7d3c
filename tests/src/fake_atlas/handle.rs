//! The handle by which a test starts, scripts and questions the service.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::options::Options;
use super::recorded::RecordedRequest;
use super::script::Scripted;
use super::server;
use super::state::{Shared, Slot};

/// A running fake service. It stops when the handle is dropped.
///
/// The service has a thread and an event loop of its own, so it also answers while a test blocks,
/// for instance on a program that it started.
#[derive(Debug)]
pub struct FakeAtlas {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Dropping it ends the server's thread.
    _stop: oneshot::Sender<()>,
}

impl FakeAtlas {
    /// Starts a service with the default [`Options`].
    ///
    /// # Errors
    /// When no port of the loopback interface can be had, or no thread.
    pub async fn start() -> io::Result<Self> {
        Self::with(Options::default()).await
    }

    /// Starts a service with these options.
    ///
    /// # Errors
    /// As [`FakeAtlas::start`].
    pub async fn with(options: Options) -> io::Result<Self> {
        let shared = Arc::new(Shared::new(options));
        let (stop, stopped) = oneshot::channel();
        let address = server::spawn(Arc::clone(&shared), stopped).await?;
        Ok(Self {
            address,
            shared,
            _stop: stop,
        })
    }

    /// Where the service listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL to give to a client, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the service was started with: credentials among others.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.shared.options
    }

    /// Chooses the answer of the next operation call that is in order: signed in, with the right
    /// version and a valid body. Calls that are refused leave the script as it is. Several entries
    /// are used one after another.
    pub fn answer_next(&self, scripted: Scripted) {
        self.shared.push(Slot::Operation, scripted);
    }

    /// Chooses the answer of the next request for a token, whatever that request says.
    pub fn answer_next_token(&self, scripted: Scripted) {
        self.shared.push(Slot::Token, scripted);
    }

    /// Chooses the answer of the very next request, on any path and before any check. It also
    /// serves documents of other APIs: their paths mean nothing to this service.
    pub fn intercept_next(&self, scripted: Scripted) {
        self.shared.push(Slot::Anything, scripted);
    }

    /// How many scripted answers have not been used.
    #[must_use]
    pub fn unused_answers(&self) -> usize {
        self.shared.unused()
    }

    /// Forgets every token that was issued: the next use of one is answered with 401.
    pub fn forget_tokens(&self) {
        self.shared.forget_tokens();
    }

    /// Makes every digest nonce stale: the next use of one is answered with `stale=true`.
    pub fn age_nonces(&self) {
        self.shared.age_nonces();
    }

    /// Every request so far, in order of arrival, those for tokens among them.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.requests()
    }

    /// Every request so far that was not about tokens.
    #[must_use]
    pub fn operation_requests(&self) -> Vec<RecordedRequest> {
        let mut requests = self.requests();
        requests.retain(|request| !request.path().starts_with("/api/oauth/"));
        requests
    }

    /// Every request so far for a new token.
    #[must_use]
    pub fn token_requests(&self) -> Vec<RecordedRequest> {
        let mut requests = self.requests();
        requests.retain(|request| request.path() == "/api/oauth/token");
        requests
    }
}
