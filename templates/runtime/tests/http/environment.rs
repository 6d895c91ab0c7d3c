//! Credentials and base URL from the environment and from profiles. A process of its own has an environment of its own,
//! so the tests start this program again.

use std::process::Command;

use crate::client::{Client, Credentials};
use crate::server::{Answer, Server};

/// The part that the other process plays: one call, printing what comes.
#[tokio::test]
#[ignore = "the other tests here start it"]
async fn call() {
    let result = async {
        let credentials = match std::env::var_os("FIND") {
            Some(_) => Credentials::find()?,
            None => Credentials::from_env()?,
        };
        let source = credentials.source().to_owned();
        let mut builder = Client::builder().credentials(credentials);
        if let Ok(url) = std::env::var("EXPLICIT_URL") {
            builder = builder.base_url(url);
        }
        builder.build()?.get_user("1").await.map(|user| (user, source))
    };
    match result.await {
        Ok((user, source)) => println!("[{} by {source}]", user.id),
        Err(error) => println!("[{error}]"),
    }
}

async fn outcome(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "environment::call", "--ignored", "--nocapture"]);
    let full = |name: &str| match name {
        "FIND" | "HOME" | "EXPLICIT_URL" => name.to_owned(),
        _ => format!("CLIENT_RUNTIME_TEST_{name}"),
    };
    command.env_remove("XDG_CONFIG_HOME").envs(variables.iter().map(|(name, value)| (full(name), value)));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, rest) = text.split_once('[').unwrap();
    rest.split_once(']').unwrap().0.to_owned()
}

