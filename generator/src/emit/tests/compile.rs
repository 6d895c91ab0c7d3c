//! The fragment under the compiler.

use std::path::Path;
use std::process::Command;

use super::emitted;
use super::fixture::fragment;
use crate::surface::Runtime;

/// Every combination of the fragment's features, with clippy and rustdoc.
#[test]
fn the_fragment_is_silent_under_clippy_and_rustdoc() {
    let mut krate = fragment();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    krate.package.runtime =
        Runtime::Path(root.join("templates/runtime").to_str().unwrap().to_owned());
    let folder = tempfile::tempdir().unwrap();
    for file in emitted(&krate)
        .into_iter()
        .chain(crate::render::render(&krate).unwrap())
    {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    std::fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let cargo = |arguments: &[&str]| {
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&folder)
            // Shared with the small cases of `tests/compile`, which have the same dependencies.
            .env("CARGO_TARGET_DIR", root.join("target/cases"))
            .env("RUSTDOCFLAGS", "-Dwarnings")
            .status();
        assert!(status.unwrap().success(), "cargo {arguments:?}");
    };
    for features in [
        "",
        "files",
        "mongodb-cloud-users",
        "files,mongodb-cloud-users,reqwest",
    ] {
        let arguments = [
            "clippy",
            "--no-default-features",
            "--features",
            features,
            "--",
            "-Dwarnings",
        ];
        cargo(&arguments);
    }
    cargo(&["doc", "--no-deps"]);
    cargo(&["doc", "--no-deps", "--no-default-features"]);
}
