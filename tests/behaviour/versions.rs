//! Version negotiation: the fake service takes one media type an operation, so the tests in which it answers mean
//! something.

use atlas_client::client_runtime::http::header::{ACCEPT, CONTENT_TYPE};
use atlas_client::client_runtime::http::{HeaderName, HeaderValue, Request, Response};
use atlas_client::client_runtime::{Body, BoxFuture, ReqwestTransport, Transport, TransportError};
use atlas_client::{Client, Credentials, ErrorKind};
use atlas_codegen_tests::fake_atlas::{FakeAtlas, Fault, Scripted};

use crate::operations::{ALL, Operation, PLAIN, client, fake};

/// The default transport, but one header is another.
#[derive(Debug)]
struct Meddling {
    inner: ReqwestTransport,
    name: HeaderName,
    value: HeaderValue,
}

impl Transport for Meddling {
    fn send(
        &self,
        mut request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        request
            .headers_mut()
            .insert(self.name.clone(), self.value.clone());
        self.inner.send(request)
    }
}

fn meddling(atlas: &FakeAtlas, name: HeaderName, value: &'static str) -> Client {
    Client::builder()
        .credentials(Credentials::access_token(&*atlas.options().access_token))
        .base_url(atlas.base_url())
        .transport(Meddling {
            inner: ReqwestTransport::builder()
                .proxies_from_env(false)
                .build()
                .unwrap(),
            name,
            value: HeaderValue::from_static(value),
        })
        .build()
        .unwrap()
}

#[tokio::test]
async fn another_version_is_refused_with_a_code_to_match() {
    let atlas = fake().await;
    let client = meddling(&atlas, ACCEPT, "application/vnd.atlas.2001-01-01+json");
    for operation in ALL {
        let error = operation.fail(&client, PLAIN).await;
        assert_eq!(error.status().unwrap().as_u16(), 406);
        assert_eq!(error.code(), Some("INVALID_VERSION_DATE"));
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.api().unwrap().error_code, "INVALID_VERSION_DATE");
    }
}

#[tokio::test]
async fn plain_json_is_no_version_of_a_dated_operation() {
    let atlas = fake().await;
    let client = meddling(&atlas, ACCEPT, "application/json");
    for operation in ALL {
        let outcome = operation.call(&client, PLAIN).await;
        match operation {
            Operation::CreateProjectInvitation => assert!(outcome.is_ok()),
            _ => assert_eq!(outcome.unwrap_err().code(), Some("INVALID_VERSION_DATE")),
        }
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let atlas = fake().await;
    let client = meddling(&atlas, CONTENT_TYPE, "text/plain");
    let error = Operation::AddOrgTeamUser.fail(&client, PLAIN).await;
    assert_eq!(error.status().unwrap().as_u16(), 415);
}

#[tokio::test]
async fn a_version_that_is_gone_is_an_error_like_others() {
    let atlas = fake().await;
    atlas.answer_next(Scripted::Error(Fault::new(410)));
    let error = Operation::AddGroupAccessUser
        .fail(&client(&atlas), PLAIN)
        .await;
    assert_eq!(error.code(), Some("VERSION_GONE"));
}
