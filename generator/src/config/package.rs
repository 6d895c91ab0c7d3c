//! What a package may be called, before Cargo says so.

use super::{Config, Package, Spot};
use crate::diag::{Code, Diagnostic, Place};

/// Names that Cargo or the compiler keep for themselves, or that the crate itself depends on.
const TAKEN: [&str; 7] = [
    "alloc",
    "client-runtime",
    "core",
    "proc-macro",
    "std",
    "test",
    "self",
];

impl Config {
    /// What is wrong with the package's name and version, wherever they come from.
    pub fn package_faults(&self) -> Vec<Diagnostic> {
        let Package { name, version, .. } = &self.package;
        let mut faults = Vec::new();
        if let Some(name) = name.as_deref().filter(|name| !is_package_name(name)) {
            faults.push(self.fault(
                "package.name",
                format!("`{name}` can't be the name of a package"),
                "begin with a letter, and use only letters, digits, `-` and `_`",
            ));
        }
        if !is_version(version) {
            faults.push(self.fault(
                "package.version",
                format!("`{version}` is no version"),
                "write three numbers, such as `0.1.0` (https://semver.org)",
            ));
        }
        faults
    }

    fn fault(&self, key: &str, message: String, help: &str) -> Diagnostic {
        let file = self.file.as_ref().map(|file| file.display().to_string());
        let place = match (self.spots.get(key), file) {
            (Some(&Spot { line, column }), Some(file)) => Place::File { file, line, column },
            _ => Place::Nowhere,
        };
        Diagnostic {
            code: Code::Config,
            message,
            place,
            help: help.to_owned(),
        }
    }
}

fn is_package_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !TAKEN.contains(&name.replace('_', "-").as_str())
}

/// Three numbers, and perhaps a pre-release or build part, which Cargo reads more closely.
fn is_version(version: &str) -> bool {
    let numbers = version.split(['-', '+']).next().unwrap_or_default();
    let mut parts = numbers.split('.').map(str::parse::<u64>);
    let three = parts.by_ref().take(3).filter(Result::is_ok).count() == 3;
    three && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::{is_package_name, is_version};

    #[test]
    fn a_package_is_called_what_cargo_allows() {
        for name in ["atlas-client", "a", "A1_b"] {
            assert!(is_package_name(name), "{name}");
        }
        for name in ["", "1x", "my client", "client_runtime", "std", "a/b", "ä"] {
            assert!(!is_package_name(name), "{name}");
        }
    }

    #[test]
    fn a_version_has_three_numbers() {
        for version in ["0.1.0", "1.2.3-beta.1", "1.0.0+build"] {
            assert!(is_version(version), "{version}");
        }
        for version in ["", "1", "1.2", "1.2.x", "1.2.3.4", "abc"] {
            assert!(!is_version(version), "{version}");
        }
    }
}
