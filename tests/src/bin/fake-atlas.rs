//! Starts the fake Atlas service by hand and says how to use it.
//!
//! `cargo run -p atlas-codegen-tests --bin fake-atlas [PORT]`

use std::io::{self, Write};
use std::process::ExitCode;

use atlas_codegen_tests::fake_atlas::{FakeAtlas, KNOWN_IDS, Options};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let port = match std::env::args().nth(1).map(|text| text.parse()) {
        None => 0,
        Some(Ok(port)) => port,
        Some(Err(_)) => {
            eprintln!("usage: fake-atlas [PORT]");
            return ExitCode::from(2);
        }
    };
    match serve(port).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fake-atlas: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(port: u16) -> io::Result<()> {
    let atlas = FakeAtlas::with(Options {
        port,
        ..Options::default()
    })
    .await?;
    explain(&atlas, &mut io::stdout().lock())?;
    // Until the process is stopped.
    std::future::pending().await
}

fn explain(atlas: &FakeAtlas, out: &mut impl Write) -> io::Result<()> {
    let options = atlas.options();
    writeln!(out, "The fake Atlas service listens. Stop it with Ctrl-C.")?;
    writeln!(out, "In another terminal:\n")?;
    writeln!(out, "export MONGODB_ATLAS_BASE_URL='{}'", atlas.base_url())?;
    writeln!(out, "\n# as a service account")?;
    writeln!(
        out,
        "export MONGODB_ATLAS_CLIENT_ID='{}'",
        options.client_id
    )?;
    writeln!(
        out,
        "export MONGODB_ATLAS_CLIENT_SECRET='{}'",
        options.client_secret
    )?;
    writeln!(out, "\n# or with an API key")?;
    writeln!(
        out,
        "export MONGODB_ATLAS_PUBLIC_API_KEY='{}'",
        options.public_key
    )?;
    writeln!(
        out,
        "export MONGODB_ATLAS_PRIVATE_API_KEY='{}'",
        options.private_key
    )?;
    writeln!(
        out,
        "\nAny 24 hexadecimal digits do for an id. 32b6e34b3d91647abb20e7b8 is one. These yield something particular:\n"
    )?;
    for known in KNOWN_IDS {
        writeln!(out, "  {}  {}", known.id, known.yields)?;
    }
    out.flush()
}
