//! Whether a change of ours that is major names what another tool finds.

use std::collections::BTreeSet;

use atlas_codegen::diff::{Comparison, Rust};

/// What the crate is called where it is documented for other tools.
pub(super) const CRATE: &str = "api";

/// What the major changes of a comparison speak of.
pub(super) struct Named {
    /// The names, a set for each change.
    changes: Vec<BTreeSet<String>>,
    /// Groups of operations that are gone, or have another name.
    groups: BTreeSet<String>,
}

impl Named {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let majors = comparison
            .changes
            .iter()
            .filter(|change| change.rust == Rust::Major);
        let mut named = Self {
            changes: Vec::new(),
            groups: BTreeSet::new(),
        };
        for change in majors {
            let texts = [&change.item, &change.owner, &change.before];
            let texts = texts.into_iter().chain(&change.also);
            let words: BTreeSet<String> = texts.flat_map(|text| names(text)).collect();
            if matches!(change.rule.code, "group-removed" | "group-renamed") {
                named.groups.extend(words.iter().cloned());
            }
            named.changes.push(words);
        }
        named
    }

    /// The lines that no major change speaks of.
    pub(super) fn missing(&self, lines: &[String]) -> Vec<String> {
        let missing = lines.iter().filter(|line| {
            let is_whole = line.contains(" in file src/operations/");
            !paths(line).any(|path| self.has(path, is_whole))
        });
        missing.cloned().collect()
    }

    /// Whether one change speaks of the type that a path begins with, or of the operation, or of its group; of an operation's handle,
    /// which has the name of its group, it takes all of the path.
    fn has(&self, path: &str, is_whole: bool) -> bool {
        let words: Vec<String> = names(path).collect();
        let is_operation = inside(path).starts_with("operations::");
        let begin = match words.as_slice() {
            [] => return false,
            words if is_whole => words.len(),
            [group, handle, ..] if is_operation && group != handle => 2,
            words if is_operation => words.len(),
            _ => 1,
        };
        let is_of_group =
            (is_operation || is_whole) && words.iter().any(|word| self.groups.contains(word));
        let is_told = |change: &BTreeSet<String>| {
            let mut words = words.iter().take(begin);
            words.all(|word| change.contains(word))
        };
        is_of_group || self.changes.iter().any(is_told)
    }
}

/// The paths of the crate in what a tool says, without the file where it was.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    let said = line.split(", previously in ").next().unwrap_or(line);
    let said = said.split(" in src/").next().unwrap_or(said);
    let parts = said.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '#')));
    parts.filter(|part| {
        let is_foreign = ["core::", "alloc::", "std::", "client_runtime::", "serde"];
        let is_name = part.contains("::") || part.starts_with(char::is_uppercase);
        is_name && !is_foreign.iter().any(|head| part.starts_with(head))
    })
}

/// A path without the crate.
fn inside(path: &str) -> &str {
    let behind = path
        .strip_prefix(CRATE)
        .and_then(|path| path.strip_prefix("::"));
    behind.unwrap_or(path)
}

/// The names in a text in one spelling: the request of `list_teams` is called `ListTeams`.
fn names(text: &str) -> impl Iterator<Item = String> {
    let text = inside(text);
    let modules = ["types::", "operations::"];
    let behind = modules.iter().find_map(|module| text.strip_prefix(module));
    let words = behind
        .unwrap_or(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let words = words.filter(|word| !matches!(*word, "" | "r" | "new"));
    words.map(|word| word.replace('_', "").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Named, names};

    fn named(changes: &[&str]) -> Named {
        Named {
            changes: changes.iter().map(|text| names(text).collect()).collect(),
            groups: ["clusters".to_owned()].into(),
        }
    }

    #[test]
    fn a_finding_is_named_by_its_type_or_by_all_of_its_path() {
        let named = named(&[
            "types::Team.size",
            "operations::teams::list_teams.page",
            "operations::teams::add_team",
            "api().get_api(id)",
        ]);
        let lines = [
            "variant Team::Small, previously in file src/types/team.rs:4",
            "  struct api::types::Team, previously in file src/types/team.rs:4",
            "ListTeams::page, previously in file src/operations/teams/list_teams.rs:4",
            "api::operations::teams::Teams::add_team takes 1 parameters in src/operations/teams/mod.rs:4, but now takes 2",
            "impl core::clone::Clone for api::types::Team",
            "Client::clusters, previously in file src/operations/clusters/mod.rs:4",
            "struct api::operations::clusters::ListClusters, previously in file src/operations/clusters/list_clusters.rs:4",
            "api::operations::api::Api::get_api takes 1 parameters in src/operations/api/get_api.rs:4, but now takes 0",
            "pub fn api::operations::teams::ListTeams::borrow(&self) -> &T",
        ];
        assert_eq!(
            named.missing(&lines.map(str::to_owned)),
            Vec::<String>::new()
        );
        let lines = [
            "struct api::types::Owner, previously in file src/types/team.rs:4",
            "api::operations::teams::Teams::remove_team takes 1 parameters in src/operations/teams/mod.rs:4",
            "Owner::page, previously in file src/types/owner.rs:4",
            "Teams::remove_team, previously in file src/operations/teams/mod.rs:4",
        ];
        assert_eq!(
            named.missing(&lines.map(str::to_owned)),
            lines.map(str::to_owned)
        );
    }
}
