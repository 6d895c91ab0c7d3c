//! OAuth 2.0 client credentials.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use client_runtime::{ErrorKind, http::StatusCode};

use crate::client::{Client, Credentials, Error, user};
use crate::scripted::{Script, Scripted};
use crate::server::{Answer, Server};

const TOKEN_PATH: &str = "/api/oauth/token";
const REVOKE_PATH: &str = "/api/oauth/revoke";
const USER: &str = r#"{"id":"7"}"#;

fn token(name: &str, lifetime: u64) -> String {
    format!(r#"{{"access_token":"{name}","expires_in":{lifetime},"token_type":"Bearer"}}"#)
}

/// A service whose tokens are numbered, last an hour, and take a second to get.
fn numbered() -> Script {
    let number = AtomicUsize::new(0);
    Script::new(move |path, _| match path {
        TOKEN_PATH => {
            let number = number.fetch_add(1, Ordering::SeqCst) + 1;
            Scripted::new(200, token(&format!("t{number}"), 3600)).after(Duration::from_secs(1))
        }
        _ => Scripted::new(200, USER),
    })
}

/// A service whose token endpoint gives this answer.
fn endpoint(status: u16, body: &'static str) -> Script {
    Script::new(move |path, _| match path {
        TOKEN_PATH => Scripted::new(status, body),
        _ => Scripted::new(200, USER),
    })
}

async fn failure(script: &Script) -> Error {
    let error = script.client().get_user("1").await.unwrap_err();
    assert_eq!((error.kind(), error.api(), error.operation()), (ErrorKind::Authentication, None, Some("getUser")));
    assert_eq!(script.count("/users/1"), 0);
    error
}

async fn together(client: &Client, count: usize) -> Vec<Result<crate::client::User, Error>> {
    let calls: Vec<_> = (0..count).map(|_| tokio::spawn(client.get_user("1").into_future())).collect();
    let mut results = Vec::new();
    for call in calls {
        results.push(call.await.unwrap());
    }
    results
}

#[tokio::test]
async fn the_token_request_is_the_standards_to_the_byte() {
    let server = Server::start(|received| match received.target() {
        "POST /base/api/oauth/token" => Answer::json(200, &token("abc", 3600)),
        _ => Answer::json(200, USER),
    })
    .await;
    let credentials = Credentials::service_account("sa_id_ +id:é", "p:w%/ &*~");
    let client = Client::builder().credentials(credentials).base_url(format!("{}/base", server.url)).build().unwrap();
    client.get_user("1").await.unwrap();
    client.get_user("2").await.unwrap();

    let received = server.received();
    let targets: Vec<_> = received.iter().map(|received| received.target()).collect();
    assert_eq!(targets, ["POST /base/api/oauth/token", "GET /base/users/1", "GET /base/users/2"]);
    let basic = received[0].header("authorization").unwrap().strip_prefix("Basic ").unwrap();
    let pair = String::from_utf8(STANDARD.decode(basic).unwrap()).unwrap();
    assert_eq!(pair, "sa_id_+%2Bid%3A%C3%A9:p%3Aw%25%2F+%26*%7E");
    assert_eq!(received[0].body, "grant_type=client_credentials");
    assert_eq!(received[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(received[0].header("accept"), Some("application/json"));
    assert!(received[0].header("user-agent").unwrap().starts_with("client-runtime/"));
    assert_eq!(received[1].header("authorization"), Some("Bearer abc"));
}

#[tokio::test(start_paused = true)]
async fn a_thousand_callers_cause_one_token_request() {
    let script = numbered();
    let client = script.client();
    for requests in 1..=2 {
        let results = together(&client, 1000).await;
        assert!(results.into_iter().all(|result| result.unwrap() == user("7")));
        assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (requests, 1000 * requests));
        // The token expires.
        tokio::time::advance(Duration::from_secs(3600)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_renewal_is_the_failure_of_all_that_waited() {
    let script = Script::new(|_, _| Scripted::new(500, "no").after(Duration::from_secs(1)));
    let results = together(&script.client(), 100).await;
    assert!(results.into_iter().all(|result| result.unwrap_err().kind() == ErrorKind::Authentication));
    assert_eq!(script.count(TOKEN_PATH), 1);
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_gives_up_takes_nothing_from_the_others() {
    let script = numbered();
    let client = script.client();
    let hasty = client.get_user("1").timeout(Duration::from_millis(500));
    let (hasty, patient) = tokio::join!(hasty.into_future(), client.get_user("2").into_future());
    assert!(hasty.unwrap_err().is_timeout());
    assert_eq!(patient.unwrap(), user("7"));
    assert_eq!(script.count(TOKEN_PATH), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_early_and_calls_go_on_meanwhile() {
    let script = numbered();
    let client = script.client();
    client.get_user("1").await.unwrap();
    tokio::time::advance(Duration::from_secs(2998)).await;
    client.get_user("1").await.unwrap();
    assert_eq!(script.count(TOKEN_PATH), 1);

    tokio::time::advance(Duration::from_secs(305)).await;
    client.get_user("1").await.unwrap();
    assert_eq!(script.last_authorization(), "Bearer t1");
    tokio::time::sleep(Duration::from_secs(2)).await;
    client.get_user("1").await.unwrap();
    assert_eq!((script.last_authorization().as_str(), script.count(TOKEN_PATH)), ("Bearer t2", 2));
}

/// Two clients out of many that began together: most of them have a moment of their own.
#[tokio::test(start_paused = true)]
async fn clients_that_began_together_do_not_renew_together() {
    let scripts: Vec<_> = (0..40).map(|_| numbered()).collect();
    let clients: Vec<_> = scripts.iter().map(Script::client).collect();
    let mut renewed = Vec::new();
    for client in &clients {
        client.get_user("1").await.unwrap();
    }
    tokio::time::advance(Duration::from_secs(2900)).await;
    for _ in 0..11 {
        for client in &clients {
            client.get_user("1").await.unwrap();
        }
        tokio::time::sleep(Duration::from_secs(40)).await;
        renewed.push(scripts.iter().filter(|script| script.count(TOKEN_PATH) == 2).count());
    }
    assert_eq!((renewed[0], renewed[10]), (0, 40));
    // By chance alone they would be spread over eight of these steps.
    assert!(renewed.windows(2).all(|two| two[1] - two[0] < 25), "{renewed:?}");
}

/// The life of a token is told in seconds from now, so the service's clock does not matter.
#[tokio::test(start_paused = true)]
async fn a_service_whose_clock_is_wrong_is_believed_about_seconds() {
    let script = Script::new(|path, _| match path {
        TOKEN_PATH => Scripted::new(200, token("t", 3600)).header("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        _ => Scripted::new(200, USER).header("date", "Sun, 06 Nov 2044 08:49:37 GMT"),
    });
    let client = script.client();
    for _ in 0..10 {
        client.get_user("1").await.unwrap();
        tokio::time::advance(Duration::from_secs(290)).await;
    }
    assert_eq!(script.count(TOKEN_PATH), 1);
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_is_not_used() {
    let script = numbered();
    let client = script.client();
    client.get_user("1").await.unwrap();
    tokio::time::advance(Duration::from_secs(3600)).await;
    client.get_user("1").await.unwrap();
    assert_eq!((script.last_authorization().as_str(), script.count(TOKEN_PATH)), ("Bearer t2", 2));
}

#[tokio::test(start_paused = true)]
async fn a_failed_early_renewal_disturbs_nobody_and_is_not_hurried() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |path, _| match path {
        TOKEN_PATH if number.fetch_add(1, Ordering::SeqCst) == 0 => Scripted::new(200, token("t1", 3600)),
        TOKEN_PATH => Scripted::new(500, "<html>"),
        _ => Scripted::new(200, USER),
    });
    let client = script.client();
    client.get_user("1").await.unwrap();
    tokio::time::advance(Duration::from_secs(3400)).await;
    for _ in 0..20 {
        client.get_user("1").await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(script.count(TOKEN_PATH), 2);
    tokio::time::sleep(Duration::from_secs(15)).await;
    client.get_user("1").await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(script.count(TOKEN_PATH), 3);
    tokio::time::sleep(Duration::from_secs(200)).await;
    assert_eq!(client.get_user("1").await.unwrap_err().kind(), ErrorKind::Authentication);
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_replaced_once_for_all_callers() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |path, authorization| match (path, authorization) {
        (TOKEN_PATH, _) => {
            let number = number.fetch_add(1, Ordering::SeqCst) + 1;
            Scripted::new(200, token(&format!("t{number}"), 3600)).after(Duration::from_secs(1))
        }
        (_, Some("Bearer t1")) => Scripted::new(401, "{}").after(Duration::from_millis(10)),
        _ => Scripted::new(200, USER),
    });
    let results = together(&script.client(), 50).await;
    assert!(results.into_iter().all(|result| result.is_ok()));
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (2, 100));
}

/// The refusals come one after another, also while the next token is on its way and when it is there.
#[tokio::test(start_paused = true)]
async fn refusals_of_one_token_cause_one_renewal_whenever_they_come() {
    let number = AtomicUsize::new(0);
    let delay = AtomicUsize::new(0);
    let script = Script::new(move |path, authorization| match (path, authorization) {
        (TOKEN_PATH, _) => {
            let number = number.fetch_add(1, Ordering::SeqCst) + 1;
            Scripted::new(200, token(&format!("t{number}"), 3600)).after(Duration::from_secs(1))
        }
        (_, Some("Bearer t1")) => {
            let delay = delay.fetch_add(100, Ordering::SeqCst);
            Scripted::new(401, "{}").after(Duration::from_millis(delay as u64))
        }
        _ => Scripted::new(200, USER),
    });
    let results = together(&script.client(), 40).await;
    assert!(results.into_iter().all(|result| result.is_ok()));
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (2, 80));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_is_refused_for_ever_does_not_use_up_tokens() {
    let script = Script::new(|path, _| match path {
        TOKEN_PATH => Scripted::new(200, token("t", 3600)),
        _ => Scripted::new(401, "{}"),
    });
    let client = script.client();
    for _ in 0..10 {
        assert!(client.get_user("1").await.is_err());
    }
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (2, 11));
    tokio::time::advance(Duration::from_secs(30)).await;
    assert!(client.get_user("1").await.is_err());
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (3, 13));
}

/// Some services answer 401 to what an account may not do, and its token is good for everything else.
#[tokio::test(start_paused = true)]
async fn an_operation_that_is_refused_beside_others_does_not_use_up_tokens() {
    let script = Script::new(|path, _| match path {
        TOKEN_PATH => Scripted::new(200, token("t", 3600)),
        "/users/forbidden" => Scripted::new(401, "{}"),
        _ => Scripted::new(200, USER),
    });
    let client = script.client();
    for _ in 0..10 {
        client.get_user("1").await.unwrap();
        assert!(client.get_user("forbidden").await.is_err());
    }
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/forbidden")), (2, 11));
}

#[tokio::test(start_paused = true)]
async fn a_second_refusal_is_the_answer() {
    let script = Script::new(|path, _| match path {
        TOKEN_PATH => Scripted::new(200, token("t", 3600)),
        _ => Scripted::new(401, r#"{"error":401,"errorCode":"NO"}"#),
    });
    let error = script.client().get_user("1").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status(), error.code()),
        (ErrorKind::Service, Some(StatusCode::UNAUTHORIZED), Some("NO"))
    );
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn both_shapes_of_the_endpoints_errors_are_read() {
    let script = endpoint(401, r#"{"error":"invalid_client","error_description":"client-secret is wrong"}"#);
    let error = failure(&script).await;
    assert_eq!((error.code(), error.detail()), (Some("invalid_client"), Some("(secret) is wrong")));
    let text = "getUser: the token endpoint answered 401 Unauthorized (invalid_client): (secret) is wrong";
    assert_eq!(error.to_string(), text);

    let error = failure(&endpoint(404, r#"{"error":404,"errorCode":"NO_SUCH","detail":"gone"}"#)).await;
    assert_eq!((error.code(), error.detail()), (Some("NO_SUCH"), Some("gone")));
    assert!(!error.is_not_found());

    let error = failure(&endpoint(503, "<html>")).await;
    assert_eq!((error.code(), error.body().unwrap().as_ref()), (None, &b"<html>"[..]));
}

#[tokio::test(start_paused = true)]
async fn an_unfit_token_is_an_error_that_does_not_hold_it() {
    for (body, part) in [
        (r#"{"access_token":"planted","token_type":"mac"}"#, "Bearer"),
        (r#"{"token":"planted"}"#, "access_token"),
        (r#"{"access_token":"planted \n","token_type":"bearer"}"#, "usable"),
        ("planted", "JSON"),
    ] {
        let error = failure(&endpoint(200, body)).await;
        assert!(error.to_string().contains(part), "{error}");
        assert!(error.body().is_none() && !format!("{error:?} {error:#}").contains("planted"));
    }
}

#[tokio::test(start_paused = true)]
async fn the_endpoints_429_is_waited_out() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |path, _| match path {
        TOKEN_PATH if number.fetch_add(1, Ordering::SeqCst) < 2 => Scripted::new(429, "").header("retry-after", "30"),
        TOKEN_PATH => Scripted::new(200, r#"{"access_token":"t","expires_in":"3600"}"#),
        _ => Scripted::new(200, USER),
    });
    let start = tokio::time::Instant::now();
    script.client().get_user("1").await.unwrap();
    assert_eq!((start.elapsed().as_secs(), script.count(TOKEN_PATH)), (60, 3));
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_down_for_a_moment_is_asked_again() {
    let number = AtomicUsize::new(0);
    let script = Script::new(move |path, _| match (path, number.fetch_add(1, Ordering::SeqCst)) {
        (TOKEN_PATH, 0) => Scripted::new(503, "<html>"),
        (TOKEN_PATH, 1) => Scripted::new(502, "").header("retry-after", "5"),
        (TOKEN_PATH, _) => Scripted::new(200, token("t", 3600)),
        _ => Scripted::new(200, USER),
    });
    script.client().get_user("1").await.unwrap();
    assert_eq!((script.count(TOKEN_PATH), script.count("/users/1")), (3, 1));
}

#[tokio::test]
async fn a_connection_to_the_endpoint_that_breaks_is_made_again() {
    let number = AtomicUsize::new(0);
    let server = Server::start(move |received| match received.target() {
        "POST /api/oauth/token" if number.fetch_add(1, Ordering::SeqCst) == 0 => Answer::raw(""),
        "POST /api/oauth/token" => Answer::json(200, &token("t", 3600)),
        _ => Answer::json(200, USER),
    })
    .await;
    let credentials = Credentials::service_account("sa_id_1", "client-secret");
    let client = Client::builder().credentials(credentials).base_url(&server.url).build().unwrap();
    client.get_user("1").await.unwrap();
    assert_eq!(server.received().len(), 3);
}

/// A service whose revocation endpoint answers so.
fn revoking(status: u16, body: &'static str) -> Script {
    Script::new(move |path, _| match path {
        TOKEN_PATH => Scripted::new(200, token("t1+/", 3600)).after(Duration::from_secs(1)),
        REVOKE_PATH => Scripted::new(status, body),
        _ => Scripted::new(200, USER),
    })
}

async fn revoke(client: &Client) -> Result<(), Error> {
    client.core.revoke_token().await
}

#[tokio::test]
async fn a_token_is_given_back_as_the_standard_says() {
    let server = Server::start(|received| match received.target() {
        "POST /base/api/oauth/token" => Answer::json(200, &token("a+b/c", 3600)),
        "POST /base/api/oauth/revoke" => Answer::new(200, &[], ""),
        _ => Answer::json(200, USER),
    })
    .await;
    let credentials = Credentials::service_account("sa_id_1", "client-secret");
    let client = Client::builder().credentials(credentials).base_url(format!("{}/base", server.url)).build().unwrap();
    client.get_user("1").await.unwrap();
    revoke(&client).await.unwrap();
    let received = server.received();
    assert_eq!((received.len(), received[2].target()), (3, "POST /base/api/oauth/revoke"));
    assert_eq!(received[2].body, "token=a%2Bb%2Fc&token_type_hint=access_token");
    assert_eq!(received[2].header("authorization"), received[0].header("authorization"));
    assert_eq!(received[2].header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[tokio::test(start_paused = true)]
async fn only_what_is_there_is_given_back_and_a_later_call_gets_another() {
    let script = revoking(200, "");
    let client = script.client();
    revoke(&client).await.unwrap();
    client.get_user("1").await.unwrap();
    revoke(&client).await.unwrap();
    revoke(&client.clone()).await.unwrap();
    assert_eq!((script.count(TOKEN_PATH), script.count(REVOKE_PATH)), (1, 1));
    client.get_user("1").await.unwrap();
    tokio::time::advance(Duration::from_secs(3600)).await;
    revoke(&client).await.unwrap();
    assert_eq!((script.count(TOKEN_PATH), script.count(REVOKE_PATH)), (2, 1));

    for credentials in [Credentials::access_token("t"), Credentials::api_key("p", "q")] {
        let client = Client::builder().credentials(credentials).transport(script.clone()).build().unwrap();
        revoke(&client).await.unwrap();
    }
    assert_eq!(script.count(REVOKE_PATH), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_on_its_way_is_given_back_too() {
    let script = revoking(200, "");
    let client = script.client();
    let call = tokio::spawn(client.get_user("1").into_future());
    tokio::time::sleep(Duration::from_millis(500)).await;
    revoke(&client).await.unwrap();
    call.await.unwrap().unwrap();
    assert_eq!((script.count(TOKEN_PATH), script.count(REVOKE_PATH)), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_refused_revocation_is_an_error_and_the_token_is_forgotten() {
    let script = revoking(400, r#"{"error":"unsupported_token_type","error_description":"no t1+/ for client-secret"}"#);
    let client = script.client();
    client.get_user("1").await.unwrap();
    let error = revoke(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Authentication, Some("unsupported_token_type")));
    let text = error.to_string();
    assert!(text.contains("the revocation endpoint answered 400 Bad Request"), "{text}");
    assert!(text.contains("no (secret) for (secret)"), "{text}");
    client.get_user("1").await.unwrap();
    assert_eq!((script.count(TOKEN_PATH), script.count(REVOKE_PATH)), (2, 1));
}
