//! A client of the exchange document. The fake service plays its server: it answers what it is told to, and records.

use atlas_codegen_tests::fake_atlas::{Answer, FakeAtlas, RecordedRequest, Scripted};
use exchange_client::{Client, Credentials};
use serde_json::Value;

use crate::operations::fake;

/// The client, and what it talks to.
pub(crate) struct Exchange {
    server: FakeAtlas,
    pub(crate) client: Client,
}

impl Exchange {
    pub(crate) async fn start() -> Self {
        let server = fake().await;
        let client = Client::builder()
            .credentials(Credentials::bearer("exchange-token"))
            .base_url(server.base_url())
            .build()
            .expect("the client can be made");
        Self { server, client }
    }

    pub(crate) fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// Chooses the next answer.
    pub(crate) fn answer(&self, answer: Answer) {
        self.server.intercept_next(Scripted::Answer(answer));
    }

    /// Makes the next answer a 200 with this JSON.
    pub(crate) fn answer_json(&self, body: &Value) {
        self.server.intercept_next(Scripted::json(body));
    }

    /// Makes the next answer an empty one with this status.
    pub(crate) fn answer_status(&self, status: u16) {
        self.answer(Answer::new(status));
    }

    /// The last request that came.
    pub(crate) fn last(&self) -> RecordedRequest {
        self.server.requests().pop().expect("a request was sent")
    }

    /// All requests that came.
    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.server.requests()
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.server.requests().len()
    }
}
