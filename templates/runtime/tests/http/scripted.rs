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
}

impl Scripted {
    pub(crate) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { after: Duration::ZERO, status, headers: Vec::new(), body: body.into() }
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

    /// The `Authorization` of the last request.
    pub(crate) fn last_authorization(&self) -> String {
        self.log.lock().unwrap().last().unwrap().1.clone().unwrap()
    }

    /// A client with a service account whose requests go to this script.
    pub(crate) fn client(&self) -> Client {
        let credentials = Credentials::service_account("id", "client-secret");
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
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            let authorization = request.headers().get("authorization").map(|value| {
                assert!(value.is_sensitive());
                value.to_str().unwrap().to_owned()
            });
            let answer = (self.handler)(&path, authorization.as_deref());
            self.log.lock().unwrap().push((path, authorization));
            tokio::time::sleep(answer.after).await;
            let mut response = http::Response::builder().status(answer.status);
            for (name, value) in answer.headers {
                response = response.header(name, value);
            }
            Ok(response.body(Body::from(Bytes::from(answer.body))).unwrap())
        })
    }
}
