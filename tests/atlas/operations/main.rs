//! Every operation of a document is called through its generated crate, and every request is held against the document.

mod plan;
mod probe;
mod probe_crate;
mod surface;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use atlas_codegen::config::Config;
use atlas_codegen_tests::fake_atlas::{Answer, FakeAtlas, Scripted};
use atlas_codegen_tests::oracle::compare::{Nulls, difference_with};
use atlas_codegen_tests::oracle::document::Document;
use atlas_codegen_tests::oracle::request::{Operation, RequestChecker};
use serde_json::{Map, Value, json};

use plan::{Planned, Planner, Reply};
use probe_crate::{Probe, root};
use surface::{Offered, Way};

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    operations: usize,
    calls: usize,
    bodies: usize,
    parameters: usize,
    answers: usize,
}

/// One document under test.
struct Proof<'d> {
    checker: RequestChecker<'d>,
    planner: Planner<'d>,
    probe: Probe,
    /// The query parameter that wraps answers, the member with the status, the member with the body.
    envelope: Option<[String; 3]>,
    counts: Counts,
    faults: Vec<String>,
}

impl<'d> Proof<'d> {
    /// Calls one operation in every way.
    fn operation(&mut self, atlas: &FakeAtlas, operation: &Operation<'d>, offered: &Offered) {
        self.counts.operations += 1;
        self.inputs(operation, offered);
        for way in &offered.ways {
            let calls = self.planner.calls(operation, way);
            if calls.is_empty() {
                self.fault(operation, "no success brings what it asks for");
            }
            for planned in calls {
                self.call(atlas, operation, (offered, way), &planned);
            }
        }
    }

    /// Everything that can be sent can be given, and nothing else.
    fn inputs(&mut self, operation: &Operation<'d>, offered: &Offered) {
        let mut keys: BTreeSet<String> = operation
            .parameters
            .iter()
            .map(|parameter| format!("{} {}", parameter.location, parameter.name))
            .collect();
        if operation.body.is_some() {
            keys.insert("body".to_owned());
        }
        for input in offered.arguments.iter().chain(&offered.options) {
            if !keys.remove(&input.key) {
                self.fault(
                    operation,
                    &format!("`{}` is offered, not declared", input.key),
                );
            }
        }
        for key in keys {
            self.fault(operation, &format!("`{key}` is declared, not offered"));
        }
    }

    fn call(
        &mut self,
        atlas: &FakeAtlas,
        operation: &Operation<'d>,
        (offered, way): (&Offered, &Way),
        planned: &Planned,
    ) {
        let before = atlas.requests().len();
        atlas.intercept_next(Scripted::Answer(self.answer(offered, planned)));
        let mut values: Map<String, Value> = planned
            .given
            .parameters
            .iter()
            .map(|((location, name), value)| (format!("{location} {name}"), value.clone()))
            .collect();
        if let Some(body) = &planned.given.body {
            values.insert("body".to_owned(), body.clone());
        }
        self.counts.calls += 1;
        self.counts.parameters += planned.given.parameters.len();
        self.counts.bodies += usize::from(planned.given.body.is_some());
        let outcome = self.probe.call(&json!({
            "base_url": atlas.base_url(),
            "operation": operation.pointer,
            "way": way.method,
            "values": values,
        }));
        match &atlas.requests()[before..] {
            [request] => {
                for fault in self.checker.faults(operation, &planned.given, request) {
                    self.fault(operation, &fault);
                }
            }
            requests => {
                let count = requests.len();
                self.fault(operation, &format!("{count} requests were sent: {outcome}"));
                return;
            }
        }
        self.outcome(operation, planned, &outcome);
    }

    /// The answer as it travels, in its envelope where the request asks for one.
    fn answer(&self, offered: &Offered, planned: &Planned) -> Answer {
        let answer = Answer::new(planned.status);
        let Some((media_type, reply)) = &planned.content else {
            return answer;
        };
        let enveloped = self.envelope.as_ref().filter(|[parameter, ..]| {
            let key = ("query".to_owned(), parameter.clone());
            !offered.enveloped && planned.given.parameters.get(&key) == Some(&Value::Bool(true))
        });
        match (reply, enveloped) {
            (Reply::Json(body) | Reply::Ambiguous(body), Some([_, status, content])) => {
                let mut whole = Map::new();
                whole.insert(status.clone(), planned.status.into());
                whole.insert(content.clone(), body.clone());
                answer.with_body(media_type, Value::Object(whole).to_string())
            }
            (Reply::Json(body) | Reply::Ambiguous(body), None) => {
                answer.with_body(media_type, body.to_string())
            }
            (Reply::Bytes(bytes), _) => answer.with_body(media_type, bytes.clone()),
        }
    }

