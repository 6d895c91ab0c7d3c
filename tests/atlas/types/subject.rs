//! A document, the crate that is generated from it, and the probe for that crate.

use std::path::PathBuf;
use std::sync::OnceLock;

use atlas_codegen::config::{Config, Older, Preview, Runtime};
use atlas_codegen::pipeline::{self, Options};
use atlas_codegen_tests::oracle::document::Document;

use crate::probe::Probe;
use crate::root;
use atlas_codegen_tests::catalog::Catalog;

/// What is tested.
pub(crate) struct Subject {
    pub(crate) document: Document,
    pub(crate) catalog: Catalog,
    pub(crate) probe: Probe,
}

impl Subject {
    fn new(name: &str, mut config: Config) -> Self {
        let workspace = root().join("target/atlas-types").join(name);
        config.package.name = Some("client".to_owned());
        config.package.standalone = false;
        config.package.runtime =
            Runtime::Path(root().join("templates/runtime").display().to_string());
        config.versions.preview = Preview::Beside;
        config.versions.older = Older::All;
        config.schemas.emit_all = true;
        config.output = Some(workspace.join("client"));
        let report = pipeline::generate(&config, Options::default());
        assert!(!report.refused, "{name} is generated");
        let catalog = Catalog::of(&config);
        let probe = Probe::build(name, &workspace, &catalog);
        Self {
            document: Document::load(&config.spec),
            catalog,
            probe,
        }
    }
}

/// The whole Atlas document with its crate; none, with a word about it, where the corpus is not there.
pub(crate) fn atlas() -> Option<&'static Subject> {
    static SUBJECT: OnceLock<Option<Subject>> = OnceLock::new();
    let make = || {
        let corpus = std::env::var_os("ATLAS_CODEGEN_CORPUS")
            .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
        let spec = corpus.join("atlas/atlas-full.yaml");
        if !spec.is_file() {
            eprintln!(
                "skipped: {} is not there; ATLAS_CODEGEN_CORPUS names the folder of the corpus",
                spec.display()
            );
            return None;
        }
        Some(Subject::new("atlas", Config::for_spec(&spec)))
    };
    SUBJECT.get_or_init(make).as_ref()
}

/// The document of this project's own client.
pub(crate) fn fragment() -> &'static Subject {
    static SUBJECT: OnceLock<Subject> = OnceLock::new();
    SUBJECT.get_or_init(|| {
        Subject::new(
            "fragment",
            Config::for_spec(&root().join("spec/atlas.yaml")),
        )
    })
}

/// A small document of what Atlas does not have.
pub(crate) fn exchange() -> &'static Subject {
    static SUBJECT: OnceLock<Subject> = OnceLock::new();
    let spec = || root().join("tests/exchange/openapi.yaml");
    SUBJECT.get_or_init(|| Subject::new("exchange", Config::for_spec(&spec())))
}
