//! What manifests ask of the crate: its name, and features of it.

use std::fs;
use std::path::Path;

use atlas_codegen::diff::{Comparison, Finding, Spot};

use super::cargo::{Dependency, Package};

/// A feature of the crate that a package asks for.
struct Asked<'p> {
    dependency: &'p Dependency,
    feature: String,
}

/// The features that a package asks for, of all dependencies that are the crate.
fn asked<'p>(package: &'p Package, name: &str) -> Vec<Asked<'p>> {
    let mut asked = Vec::new();
    for dependency in package
        .dependencies
        .iter()
        .filter(|dependency| dependency.name == name)
    {
        let own = dependency.features.iter().cloned();
        // `full = ["atlas/teams"]`, and with `?`
        let passed_on = package.features.values().flatten().filter_map(|text| {
            let (key, feature) = text.split_once('/')?;
            (key.trim_end_matches('?') == dependency.key()).then(|| feature.to_owned())
        });
        asked.extend(own.chain(passed_on).map(|feature| Asked {
            dependency,
            feature,
        }));
    }
    asked
}

/// Lets a crate have the features that are asked for and that it no longer has, so that more is found than that one is missing.
/// A feature that has another name brings what that brings.
pub(super) fn with_features(
    manifest: &str,
    packages: &[&Package],
    name: &str,
    comparison: &Comparison,
) -> String {
    let mut lines = Vec::new();
    for package in packages {
        for Asked { feature, .. } in asked(package, name) {
            let is_there = has(manifest, &feature);
            let renamed = comparison
                .changes
                .iter()
                .find(|change| change.rule.code == "feature-renamed" && change.before == feature);
            let brings = renamed.map_or(String::new(), |change| format!("{:?}", change.after));
            let line = format!("{feature:?} = [{brings}]\n");
            if !is_there && !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    manifest.replacen(
        "[features]\n",
        &format!("[features]\n{}", lines.concat()),
        1,
    )
}

/// Whether a manifest of the generator's has a feature.
fn has(manifest: &str, feature: &str) -> bool {
    let [plain, quoted] = [format!("{feature} = ["), format!("{feature:?} = [")];
    manifest
        .lines()
        .any(|line| line.starts_with(&plain) || line.starts_with(&quoted))
}

/// What manifests ask for, and what there is.
pub(super) struct Wanted<'w> {
    /// The crate's name, as packages know it.
    pub(super) name: &'w str,
    /// The new crate's manifest.
    pub(super) made: &'w str,
    /// The manifest of the workspace, from which members may have their dependencies.
    pub(super) workspace: &'w Path,
    pub(super) comparison: &'w Comparison,
}

impl Wanted<'_> {
    /// What manifests ask for that is not there. `shown` says what a file is called for people.
    pub(super) fn findings(
        &self,
        packages: &[&Package],
        shown: &dyn Fn(&Path) -> String,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for package in packages {
            let own = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.name == self.name);
            for dependency in own {
                let changes = self.changes("crate-renamed", self.name);
                if !changes.is_empty() {
                    let message = format!("the package `{}` is asked for", self.name);
                    let spot = self.spot(package, dependency, None, shown);
                    findings.push(finding(spot, message, changes));
                }
            }
            for Asked {
                dependency,
                feature,
            } in asked(package, self.name)
            {
                if has(self.made, &feature) {
                    continue;
                }
                let mut changes = self.changes("feature-removed", &feature);
                changes.extend(self.changes("feature-renamed", &feature));
                let message = format!("the feature `{feature}` of `{}` is asked for", self.name);
                let spot = self.spot(package, dependency, Some(&feature), shown);
                findings.push(finding(spot, message, changes));
            }
        }
        // Several members may have it from the workspace.
        findings.sort_by(|left, right| left.spot.cmp(&right.spot));
        findings.dedup();
        findings
    }

    /// The positions of the changes of a rule that are about something.
    fn changes(&self, code: &str, before: &str) -> Vec<usize> {
        let changes = self.comparison.changes.iter().enumerate();
        let found =
            changes.filter(|(_, change)| change.rule.code == code && change.before == before);
        found.map(|(index, _)| index).collect()
    }

    /// Where a dependency or a feature of it stands: in the package's manifest, else in the workspace's where that is asked.
    fn spot(
        &self,
        package: &Package,
        dependency: &Dependency,
        feature: Option<&str>,
        shown: &dyn Fn(&Path) -> String,
    ) -> Spot {
        let key = dependency.key();
        let read = |file| (file, fs::read_to_string(file).unwrap_or_default());
        let mut files = vec![read(package.manifest_path.as_path())];
        if files.iter().all(|(_, text)| is_inherited(text, key)) {
            files.push(read(self.workspace));
        }
        let at = |feature: Option<&str>| {
            files.iter().find_map(|(file, text)| {
                let (line, column) = position(text, key, feature)?;
                Some(Spot {
                    file: shown(file),
                    line,
                    column,
                })
            })
        };
        let of_feature = feature.and_then(|feature| at(Some(feature)));
        of_feature.or_else(|| at(None)).unwrap_or_else(|| Spot {
            file: shown(&package.manifest_path),
            line: 1,
            column: 1,
        })
    }
}

