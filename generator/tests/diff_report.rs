//! The reports of `diff` that other programs show: a browser, code scanning, a workflow.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may stop at once"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// Names that no line of a phone has room for, and texts that would be markup.
const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pet Store, version: '1'}
servers: [{url: https://example.com}]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      tags: [Pets]
      x-sunset: '2020-01-31'
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      responses:
        200: {description: found, content: {application/vnd.a-very-long-media-type-without-any-space-in-it+json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}, gone: {type: string}, gone2: {type: string}}}
    Size: {type: string, enum: [S]}
";

/// One of everything that a report shows: gone, new, several at once, stricter, deprecated.
fn changed() -> String {
    let long = "averylongnamewithoutanyspaceorcapitalletterinitthatnophonehasroomfor".repeat(2);
    SPEC.replace("required: [id]", "required: [id, name]")
        .replace(", gone: {type: string}, gone2: {type: string}", "")
        .replace(
            "name: {type: string}",
            &format!(
                "name: {{type: string}}, {long}: {{type: integer}}, VeryLong{long}: {{$ref: '#/components/schemas/Size'}}"
            ),
        )
        .replace("x-sunset", "deprecated: true\n      description: '</code><script>alert(1)</script>'\n      x-sunset")
        .replace("-media-type-", "-media-type-that-changed-")
}

fn folder() -> TempDir {
    common::folder(&[("a.yaml", SPEC), ("b.yaml", &changed())])
}

fn report(dir: &Path, sides: [&str; 2], format: &str) -> String {
    let [old, new] = sides;
    run(
        dir,
        &["diff", old, new, "--format", format, "--sunset", "30"],
    )
}

/// What a call prints that succeeds.
fn run(dir: &Path, arguments: &[&str]) -> String {
    let output = common::run(dir, arguments);
    common::exits(&output, 0);
    common::stdout(&output)
}

/// The values of an attribute.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    let found = page.match_indices(&start);
    let value = found.map(|(at, start)| page[at + start.len()..].split('"').next().unwrap());
    value.collect()
}

#[test]
fn a_page_says_what_it_is_about_and_its_links_lead_somewhere() {
    let dir = folder();
    let page = report(dir.path(), ["a.yaml", "b.yaml"], "html");
    for text in [
        "<p class=\"word\">major</p>",
        "<p class=\"word\">0.2.0</p>",
        "<a href=\"b.yaml#L17\" title=\"b.yaml:17\">b.yaml:17</a>",
        "<a href=\"a.yaml#L15\" title=\"a.yaml:15\">a.yaml:15</a>",
        "may be gone since <strong>2020-01-31</strong>",
        "2 optional fields are gone from <code>Pet</code>:",
        "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let ids = values(&page, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "a name stands twice: {ids:?}");
    let links = values(&page, "href");
    let inside: Vec<&str> = links
        .iter()
        .filter_map(|link| link.strip_prefix('#'))
        .collect();
    assert!(inside.len() > 10, "{links:?}");
    for link in inside {
        assert!(known.contains(link), "{link} leads nowhere");
    }
    for word in ["<script", "<link", "<img", "@import", "url(", "http"] {
        let found = page.matches(word).count();
        let own = page.matches("http-equiv").count();
        assert_eq!(found, if word == "http" { own } else { 0 }, "{word}");
    }
}

#[test]
fn a_page_without_a_change_says_so() {
    let dir = folder();
    let page = report(dir.path(), ["a.yaml", "a.yaml"], "html");
    assert!(page.contains("The surface is the same"), "{page}");
    assert!(page.contains("As it is now"), "{page}");
}

/// The first of the usual names under which there is a Chromium.
fn chromium() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    names.into_iter().find(|name| {
        let run = Command::new(name).arg("--version").output();
        run.is_ok_and(|output| output.status.success())
    })
}

/// Writes into the page which elements reach beyond its width.
const MEASURE: &str = "<script>
const width = WIDTH, root = document.documentElement;
root.style.width = width + 'px';
const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1);
root.dataset.wide = 'measured ' + wide.length + ' ' + wide.slice(0, 5).map(e => e.tagName + '.' + e.className).join(' ');
</script></body>";

