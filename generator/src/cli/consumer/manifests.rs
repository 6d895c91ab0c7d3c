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

    /// Where a dependency or a feature of it stands: in the package's manifest, else in the workspace's.
    fn spot(
        &self,
        package: &Package,
        dependency: &Dependency,
        feature: Option<&str>,
        shown: &dyn Fn(&Path) -> String,
    ) -> Spot {
        let files = [package.manifest_path.as_path(), self.workspace];
        let at = |file: &Path, feature: Option<&str>| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let (line, column) = position(&text, dependency.key(), feature)?;
            Some(Spot {
                file: shown(file),
                line,
                column,
            })
        };
        let of_feature =
            feature.and_then(|feature| files.iter().find_map(|file| at(file, Some(feature))));
        let found = of_feature.or_else(|| files.iter().find_map(|file| at(file, None)));
        found.unwrap_or_else(|| Spot {
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

/// Where a dependency stands in a manifest, or a feature at or below its line.
fn position(text: &str, key: &str, feature: Option<&str>) -> Option<(usize, usize)> {
    let is_its = |line: &str| {
        let line = line.trim_start_matches(['"', '\'']);
        let behind = line
            .strip_prefix(key)
            .map(|behind| behind.trim_start_matches(['"', '\'']));
        let is_key = behind.is_some_and(|behind| behind.starts_with([' ', '=', '.', '\t']));
        is_key || (line.starts_with('[') && line.ends_with(&format!(".{key}]")))
    };
    let column = |line: &str, byte: usize| {
        line.get(..byte)
            .map_or(1, |before| before.chars().count() + 1)
    };
    let lines = || text.lines().enumerate();
    let (at, own) = lines().find(|(_, line)| is_its(line))?;
    let Some(feature) = feature else {
        return Some((at + 1, column(own, own.find(key)?)));
    };
    let words = [format!("\"{feature}\""), format!("/{feature}\"")];
    lines().skip(at).find_map(|(index, line)| {
        let byte = words.iter().find_map(|word| line.find(word.as_str()))?;
        Some((index + 1, column(line, byte + 1)))
    })
}

#[cfg(test)]
mod tests {
    use super::position;

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
}
