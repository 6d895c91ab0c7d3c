//! A client with types of the user's own, and with derives, in a workspace with the packages that they come from.

use std::fs;
use std::path::Path;

use atlas_codegen_tests::stages::Stages;

use super::{cargo, member_manifest, root};

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn write_workspace(workspace: &Path) {
    let own = root().join("tests/compile/own");
    for file in Stages::of_case(&own).files {
        let text = match file.path.as_str() {
            "Cargo.toml" => member_manifest(&file.text),
            _ => file.text,
        };
        put(&workspace.join("client").join(&file.path), &text);
    }
    let serde = "serde = { version = \"1\", features = [\"derive\"] }";
    let packages = [
        ("money", "[dependencies]", serde, "lib"),
        ("describe", "[dependencies]", "", "lib"),
        (
            "consumer",
            "[dependencies]",
            "money = { path = \"../money\" }\nown-client = { path = \"../client\" }",
            "lib",
        ),
    ];
    for (name, table, dependencies, file) in packages {
        let kind = match name {
            "describe" => "[lib]\nproc-macro = true\n",
            _ => "",
        };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{kind}{table}\n{dependencies}\n"
        );
        put(&workspace.join(name).join("Cargo.toml"), &manifest);
        let code = fs::read_to_string(own.join(format!("{name}.rs"))).expect("the file is there");
        put(&workspace.join(name).join(format!("src/{file}.rs")), &code);
    }
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"client\", \"money\", \"describe\", \"consumer\"]\n";
    put(&workspace.join("Cargo.toml"), members);
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock"))
        .expect("the lock can be copied");
}

#[test]
fn types_of_ones_own_and_derives_compile_and_work() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    write_workspace(folder.path());
    cargo(
        folder.path(),
        &[
            "clippy",
            "-p",
            "own-client",
            "--all-targets",
            "--",
            "-Dwarnings",
        ],
    );
    // The examples in the docs name the types, too.
    cargo(
        folder.path(),
        &["test", "-p", "consumer", "-p", "own-client"],
    );
}
