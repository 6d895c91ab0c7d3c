//! What is known of one document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// So often something with a name was seen.
pub(super) type Counts = BTreeMap<String, usize>;

/// What is known of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) path: String,
    pub(super) group: String,
    pub(super) clean: bool,
    /// Why there is no crate: a message of the generator, or how its process ended.
    pub(super) refused: Option<String>,
    /// Whether the process ended in another way than by itself.
    pub(super) ended: bool,
    /// Operations in the document, as a second reading of it counts them.
    pub(super) operations: usize,
    pub(super) emitted: usize,
    /// Operations of which every body and answer has the type that the document gives it.
    pub(super) typed: usize,
    /// Those of them where a body or an answer is an object of anything, typed as any JSON.
    pub(super) free_form: usize,
    /// Why operations are left out.
    pub(super) left_out: Counts,
    /// Why bodies and answers have no type.
    pub(super) untyped: Counts,
    /// Bodies and answers in a format other than JSON and forms, which are handed over as bytes.
    pub(super) opaque: Counts,
    /// Members that are any JSON though their schema says more.
    pub(super) members_untyped: usize,
    pub(super) members: usize,
    /// A line for each operation and member that is left out or has not its type: why, and where.
    pub(super) places: Vec<String>,
    pub(super) warnings: Counts,
    pub(super) types: usize,
    pub(super) milliseconds: f64,
    /// Messages of the compiler; none where nothing was compiled.
    pub(super) check: Option<Check>,
    /// The round trip of the schemas; none where it was not asked for.
    pub(super) schemas: Option<Schemas>,
}

/// What the compiler says.
#[derive(Clone, Debug, Default)]
pub(super) struct Check {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// The first message.
    pub(super) first: String,
}

/// What became of the component schemas.
#[derive(Clone, Debug, Default)]
pub(super) struct Schemas {
    pub(super) all: usize,
    pub(super) passed: usize,
    pub(super) instances: usize,
    /// Why the others did not pass.
    pub(super) classes: Counts,
    /// A line for each schema that did not pass: class, place, what was wrong.
    pub(super) failures: Vec<String>,
}

impl Row {
    /// What a child found out, as JSON.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "refused": self.refused,
            "ended": self.ended,
            "operations": self.operations,
            "emitted": self.emitted,
            "typed": self.typed,
            "free_form": self.free_form,
            "left_out": self.left_out,
            "untyped": self.untyped,
            "opaque": self.opaque,
            "members_untyped": self.members_untyped,
            "members": self.members,
            "places": self.places,
            "warnings": self.warnings,
            "types": self.types,
            "milliseconds": self.milliseconds,
            "schemas": self.schemas.as_ref().map(|schemas| json!({
                "all": schemas.all,
                "passed": schemas.passed,
                "classes": schemas.classes,
                "failures": schemas.failures,
            })),
        })
    }

    /// Notes that its process ended in another way than by itself.
    pub(super) fn end(&mut self, how: String) {
        self.refused = Some(how);
        self.ended = true;
    }

    /// Takes over what a child found out.
    pub(super) fn take(&mut self, json: &Value) {
        let number = |key: &str| usize_of(json.get(key));
        self.refused = json
            .get("refused")
            .and_then(Value::as_str)
            .map(str::to_owned);
        self.ended = json.get("ended") == Some(&Value::Bool(true));
        self.operations = number("operations");
        self.emitted = number("emitted");
        self.typed = number("typed");
        self.free_form = number("free_form");
        self.members = number("members");
        self.members_untyped = number("members_untyped");
        self.types = number("types");
        self.left_out = counts(json.get("left_out"));
        self.untyped = counts(json.get("untyped"));
        self.opaque = counts(json.get("opaque"));
        self.warnings = counts(json.get("warnings"));
        self.places = texts(json.get("places"));
        self.milliseconds = json
            .get("milliseconds")
            .and_then(Value::as_f64)
            .unwrap_or(0.0);
        if let Some(schemas) = json.get("schemas").and_then(Value::as_object) {
            self.schemas = Some(Schemas {
                all: usize_of(schemas.get("all")),
                passed: usize_of(schemas.get("passed")),
                classes: counts(schemas.get("classes")),
                failures: texts(schemas.get("failures")),
                ..Schemas::default()
            });
        }
    }
}

impl Schemas {
    /// Notes a schema that did not pass.
    pub(super) fn fail(&mut self, class: &str, place: &str, what: &str) {
        *self.classes.entry(class.to_owned()).or_default() += 1;
        let what = what.replace(['\n', '\t'], " ");
        self.failures.push(format!("{class}\t{place}\t{what}"));
    }
}

fn usize_of(value: Option<&Value>) -> usize {
    let number = value.and_then(Value::as_u64);
    number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

fn counts(value: Option<&Value>) -> Counts {
    let members = value.and_then(Value::as_object).map(Map::iter);
    let members = members.into_iter().flatten();
    members
        .map(|(key, value)| (key.clone(), usize_of(Some(value))))
        .collect()
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