async fn server() -> Server {
    Server::with([Answer::json(200, r#"{"id":"7"}"#)]).await
}

#[tokio::test]
async fn credentials_and_base_url_come_from_the_environment() {
    let server = server().await;
    let variables = [("ACCESS_TOKEN", " t1 "), ("CLIENT_ID", "id"), ("BASE_URL", &server.url)];
    assert_eq!(outcome(&variables).await, "7 by CLIENT_RUNTIME_TEST_ACCESS_TOKEN in the environment");
    assert_eq!(server.received()[0].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_named() {
    let text = outcome(&[("CLIENT_ID", "id"), ("CLIENT_SECRET", " ")]).await;
    let half = "CLIENT_RUNTIME_TEST_CLIENT_ID is set without CLIENT_RUNTIME_TEST_CLIENT_SECRET";
    assert!(text.starts_with("no credentials were found; ") && text.contains(half), "{text}");
    let text = outcome(&[("ACCESS_TOKEN", "t"), ("BASE_URL", "http://example.com")]).await;
    let fault = "plain http is for the machine itself only; use https";
    assert_eq!(text, format!("the base URL in CLIENT_RUNTIME_TEST_BASE_URL: {fault}"));
    let text = outcome(&[("PUBLIC_KEY", "sa_id_1"), ("PRIVATE_KEY", "k"), ("BASE_URL", "http://localhost")]).await;
    let source = "CLIENT_RUNTIME_TEST_PUBLIC_KEY and CLIENT_RUNTIME_TEST_PRIVATE_KEY in the environment";
    let fault = "the public part of the API key begins with `sa_id_`";
    assert!(text.starts_with(&format!("credentials from {source}: {fault}")), "{text}");
}

/// What is copied along with credentials, or pasted into another field, is found before anything is sent.
#[test]
fn credentials_that_cannot_be_right_are_refused_at_once() {
    let account = Credentials::service_account;
    for (credentials, fault) in [
        (account("", "s"), "the client id is empty"),
        (account("sa_id_1", ""), "the client secret is empty"),
        (account("sa_id_1", "s\n"), "the client secret has blanks or line ends around it"),
        (account(" sa_id_1", "s"), "the client id has blanks or line ends around it"),
        (account("sa_id_1", "s\r\nt"), "the client secret has line ends or other control characters in it"),
        (account("sa_id_1", "\"s\""), "the client secret has quotes around it"),
        (account("'sa_id_1'", "s"), "the client id has quotes around it"),
        (account("abcdefgh", "s"), "the client id does not begin with `sa_id_`"),
        (account("sa_id_1", "sa_id_1"), "the client secret begins with `sa_id_`"),
        (Credentials::api_key("sa_id_1", "k"), "the public part of the API key begins with `sa_id_`"),
        (Credentials::api_key("p", "sa_id_1"), "the private part of the API key begins with `sa_id_`"),
        (Credentials::api_key("p", "k\t"), "the private part of the API key has blanks or line ends around it"),
        (Credentials::access_token("t "), "the access token has blanks or line ends around it"),
        (Credentials::access_token("a b"), "the access token is empty, or holds characters that no token has"),
        (Credentials::access_token("sa_id_1"), "the access token begins with `sa_id_`"),
    ] {
        let error = Client::builder().credentials(credentials).build().unwrap_err();
        let text = error.to_string();
        assert!(text.contains(fault), "{text}");
    }
    for good in [account("sa_id_ü", "p:w\"% 'x"), Credentials::api_key("p'", "\"")] {
        Client::builder().credentials(good).build().unwrap();
    }
}

#[test]
fn credentials_tell_where_they_come_from() {
    let credentials = Credentials::access_token("t");
    assert_eq!((credentials.source(), credentials.passed_over().len()), ("the program", 0));
    assert_eq!(format!("{credentials:?}"), "Credentials(access token from the program)");
}

#[cfg(all(feature = "profiles", not(windows)))]
mod profiles {
    use std::path::PathBuf;

    use super::*;

    /// A home folder with profiles in it.
    struct Home(PathBuf);

    impl Home {
        fn new(name: &str, profiles: &str) -> Self {
            let home = std::env::temp_dir().join(format!("client-runtime-{name}-{}", std::process::id()));
            let usual = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".config" };
            let folder = home.join(usual).join("client-runtime-test");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("config.toml"), profiles).unwrap();
            Self(home)
        }

        async fn outcome(&self, variables: &[(&str, &str)]) -> String {
            let always = [("FIND", "1"), ("HOME", self.0.to_str().unwrap())];
            outcome(&[&always, variables].concat()).await
        }
    }

    impl Drop for Home {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn a_profiles_credentials_go_where_it_says() {
        let server = server().await;
        let url = &server.url;
        let home = Home::new(
            "where",
            &format!("[default]\naccess_token = 'a'\nbase_url = '{url}'\n[b]\naccess_token = 'b'\n"),
        );
        let by = |name: &str, text: &str| text.starts_with(&format!("7 by the profile `{name}` in "));
        let text = home.outcome(&[]).await;
        assert!(by("default", &text), "{text}");
        // One that says nothing goes where the environment says, as other credentials do.
        let text = home.outcome(&[("PROFILE", "b"), ("BASE_URL", url)]).await;
        assert!(by("b", &text), "{text}");
        // The caller has the last word.
        let text = home.outcome(&[("EXPLICIT_URL", url), ("BASE_URL", "https://example.com")]).await;
        assert!(by("default", &text), "{text}");
        let authorizations: Vec<_> =
            server.received().iter().map(|received| received.header("authorization").unwrap().to_owned()).collect();
        assert_eq!(authorizations, ["Bearer a", "Bearer b", "Bearer a"]);
    }

    #[tokio::test]
    async fn two_places_for_one_profile_are_an_error_and_nothing_is_sent() {
        let server = server().await;
        let url = &server.url;
        let home = Home::new("two", "[default]\naccess_token = 'a'\nservice = 'other'\n");
        let text = home.outcome(&[("BASE_URL", url)]).await;
        let expected = format!(
            " is https://other.example.com, and the environment says {url}; give the builder the one that is meant"
        );
        assert!(text.starts_with("the base URL of the profile `default` in ") && text.ends_with(&expected), "{text}");
        assert_eq!(server.received().len(), 0);
    }

    #[tokio::test]
    async fn a_profiles_base_url_is_for_its_own_credentials_alone() {
        let server = server().await;
        let home = Home::new("own", "[default]\naccess_token = 'a'\nbase_url = 'http://127.0.0.1:9'\n");
        let text = home.outcome(&[("ACCESS_TOKEN", "t"), ("BASE_URL", &server.url)]).await;
        assert_eq!(text, "7 by CLIENT_RUNTIME_TEST_ACCESS_TOKEN in the environment");
        assert_eq!(server.received()[0].header("authorization"), Some("Bearer t"));
    }

    #[tokio::test]
    async fn a_profile_with_nothing_of_use_says_so() {
        let home = Home::new("nothing", "version = 2\n[default]\norg_id = '1'\n");
        let text = home.outcome(&[]).await;
        assert!(text.contains("/config.toml: client_id and client_secret are not set; "), "{text}");
        let text = outcome(&[("FIND", "1"), ("HOME", "/nowhere")]).await;
        assert!(
            text.ends_with("/client-runtime-test/config.toml cannot be read: No such file or directory (os error 2)"),
            "{text}"
        );
    }
}
