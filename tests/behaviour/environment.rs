//! Credentials and the base URL from the environment. A process of its own has an environment of its own, so the tests
//! start this program again.

use std::process::Command;

use atlas_client::types::AddOrRemoveUserFromTeam;
use atlas_client::{Client, Credentials, Error};

use crate::operations::{ORG, TEAM, USER, fake};

/// Every variable that the client reads.
pub(crate) const VARIABLES: [&str; 8] = [
    "MONGODB_ATLAS_ACCESS_TOKEN",
    "MONGODB_ATLAS_BASE_URL",
    "MONGODB_ATLAS_CLIENT_ID",
    "MONGODB_ATLAS_CLIENT_SECRET",
    "MONGODB_ATLAS_PRIVATE_API_KEY",
    "MONGODB_ATLAS_PRIVATE_KEY",
    "MONGODB_ATLAS_PUBLIC_API_KEY",
    "MONGODB_ATLAS_PUBLIC_KEY",
];

/// The part that the other process plays: one call, printing what comes of it.
#[tokio::test]
#[ignore = "the other tests here start it"]
async fn call() {
    let outcome = async {
        let client = Client::builder()
            .credentials(Credentials::from_env()?)
            .build()?;
        let body = AddOrRemoveUserFromTeam::new(USER);
        client
            .mongodb_cloud_users()
            .add_org_team_user(ORG, TEAM, body)
            .send()
            .await
    };
    let outcome: Result<_, Error> = outcome.await;
    match outcome {
        Ok(_) => println!("[in]"),
        Err(error) => println!("[{:?}: {error}]", error.kind()),
    }
}

/// What a process prints that has these variables of [`VARIABLES`] and no others.
async fn outcome(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "environment::call", "--ignored", "--nocapture"]);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, rest) = text.split_once('[').expect("the process has an outcome");
    rest.split_once(']').unwrap().0.to_owned()
}

#[tokio::test]
async fn each_kind_of_credentials_signs_in() {
    let atlas = fake().await;
    let (options, url) = (atlas.options(), atlas.base_url());
    let base = ("MONGODB_ATLAS_BASE_URL", url.as_str());
    let token = ("MONGODB_ATLAS_ACCESS_TOKEN", options.access_token.as_str());
    let account = [
        ("MONGODB_ATLAS_CLIENT_ID", options.client_id.as_str()),
        (
            "MONGODB_ATLAS_CLIENT_SECRET",
            options.client_secret.as_str(),
        ),
    ];
    let (public, private) = (options.public_key.as_str(), options.private_key.as_str());
    let key = [
        ("MONGODB_ATLAS_PUBLIC_API_KEY", public),
        ("MONGODB_ATLAS_PRIVATE_API_KEY", private),
    ];
    let alias = [
        ("MONGODB_ATLAS_PUBLIC_KEY", public),
        ("MONGODB_ATLAS_PRIVATE_KEY", private),
    ];
    for (variables, scheme) in [
        (&[base, token][..], "Bearer a-token"),
        (&[base, account[0], account[1]], "Bearer fake-token"),
        (&[base, key[0], key[1]], "Digest"),
        (&[base, alias[0], alias[1]], "Digest"),
        // The token goes before the account, and the account before the key.
        (
            &[base, token, account[0], account[1], key[0], key[1]],
            "Bearer a-token",
        ),
        (
            &[base, account[0], account[1], key[0], key[1]],
            "Bearer fake-token",
        ),
    ] {
        assert_eq!(outcome(variables).await, "in");
        let last = atlas.operation_requests().pop().unwrap();
        let authorization = last.header("authorization").unwrap();
        assert!(authorization.starts_with(scheme), "{authorization}");
    }
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let nothing = outcome(&[]).await;
    assert_eq!(
        nothing,
        "Configuration: the environment has no credentials; set MONGODB_ATLAS_ACCESS_TOKEN, or \
         MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET, or \
         MONGODB_ATLAS_PUBLIC_API_KEY and MONGODB_ATLAS_PRIVATE_API_KEY"
    );
    let blank = outcome(&[
        ("MONGODB_ATLAS_CLIENT_ID", "id"),
        ("MONGODB_ATLAS_CLIENT_SECRET", "  "),
    ]);
    assert_eq!(
        blank.await,
        "Configuration: the environment has MONGODB_ATLAS_CLIENT_ID without MONGODB_ATLAS_CLIENT_SECRET"
    );
}

#[tokio::test]
async fn a_base_url_that_cannot_be_used_is_named_with_its_variable() {
    let text = outcome(&[
        ("MONGODB_ATLAS_ACCESS_TOKEN", "t"),
        ("MONGODB_ATLAS_BASE_URL", "http://cloud.mongodb.com"),
    ])
    .await;
    assert!(
        text.starts_with("Configuration: the base URL in MONGODB_ATLAS_BASE_URL: "),
        "{text}"
    );
}
