//! Paging and waiters in real documents: what is found is counted, so that a rule that finds more or less is noticed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use atlas_codegen::config::Config;
use atlas_codegen::diag::Diagnostics;
use atlas_codegen::ir::{Api, Content, Location, Method, NextPage, Operation, TypeRef};
use atlas_codegen::{lower, spec};

/// A document of the corpus; none where the corpus is not there.
fn document(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let corpus = std::env::var_os("ATLAS_CODEGEN_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let document = corpus.join(name);
    if !document.is_file() {
        println!("skipped: {name} is not in the corpus (ATLAS_CODEGEN_CORPUS)");
        return None;
    }
    Some(document)
}

/// What a document means, and what the config is told of.
fn lowered(document: &Path, config: &Config) -> (Api, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let document = spec::load(document, config, &mut diagnostics).expect("the document is read");
    let api = lower::lower(&document, config, &mut diagnostics);
    (api, diagnostics)
}

fn takes(operation: &Operation, name: &str) -> bool {
    operation
        .parameters
        .iter()
        .any(|parameter| parameter.location == Location::Query && parameter.wire == name)
}

fn is_list(operation: &Operation) -> bool {
    operation
        .success
        .iter()
        .any(|answer| matches!(&answer.body, Some(Content::Json(TypeRef::List(_)))))
}

#[test]
fn the_lists_of_atlas_are_paged_by_their_links() {
    let Some(document) = document("atlas/atlas-full.yaml") else {
        return;
    };
    let (api, _) = lowered(&document, &Config::for_spec(&document));
    let count = |is_it: &dyn Fn(&&Operation) -> bool| api.operations.iter().filter(is_it).count();
    let is_get = |operation: &&Operation| operation.method == Method::Get;
    let takes_page = |operation: &&Operation| takes(operation, "pageNum");
    let is_linked = |operation: &&Operation| {
        operation.paging.as_ref().is_some_and(|paging| {
            paging.items.as_deref() == Some("results")
                && paging.rule.more.is_none()
                && paging.rule.next
                    == NextPage::Link {
                        at: "/links".to_owned(),
                    }
        })
    };
    let is_paged = |operation: &&Operation| operation.paging.is_some();

    assert_eq!(count(&|one| is_get(one) && takes_page(one)), 89);
    assert_eq!(count(&|one| is_linked(one) && takes_page(one)), 88);
    // Two lists beside each other: no one says which of them the pages are of.
    let not_paged = api
        .operations
        .iter()
        .find(|one| is_get(one) && takes_page(one) && !is_paged(one));
    let not_paged = not_paged.expect("one is not paged");
    assert_eq!(
        not_paged.id,
        "listGroupProcessPerformanceAdvisorSuggestedIndexes"
    );
    // They have the links of pages, and take nothing that asks for one.
    assert_eq!(count(&|one| is_linked(one) && !takes_page(one)), 3);
    assert_eq!(count(&|one| is_paged(one)), 91);
    // Lists that come whole.
    assert_eq!(
        count(&|one| is_get(one) && is_list(one) && !takes_page(one)),
        15
    );
    // Changes that answer with a page are not made page by page.
    assert_eq!(count(&|one| !is_get(one) && takes_page(one)), 7);
    assert_eq!(count(&|one| !is_get(one) && is_paged(one)), 0);
}

#[test]
fn the_lists_of_other_documents_are_paged_as_they_say() {
    for (name, expected) in [
        ("airflow-v2.yaml", "21 by offset"),
        ("authentik-2026-03-25.yaml", ""),
        ("clerk-2025-11-10.yaml", "32 by offset"),
        ("dutchie.json", ""),
        ("elasticsearch-serverless.json", ""),
        ("jellyfin-2020-10-01.json", ""),
        ("kestra-ee.yaml", "44 by number"),
        ("ory-keto-v26.2.0.json", "1 by cursor"),
        ("oxide-nexus-2026081901.0.0-e5e4f5.json", "79 by cursor"),
        ("pagerduty-REST.json", "18 by cursor, 37 by offset"),
        ("paypal-vault_payment_tokens_v3.json", "1 by link"),
        ("progenitor-api.github.com.json", "175 by number"),
        ("rebilly.yaml", "116 by offset"),
        ("recurly.yaml", "29 by link"),
        ("stripe-2022-04-12.json", "7 by cursor, 88 by last element"),
        ("svix-lib.json", "33 by cursor"),
        ("twilio_api_v2010.json", "60 by link"),
        ("workos.yaml", "40 by cursor"),
    ] {
        let Some(document) = document(&format!("real/{name}")) else {
            continue;
        };
        let (api, _) = lowered(&document, &Config::for_spec(&document));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for paging in api.operations.iter().filter_map(|one| one.paging.as_ref()) {
            let way = match paging.rule.next {
                NextPage::Link { .. } => "link",
                NextPage::Cursor { .. } => "cursor",
                NextPage::Last { .. } => "last element",
                NextPage::Number { .. } => "number",
                NextPage::Offset { .. } => "offset",
            };
            *counts.entry(way).or_default() += 1;
        }
        let counts: Vec<String> = counts
            .iter()
            .map(|(way, count)| format!("{count} by {way}"))
            .collect();
        assert_eq!(counts.join(", "), expected, "{name}");
    }
}

#[test]
fn the_changes_of_atlas_can_be_waited_for() {
    let Some(document) = document("atlas/atlas-full.yaml") else {
        return;
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("atlas/waiters.toml");
    let config = Config::load(&file).expect("the config is right");
    let (api, diagnostics) = lowered(&document, &config);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let waiters = |id: &str| {
        let operation = api.operations.iter().find(|operation| operation.id == id);
        operation.map_or(0, |operation| operation.waiters.len())
    };
    assert_eq!(waiters("getGroupCluster"), 3);
    let all: usize = api
        .operations
        .iter()
        .map(|operation| operation.waiters.len())
        .sum();
    assert_eq!(all, config.waiters.len());
}
