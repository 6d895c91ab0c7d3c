use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::shown;
use crate::config::Config;
use crate::diag::{Diagnostics, SpecPath};
use crate::spec::{Document, Refused, load};

fn put(dir: &Path, name: &str, text: &str) {
    let file = dir.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn load_from(dir: &Path) -> (Result<Document, Refused>, Vec<String>) {
    let file = dir.join("api.yaml");
    let mut diagnostics = Diagnostics::new();
    let document = load(&file, &Config::for_spec(&file), &mut diagnostics);
    (document, shown(&diagnostics))
}

fn root_with(schema: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
    )
}

#[test]
fn files_below_the_folder_are_read_and_may_refer_back() {
    let dir = TempDir::new().unwrap();
    put(
        dir.path(),
        "api.yaml",
        &root_with("{items: {$ref: 'b/c.json#/D'}, type: array}"),
    );
    put(
        dir.path(),
        "b/c.json",
        r#"{"D": {"type": "object", "properties": {"e": {"$ref": "../f.yaml"}}}}"#,
    );
    put(
        dir.path(),
        "f.yaml",
        "items: {$ref: 'api.yaml#/components/schemas/A'}\n",
    );
    let (document, faults) = load_from(dir.path());
    assert_eq!(faults, Vec::<String>::new());
    let document = document.unwrap();
    let target = document.schema("b/c.json#/D", &SpecPath::root()).unwrap();
    assert_eq!(target.path.to_string(), "b/c.json#/D");
    let inner = document.schema("../f.yaml", &target.path).unwrap();
    let back = document
        .schema("api.yaml#/components/schemas/A", &inner.path)
        .unwrap();
    assert_eq!(back.path.to_string(), "#/components/schemas/A");
}

#[test]
fn an_operation_in_a_file_of_its_own_is_read_and_known_by_its_place_there() {
    let dir = TempDir::new().unwrap();
    let item = |methods: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{{methods}}}, /b: {{$ref: b/item.yaml}}}}\n"
        )
    };
    let methods = "get: {$ref: b/get.yaml}, put: {$ref: b/none.yaml}, post: {operationId: own}";
    put(dir.path(), "api.yaml", &item(methods));
    put(dir.path(), "b/item.yaml", "delete: {$ref: get.yaml}\n");
    put(
        dir.path(),
        "b/get.yaml",
        "operationId: listed\nresponses: {'200': {$ref: '../c.yaml#/ok'}}\n",
    );
    put(dir.path(), "c.yaml", "ok: {description: fine}\n");
    let (document, faults) = load_from(dir.path());
    assert_eq!(faults, ["unresolved-reference #/paths/~1a/put/$ref"]);
    let document = document.unwrap();
    let a = SpecPath::root().join("paths").join("/a");
    let item = document.openapi().paths.paths["/a"].as_item().unwrap();
    let get = item.get.as_ref().unwrap();
    assert_eq!(get.operation_id.as_deref(), Some("listed"));
    assert_eq!(
        document.operation_place(&a.join("get")).to_string(),
        "b/get.yaml#"
    );
    assert_eq!(document.operation_place(&a.join("post")), a.join("post"));
    let at = document.operation_place(&a.join("get"));
    let answer = document.response("../c.yaml#/ok", &at).unwrap();
    assert_eq!(answer.value.description, "fine");
    let other = document.path_item("b/item.yaml", &a).unwrap();
    assert_eq!(document.operation_place(&other.path.join("delete")), at);
    // The one that leads nowhere counts among those that are left out.
    assert_eq!(document.operation_count(), 4);
}

#[test]
fn the_hash_covers_every_file() {
    let dir = TempDir::new().unwrap();
    put(dir.path(), "api.yaml", &root_with("{$ref: b.yaml}"));
    put(dir.path(), "b.yaml", "type: string\n");
    let digest = |dir: &Path| load_from(dir).0.unwrap().digest().to_owned();
    let before = digest(dir.path());
    assert_eq!(before.len(), 64);
    put(dir.path(), "b.yaml", "type: integer\n");
    assert_ne!(digest(dir.path()), before);
}

