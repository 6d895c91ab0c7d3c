//! A transport without a network, for tests in paused time.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client_runtime::{Body, BoxFuture, Bytes, Transport, TransportError, http};

use crate::client::{Client, Credentials};

/// What to answer, and after how long.
pub(crate) struct Scripted {
    pub(crate) after: Duration,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    /// Why no answer comes, if so.
    pub(crate) failure: Option<fn() -> TransportError>,
}

impl Scripted {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { after: Duration::ZERO, status, headers: Vec::new(), body: body.into(), failure: None }
    }

    /// No connection can be made.
    pub(crate) fn refused() -> Self {
        Self { failure: Some(|| TransportError::connect("refused")), ..Self::new(200, "") }
    }

    /// The connection breaks off.
    pub(crate) fn broken() -> Self {
        Self { failure: Some(|| TransportError::new("broken")), ..Self::new(200, "") }
    }

    pub(crate) fn after(mut self, time: Duration) -> Self {
        self.after = time;
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

type Handler = dyn Fn(&str, Option<&str>) -> Scripted + Send + Sync;

/// A request's path and `Authorization`.
type Sent = (String, Option<String>);

/// Answers by path and `Authorization`, and keeps both.
#[derive(Clone)]
pub(crate) struct Script {
    handler: Arc<Handler>,
    log: Arc<Mutex<Vec<Sent>>>,
}

impl Script {
    pub(crate) fn new(handler: impl Fn(&str, Option<&str>) -> Scripted + Send + Sync + 'static) -> Self {
        Self { handler: Arc::new(handler), log: Arc::default() }
    }

    /// How many requests went to this path.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.log.lock().unwrap().iter().filter(|(sent, _)| sent == path).count()
    }

    /// Forgets what was sent. The test of memory needs it.
    #[allow(dead_code)]
    pub(crate) fn forget(&self) {
        self.log.lock().unwrap().clear();
    }

    /// The `Authorization` of the last request.
    pub(crate) fn last_authorization(&self) -> String {
        self.log.lock().unwrap().last().unwrap().1.clone().unwrap()
    }

    /// A client without credentials whose requests go to this script.
    pub(crate) fn anonymous(&self) -> Client {
        Client::builder().transport(self.clone()).build().unwrap()
    }

    /// A client with a service account whose requests go to this script.
    pub(crate) fn client(&self) -> Client {
        let credentials = Credentials::service_account("sa_id_1", "client-secret");
        Client::builder().credentials(credentials).transport(self.clone()).build().unwrap()
    }
}

type Outcome = Result<http::Response<Body>, TransportError>;

impl fmt::Debug for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Script")
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            let authorization = request.headers().get("authorization").map(|value| {
                assert!(value.is_sensitive());
                value.to_str().unwrap().to_owned()
            });
            let answer = (self.handler)(&path, authorization.as_deref());
            self.log.lock().unwrap().push((path, authorization));
            tokio::time::sleep(answer.after).await;
            if let Some(failure) = answer.failure {
                return Err(failure());
            }
            let mut response = http::Response::builder().status(answer.status);
            for (name, value) in answer.headers {
                response = response.header(name, value);
            }
            Ok(response.body(Body::from(Bytes::from(answer.body))).unwrap())
        })
    }
}
