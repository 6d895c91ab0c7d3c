//! Planted secrets, and everything that can be printed or logged.

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client_runtime::{Body, BoxFuture, Retry, Secret, Service, Transport, TransportError, Value, http, read};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::client::{ApiError, Client, Credentials, ExportAnswer, user};
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const PLANTED: [&str; 5] = ["planted-token", "planted-secret", "planted-private", "planted-cookie", "planted-answer"];

fn assert_clean(what: &str, text: &str) {
    for secret in PLANTED {
        assert!(!text.contains(secret), "{what}: {text}");
    }
    // Nor in the form in which they travel: `planted` within base64, wherever it begins.
    for encoded in ["cGxhbnRlZ", "BsYW50ZW", "wbGFudGVk"] {
        assert!(!text.contains(encoded), "{what}: {text}");
    }
}

/// Everything that an error can print, its causes too.
fn printed(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    if let Some(cause) = error.source() {
        text.push_str(&printed(cause));
    }
    text
}

/// Every field of every span and event, of the libraries below too.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for &Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        span.record(&mut &*self);
        Id::from_u64(NEXT.fetch_add(1, Ordering::Relaxed))
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn all_credentials() -> [Credentials; 3] {
    [
        Credentials::access_token("planted-token"),
        Credentials::service_account("sa_id_planted-id", "planted-secret"),
        Credentials::api_key("planted-public", "planted-private"),
    ]
}

#[test]
fn credentials_builders_and_clients_show_nothing() {
    assert_clean("secret", &format!("{:?}", Secret::from("planted-token")));
    for credentials in all_credentials() {
        assert_clean("credentials", &format!("{credentials:?} {credentials:#?}"));
        let builder = Client::builder().credentials(credentials).base_url("http://u:planted-secret@localhost");
        assert_clean("builder", &format!("{builder:?}"));
        let client = builder.base_url("http://localhost:9").build().unwrap();
        assert_clean("client", &format!("{client:?} {client:#?}"));
        let request = client.core.request(&crate::client::GET_USER).header("x-key", "planted-token");
        assert_clean("request", &format!("{request:?}"));
        let request = client
            .add_org_team_user("0", "t", user("planted-secret"))
            .if_match("planted-token")
            .session("planted-cookie");
        assert_clean("request", &format!("{request:?} {request:#?}"));
        assert_clean("call", &format!("{:?}", request.send()));
    }
    assert_clean("description", &format!("{:?}", Client::DESCRIPTION));
}