fn finding(spot: Spot, message: String, changes: Vec<usize>) -> Finding {
    Finding {
        is_error: true,
        rendered: format!("error: {message}\n  --> {spot}\n"),
        spot: Some(spot),
        code: String::new(),
        message,
        changes,
        is_certain: true,
    }
}

/// Where a dependency stands in a manifest, or a feature of it: in the dependency's lines, or where the manifest's own features turn
/// it on.
fn position(text: &str, key: &str, feature: Option<&str>) -> Option<(usize, usize)> {
    let column = |line: &str, byte: usize| {
        line.get(..byte)
            .map_or(1, |before| before.chars().count() + 1)
    };
    let own = lines_of(text, key);
    let Some(feature) = feature else {
        let (at, line) = own.first()?;
        return Some((at + 1, column(line, line.find(key)?)));
    };
    let find = |lines: &[(usize, &str)], word: &str, name: usize| {
        lines.iter().find_map(|(at, line)| {
            let byte = line.find(word)?;
            Some((at + 1, column(line, byte + name)))
        })
    };
    let all: Vec<(usize, &str)> = text.lines().map(code).enumerate().collect();
    let passed_on = |word: String| find(&all, &word, word.len() - feature.len() - 1);
    find(&own, &format!("\"{feature}\""), 1)
        .or_else(|| passed_on(format!("\"{key}/{feature}\"")))
        .or_else(|| passed_on(format!("\"{key}?/{feature}\"")))
}

/// Whether a manifest has a dependency from its workspace, and so perhaps features of it.
fn is_inherited(text: &str, key: &str) -> bool {
    let lines = lines_of(text, key);
    lines.iter().any(|(_, line)| line.contains("workspace"))
}

/// The lines in which a manifest says what it wants of a dependency, counted from 0: its tables, and its keys in tables of several.
fn lines_of<'t>(text: &'t str, key: &str) -> Vec<(usize, &'t str)> {
    let mut lines = Vec::new();
    let (mut is_of_several, mut is_its_table, mut is_its) = (false, false, false);
    // The brackets that are open: a value may go on for several lines.
    let mut open = 0_i64;
    for (at, line) in text.lines().map(code).enumerate() {
        if open <= 0 {
            let table = line.trim().strip_prefix('[');
            if let Some(table) = table.and_then(|table| table.strip_suffix(']')) {
                is_of_several = table.ends_with("dependencies");
                let its = [format!(".{key}"), format!(".\"{key}\"")];
                is_its_table = its.iter().any(|its| table.ends_with(its));
            }
            is_its = is_its_table || (is_of_several && begins(line, key));
        }
        open += brackets(line);
        if is_its {
            lines.push((at, line));
        }
    }
    lines
}

/// Whether a line begins with a key, or with one inside it.
fn begins(line: &str, key: &str) -> bool {
    let quotes = ['"', '\''];
    let line = line.trim_start().trim_start_matches(quotes);
    let behind = line.strip_prefix(key);
    let behind = behind.map(|behind| behind.trim_start_matches(quotes));
    behind.is_some_and(|behind| behind.starts_with([' ', '=', '.', '\t']))
}

/// A line without its comment.
fn code(line: &str) -> &str {
    let mut marks = outside_texts(line);
    let comment = marks.find(|(_, mark)| *mark == '#');
    comment.map_or(line, |(at, _)| line.get(..at).unwrap_or(line))
}

/// How many more brackets a line opens than it closes.
fn brackets(line: &str) -> i64 {
    let changes = outside_texts(line).map(|(_, mark)| match mark {
        '[' | '{' => 1,
        ']' | '}' => -1,
        _ => 0,
    });
    changes.sum()
}