#[test]
fn files_outside_the_folder_are_not_read() {
    let dir = TempDir::new().unwrap();
    let inner = dir.path().join("inner");
    put(dir.path(), "secret.yaml", "type: string\n");
    put(
        &inner,
        "api.yaml",
        &root_with(
            "{properties: {a: {$ref: ../secret.yaml}, b: {$ref: /etc/passwd}, c: {$ref: none.yaml}}}",
        ),
    );
    let (_, faults) = load_from(&inner);
    let place =
        |name: &str| format!("unresolved-reference #/components/schemas/A/properties/{name}/$ref");
    assert_eq!(faults, [place("a"), place("b"), place("c")]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_of_the_folder_are_not_read() {
    let dir = TempDir::new().unwrap();
    let inner = dir.path().join("inner");
    put(dir.path(), "secret.yaml", "type: string\n");
    put(&inner, "api.yaml", &root_with("{$ref: link.yaml}"));
    std::os::unix::fs::symlink(dir.path().join("secret.yaml"), inner.join("link.yaml")).unwrap();
    let (_, faults) = load_from(&inner);
    assert_eq!(faults, ["unresolved-reference #/components/schemas/A/$ref"]);
}

#[test]
fn a_broken_file_that_is_referred_to_refuses_with_its_own_place() {
    let dir = TempDir::new().unwrap();
    put(dir.path(), "api.yaml", &root_with("{$ref: b.yaml}"));
    put(dir.path(), "b.yaml", "a: 1\na: 2\n");
    let (document, faults) = load_from(dir.path());
    assert!(document.is_err());
    assert_eq!(faults[0], "duplicate-key b.yaml#/a");
}

#[test]
fn a_file_that_is_not_there_or_too_long_is_refused() {
    let dir = TempDir::new().unwrap();
    assert_eq!(load_from(dir.path()).1, ["unreadable"]);
    put(
        dir.path(),
        "api.yaml",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n",
    );
    let file = dir.path().join("api.yaml");
    let mut config = Config::for_spec(&file);
    config.limits.bytes = 10;
    let mut diagnostics = Diagnostics::new();
    assert!(load(&file, &config, &mut diagnostics).is_err());
    assert_eq!(shown(&diagnostics), ["limit"]);
}

#[test]
fn a_config_entry_about_a_place_that_is_not_there_is_refused() {
    let dir = TempDir::new().unwrap();
    put(dir.path(), "api.yaml", &root_with("{type: string}"));
    let text = "spec = \"api.yaml\"\n[names.pins]\n\"#/components/schemas/A\" = \"B\"\n\"#/components/schemas/B\" = \"C\"\n";
    put(dir.path(), "config.toml", text);
    let config = Config::load(&dir.path().join("config.toml")).unwrap();
    let mut diagnostics = Diagnostics::new();
    assert!(load(&config.spec, &config, &mut diagnostics).is_err());
    assert_eq!(shown(&diagnostics), ["config"]);
    let place = diagnostics.iter().next().unwrap().place.clone();
    assert!(
        matches!(
            place,
            crate::diag::Place::File {
                line: 4,
                column: 1,
                ..
            }
        ),
        "{place:?}"
    );
}

#[test]
fn a_document_of_more_files_than_allowed_is_refused_once() {
    let dir = TempDir::new().unwrap();
    put(
        dir.path(),
        "api.yaml",
        &root_with(
            "{type: object, properties: {a: {$ref: a.yaml}, b: {$ref: b.yaml}, c: {$ref: c.yaml}}}",
        ),
    );
    for name in ["a.yaml", "b.yaml", "c.yaml"] {
        put(dir.path(), name, "type: string\n");
    }
    let file = dir.path().join("api.yaml");
    let mut config = Config::for_spec(&file);
    let mut codes = |files| {
        config.limits.files = files;
        let mut diagnostics = Diagnostics::new();
        let refused = load(&file, &config, &mut diagnostics).is_err();
        let limit = |d: &&crate::diag::Diagnostic| d.code == crate::diag::Code::Limit;
        (refused, diagnostics.iter().filter(limit).count())
    };
    assert_eq!(codes(4), (false, 0));
    assert_eq!(codes(2), (true, 1));
}

#[test]
fn what_misleads_is_told_of_every_file() {
    let dir = TempDir::new().unwrap();
    put(
        dir.path(),
        "api.yaml",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: 'paths/a.yaml'}}\n",
    );
    put(
        dir.path(),
        "paths/a.yaml",
        "get:\n  operationId: getA\n  parameters: [{$ref: '../shared.yaml#/P'}, {$ref: '../shared.yaml#/P'}]\n  responses: {'200': {description: D, content: {application/json: {schema: {$ref: '../shared.yaml#/S'}}}}}\n",
    );
    put(
        dir.path(),
        "shared.yaml",
        "P: {name: 'a b', in: header, schema: {type: string}}\nS: {type: object, required: [b], properties: {a: {$ref: '#/S/properties/c'}, c: {type: integer, default: one}}}\nUnused: {type: integer, default: one}\n",
    );
    let (_, faults) = load_from(dir.path());
    assert_eq!(
        faults,
        [
            "invalid shared.yaml#/P/name",
            "invalid shared.yaml#/S/required/0",
            "invalid shared.yaml#/S/properties/c/default",
        ]
    );
}
