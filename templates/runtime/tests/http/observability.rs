//! What a call tells `tracing`, and that it tells no secret.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::{ErrorKind, Retry, Value, http, read};
use tracing::Level;

use crate::client::{ApiError, Call, Client, Credentials, GET_USER, User, user};
use crate::recorder::{Recorder, SpanRecord};
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const USER: &str = r#"{"id":"7"}"#;
const ORG: &str = "5f0f0f0f0f0f0f0f0f0f0f0f";

/// The fields of a span that are there, in order of their names.
fn fields(span: &SpanRecord) -> Vec<(&str, &str)> {
    span.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_span_and_each_attempt_has_one_in_it() {
    let (recorder, _guard) = Recorder::begin(Level::INFO);
    let number = AtomicUsize::new(0);
    let script = Script::new(move |_, _| match number.fetch_add(1, Ordering::SeqCst) {
        0 => Scripted::new(503, "").header("retry-after", "1"),
        1 => Scripted::broken(),
        _ => Scripted::new(200, USER),
    });
    script.anonymous().get_user("1").await.unwrap();
    let spans = recorder.spans();
    let names: Vec<_> = spans.iter().map(|span| (span.name, span.parent, span.is_closed)).collect();
    assert_eq!(
        names,
        [("call", None, true), ("attempt", Some(0), true), ("attempt", Some(0), true), ("attempt", Some(0), true)]
    );
    assert_eq!(fields(&spans[0]), [("attempts", "3"), ("operation", "getUser"), ("otel.name", "getUser")]);
    let constant = [
        ("http.request.method", "GET"),
        ("otel.kind", "client"),
        ("otel.name", "GET /users/{userId}"),
        ("server.address", "cloud.example.com"),
        ("server.port", "443"),
        ("url.template", "/users/{userId}"),
    ];
    let own: [&[(&str, &str)]; 3] = [
        &[("error.type", "503"), ("http.response.status_code", "503"), ("otel.status_code", "ERROR")],
        &[("error.type", "Transport"), ("http.request.resend_count", "1"), ("otel.status_code", "ERROR")],
        &[("http.request.resend_count", "2"), ("http.response.status_code", "200")],
    ];
    for (span, own) in spans[1..].iter().zip(own) {
        let mut expected = [&constant[..], own].concat();
        expected.sort_unstable();
        assert_eq!(fields(span), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn failures_are_marked_by_status_or_kind() {
    let (long, short) = (Duration::from_secs(60), Duration::from_secs(30));
    for (outcome, total) in [("404", long), ("Connect", long), ("Timeout", long), ("Timeout", short)] {
        let (recorder, _guard) = Recorder::begin(Level::INFO);
        let script = Script::new(move |_, _| match outcome {
            "404" => Scripted::new(404, ""),
            "Connect" => Scripted::refused(),
            // The end of the attempt, or the end of the call, cuts this one off.
            _ => Scripted::new(200, USER).after(Duration::from_secs(100)),
        });
        let call = script.anonymous().get_user("1").retry(Retry::disabled()).attempt_timeout(Duration::from_secs(50));
        call.timeout(total).await.unwrap_err();
        let spans = recorder.spans();
        assert_eq!((&*spans[0].fields["otel.status_code"], &*spans[0].fields["error.type"]), ("ERROR", outcome));
        assert_eq!((spans[1].fields["error.type"].as_str(), spans[1].is_closed), (outcome, true));
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_answer_cannot_be_read_is_marked_and_its_attempt_is_not() {
    let (recorder, _guard) = Recorder::begin(Level::INFO);
    Script::new(|_, _| Scripted::new(200, "no user")).anonymous().get_user("1").await.unwrap_err();
    let spans = recorder.spans();
    assert_eq!((&*spans[0].fields["otel.status_code"], &*spans[0].fields["error.type"]), ("ERROR", "Decode"));
    assert_eq!((spans[0].is_closed, spans[1].fields.get("error.type")), (true, None));
}

/// Requests for what the document lacks are told apart by their paths.
#[tokio::test(start_paused = true)]
async fn attempts_have_the_paths_of_untyped_and_token_requests() {
    let (recorder, _guard) = Recorder::begin(Level::INFO);
    let script = Script::new(|path, _| match path {
        "/api/oauth/token" => Scripted::new(200, r#"{"access_token":"t","expires_in":3600}"#),
        _ => Scripted::new(200, "null").header("sunset", "soon"),
    });
    let client = script.client();
    for path in ["/a/{id}?q=1", "/b/{id}", "/a/{id}"] {
        let request = client.core.untyped::<ApiError>(http::Method::GET, path).path("id", "sown-path");
        request.send::<Value>().await.unwrap();
    }
    let spans = recorder.spans();
    let attempts = spans.iter().filter(|span| span.name == "attempt");
    let mut told: Vec<_> = attempts.map(|span| (&*span.fields["otel.name"], &*span.fields["url.template"])).collect();
    told.sort_unstable();
    let token = ("POST /api/oauth/token", "/api/oauth/token");
    assert_eq!(told, [("GET /a/{id}", "/a/{id}"), ("GET /a/{id}", "/a/{id}"), ("GET /b/{id}", "/b/{id}"), token]);
    let events = recorder.events();
    let warned: Vec<_> = events.iter().filter_map(|event| event.fields.get("url.template")).collect();
    assert_eq!(warned, ["/a/{id}", "/b/{id}"]);
    assert_clean("told", &recorder.text());
}

#[tokio::test(start_paused = true)]
async fn waits_are_told() {
    let (recorder, _guard) = Recorder::begin(Level::DEBUG);
    let script = Script::new(|_, _| Scripted::new(429, "").header("retry-after", "7"));
    let client = script.anonymous();
    let call = || client.get_user("1").timeout(Duration::from_secs(10));
    call().await.unwrap_err();
    // Here comes another, which is held back.
    call().timeout(Duration::from_secs(7)).await.unwrap_err();
    call().await.unwrap_err();
    let events = recorder.events();
    let told: Vec<_> =
        events.iter().map(|event| (event.level, event.message(), event.fields["wait"].as_str())).collect();
    let (again, held) = ("sent again after a wait", "held back: the service takes no more requests for now");
    assert_eq!(told, [(Level::DEBUG, again, "7s"), (Level::DEBUG, held, "7s")]);
    assert_eq!(events[0].fields["status"], "429");
}

#[tokio::test(start_paused = true)]
async fn an_operation_about_to_go_is_warned_of_once() {
    let (recorder, _guard) = Recorder::begin(Level::WARN);
    let script = Script::new(|path, _| match path {
        "/users/1" => Scripted::new(200, USER)
            .header("deprecation", "@1735689600")
            .header("sunset", "Sat, 01 Mar 2026 00:00:00 GMT"),
        _ if path.starts_with("/ping") => Scripted::new(404, "").header("sunset", "soon"),
        _ => Scripted::new(200, USER),
    });
    let client = script.anonymous();
    client.add_org_team_user(ORG, "t", user("1")).send().await.unwrap();
    for _ in 0..3 {
        client.get_user("1").await.unwrap();
        client.clone().ping(&[1]).await.unwrap_err();
    }
    let events = recorder.events();
    let field = |name: &str| -> Vec<_> {
        events.iter().map(|event| event.fields.get(name).cloned().unwrap_or_default()).collect()
    };
    assert_eq!(field("operation"), ["getUser", "ping"]);
    assert_eq!(field("deprecation"), ["@1735689600", ""]);
    assert_eq!(field("sunset"), ["Sat, 01 Mar 2026 00:00:00 GMT", "soon"]);
    // Another client warns for itself.
    script.anonymous().get_user("1").await.unwrap();
    assert_eq!(recorder.events().len(), 3);
}

/// Every text that a caller or a service may hold to be secret begins so.
const SOWN: &str = "sown-";

fn assert_clean(what: &str, text: &str) {
    assert!(!text.contains(SOWN), "{what}: {text}");
    // A secret may also be printed as bytes, or in base64.
    assert!(!text.contains("115, 111, 119, 110, 45") && !text.contains("c293bi"), "{what}: {text}");
}

fn all_credentials() -> [Credentials; 3] {
    [
        Credentials::access_token("sown-token"),
        Credentials::service_account("sa_id_sown-id", "sown-secret"),
        Credentials::api_key("sown-public", "sown-private"),
    ]
}

/// Answers full of secrets, of every kind.
fn answers() -> Vec<Answer> {
    let cookie = ("set-cookie", "session=sown-cookie");
    let challenge = ("www-authenticate", "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\"");
    let target = ("location", "/there?token=sown-token");
    vec![
        Answer::new(200, &[cookie], r#"{"id":"sown-body","access_token":"sown-token","token_type":"bearer"}"#),
        Answer::new(200, &[cookie], r#"{"id":["sown-body"],"access_token":["sown-token"]}"#),
        Answer::new(401, &[cookie, challenge], "sown-body"),
        Answer::new(503, &[cookie, ("retry-after", "0")], "<html>sown-body</html>"),
        Answer::new(500, &[cookie], r#"{"error":["sown-body"],"errorCode":["sown-body"]}"#),
        Answer::new(302, &[cookie, target], "sown-body"),
        Answer::new(200, &[cookie, ("deprecation", "true")], "sown-body"),
        Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\nset-cookie: a=sown-cookie\r\n\r\nsown-body"),
        Answer::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nsown-body\r\n"),
        Answer::raw("HTTP/1.1 sown-body\r\n\r\n"),
        Answer::raw(""),
    ]
}

/// Whatever is told at any level, by this crate or those beneath it, while secrets go out and come in.
#[tokio::test]
async fn nothing_that_is_told_at_any_level_holds_a_secret() {
    let (recorder, _guard) = Recorder::begin(Level::TRACE);
    for answer in answers() {
        let server = Server::with([answer]).await;
        for credentials in all_credentials() {
            let builder = Client::builder().credentials(credentials).base_url(&server.url);
            let policy = Retry::new().max_attempts(2).initial_backoff(Duration::ZERO);
            let client = builder.retry(policy).pacing(false).build().unwrap();
            let request = client.core.request(&GET_USER).path("userId", "sown-path").query("q", "sown-query");
            let call: Call<User> = read::json(request.cookie("c", "sown-cookie").header("x-key", "sown-header"));
            let call = call.header("cookie", "sown-cookie").query("r", "sown-query");
            assert_clean("call", &format!("{call:?} {call:#?}"));
            if let Err(error) = call.response().await {
                assert_clean("error", &printed(&error));
            }
            let add = client.add_org_team_user(ORG, "sown-path", user("sown-body")).session("sown-cookie");
            assert_clean("request", &format!("{add:?} {add:#?}"));
            if let Err(error) = add.send().await {
                assert_clean("error", &printed(&error));
            }
            match client.get_user("1").send_raw().await {
                Ok(response) => assert_clean("response", &format!("{response:?} {response:#?}")),
                Err(error) => assert_clean("error", &printed(&error)),
            }
            if let Ok(mut download) = client.get_user("1").download().await {
                assert_clean("download", &format!("{download:?} {download:#?}"));
                if let Err(error) = download.next_chunk().await {
                    assert_clean("error", &printed(&error));
                }
            }
            assert_clean("client", &format!("{client:?} {client:#?}"));
        }
    }
    let told = recorder.text();
    for line in told.lines() {
        assert_clean("told", line);
    }
    // The crates beneath have told something too.
    for part in ["client_runtime::observe", "hyper_util::", "log reqwest::", "attempt", "resend_count"] {
        assert!(told.contains(part), "{part} is missing:\n{told}");
    }
}

/// An error in all the ways in which it can be printed, but for its body.
fn printed(error: &crate::client::Error) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?} {:?} {:?}", error.kind(), error.attempts());
    text += &format!("{:?} {:?} {:?}", error.excerpt(), error.decode_error(), error.headers());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text += &format!("{error} {error:?} {error:#?}");
        cause = error.source();
    }
    text
}

/// HTTP/2 has headers and bodies of its own to tell of.
#[cfg(feature = "custom-reqwest")]
#[tokio::test]
async fn nothing_that_http2_tells_holds_a_secret() {
    use client_runtime::{Bytes, ReqwestTransport};

    let (recorder, _guard) = Recorder::begin(Level::TRACE);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut connection = h2::server::handshake(stream).await.unwrap();
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            let mut response = http::Response::new(());
            response.headers_mut().insert("set-cookie", "session=sown-cookie".parse().unwrap());
            let mut body = respond.send_response(response, false).unwrap();
            body.send_data(Bytes::from(r#"{"id":"sown-body"}"#), true).unwrap();
        }
    });
    let reqwest = crate::transport::own().http2_prior_knowledge().no_proxy().build().unwrap();
    let builder = Client::builder().credentials(Credentials::access_token("sown-token")).base_url(url);
    let client = builder.transport(ReqwestTransport::from_client(reqwest)).build().unwrap();
    let request = client.core.request(&GET_USER).path("userId", "sown-path").query("q", "sown-query");
    let call: Call<User> = read::json(request.cookie("c", "sown-cookie"));
    assert_eq!(call.await.unwrap().id, "sown-body");
    client.add_org_team_user(ORG, "t", user("sown-body")).send().await.unwrap();
    let told = recorder.text();
    for line in told.lines() {
        assert_clean("told", line);
    }
    assert!(told.contains("h2::"), "{told}");
}

/// A service's own code and detail are for people to read, and are printed: they are what they say.
#[tokio::test]
async fn the_services_own_words_are_printed() {
    let body = r#"{"error":409,"errorCode":"USER_EXISTS","detail":"there already"}"#;
    let server = Server::with([Answer::json(409, body)]).await;
    let error = crate::client::client(&server.url).get_user("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(format!("{error:?}").contains("(USER_EXISTS): there already"));
}
