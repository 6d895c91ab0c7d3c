//! Tests without a network, as users of a client write them.

use std::time::Duration;

use client_runtime::testing::{Answer, Playback, Recorder, Script};
use client_runtime::{ErrorKind, ReqwestTransport, Retry, Transport, Value, http::Method, object};
use serde_json::json;

use crate::client::{Client, Credentials, user};
use crate::server::{self, Server};

object! {
    struct Problem {
        required error: i64 = "error",
        required error_code: String = "errorCode",
    }
}

const ORG: &str = "5f0f0f0f0f0f0f0f0f0f0f0f";

fn client(transport: impl Transport) -> Client {
    Client::builder().transport(transport).build().unwrap()
}

#[tokio::test]
async fn expected_requests_get_their_answers_in_order() {
    let script = Script::new();
    let expected = script.expect("getUser").method(Method::GET).path("/users/7").header("accept", "application/json");
    expected.answer(Answer::json(200, &user("7")).header("x-a", "b"));
    let expected = script.expect("addOrgTeamUser").query("pretty", true).no_query("envelope").json(&user("8"));
    expected.matching("an id of 24 digits", |sent| sent.path().contains(ORG)).answer(Answer::json(200, &user("9")));
    let problem = Problem { error: 404, error_code: "NO_USER".to_owned() };
    script.expect("getUser").answer(Answer::json(404, &problem));
    script.expect("getUser").answer(Answer::status(200).body("<html>"));

    let client = client(script.clone());
    let response = client.get_user("7").response().await.unwrap();
    assert_eq!((response.headers()["x-a"].to_str().unwrap(), response.value()), ("b", &user("7")));
    let added = client.add_org_team_user(ORG, "t", user("8")).pretty(true).send();
    assert_eq!(added.await.unwrap(), user("9"));
    let error = client.get_user("8").await.unwrap_err();
    assert_eq!((error.code(), error.api().unwrap().error), (Some("NO_USER"), 404));
    assert_eq!(client.get_user("8").await.unwrap_err().kind(), ErrorKind::Decode);

    script.verify().unwrap();
    let sent = script.requests();
    let operations: Vec<_> = sent.iter().map(|sent| sent.operation()).collect();
    assert_eq!(operations, ["getUser", "addOrgTeamUser", "getUser", "getUser"]);
    assert_eq!((sent[1].json(), sent[1].query()), (Some(json!({"id": "8"})), vec![("pretty".into(), "true".into())]));
}

#[tokio::test]
async fn a_request_that_is_not_expected_is_an_error_that_says_what_was() {
    let script = Script::new();
    script.expect("getUser").path("/users/7").query("a", 1).times(2).answer(Answer::json(200, &user("7")));
    let client = client(script.clone());
    let error = client.get_user("8").query("q", "planted").await.unwrap_err();
    let text = "getUser: the transport refused the request: not expected: getUser (GET /users/8); expected was \
                getUser with path /users/7, query a=1 (2 times); this one is without path /users/7, query a=1";
    // It was not retried.
    assert_eq!((error.kind(), format!("{error:#}"), error.attempts().len()), (ErrorKind::Request, text.to_owned(), 1));
    client.delete_user("7").query("a", "1").await.unwrap();
    let error = client.read_log("7").send().await.unwrap_err();
    assert!(format!("{error:?}").ends_with("this one is without query a=1"), "{error:?}");

    let text = script.verify().unwrap_err().to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, "did not come: getUser with path /users/7, query a=1"));
    assert!(lines[1].starts_with("not expected: getUser (GET /users/8); expected was"), "{text}");
}

#[tokio::test]
async fn the_order_counts_unless_it_is_said_not_to() {
    for (script, is_ordered) in [(Script::new(), true), (Script::in_any_order(), false)] {
        script.expect("getUser").path("/users/7").answer(Answer::json(200, &user("7")));
        script.expect("ping").any_times().answer(Answer::status(200).body("pong"));
        script.expect("getUser").path("/users/8").answer(Answer::json(200, &user("8")));
        let client = client(script.clone());
        assert_eq!(client.get_user("8").await.is_ok(), !is_ordered);
        assert_eq!(client.get_user("7").await.unwrap(), user("7"));
        assert_eq!(client.ping(&[1]).await.unwrap(), "pong");
        assert_eq!(client.ping(&[2]).await.unwrap(), "pong");
        if is_ordered {
            assert_eq!(client.get_user("8").await.unwrap(), user("8"));
        }
        let error = client.get_user("9").await.unwrap_err();
        assert!(format!("{error:#}").contains("expected was ping"));
        assert_eq!(script.requests().len(), 5 + usize::from(is_ordered));
        assert!(script.verify().unwrap_err().to_string().lines().all(|line| line.starts_with("not expected")));
    }
}