    /// The call brings what the server answered.
    fn outcome(&mut self, operation: &Operation<'d>, planned: &Planned, outcome: &Value) {
        self.counts.answers += 1;
        let fault = match (&planned.content, outcome.get("value"), outcome.get("bytes")) {
            (Some((_, Reply::Json(body))), Some(value), _) => {
                difference_with(body, value, Nulls::MayBeAbsent)
            }
            (Some((_, Reply::Ambiguous(_))), Some(_), _) => None,
            (Some((_, Reply::Bytes(bytes))), None, Some(brought)) => {
                (*brought != json!(bytes)).then(|| format!("brings {brought}"))
            }
            (Some((_, Reply::Bytes(bytes))), Some(Value::String(text)), _) => {
                (text.as_bytes() != bytes).then(|| format!("brings {text}"))
            }
            (Some((_, Reply::Bytes(_))) | None, Some(Value::Null), _) => None,
            _ => Some(format!("brings {outcome}")),
        };
        if let Some(fault) = fault {
            let status = planned.status;
            self.fault(operation, &format!("the answer {status}: {fault}"));
        }
    }

    fn fault(&mut self, operation: &Operation<'_>, fault: &str) {
        self.faults
            .push(format!("{} {}: {fault}", operation.id, operation.pointer));
    }
}

/// Calls every operation of a document, and returns how much that was.
fn prove(name: &str, config: Config) -> Counts {
    let document = Document::load(&config.spec);
    let operations = Operation::all(&document);
    let (surface, program) = probe_crate::build(name, config);
    let offered = Offered::all(&surface);
    let envelope = surface["service"]["envelope"].as_object().map(|envelope| {
        ["parameter", "status", "content"]
            .map(|member| envelope[member].as_str().unwrap_or_default().to_owned())
    });
    let mut proof = Proof {
        checker: RequestChecker::new(&document),
        planner: Planner::new(&document),
        probe: Probe::start(&program),
        envelope,
        counts: Counts::default(),
        faults: Vec::new(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("there is a runtime");
    for chunk in operations.chunks(20) {
        // A server keeps all its requests, so each serves a few operations only.
        let atlas = runtime
            .block_on(FakeAtlas::start())
            .expect("the server starts");
        for operation in chunk {
            match offered
                .iter()
                .find(|offered| offered.pointer == operation.pointer)
            {
                Some(offered) => proof.operation(&atlas, operation, offered),
                None => proof.fault(operation, "is not offered"),
            }
        }
    }
    assert_eq!(
        offered.len(),
        operations.len(),
        "nothing is offered that is not declared"
    );
    println!("{name}: {:?}", proof.counts);
    let faults = &proof.faults;
    assert!(
        faults.is_empty(),
        "{name}: {} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    proof.counts
}

/// The documents that are kept outside of the project; none where they are not there.
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("ATLAS_CODEGEN_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let document = folder.join("atlas/atlas-full.yaml");
    document.exists().then_some(document)
}

fn configured(file: &Path) -> Config {
    let config = Config::load(&root().join(file));
    config.unwrap_or_else(|_| panic!("{} is right", file.display()))
}

#[test]
fn every_operation_of_the_atlas_document_is_called_as_the_document_says() {
    let Some(document) = corpus() else {
        println!("skipped: atlas/atlas-full.yaml is not in the corpus (ATLAS_CODEGEN_CORPUS)");
        return;
    };
    let counts = prove("atlas", Config::for_spec(&document));
    assert_eq!(counts.operations, 540);
    assert!(counts.calls >= 3 * 540, "{counts:?}");
}

#[test]
fn every_kind_of_operation_is_called_as_the_document_says() {
    let document = root().join("tests/atlas/operations/kinds.yaml");
    let counts = prove("kinds", Config::for_spec(&document));
    assert_eq!(counts.operations, 9);
    assert_eq!(counts.calls, 30, "each thrice, and a report as a table too");
}

#[test]
fn every_operation_of_the_fragment_is_called_as_the_document_says() {
    let counts = prove("fragment", configured(Path::new("spec/atlas-codegen.toml")));
    assert_eq!(counts.operations, 5);
}

#[test]
fn every_operation_of_every_form_is_called_as_the_document_says() {
    let counts = prove(
        "exchange",
        configured(Path::new("tests/exchange/atlas-codegen.toml")),
    );
    assert_eq!(counts.operations, 24);
}
