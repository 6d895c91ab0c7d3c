//! The workflow in `templates/ci/`: what it calls is there, and it does what it says.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may stop at once"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::Value;
use tempfile::TempDir;

fn workflow() -> Value {
    let text = include_str!("../../templates/ci/github.yml");
    serde_yaml::from_str(text).unwrap()
}

/// The steps of all jobs.
fn steps(workflow: &Value) -> Vec<Value> {
    let jobs = workflow["jobs"].as_mapping().unwrap();
    let steps = jobs
        .iter()
        .map(|(_, job)| job["steps"].as_sequence().unwrap());
    steps.flatten().cloned().collect()
}

fn scripts(workflow: &Value) -> Vec<String> {
    let steps = steps(workflow);
    let scripts = steps.iter().filter_map(|step| step["run"].as_str());
    scripts.map(str::to_owned).collect()
}

fn help(command: &str) -> String {
    let mut run = Command::new(env!("CARGO_BIN_EXE_atlas-codegen"));
    let output = run.args([command, "--help"]).output().unwrap();
    assert!(output.status.success(), "there is no `{command}`");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_and_option_that_it_calls_is_there() {
    let mut called = BTreeSet::new();
    for line in scripts(&workflow())
        .iter()
        .flat_map(|script| script.lines())
    {
        let Some((_, arguments)) = line.split_once("atlas-codegen ") else {
            continue;
        };
        let arguments = arguments.split(['>', ';']).next().unwrap();
        let mut words = arguments.split_whitespace();
        let command = words.next().unwrap();
        let help = help(command);
        for option in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "`{command}` has no `{option}`");
        }
        called.insert(command.to_owned());
    }
    let expected = ["check", "diff", "generate"].map(str::to_owned);
    assert_eq!(called, BTreeSet::from(expected));
    let help = help("diff");
    for format in ["markdown", "html", "sarif", "github"] {
        assert!(help.contains(&format!("- {format}:")), "{help}");
    }
}

#[test]
fn actions_have_full_versions_and_jobs_no_more_rights_than_they_use() {
    let workflow = workflow();
    for step in steps(&workflow) {
        if let Some(uses) = step["uses"].as_str() {
            let (_, version) = uses.split_once("@v").unwrap();
            let numbers: Vec<&str> = version.split('.').collect();
            let is_full =
                numbers.len() == 3 && numbers.iter().all(|part| part.parse::<u32>().is_ok());
            assert!(is_full, "{uses}");
        }
    }
    // What the jobs may do is said by them alone.
    assert!(workflow["permissions"].as_mapping().unwrap().is_empty());
    let mut rights = Vec::new();
    for (name, job) in workflow["jobs"].as_mapping().unwrap() {
        for (scope, right) in job["permissions"].as_mapping().unwrap() {
            rights.push(
                [name, scope, right]
                    .map(|text| text.as_str().unwrap())
                    .join(" "),
            );
        }
    }
    assert_eq!(
        rights,
        [
            "generate contents read",
            "scan contents read",
            "scan security-events write",
            "scan actions read",
            "propose contents write",
            "propose pull-requests write",
        ]
    );
}

#[test]
fn nothing_from_outside_is_put_into_a_script() {
    for script in scripts(&workflow()) {
        assert!(!script.contains("${{"), "{script}");
        assert!(!script.contains("eval"), "{script}");
    }
}

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: https://example.com}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses:
        200: {description: found, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, properties: {id: {type: string}}}
";

/// Runs a step in a folder, as a runner does. Programs in its `bin` come before all others.
fn step(dir: &Path, name: &str) {
    let step = steps(&workflow())
        .into_iter()
        .find(|step| {
            step["name"]
                .as_str()
                .is_some_and(|known| known.starts_with(name))
        })
        .unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_atlas-codegen"));
    let folder = program.parent().unwrap().to_str().unwrap();
    let path = std::env::var("PATH").unwrap();
    let mut bash = Command::new("bash");
    bash.args([
        "--noprofile",
        "--norc",
        "-eo",
        "pipefail",
        "-c",
        step["run"].as_str().unwrap(),
    ]);
    bash.current_dir(dir.join("repository"))
        .env("PATH", format!("{}/bin:{folder}:{path}", dir.display()))
        .env("RUNNER_TEMP", dir)
        .env("GITHUB_OUTPUT", dir.join("output"))
        .env("GITHUB_STEP_SUMMARY", dir.join("summary"));
    for (name, value) in workflow()["env"].as_mapping().unwrap() {
        bash.env(name.as_str().unwrap(), value.as_str().unwrap());
    }
    let output = bash.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {error}");
}

fn git(dir: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
    let mut git = Command::new("git");
    let output = git
        .args(identity)
        .args(arguments)
        .current_dir(dir)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
}