#[tokio::test(start_paused = true)]
async fn failures_are_retried_as_ever_and_waits_take_no_time() {
    let script = Script::new();
    for answer in [Answer::status(503), Answer::no_connection(), Answer::broken_off()] {
        script.expect("getUser").answer(answer);
    }
    script.expect("getUser").answer(Answer::status(429).header("retry-after", "3600").after(Duration::from_secs(20)));
    script.expect("getUser").answer(Answer::json(200, &user("7")));
    let client = client(script.clone());
    let start = (std::time::Instant::now(), tokio::time::Instant::now());
    let call = client.get_user("7").timeout(Duration::from_secs(9999));
    assert_eq!(call.await.unwrap(), user("7"));
    // An hour by the one clock; by the other, no more than a machine that stalls may take.
    assert!(start.1.elapsed() >= Duration::from_secs(3620) && start.0.elapsed() < Duration::from_secs(600));
    script.verify().unwrap();
}

#[tokio::test]
async fn transport_failures_are_of_their_kinds() {
    let script = Script::new();
    script.expect("getUser").answer(Answer::no_connection());
    script.expect("getUser").answer(Answer::broken_off());
    script.expect("getUser").answer(Answer::json(200, &user("7")).cut_short());
    script.expect("getUser").answer(Answer::status(99));
    script.expect("getUser").answer(Answer::status(200).header("a b", "c"));
    let client = client(script.clone());
    for kind in [ErrorKind::Connect, ErrorKind::Transport, ErrorKind::Transport, ErrorKind::Request, ErrorKind::Request]
    {
        assert_eq!(client.get_user("7").retry(Retry::disabled()).await.unwrap_err().kind(), kind);
    }
    script.expect("getUser").answer(Answer::status(200).body("abc").cut_short());
    let mut download = client.read_log("7").send().await.unwrap();
    assert_eq!(download.next_chunk().await.unwrap().unwrap(), "abc");
    assert_eq!(download.next_chunk().await.unwrap_err().kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn sign_in_is_answered_and_secrets_are_not_shown() {
    let script = Script::new();
    script.expect("getUser").header("authorization", "(hidden)").answer(Answer::json(200, &user("7")));
    let credentials = Credentials::service_account("sa_id_planted", "planted-secret");
    let client = Client::builder().credentials(credentials).transport(script.clone()).build().unwrap();
    client.get_user("7").header("cookie", "planted").header("x-api-key", "planted").await.unwrap();
    script.verify().unwrap();
    let sent = script.requests();
    assert_eq!((sent.len(), sent[0].headers()["authorization"].to_str().unwrap()), (1, "(hidden)"));
    assert!(!format!("{sent:?} {script:?} {client:?}").contains("planted"));

    script.expect("requestToken").answer(Answer::status(400));
    let credentials = Credentials::service_account("sa_id_planted", "planted-secret");
    let client = Client::builder().credentials(credentials).transport(script.clone()).build().unwrap();
    assert_eq!(client.get_user("7").await.unwrap_err().kind(), ErrorKind::Authentication);
}

/// What records a client's calls of a server here.
fn recorder() -> Recorder {
    Recorder::new(ReqwestTransport::builder().proxies_from_env(false).build().unwrap()).hide("note")
}

fn planted() -> server::Answer {
    let body = r#"{"id":"7","dbPassword":"planted","note":["planted"],"big":1.5}"#;
    let headers = [
        ("content-type", "application/json"),
        ("set-cookie", "planted"),
        ("x-request-id", "r1"),
        ("location", "/x?token=planted"),
    ];
    server::Answer::new(200, &headers, body)
}

/// The calls that are recorded and played back.
async fn calls(client: &Client) -> Vec<String> {
    let mut seen = Vec::new();
    let mut note = |result: Result<String, crate::client::Error>| {
        seen.push(result.unwrap_or_else(|error| error.to_string()));
    };
    note(client.get_user("7").await.map(|user| format!("{user:?}")));
    note(client.get_user("7").await.map(|user| format!("{user:?}")));
    let export = client.start_export().note("planted");
    note(export.send().idempotent(false).await.map(|answer| format!("{answer:?}")));
    let form = json!({"client_secret": "planted", "a": 1});
    note(client.start_export().fields(form).send().await.map(|answer| format!("{answer:?}")));
    let parts = json!({"a": "b"});
    note(client.start_export().members(parts).send().await.map(|answer| format!("{answer:?}")));
    note(client.user_as_text("x").query("note", "planted").await);
    note(client.ping(&[1]).await.map(|bytes| format!("{bytes:?}")));
    seen
}

#[tokio::test]
async fn what_is_recorded_plays_back_without_secrets() {
    let challenge = ("www-authenticate", "Digest realm=\"r\", nonce=\"planted\", qop=\"auth\", algorithm=MD5");
    let answers = [
        server::Answer::new(401, &[challenge], "planted"),
        planted(),
        server::Answer::json(404, r#"{"error":404,"errorCode":"GONE"}"#),
        server::Answer::new(202, &[], ""),
        server::Answer::new(202, &[], ""),
        server::Answer::json(200, r#"{"id":"8"}"#),
        server::Answer::new(200, &[], "text é"),
        server::Answer::new(200, &[], "pong"),
    ];
    let server = Server::with(answers).await;
    let recorder = recorder();
    let credentials = Credentials::api_key("planted-user", "planted-password");
    let builder = Client::builder().credentials(credentials).base_url(&server.url).transport(recorder.clone());
    let first = calls(&builder.build().unwrap()).await;
    let json = recorder.to_json();
    // The text body was given by the caller under no name.
    let hidden = json.replacen(r#""text": "planted""#, "", 1);
    assert!(!hidden.contains("planted"), "{hidden}");
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["exchanges"].as_array().unwrap().len(), 7);

    // Without credentials, and at the service's own address.
    let path = std::env::temp_dir().join(format!("client-runtime-recorded-{}.json", std::process::id()));
    recorder.save(&path).unwrap();
    let playback = Playback::load(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let again = Recorder::new(playback.clone()).hide("note");
    assert_eq!(calls(&client(again.clone())).await, first);
    // All that matters is the same once more, in the same order.
    let requests = |json: &str| {
        let value: Value = serde_json::from_str(json).unwrap();
        let exchanges = value["exchanges"].as_array().unwrap().clone();
        exchanges.into_iter().map(|one| (one["request"]["body"].clone(), one["answer"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(requests(&again.to_json()), requests(&json));
}

#[tokio::test]
async fn a_recording_is_readable() {
    let server = Server::with([planted()]).await;
    let recorder = recorder();
    let builder = Client::builder()
        .base_url(&server.url)
        .transport(recorder.clone())
        .credentials(Credentials::access_token("planted"));
    let client = builder.build().unwrap();
    client.add_org_team_user(ORG, "t", user("1")).pretty(true).session("planted").send().await.unwrap();
    let expected = r#"{
  "exchanges": [
    {
      "request": {
        "operation": "addOrgTeamUser",
        "method": "POST",
        "path": "/api/atlas/v2/orgs/5f0f0f0f0f0f0f0f0f0f0f0f/teams/t:addUser?pretty=true",
        "headers": [
          "accept: application/vnd.atlas.2025-02-19+json",
          "authorization: (hidden)",
          "content-type: application/vnd.atlas.2025-02-19+json",
          "cookie: (hidden)",
          "user-agent: client-runtime/0.1.0"
        ],
        "body": {
          "json": {
            "id": "1"
          }
        }
      },
      "answer": {
        "status": 200,
        "headers": [
          "content-type: application/json",
          "location: /x",
          "set-cookie: (hidden)",
          "x-request-id: r1"
        ],
        "body": {
          "json": {
            "big": 1.5,
            "dbPassword": "(hidden)",
            "id": "7",
            "note": [
              "(hidden)"
            ]
          }
        }
      }
    }
  ],
  "hidden": [
    "note"
  ]
}
"#;
    assert_eq!(recorder.to_json(), expected);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_recorded_too() {
    let script = Script::new();
    script.expect("ping").answer(Answer::status(200).body(&b"\xff\x00"[..]));
    let recorder = Recorder::new(script);
    client(recorder.clone()).ping(&[1]).await.unwrap();
    assert!(recorder.to_json().contains(r#""base64": "/wA=""#));
    let playback = Playback::from_json(&recorder.to_json()).unwrap();
    assert_eq!(client(playback).ping(&[1]).await.unwrap(), &b"\xff\x00"[..]);
}

#[tokio::test]
async fn a_request_without_a_recording_names_the_nearest() {
    let script = Script::in_any_order();
    script.expect("getUser").times(2).answer(Answer::json(200, &user("7")));
    script.expect("addOrgTeamUser").answer(Answer::json(200, &user("7")));
    let recorder = Recorder::new(script);
    let recording = client(recorder.clone());
    recording.get_user("7").await.unwrap();
    recording.get_user("7").query("a", "planted").await.unwrap();
    recording.add_org_team_user(ORG, "t", user("7")).send().await.unwrap();

    let playback = client(Playback::from_json(&recorder.to_json()).unwrap());
    playback.get_user("7").await.unwrap();
    let add = |id| playback.add_org_team_user(ORG, "t", user(id)).send();
    for (error, end) in [
        (playback.get_user("7").await.unwrap_err(), "no getUser (GET /users/7) left: all of them have been played"),
        (
            playback.get_user("8").await.unwrap_err(),
            "no getUser (GET /users/8); the nearest, getUser (GET /users/7), has another path or query",
        ),
        (add("8").await.unwrap_err(), "has another body"),
        (playback.delete_user("7").idempotent(true).await.unwrap_err(), "all of them have been played"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Request);
        let text = format!("{error:#}");
        assert!(text.contains("the recording has no ") && text.ends_with(end), "{text}");
    }
    let empty = Playback::from_json(r#"{"exchanges":[]}"#).unwrap();
    let text = format!("{:#}", client(empty).get_user("7").await.unwrap_err());
    assert!(text.ends_with("the recording has no getUser (GET /users/7): it is empty"), "{text}");
    for no_recording in ["", "{}", r#"{"exchanges":[{}]}"#] {
        let error = Playback::from_json(no_recording).unwrap_err();
        assert!(error.to_string().starts_with("this is no recording: "), "{error}");
    }
}
