//! Credentials and the base URL from the environment, and from the profiles of MongoDB's command line. A process of its own has an environment of its own, so the tests
//! start this program again.

use std::process::Command;

use atlas_client::types::AddOrRemoveUserFromTeam;
use atlas_client::{Client, Credentials, Error};

use crate::operations::{ORG, TEAM, USER, fake};

/// Every variable that the client reads.
pub(crate) const VARIABLES: [&str; 11] = [
    "HOME",
    "MONGODB_ATLAS_ACCESS_TOKEN",
    "MONGODB_ATLAS_BASE_URL",
    "MONGODB_ATLAS_CLIENT_ID",
    "MONGODB_ATLAS_CLIENT_SECRET",
    "MONGODB_ATLAS_PRIVATE_API_KEY",
    "MONGODB_ATLAS_PRIVATE_KEY",
    "MONGODB_ATLAS_PROFILE",
    "MONGODB_ATLAS_PUBLIC_API_KEY",
    "MONGODB_ATLAS_PUBLIC_KEY",
    "XDG_CONFIG_HOME",
];

/// The part that the other process plays: one call, printing what comes of it.
#[tokio::test]
#[ignore = "the other tests here start it"]
async fn call() {
    let outcome = async {
        let client = Client::builder()
            .credentials(Credentials::find()?)
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
        "Configuration: no credentials were found; \
         the environment: MONGODB_ATLAS_ACCESS_TOKEN is not set; \
         the environment: MONGODB_ATLAS_CLIENT_ID and MONGODB_ATLAS_CLIENT_SECRET are not set; \
         the environment: MONGODB_ATLAS_PUBLIC_API_KEY or MONGODB_ATLAS_PUBLIC_KEY and \
         MONGODB_ATLAS_PRIVATE_API_KEY or MONGODB_ATLAS_PRIVATE_KEY are not set; \
         no profile: the user's folder for configurations is not known"
    );
    let blank = outcome(&[
        ("MONGODB_ATLAS_CLIENT_ID", "id"),
        ("MONGODB_ATLAS_CLIENT_SECRET", "  "),
    ]);
    let half = "MONGODB_ATLAS_CLIENT_ID is set without MONGODB_ATLAS_CLIENT_SECRET";
    let text = blank.await;
    assert!(text.contains(half), "{text}");
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

/// The keys and the file are those that `atlas config init` writes.
#[cfg(not(any(windows, target_os = "macos")))]
mod profiles {
    use super::*;

    async fn with_profiles(file: &str, variables: &[(&str, &str)]) -> String {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("atlascli");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), file).unwrap();
        let home = ("XDG_CONFIG_HOME", home.path().to_str().unwrap());
        outcome(&[&[home], variables].concat()).await
    }

    #[tokio::test]
    async fn each_kind_of_profile_signs_in() {
        let atlas = fake().await;
        let (options, url) = (atlas.options(), atlas.base_url());
        let file = format!(
            "version = 2\nskip_update_check = true\n\n\
             [default]\nservice = 'cloud'\nops_manager_url = '{url}/'\n\
             public_api_key = '{}'\nprivate_api_key = '{}'\norg_id = '{ORG}'\n\n\
             [account]\nauth_type = 'service_account'\nbase_url = '{url}'\n\
             client_id = '{}'\nclient_secret = '{}'\n\n\
             [login]\nauth_type = 'user_account'\nops_manager_url = '{url}'\n\
             access_token = '{}'\nrefresh_token = 'r'\n",
            options.public_key,
            options.private_key,
            options.client_id,
            options.client_secret,
            options.access_token,
        );
        for (variables, scheme) in [
            (&[][..], "Digest"),
            (&[("MONGODB_ATLAS_PROFILE", "account")], "Bearer fake-token"),
            (&[("MONGODB_ATLAS_PROFILE", "LOGIN")], "Bearer a-token"),
        ] {
            assert_eq!(with_profiles(&file, variables).await, "in");
            let last = atlas.operation_requests().pop().unwrap();
            let authorization = last.header("authorization").unwrap();
            assert!(authorization.starts_with(scheme), "{authorization}");
        }
    }

    #[tokio::test]
    async fn a_government_profile_goes_nowhere_else() {
        let atlas = fake().await;
        let url = atlas.base_url();
        let file = "[default]\nservice = 'cloudgov'\npublic_api_key = 'p'\nprivate_api_key = 'q'\n";
        let text = with_profiles(file, &[("MONGODB_ATLAS_BASE_URL", &url)]).await;
        let expected = format!(" is https://cloud.mongodbgov.com, and the environment says {url};");
        assert!(text.contains(&expected), "{text}");
        assert_eq!(atlas.requests().len(), 0);
    }

    #[tokio::test]
    async fn a_client_id_pasted_as_an_api_key_is_told_of() {
        let file =
            "[default]\npublic_api_key = 'mdb_sa_id_1'\nprivate_api_key = 'mdb_sa_sk_planted'\n";
        let text = with_profiles(file, &[]).await;
        assert!(
            text.starts_with("Configuration: credentials from the profile `default` in "),
            "{text}"
        );
        let fault = "the public part of the API key begins with `mdb_sa_id_`";
        assert!(text.contains(fault) && !text.contains("planted"), "{text}");
    }
}