/// A `gh` that writes down how it was called, and knows of the pull request in the file `open`.
#[cfg(unix)]
const GH: &str = "#!/bin/sh
echo \"$*\" >> \"$RUNNER_TEMP/called\"
if [ \"$1 $2\" = \"pr list\" ]; then cat \"$RUNNER_TEMP/open\"; fi
";

#[cfg(unix)]
#[test]
fn it_opens_one_pull_request_whose_text_ends_with_a_whole_line() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    let repository = dir.path().join("repository");
    git(dir.path(), &["init", "-q", "--bare", "remote"]);
    git(dir.path(), &["init", "-q", "repository"]);
    git(&repository, &["remote", "add", "origin", "../remote"]);
    fs::create_dir(repository.join("spec")).unwrap();
    fs::write(repository.join("spec/openapi.yaml"), "old\n").unwrap();
    git(&repository, &["add", "."]);
    git(&repository, &["commit", "-qm", "one"]);
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    fs::create_dir(dir.path().join("bin")).unwrap();
    write("bin/gh", GH);
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(dir.path().join("bin/gh"), executable).unwrap();
    fs::create_dir(dir.path().join("report")).unwrap();
    // Half a line would end in a code span that does not.
    let line = "- **major** `Pet.é` is gone: `@team`.\n";
    write("report/report.markdown", &line.repeat(2000));
    let patch = "diff --git a/spec/openapi.yaml b/spec/openapi.yaml\n--- a/spec/openapi.yaml\n+++ b/spec/openapi.yaml\n@@ -1 +1 @@\n-old\n+new\n";
    write("report/client.patch", patch);
    write("open", "");
    step(dir.path(), "Open a pull request");
    let body = fs::read_to_string(dir.path().join("body.md")).unwrap();
    assert!(
        body.len() > 59_900 && body.len() <= 60_000,
        "{}",
        body.len()
    );
    assert_eq!(body, line.repeat(body.len() / line.len()));
    git(&repository, &["switch", "-q", "-"]);
    write("open", "7\n");
    step(dir.path(), "Open a pull request");
    let called = fs::read_to_string(dir.path().join("called")).unwrap();
    let called: Vec<&str> = called.lines().collect();
    assert_eq!(called.len(), 4, "{called:?}");
    assert!(
        called[1].starts_with("pr create --head api-client "),
        "{called:?}"
    );
    assert!(
        called[3].contains("--method PATCH repos/{owner}/{repo}/pulls/7 --field body=@"),
        "{called:?}"
    );
    git(
        dir.path(),
        &["--git-dir", "remote", "rev-parse", "api-client"],
    );
}

#[cfg(unix)]
#[test]
fn its_steps_report_a_changed_document_and_make_a_patch_of_it() {
    let dir = TempDir::new().unwrap();
    let repository = dir.path().join("repository");
    let write = |name: &str, text: &str| {
        let path = repository.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let config = "spec = 'openapi.yaml'\noutput = '../generated/api-client'\n";
    write("spec/atlas-codegen.toml", config);
    write("spec/openapi.yaml", SPEC);
    fs::create_dir_all(dir.path().join("report")).unwrap();
    git(dir.path(), &["init", "-q", "repository"]);
    step(dir.path(), "Write the client");
    git(&repository, &["add", "."]);
    git(&repository, &["commit", "-qm", "one"]);
    step(dir.path(), "Look whether");
    let output = || fs::read_to_string(dir.path().join("output")).unwrap();
    assert_eq!(output(), "changed=false\n");
    write(
        "spec/openapi.yaml",
        &SPEC.replace("id: {type: string}", "id: {type: integer}"),
    );
    step(dir.path(), "Look whether");
    assert_eq!(output(), "changed=false\nchanged=true\n");
    step(dir.path(), "Say what");
    step(dir.path(), "Write the client");
    let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    assert!(
        read("summary").contains("field-type-changed"),
        "{}",
        read("summary")
    );
    assert!(read("report/report.html").starts_with("<!DOCTYPE html>"));
    assert!(read("report/report.sarif").contains("\"2.1.0\""));
    assert!(
        read("report/report.github").contains("::error file=spec/openapi.yaml,line=13,"),
        "{}",
        read("report/report.github")
    );
    let patch = read("report/client.patch");
    assert!(
        patch.contains("b/spec/openapi.yaml")
            && patch.contains("b/generated/api-client/surface.lock"),
        "{patch}"
    );
    // The job that pushes takes what is in the document's and the crate's places.
    git(&repository, &["reset", "-q", "--hard"]);
    let patch = dir.path().join("report/client.patch");
    let apply = [
        "apply",
        "--index",
        "--include",
        "spec/openapi.yaml",
        "--include",
        "generated/api-client/*",
    ];
    git(
        &repository,
        &[&apply[..], &[patch.to_str().unwrap()]].concat(),
    );
    git(&repository, &["commit", "-qm", "two"]);
    step(dir.path(), "Look whether");
    assert!(output().ends_with("changed=false\n"), "{}", output());
}
