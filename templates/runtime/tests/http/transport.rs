//! The default transport, and one with a caller's own reqwest client.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::{Bytes, ErrorKind, ReqwestTransport, reqwest};
use tokio::net::TcpListener;

use crate::client::{Client, Credentials, client, user};
use crate::server::{Answer, Server};

const USER: &str = r#"{"id":"7"}"#;

fn with(base_url: &str, own: reqwest::ClientBuilder) -> Client {
    let transport = ReqwestTransport::from_client(own.build().unwrap());
    let credentials = Credentials::access_token("token-1");
    Client::builder().credentials(credentials).base_url(base_url).transport(transport).build().unwrap()
}

/// reqwest without its own TLS needs a provider only where TLS is used.
pub(crate) fn own() -> reqwest::ClientBuilder {
    reqwest::Client::builder().tls_backend_preconfigured(tls()).redirect(reqwest::redirect::Policy::none())
}

fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
}

#[tokio::test]
async fn a_client_of_ones_own_carries_the_calls() {
    let server = Server::with([Answer::json(200, USER), Answer::new(302, &[("location", "/other")], "")]).await;
    let client = with(&server.url, own());
    assert_eq!(client.get_user("7").await.unwrap(), user("7"));
    assert_eq!(server.received()[0].header("authorization"), Some("Bearer token-1"));
    assert_eq!(client.get_user("7").await.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(server.received().len(), 2);
}

/// An HTTP/2 server that answers when ten requests are there, so that they must share its one connection.
async fn http2(connections: Arc<AtomicUsize>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            connections.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut connection = h2::server::handshake(stream).await.unwrap();
                let mut waiting = Vec::new();
                while let Some(Ok((_, respond))) = connection.accept().await {
                    waiting.push(respond);
                    if waiting.len() < 10 {
                        continue;
                    }
                    for mut respond in waiting.drain(..) {
                        let mut body = respond.send_response(http_response(), false).unwrap();
                        body.send_data(Bytes::from(USER), true).unwrap();
                    }
                }
            });
        }
    });
    url
}

fn http_response() -> client_runtime::http::Response<()> {
    client_runtime::http::Response::new(())
}

#[tokio::test]
async fn http2_carries_many_calls_on_one_connection() {
    let connections = Arc::new(AtomicUsize::new(0));
    let url = http2(Arc::clone(&connections)).await;
    let client = with(&url, own().http2_prior_knowledge());
    let calls: Vec<_> = (0..10).map(|_| tokio::spawn(client.get_user("7").into_future())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), user("7"));
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn calls_one_after_the_other_share_a_connection() {
    let server = Server::with([Answer::json(200, USER)]).await;
    let client = client(&server.url);
    for _ in 0..3 {
        client.get_user("7").await.unwrap();
    }
    let received = server.received();
    assert!(received.iter().all(|sent| sent.peer == received[0].peer), "{received:?}");
}

/// The part that another process plays: the call of a service elsewhere, and that of one on the machine itself.
#[tokio::test]
#[ignore = "a test here starts it"]
async fn call_by_proxy() {
    let local = std::env::var("CLIENT_RUNTIME_TEST_LOCAL").unwrap();
    for url in ["https://cloud.example.com", &local] {
        let client = Client::builder().base_url(url).timeout(Duration::from_secs(9));
        let client = client.retry(client_runtime::Retry::disabled()).build().unwrap();
        println!("[{}]", client.get_user("7").await.is_ok());
    }
}

#[tokio::test]
async fn proxies_of_the_environment_count_but_for_the_machine_itself() {
    let proxy = Server::with([Answer::new(403, &[], "")]).await;
    let local = Server::with([Answer::json(200, USER)]).await;
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "transport::call_by_proxy", "--ignored", "--nocapture"]);
    command.env("CLIENT_RUNTIME_TEST_LOCAL", &local.url).env_remove("NO_PROXY").env_remove("no_proxy");
    for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, &proxy.url);
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("[false]\n[true]"), "{text}");
    let targets: Vec<_> = proxy.received().iter().map(|sent| sent.target().to_owned()).collect();
    assert_eq!(targets, ["CONNECT cloud.example.com:443"]);
    assert_eq!(local.received().len(), 1);
}
