//! Operations that are called elsewhere than the rest of the API.

use client_runtime::{
    Builder, Core, Description, ErrorKind, Operation, Server as ApiServer, ServerVariable, Service, Value, read,
};

use crate::bare::BARE;
use crate::server::{Answer, Server};

const UPLOADS: &str = "https://{region}.uploads.example.com/v1";

static GET: Operation = Operation::get("get", "/users");
static UPLOAD: Operation = Operation::post("upload", "/files").server(UPLOADS);
static SIDE: Operation = Operation::get("side", "/users").server("/side/");
static PLAIN: Operation = Operation::get("plain", "/users").server("http://plain.example.com");

struct Api(Core);

impl Service for Api {
    type ErrorBody = Value;
    const DESCRIPTION: &'static Description = &Description { base_url: Some("https://us.example.com/v1"), ..BARE };
    const SERVER: Option<&'static ApiServer> =
        Some(&ApiServer { url: "https://{region}.example.com/v1", variables: &[REGION] });
    const SERVERS: &'static [ApiServer] = &[
        ApiServer { url: UPLOADS, variables: &[REGION] },
        ApiServer { url: "/side/", variables: &[] },
        ApiServer { url: "http://plain.example.com", variables: &[] },
    ];
    fn from_core(core: Core) -> Self {
        Self(core)
    }
}

const REGION: ServerVariable = ServerVariable { name: "region", default: "us", values: &["us", "eu"] };

fn builder() -> Builder<Api> {
    Builder::new().credentials(client_runtime::Credentials::access_token("token-1"))
}

impl Api {
    async fn call(&self, operation: &'static Operation) {
        read::empty::<Value>(self.0.request(operation)).await.unwrap();
    }
}

#[tokio::test]
async fn a_base_url_of_ones_own_gets_every_request() {
    let server = Server::start(|_| Answer::new(204, &[], "")).await;
    let api = builder().base_url(format!("{}/base", server.url)).build().unwrap();
    for operation in [&GET, &UPLOAD, &SIDE, &PLAIN] {
        api.call(operation).await;
    }
    let received = server.received();
    let targets: Vec<_> = received.iter().map(crate::server::Received::target).collect();
    assert_eq!(targets, ["GET /base/users", "POST /base/files", "GET /side/users", "GET /base/users"]);
}

#[tokio::test]
async fn a_server_of_its_own_is_where_the_caller_says_and_gets_the_credentials() {
    let [server, uploads] = [(), ()].map(|()| Server::start(|_| Answer::new(204, &[], "")));
    let (server, uploads) = (server.await, uploads.await);
    let api = builder().base_url(&server.url).server(UPLOADS, format!("{}/v2/", uploads.url)).build().unwrap();
    api.call(&GET).await;
    api.call(&UPLOAD).await;
    assert_eq!(server.received().len(), 1);
    let received = &uploads.received()[0];
    assert_eq!(received.target(), "POST /v2/files");
    assert_eq!(received.header("authorization"), Some("Bearer token-1"));
}

#[tokio::test]
async fn plain_http_is_never_called() {
    let api = builder().build().unwrap();
    let error = read::empty::<Value>(api.0.request(&PLAIN)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    let text = error.to_string();
    assert!(text.contains("http://plain.example.com cannot be called: plain http is for the machine itself"), "{text}");
}

#[tokio::test]
async fn variables_fill_the_documents_urls() {
    let api = builder().server_variable("region", "eu").build().unwrap();
    assert!(format!("{:?}", api.0).contains("https://eu.example.com/v1"), "{:?}", api.0);
    let fault = |builder: Builder<Api>| builder.build().map(|_| ()).unwrap_err().to_string();
    let text = fault(builder().server_variable("region", "mars"));
    assert!(text.contains("the server variable `region` cannot be `mars`; there is eu, us"), "{text}");
    let text = fault(builder().server("https://uploads.example.com", "https://a.example"));
    assert!(text.contains("no operation of the document has the server `https://uploads.example.com`"), "{text}");
    let text = fault(builder().server(UPLOADS, "http://a.example"));
    assert!(text.contains("plain http is for the machine itself only"), "{text}");
}