#[test]
fn no_part_of_a_page_is_wider_than_a_phone_or_a_screen() {
    let Some(chromium) = chromium() else {
        eprintln!("NOT TRIED: there is no Chromium here, so nobody has looked at the page");
        return;
    };
    let dir = folder();
    let page = report(dir.path(), ["a.yaml", "b.yaml"], "html");
    for width in ["390", "1280"] {
        let (head, rest) = page
            .split_once("<meta http-equiv=\"Content-Security-Policy\"")
            .unwrap();
        let rest = rest.split_once('>').unwrap().1;
        let measured = rest.replace("</body>", &MEASURE.replace("WIDTH", width));
        let file = dir.path().join("measured.html");
        fs::write(&file, format!("{head}{measured}")).unwrap();
        let profile = format!("--user-data-dir={}", dir.path().join("profile").display());
        let mut command = Command::new(chromium);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]);
        command.args([profile, format!("--window-size={width},900")]);
        let output = command.arg(format!("file://{}", file.display())).output();
        let output = output.unwrap();
        let dom = String::from_utf8_lossy(&output.stdout);
        let found = values(&dom, "data-wide");
        assert_eq!(
            found,
            ["measured 0 "],
            "{width}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn code_scanning_gets_what_the_standard_requires() {
    let dir = folder();
    let log = report(dir.path(), ["a.yaml", "b.yaml"], "sarif");
    let log: Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "atlas-codegen");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().unwrap().len() > 5, "{rule}");
        }
        assert!(rule["help"]["markdown"].is_string(), "{rule}");
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 6, "{results:?}");
    let mut fingerprints = BTreeSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(result["message"]["text"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(["a.yaml", "b.yaml"].contains(&file), "{result}");
        if let Some(region) = place.get("region") {
            assert!(region["startLine"].as_u64() >= Some(1), "{result}");
        }
        let fingerprint = result["partialFingerprints"]["change/v1"].as_str();
        assert!(fingerprints.insert(fingerprint.unwrap()), "{result}");
    }
    let of = |code: &str| {
        results
            .iter()
            .find(|result| result["ruleId"] == code)
            .unwrap()
    };
    let line = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        (
            place["artifactLocation"]["uri"]
                .as_str()
                .unwrap()
                .to_owned(),
            place["region"]["startLine"].as_u64().unwrap(),
        )
    };
    assert_eq!(of("field-became-required")["level"], "error");
    assert_eq!(line(of("field-became-required")), ("b.yaml".to_owned(), 17));
    assert_eq!(line(of("field-removed")), ("a.yaml".to_owned(), 15));
    assert_eq!(of("accept-changed")["level"], "warning");
    assert_eq!(of("field-added")["level"], "note");
    // What stands further down now is still the same change.
    fs::write(
        dir.path().join("c.yaml"),
        format!("# one\n# two\n{}", changed()),
    )
    .unwrap();
    let moved = report(dir.path(), ["a.yaml", "c.yaml"], "sarif");
    let moved: Value = serde_json::from_str(&moved).unwrap();
    let moved = moved["runs"][0]["results"].as_array().unwrap();
    for result in moved {
        let fingerprint = result["partialFingerprints"]["change/v1"].as_str().unwrap();
        assert!(fingerprints.contains(fingerprint), "{result}");
    }
}

#[test]
fn a_workflow_gets_a_command_for_each_change_and_nothing_else() {
    let dir = folder();
    let log = report(dir.path(), ["a.yaml", "b.yaml"], "github");
    let kinds: Vec<&str> = log
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(kinds[0], "::notice");
    assert!(
        log.contains("::error file=b.yaml,line=17,col=")
            && log.contains(
                "title=field-became-required%3A major%2C compatible::`Pet.name` must be there now"
            ),
        "{log}"
    );
    for kind in &kinds {
        assert!(["::error", "::warning", "::notice"].contains(kind), "{log}");
    }
    let last_error = kinds.iter().rposition(|kind| *kind == "::error");
    let first_warning = kinds.iter().position(|kind| *kind == "::warning");
    assert!(last_error < first_warning, "{log}");
}