/// Every kind of error, against servers that send the secrets back as bodies and cookies.
#[tokio::test]
async fn neither_errors_nor_logs_show_what_was_sent_and_came() {
    let log = Log::default();
    crate::recorder::listen();
    let _guard = tracing::subscriber::set_default(log.clone());
    let cookie = ("set-cookie", "session=planted-cookie");
    let challenge = ("www-authenticate", "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-256");
    let answers = [
        Answer::new(401, &[cookie, challenge], "planted-token planted-secret"),
        Answer::new(503, &[cookie], "<html>planted-token</html>"),
        Answer::new(200, &[cookie], r#"{"id":7,"access_token":"planted-answer"}"#),
        Answer::new(200, &[cookie], r#"{"access_token":"planted-answer","token_type":"odd"}"#),
        Answer::new(302, &[cookie, ("location", "/x?token=planted-answer")], "planted-answer"),
        Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\nset-cookie: a=planted-cookie\r\n\r\nplanted-answer"),
        Answer::raw("HTTP/1.1 planted-answer\r\n\r\n"),
        Answer::raw(""),
    ];
    for answer in answers {
        let server = Server::with([answer]).await;
        for credentials in all_credentials() {
            let builder = Client::builder().credentials(credentials).base_url(&server.url);
            let client = builder.retry(Retry::new().max_backoff(Duration::ZERO)).build().unwrap();
            let request = client.core.request(&crate::client::GET_USER);
            let request = request.path("userId", "1").query("q", "planted-cookie");
            let call: crate::client::Call<crate::client::User> = read::json(request);
            let error = call.await.unwrap_err();
            assert_clean("error", &printed(&error));
        }
    }
    let log = log.0.lock().unwrap();
    assert!(log.contains("/users/{userId}") && log.contains("503"), "{log}");
    assert_clean("log", &log);
}

/// A service whose endpoints for tokens repeat what they were sent, and whose log says how it went.
#[tokio::test]
async fn neither_a_token_that_works_nor_one_given_back_shows() {
    let log = Log::default();
    crate::recorder::listen();
    let _guard = tracing::subscriber::set_default(log.clone());
    let server = Server::start(|received| match received.target() {
        "POST /api/oauth/token" => Answer::json(200, r#"{"access_token":"planted-token","token_type":"bearer"}"#),
        "POST /api/oauth/revoke" => {
            Answer::json(400, r#"{"error":"planted-token","error_description":"no planted-token for planted-secret"}"#)
        }
        _ => Answer::json(200, r#"{"id":"7"}"#),
    })
    .await;
    let [_, account, _] = all_credentials();
    let client = Client::builder().credentials(account).base_url(&server.url).build().unwrap();
    client.get_user("1").await.unwrap();
    assert_clean("client", &format!("{client:?} {client:#?}"));
    let error = client.core.revoke_token::<crate::client::ApiError>().await.unwrap_err();
    assert!(printed(&error).contains("no (secret) for (secret)"));
    assert_clean("error", &printed(&error));
    let log = log.0.lock().unwrap();
    assert!(log.contains("requestToken") && log.contains("revokeToken"), "{log}");
    assert_clean("log", &log);
}

/// What a caller reads, with `value` or `api`, is the caller's to print; what holds it shows none of it.
#[tokio::test]
async fn neither_an_answer_nor_an_error_shows_what_was_read_from_its_body() {
    let script = Script::new(|path, _| match path {
        "/users/1" => Scripted::new(200, r#"{"id":"planted-answer"}"#).header("x-shown", "shown"),
        "/export" => Scripted::new(206, "planted-answer"),
        _ => Scripted::new(409, r#"{"error":409,"errorCode":"TAKEN","parameters":["planted-answer"]}"#),
    });
    let client = script.anonymous();
    let response = client.get_user("1").response().await.unwrap();
    let text = format!("{response:?} {response:#?} {:?}", client.get_user("1").send_raw().await.unwrap());
    assert_clean("response", &text);
    assert!(text.contains("200") && text.contains("shown") && text.contains("body_length: 23"), "{text}");
    let error = client.get_user("2").await.unwrap_err();
    assert!(error.api().is_some());
    assert_clean("error", &printed(&error));
    assert!(format!("{error:#?}").contains("has_api: true"), "{error:#?}");
    let answer = client.start_export().send().await.unwrap();
    assert_clean("answer", &format!("{answer:?}"));
    assert_eq!(format!("{answer:?} {:?}", ExportAnswer::Begun), "Unknown(206, 14 bytes) Begun");
    assert_eq!(format!("{:?}", ExportAnswer::Done(user("7"))), format!("Done({:?})", user("7")));
}

/// Fails, and names the headers that are marked as secrets.
struct Marked;

impl fmt::Debug for Marked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Marked")
    }
}

impl Transport for Marked {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let marked = request.headers().iter().filter(|(_, value)| value.is_sensitive());
        let mut marked: Vec<_> = marked.map(|(name, _)| name.as_str()).collect();
        marked.sort_unstable();
        let error = TransportError::refused(marked.join(" "));
        Box::pin(async move { Err(error) })
    }
}

#[tokio::test]
async fn headers_of_secrets_are_marked_by_their_names_whoever_sets_them() {
    let client = Client::builder().transport(Marked).build().unwrap();
    let names = ["authorization", "cookie", "proxy-authorization", "x-api-key"];
    let call = client.get_user("1").header("x-more", "a");
    let call = names.iter().fold(call, |call, name| call.header(name, "planted-token"));
    let untyped = client.core.untyped::<ApiError>(http::Method::GET, "/x").header("x-more", "a");
    let untyped = names.iter().fold(untyped, |request, name| request.header(name, "planted-token"));
    let request = client.core.request(&crate::client::GET_USER).path("userId", "1").header("x-more", "a");
    let request = request.header("proxy-authorization", "x").header("X-Api-Key", "x").header("authorization", "x");
    let built: crate::client::Call<Value> = read::json(request.cookie("c", "planted-cookie"));
    for error in [call.await.unwrap_err(), untyped.send::<Value>().await.unwrap_err(), built.await.unwrap_err()] {
        assert!(format!("{error:#}").ends_with(&names.join(" ")), "{error:#}");
    }
}

#[test]
fn faults_in_credentials_show_nothing() {
    let planted = ["planted-token\n", "\"planted-token\"", "planted-\ttoken", " planted-token", "sa_id_planted-token"];
    for text in planted {
        for credentials in [
            Credentials::access_token(text),
            Credentials::service_account(text.replace("sa_id_", ""), "x"),
            Credentials::service_account("sa_id_1", text),
            Credentials::api_key(text, "x"),
            Credentials::api_key("x", text),
        ] {
            assert_clean("credentials", &format!("{credentials:?}"));
            let builder = Client::builder().credentials(credentials);
            assert_clean("builder", &format!("{builder:?} {builder:#?}"));
            assert_clean("error", &printed(&builder.build().unwrap_err()));
        }
    }
}
