//! Planted secrets, and everything that can be printed.

use client_runtime::{Secret, Service, read};

use crate::client::{Client, Credentials, user};
use crate::server::{Answer, Server};

const PLANTED: [&str; 5] = ["planted-token", "planted-secret", "planted-private", "planted-cookie", "planted-answer"];

fn assert_clean(what: &str, text: &str) {
    for secret in PLANTED {
        assert!(!text.contains(secret), "{what}: {text}");
    }
}

fn all_credentials() -> [Credentials; 3] {
    [
        Credentials::access_token("planted-token"),
        Credentials::service_account("planted-id", "planted-secret"),
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
async fn errors_show_nothing_of_what_was_sent_and_came() {
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
            let client = Client::builder().credentials(credentials).base_url(&server.url).build().unwrap();
            let request = client.core.request(&crate::client::GET_USER);
            let request = request.path("userId", "1").query("q", "planted-cookie");
            let call: crate::client::Call<crate::client::User> = read::json(request);
            let error = call.await.unwrap_err();
            let mut text = format!("{error} {error:#} {error:?} {error:#?}");
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                text.push_str(&format!("{error} {error:?}"));
                cause = error.source();
            }
            assert_clean("error", &text);
        }
    }
}