/// The config of a document, with lines of its own.
fn config(dir: &Path, name: &str, spec: &str, lines: &str) {
    let text = format!("spec = '{spec}'\noutput = 'c'\n[package]\nname = 'pets'\n{lines}");
    fs::write(dir.join(name), text).unwrap();
}

const PIN: &str = "[names.pins]\n'#/components/schemas/Pet' = 'Animal'\n";

#[test]
fn what_the_config_changed_is_told_apart_from_what_the_document_did() {
    let dir = folder();
    config(dir.path(), "old.toml", "a.yaml", "");
    config(dir.path(), "new.toml", "b.yaml", PIN);
    let configs = ["--config", "new.toml", "--old-config", "old.toml"];
    let both = run(
        dir.path(),
        &[&["diff", "a.yaml", "b.yaml"], &configs[..]].concat(),
    );
    assert!(
        both.contains("The type `Pet` is called `Animal` now. (made by the config)\n"),
        "{both}"
    );
    assert!(
        both.contains("`Animal.name` must be there now: `String` instead of `Option<String>`.\n"),
        "{both}"
    );
    assert!(
        both.contains("note: The config is another one than that of the old surface.\n"),
        "{both}"
    );
    assert!(
        both.contains(
            "note: 1 change comes from that and is marked; all others are the document's.\n"
        ),
        "{both}"
    );
    // The same document: everything is the config's.
    let same = run(
        dir.path(),
        &[&["diff", "a.yaml", "a.yaml"], &configs[..]].concat(),
    );
    assert!(
        same.contains("note: All changes come from that.\n"),
        "{same}"
    );
    // The same config: nothing is.
    let alike = run(
        dir.path(),
        &["diff", "a.yaml", "b.yaml", "--config", "new.toml"],
    );
    assert!(
        !alike.contains("note:") && !alike.contains("made by"),
        "{alike}"
    );
}

#[test]
fn of_a_saved_surface_that_was_made_in_another_way_is_said_what_is_known() {
    let dir = folder();
    config(dir.path(), "old.toml", "a.yaml", "");
    config(dir.path(), "new.toml", "b.yaml", PIN);
    run(dir.path(), &["generate", "--config", "old.toml"]);
    let diff = ["diff", "c/surface.lock", "b.yaml", "--config"];
    let other = run(dir.path(), &[&diff[..], &["new.toml"]].concat());
    assert!(other.contains("only the old document can tell"), "{other}");
    let same = run(dir.path(), &[&diff[..], &["old.toml"]].concat());
    assert!(!same.contains("note:"), "{same}");
    // Another generator.
    let lock = fs::read_to_string(dir.path().join("c/surface.lock")).unwrap();
    let lock = lock.replace(
        &format!("generator={}", env!("CARGO_PKG_VERSION")),
        "generator=0.0.1",
    );
    fs::write(dir.path().join("c/surface.lock"), lock).unwrap();
    let json = run(
        dir.path(),
        &[&diff[..], &["old.toml", "--format", "json"]].concat(),
    );
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["changes"][0]["cause"], "unknown");
    assert!(
        json["other_causes"][0]
            .as_str()
            .unwrap()
            .contains("0.0.1 made the old surface"),
        "{json}"
    );
}

#[test]
fn an_entry_of_the_config_about_what_is_new_does_not_refuse_the_old_document() {
    let dir = folder();
    let with = changed().replace(
        "  schemas:\n",
        "  schemas:\n    Paw: {type: object, properties: {a: {type: string}}}\n",
    );
    let with = with.replace(
        "name: {type: string}",
        "name: {type: string}, paw: {$ref: '#/components/schemas/Paw'}",
    );
    fs::write(dir.path().join("b.yaml"), with).unwrap();
    config(
        dir.path(),
        "new.toml",
        "b.yaml",
        "[names.pins]\n'#/components/schemas/Paw' = 'Foot'\n",
    );
    let text = run(
        dir.path(),
        &["diff", "a.yaml", "b.yaml", "--config", "new.toml"],
    );
    assert!(text.contains("2 types are new: `Foot`, `Size`."), "{text}");
}
