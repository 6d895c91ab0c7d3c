//! How much a change asks of those who use the crate, and of programs that run already.

use std::fmt;

/// What a change means for code that is compiled against the crate, in the words of <https://semver.org>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rust {
    /// No code sees it.
    #[default]
    Patch,
    /// There is more than before; what compiled still does.
    Minor,
    /// Code may stop compiling.
    Major,
}

/// What a change means for a program that was built before it and talks to the service after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// It keeps working.
    #[default]
    Compatible,
    /// It depends on what the program sends or on what the service still takes.
    Risky,
    /// Calls fail, or what they bring can't be read.
    Breaking,
}

impl Rust {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Wire {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }
}

/// A version of a package: its three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// Reads a version; what stands behind the numbers is passed over.
    pub fn read(text: &str) -> Option<Self> {
        let numbers = text.split(['-', '+']).next()?;
        let mut parts = numbers.split('.').map(|part| part.parse::<u64>().ok());
        let version = Self {
            major: parts.next()??,
            minor: parts.next()??,
            patch: parts.next()??,
        };
        parts.next().is_none().then_some(version)
    }

    /// The next version after a change. Before 1.0.0, Cargo counts the second number as the major one.
    #[must_use]
    pub fn after(self, change: Rust) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let raised = |major, minor, patch| Self {
            major,
            minor,
            patch,
        };
        match (change, major, minor) {
            (Rust::Patch, ..) | (Rust::Minor, 0, _) | (Rust::Major, 0, 0) => {
                raised(major, minor, patch.saturating_add(1))
            }
            (Rust::Minor, ..) | (Rust::Major, 0, _) => raised(major, minor.saturating_add(1), 0),
            (Rust::Major, ..) => raised(major.saturating_add(1), 0, 0),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::{Rust, Version};

    #[test]
    fn a_change_raises_the_number_that_cargo_looks_at() {
        for (version, change, next) in [
            ("1.2.3", Rust::Patch, "1.2.4"),
            ("1.2.3", Rust::Minor, "1.3.0"),
            ("1.2.3", Rust::Major, "2.0.0"),
            ("0.2.3", Rust::Minor, "0.2.4"),
            ("0.2.3", Rust::Major, "0.3.0"),
            ("0.0.3", Rust::Major, "0.0.4"),
            ("1.0.0-rc.1", Rust::Major, "2.0.0"),
        ] {
            let next_version = Version::read(version).map(|version| version.after(change));
            assert_eq!(
                next_version.map(|v| v.to_string()).as_deref(),
                Some(next),
                "{version}"
            );
        }
        assert_eq!(Version::read("1.2"), None);
    }
}
