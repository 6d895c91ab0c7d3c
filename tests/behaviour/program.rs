//! What a newcomer does: starts `fake-atlas`, exports what it prints, and runs the example `invite`.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use crate::environment::VARIABLES;

/// The program `fake-atlas`, started by hand.
struct Program {
    child: Child,
    /// The variables that it says to export, in order.
    exports: Vec<(String, String)>,
}

impl Program {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fake-atlas"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output is piped");
        let mut lines = BufReader::new(output).lines().map(Result::unwrap);
        let mut exports = Vec::new();
        // The ids that mean something come last, and of those this one.
        for line in lines.by_ref() {
            if let Some((name, value)) = line
                .strip_prefix("export ")
                .and_then(|export| export.split_once('='))
            {
                exports.push((name.to_owned(), value.trim_matches('\'').to_owned()));
            }
            if line.contains("000000000000000000000503") {
                break;
            }
        }
        Self { child, exports }
    }

    fn exports(&self, names: &[&str]) -> Vec<(String, String)> {
        let wanted = |(name, _): &&(String, String)| names.contains(&name.as_str());
        self.exports.iter().filter(wanted).cloned().collect()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The example, which `cargo test` builds beside the tests; `None`, with a word about it, where only this test was built.
fn example() -> Option<PathBuf> {
    let tests = std::env::current_exe().unwrap();
    let name = format!("invite{}", std::env::consts::EXE_SUFFIX);
    let program = tests.parent()?.parent()?.join("examples").join(name);
    if program.is_file() {
        return Some(program);
    }
    eprintln!("skipped: the example is not built (cargo build -p atlas-codegen-tests --examples)");
    None
}

fn run(example: &PathBuf, variables: &[(String, String)], arguments: &[&str]) -> Output {
    let mut command = Command::new(example);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command
        .envs(variables.iter().cloned())
        .args(arguments)
        .output()
        .expect("the example starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_example_invites_someone_with_either_kind_of_credentials() {
    let Some(example) = example() else { return };
    let program = Program::start();
    let account = [
        "MONGODB_ATLAS_BASE_URL",
        "MONGODB_ATLAS_CLIENT_ID",
        "MONGODB_ATLAS_CLIENT_SECRET",
    ];
    let key = [
        "MONGODB_ATLAS_BASE_URL",
        "MONGODB_ATLAS_PUBLIC_API_KEY",
        "MONGODB_ATLAS_PRIVATE_API_KEY",
    ];
    for names in [account, key] {
        let output = run(&example, &program.exports(&names), &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(
            text(&output.stdout),
            "new.colleague@example.com is invited until 2025-06-03T09:42:00Z\n\
             new.colleague@example.com will be in team 5f0c0ffee0c0ffee0c0ffee0\n"
        );
    }
}

#[test]
fn the_example_tells_one_error_by_its_code_and_shows_others() {
    let Some(example) = example() else { return };
    let program = Program::start();
    let team = "5f0c0ffee0c0ffee0c0ffee0";
    let conflict = ["000000000000000000000409", team, "a@example.com"];
    let output = run(&example, &program.exports, &conflict);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stdout),
        "a@example.com is in the organization already\n"
    );
    let forbidden = ["000000000000000000000403", team, "a@example.com"];
    let output = run(&example, &program.exports, &forbidden);
    assert!(!output.status.success());
    assert_eq!(
        text(&output.stderr),
        "createOrgUser: 403 Forbidden (CANNOT_CHANGE_GROUP_NAME): The fake service answers 403.\n"
    );
}

#[test]
fn the_example_without_credentials_says_what_to_set() {
    let Some(example) = example() else { return };
    let output = run(&example, &[], &[]);
    assert!(!output.status.success());
    let said = text(&output.stderr);
    assert!(
        said.contains("MONGODB_ATLAS_ACCESS_TOKEN is not set"),
        "{said}"
    );
}
