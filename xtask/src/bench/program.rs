//! How large a program is that calls one operation, against one that sends the same request by hand.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workbench;

/// Sizes in bytes, stripped, optimised for speed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) with_client: u64,
    pub(crate) by_hand: u64,
}

const WITH_CLIENT: &str = r#"use atlas_admin::{Client, Credentials};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::builder()
        .credentials(Credentials::access_token(std::env::args().nth(1).unwrap_or_default()))
        .build()
        .unwrap();
    match client.clusters().list_group_clusters("32b6e34b3d91647abb20e7b8").send().await {
        Ok(clusters) => println!("{clusters:?}"),
        Err(error) => println!("{error}"),
    }
}
"#;

const BY_HAND: &str = r#"#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = reqwest::Client::builder().build().unwrap();
    let answer = client
        .get("https://cloud.mongodb.com/api/atlas/v2/groups/32b6e34b3d91647abb20e7b8/clusters")
        .header("accept", "application/vnd.atlas.2024-08-05+json")
        .bearer_auth(std::env::args().nth(1).unwrap_or_default())
        .send()
        .await;
    match answer {
        Ok(answer) => println!("{:?}", answer.text().await),
        Err(error) => println!("{error}"),
    }
}
"#;

/// Builds both.
pub(super) fn sizes(krate: &Path) -> Result<Sizes> {
    let reqwest = requirement(krate, "reqwest")?;
    let ring = requirement(krate, "rustls")?;
    let client = "atlas-admin = { path = \"../atlas-admin\" }".to_owned();
    Ok(Sizes {
        with_client: build("with-client", &client, WITH_CLIENT)?,
        // The provider of cryptography is the one that the client's runtime installs.
        by_hand: build(
            "by-hand",
            &format!("{reqwest}\n{ring}"),
            &BY_HAND.replace(
                "    let client = reqwest",
                "    rustls::crypto::ring::default_provider().install_default().unwrap();\n    let client = reqwest",
            ),
        )?,
    })
}

/// The runtime's own line for a dependency, so that both programs have the same features of it.
pub(super) fn requirement(krate: &Path, name: &str) -> Result<String> {
    let manifest = fs::read_to_string(krate.join("runtime/Cargo.toml"))?;
    manifest
        .lines()
        .find(|line| line.split(' ').next() == Some(name) && line.contains("version"))
        .map(|line| line.replace(", optional = true", ""))
        .with_context(|| format!("the runtime does not use {name}"))
}

fn build(name: &str, dependencies: &str, code: &str) -> Result<u64> {
    let folder = workbench::folder("bench")?.join(name);
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/main.rs"), code)?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
             [profile.release]\nopt-level = 3\nstrip = true\n\n[workspace]\n"
        ),
    )?;
    workbench::run(&mut workbench::cargo(&folder, &["build", "--release"]))?;
    let program = workbench::root()
        .join("target/xtask/target/release")
        .join(name);
    Ok(fs::metadata(&program)
        .with_context(|| format!("{} was not built", program.display()))?
        .len())
}
