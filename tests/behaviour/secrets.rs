//! Planted secrets, and everything of the generated client that can be printed.

use std::error::Error as _;
use std::fmt::Write as _;

use atlas_client::types::AddOrRemoveUserFromTeam;
use atlas_client::{Client, Credentials, Error, Patch};
use atlas_codegen_tests::fake_atlas::{Answer, FakeAtlas, Fault, Options, Scripted, TokenErrors};
use exchange_client::types::ShapeRequest;
use serde_json::json;

use crate::exchange::Exchange;
use crate::operations::{ENVELOPE, ORG, Operation, PLAIN, TEAM, USER, fake};

const TOKEN: &str = "planted-token";
const SECRET: &str = "planted-secret";
const PRIVATE: &str = "planted-private";

fn assert_clean(what: &str, text: &str) {
    assert!(!text.contains("planted"), "{what}: {text}");
    // Nor in the form in which they travel: `planted` within base64, wherever it begins.
    for encoded in ["cGxhbnRlZ", "BsYW50ZW", "wbGFudGVk"] {
        assert!(!text.contains(encoded), "{what}: {text}");
    }
}

fn all_credentials() -> [Credentials; 3] {
    [
        Credentials::access_token(TOKEN),
        Credentials::service_account("mdb_sa_id_planted-id", SECRET),
        Credentials::api_key("planted-public", PRIVATE),
    ]
}

fn client(base_url: String, credentials: Credentials) -> Client {
    Client::builder()
        .credentials(credentials)
        .base_url(base_url)
        .build()
        .unwrap()
}

/// Everything that an error can print, its causes too.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(text, " {error} {error:?}").unwrap();
        cause = error.source();
    }
    text
}

#[test]
fn credentials_clients_handles_requests_and_calls_show_nothing() {
    for credentials in all_credentials() {
        assert_clean("credentials", &format!("{credentials:?} {credentials:#?}"));
        let builder = Client::builder().credentials(credentials.clone());
        assert_clean("builder", &format!("{builder:?} {builder:#?}"));
        let client = client("http://127.0.0.1:9".to_owned(), credentials);
        assert_clean("client", &format!("{client:?} {client:#?}"));
        let users = client.mongodb_cloud_users();
        assert_clean("handle", &format!("{users:?} {:?}", client.projects()));
        let request = users.add_org_team_user(ORG, TEAM, AddOrRemoveUserFromTeam::new(USER));
        assert_clean("request", &format!("{request:?} {request:#?}"));
        let call = request.send();
        assert_clean("call", &format!("{call:?} {call:#?}"));
    }
}

/// A service whose every answer is an error, or none that can be used, and repeats what it was sent.
#[tokio::test]
async fn errors_show_nothing_of_what_was_sent() {
    let atlas = FakeAtlas::with(Options {
        access_token: TOKEN.to_owned(),
        client_id: "mdb_sa_id_planted-id".to_owned(),
        client_secret: SECRET.to_owned(),
        public_key: "planted-public".to_owned(),
        private_key: PRIVATE.to_owned(),
        ..Options::default()
    })
    .await
    .unwrap();
    for credentials in all_credentials() {
        let client = client(atlas.base_url(), credentials);
        for scripted in [
            Scripted::error(400),
            Scripted::error(403),
            Scripted::HtmlUnavailable,
            Scripted::truncated(),
            Scripted::RateLimited { retry_after: None },
            Scripted::Answer(Answer::json(
                200,
                "application/json",
                &json!({"planted": "planted-body"}),
            )),
            Scripted::Answer(
                Answer::new(500)
                    .header("set-cookie", "session=planted-cookie")
                    .with_body("text/plain", "planted-body"),
            ),
            Scripted::Redirect {
                status: 302,
                location: "https://example.com/?token=planted-token".to_owned(),
            },
        ] {
            for query in [PLAIN, ENVELOPE] {
                atlas.answer_next(scripted.clone());
                let outcome = Operation::AddOrgTeamUser.call(&client, query).await;
                match outcome {
                    Err(error) => assert_clean("error", &printed(&error)),
                    // A body of which nothing is known is a user of an unknown standing; a 429 is waited out.
                    Ok(brought) => assert_eq!(brought.status, 200),
                }
            }
        }
    }
}

#[tokio::test]
async fn refused_sign_ins_show_nothing() {
    for token_errors in [TokenErrors::Rfc6749, TokenErrors::ApiError] {
        let atlas = FakeAtlas::with(Options {
            token_errors,
            ..Options::default()
        })
        .await
        .unwrap();
        for credentials in all_credentials() {
            let client = client(atlas.base_url(), credentials);
            let error = Operation::CreateOrgUser.fail(&client, PLAIN).await;
            assert_eq!(error.status().unwrap().as_u16(), 401);
            assert_clean("error", &printed(&error));
        }
    }
}

#[tokio::test]
async fn a_token_endpoint_that_repeats_the_secret_does_not_make_it_seen() {
    let atlas = fake().await;
    let said = json!({"error": "invalid_client", "error_description": "bad secret planted-secret"});
    let bodies = [
        Scripted::Answer(Answer::json(401, "application/json", &said)),
        Scripted::Error(Fault::new(401).detail("bad secret planted-secret")),
        Scripted::json(&json!({"access_token": "planted-token", "token_type": "odd"})),
        Scripted::json(&json!({"access_token": "planted token", "token_type": "Bearer"})),
        Scripted::json(&json!("planted-token")),
    ];
    for scripted in bodies {
        atlas.answer_next_token(scripted);
        let credentials = Credentials::service_account("mdb_sa_id_planted-id", SECRET);
        let client = client(atlas.base_url(), credentials);
        let error = Operation::CreateOrgUser.fail(&client, PLAIN).await;
        assert_clean("error", &printed(&error));
    }
}

#[test]
fn faults_in_credentials_show_nothing() {
    let odd = [
        Credentials::access_token("planted token\n"),
        Credentials::access_token(""),
        Credentials::service_account("planted-public", "planted-private"),
        Credentials::service_account("mdb_sa_id_planted", "'planted-secret'"),
        Credentials::api_key("mdb_sa_id_planted", SECRET),
        Credentials::api_key("planted-public", "planted-private\n"),
    ];
    for credentials in odd {
        let outcome = Client::builder()
            .credentials(credentials)
            .base_url("http://localhost")
            .build();
        assert_clean("error", &printed(&outcome.unwrap_err()));
    }
    let url = "https://user:planted-secret@cloud.mongodb.com";
    let builder = Client::builder().base_url(url);
    assert_clean("builder", &format!("{builder:?}"));
    assert_clean("error", &printed(&builder.build().unwrap_err()));
}

#[tokio::test]
async fn a_fault_in_a_parameter_does_not_repeat_its_value() {
    let exchange = Exchange::start().await;
    let files = exchange.client.files();
    let call = files.rename_file("planted", "planted").send();
    assert_clean("call", &format!("{call:?}"));
    let error = call.await.unwrap_err();
    assert_clean("error", &format!("{error:#} {error:?}"));
}

/// A body may hold secrets, so a request shows its operation alone.
#[tokio::test]
async fn neither_a_request_nor_its_call_shows_the_body() {
    let exchange = Exchange::start().await;
    let body = ShapeRequest::new("n", "planted-secret").note(Patch::Value("planted".to_owned()));
    let request = exchange.client.shapes().store_shape(body);
    assert_clean("request", &format!("{request:?}"));
    assert_clean("call", &format!("{:?}", request.send()));
}
