//! What the changes do to one program that uses the crate: what the compiler says of it, with the changes that explain it.

mod evidence;
mod join;
mod message;
mod subject;
#[cfg(test)]
mod tests;

pub use join::Join;
pub use message::FromCargo;

/// Whose a file is that the compiler names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The program's, with its name for people.
    Program(String),
    /// The generated crate's, as seen from its folder, with `/`.
    Crate(String),
    /// Somebody else's.
    Other,
}

/// A program that was checked against the new crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consumer {
    /// How the user named its folder.
    pub name: String,
    /// What is wrong with it, by place; nothing stands twice.
    pub findings: Vec<Finding>,
    /// What else a reader should know of the check.
    pub notes: Vec<String>,
}

/// Something that the compiler or Cargo says of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether the program does not compile for it; else it is a warning of something deprecated.
    pub is_error: bool,
    /// Where it stands in the program.
    pub spot: Option<Spot>,
    /// The compiler's code, `E0609`; empty where it gives none.
    pub code: String,
    /// What it says, in one line.
    pub message: String,
    /// All that it says, as it prints it.
    pub rendered: String,
    /// The changes that may explain it, as positions among those of the comparison. Where there are several, it is one of them
    /// or all of them; where there is none, it is not explained.
    pub changes: Vec<usize>,
    /// Whether the compiler names what changed. Else only the types and the text of the line speak for it.
    pub is_certain: bool,
}

/// A place in the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file, as seen from the folder that the user named; a whole path where it stands elsewhere.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Consumer {
    /// Whether it does not compile.
    pub fn breaks(&self) -> bool {
        self.findings.iter().any(|finding| finding.is_error)
    }

    /// The file of a place as seen from where the user named the program, with `/`.
    pub fn file(&self, spot: &Spot) -> String {
        let file = std::path::Path::new(&self.name).join(&spot.file);
        let file = file.display().to_string().replace('\\', "/");
        file.trim_start_matches("./").to_owned()
    }

    /// What may be explained by a change.
    pub fn findings_of(&self, change: usize) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(move |finding| finding.changes.contains(&change))
    }

    /// What no change explains.
    pub fn unexplained(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.changes.is_empty())
    }
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