/// What stands in a line outside of quotes.
fn outside_texts(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    line.char_indices().filter(move |(_, letter)| match quote {
        Some(open) => {
            if open == *letter {
                quote = None;
            }
            false
        }
        None => {
            if matches!(letter, '"' | '\'') {
                quote = Some(*letter);
            }
            true
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop at once")]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_in_the_lines_of_its_dependency() {
        let text = "[dependencies]\nother = { features = [\"a\"] }\natlas = { package = \"x\", features = [\"a\"] }\n";
        assert_eq!(position(text, "atlas", Some("a")), Some((3, 39)));
        assert_eq!(position(text, "atlas", None), Some((3, 1)));
        let table = "[dependencies.atlas]\nfeatures = [\n  \"a\",\n]\n";
        assert_eq!(position(table, "atlas", Some("a")), Some((3, 4)));
        assert_eq!(position(table, "atlas", Some("b")), None);
        assert_eq!(position("[features]\natlas2 = []\n", "atlas", None), None);
    }

    #[test]
    fn the_workspace_is_asked_for_a_feature_where_the_package_has_the_dependency_from_it() {
        let folder = tempfile::tempdir().unwrap();
        let [manifest, workspace] =
            ["package.toml", "workspace.toml"].map(|name| folder.path().join(name));
        fs::write(
            &workspace,
            "[workspace.dependencies]\natlas = { features = [\"a\"] }\n",
        )
        .unwrap();
        let comparison = Comparison {
            changes: Vec::new(),
        };
        let wanted = Wanted {
            name: "atlas",
            made: "",
            workspace: &workspace,
            comparison: &comparison,
        };
        let dependency = || Dependency {
            name: "atlas".to_owned(),
            rename: None,
            features: Vec::new(),
        };
        let package = Package {
            name: "program".to_owned(),
            version: String::new(),
            id: String::new(),
            source: None,
            manifest_path: manifest.clone(),
            dependencies: Vec::new(),
            features: std::collections::BTreeMap::new(),
        };
        let shown = |file: &Path| file.file_name().unwrap().to_string_lossy().into_owned();
        for (its, found) in [
            ("atlas = { workspace = true }", "workspace.toml:2:24"),
            // It may be asked for in a way that is not found.
            ("atlas = { features = ['a'] }", "package.toml:2:1"),
        ] {
            fs::write(&manifest, format!("[dependencies]\n{its}\n")).unwrap();
            let spot = wanted.spot(&package, &dependency(), Some("a"), &shown);
            assert_eq!(spot.to_string(), found, "{its}");
        }
    }

    #[test]
    fn the_lines_of_a_dependency_end_where_another_begins() {
        let below = "[dependencies]\natlas = { workspace = true }\nother = { version = \"1\", features = [\"a\"] }\n";
        assert_eq!(position(below, "atlas", Some("a")), None);
        let table = "[dependencies.atlas]\nversion = \"1\"\nfeatures = [\"b\"]\n\n[dependencies.other]\nfeatures = [\"a\"]\n";
        assert_eq!(position(table, "atlas", Some("b")), Some((3, 14)));
        assert_eq!(position(table, "atlas", Some("a")), None);
        let lines = "[dependencies]\natlas = { version = \"1\", features = [\n  \"b\",\n  \"a\"\n] }\nother = { features = [\"c\"] }\n";
        assert_eq!(position(lines, "atlas", Some("a")), Some((4, 4)));
        assert_eq!(position(lines, "atlas", Some("c")), None);
        let dotted = "[dependencies]\natlas.version = \"1\"\natlas.features = [\"a\"]\nother.features = [\"c\"]\n";
        assert_eq!(position(dotted, "atlas", Some("a")), Some((3, 20)));
        assert_eq!(position(dotted, "atlas", Some("c")), None);
        let twice = "[dependencies]\natlas = { features = [\"b\"] }\n[dev-dependencies]\natlas = { features = [\"a\"] }\n";
        assert_eq!(position(twice, "atlas", Some("a")), Some((4, 24)));
        let passed = "[dependencies]\natlas = \"1\"\n\n[features]\nfull = [\n  \"atlas/a\",\n  \"atlas?/b\",\n]\n";
        assert_eq!(position(passed, "atlas", Some("a")), Some((6, 10)));
        assert_eq!(position(passed, "atlas", Some("b")), Some((7, 11)));
        let before =
            "[features]\nfull = [\"other/a\", \"atlas/a\"]\n[dependencies]\natlas = \"1\"\n";
        assert_eq!(position(before, "atlas", Some("a")), Some((2, 27)));
    }
}
