//! Credentials and base URL from the environment. A process of its own has an environment of its own, so the tests start
//! this program again.

use std::process::Command;

use crate::client::{Client, Credentials};
use crate::server::{Answer, Server};

/// The part that the other process plays: one call, printing what comes.
#[tokio::test]
#[ignore = "the other tests here start it"]
async fn call() {
    let result = async {
        let client = Client::builder().credentials(Credentials::from_env()?).build()?;
        client.get_user("1").await
    };
    match result.await {
        Ok(user) => println!("[{}]", user.id),
        Err(error) => println!("[{error}]"),
    }
}

async fn outcome(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "environment::call", "--ignored", "--nocapture"]);
    command.envs(variables.iter().map(|(name, value)| (format!("CLIENT_RUNTIME_TEST_{name}"), value)));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, rest) = text.split_once('[').unwrap();
    rest.split_once(']').unwrap().0.to_owned()
}

#[tokio::test]
async fn credentials_and_base_url_come_from_the_environment() {
    let server = Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await;
    let variables = [("ACCESS_TOKEN", " t1 "), ("CLIENT_ID", "id"), ("BASE_URL", &server.url)];
    assert_eq!(outcome(&variables).await, "7");
    assert_eq!(server.received()[0].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_named() {
    let text = outcome(&[("CLIENT_ID", "id"), ("CLIENT_SECRET", " ")]).await;
    assert_eq!(text, "the environment has CLIENT_RUNTIME_TEST_CLIENT_ID without CLIENT_RUNTIME_TEST_CLIENT_SECRET");
    let text = outcome(&[("ACCESS_TOKEN", "t"), ("BASE_URL", "http://example.com")]).await;
    let fault = "plain http is for the machine itself only; use https";
    assert_eq!(text, format!("the base URL in CLIENT_RUNTIME_TEST_BASE_URL: {fault}"));
}
