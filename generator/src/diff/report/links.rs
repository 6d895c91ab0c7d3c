//! Where a change stands in the documents, as a link.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::change::Change;
use super::Report;
use crate::diag::Located;

/// A place in a document.
pub(super) struct Link {
    /// The file without its folders, and the line.
    pub(super) text: String,
    /// The line alone, where the file is the one that the user named.
    pub(super) short: String,
    /// The file as the user named it, and the line.
    pub(super) full: String,
    /// Where it leads; none for a file at a revision, which no browser can open.
    pub(super) href: Option<String>,
}

/// The place of a change in the old document.
pub(super) fn old(report: &Report<'_>, change: &Change) -> Option<Link> {
    let place = report.old_places.get(&change.old_at)?;
    Some(link(place, &report.names.0))
}

/// The place of a change in the new document.
pub(super) fn new(report: &Report<'_>, change: &Change) -> Option<Link> {
    of(report, &change.new_at)
}

/// A place in the new document.
pub(super) fn of(report: &Report<'_>, pointer: &str) -> Option<Link> {
    let place = report.new_places.get(pointer)?;
    Some(link(place, &report.names.1))
}

fn link(place: &Located, document: &str) -> Link {
    let file = place.file.replace('\\', "/");
    let name = file.rsplit('/').next().unwrap_or_default();
    let line = place.position.map(|(line, _)| line);
    let numbered = |file: &str| match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    };
    let text = numbered(name);
    Link {
        short: match line {
            Some(line) if place.file == document => format!("line {line}"),
            _ => text.clone(),
        },
        text,
        full: numbered(&file),
        href: reference(&file, line),
    }
}

/// What stays as it is in a path.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A reference to a line of a file. A name with a colon is a revision's, or would be taken for a scheme.
fn reference(file: &str, line: Option<usize>) -> Option<String> {
    let (scheme, rest) = match file.split_once("://") {
        Some((scheme @ ("https" | "http"), rest)) => (format!("{scheme}://"), rest),
        _ => (String::new(), file),
    };
    if scheme.is_empty() && rest.contains(':') {
        return None;
    }
    // Two slashes in front would name a host.
    let rest = if scheme.is_empty() && rest.starts_with("//") {
        rest.trim_start_matches('/')
    } else {
        rest
    };
    let line = line.map_or(String::new(), |line| format!("#L{line}"));
    Some(format!("{scheme}{}{line}", utf8_percent_encode(rest, PATH)))
}

/// A place for readers that know files alone.
pub(super) struct Spot {
    /// The file; of one at a revision, what it is called in the working tree.
    pub(super) file: String,
    /// Line and column; none where the file is another one than that which was read.
    pub(super) position: Option<(usize, usize)>,
}

/// The place of a change in the new document, else in the old one, else the new document as a whole.
pub(super) fn spot(report: &Report<'_>, change: &Change) -> Spot {
    let new = report.new_places.get(&change.new_at).map(Spot::of);
    let found = new.or_else(|| old_spot(report, change));
    found.unwrap_or_else(|| Spot::whole(&report.names.1))
}

/// The place of a change in the old document.
pub(super) fn old_spot(report: &Report<'_>, change: &Change) -> Option<Spot> {
    report.old_places.get(&change.old_at).map(Spot::of)
}

impl Spot {
    fn of(place: &Located) -> Self {
        let position = place
            .position
            .filter(|_| at_revision(&place.file).is_none());
        let whole = Self::whole(&place.file);
        Self { position, ..whole }
    }

    fn whole(file: &str) -> Self {
        let file = at_revision(file).unwrap_or(file);
        // What shows files beside their lines knows them by their names alone.
        let file = file.strip_prefix("./").unwrap_or(file);
        Self {
            file: file.to_owned(),
            position: None,
        }
    }
}

/// What a file at a revision is called in the working tree; none for one that is there.
fn at_revision(file: &str) -> Option<&str> {
    let (revision, inside) = file.split_once(':')?;
    // A single letter is a drive.
    (revision.len() > 1 && !inside.starts_with("//")).then_some(inside)
}

/// A file as a relative URI reference (RFC 3986, section 4.2), or, where its path is absolute, as a URI of its own (RFC 8089): SARIF
/// wants no reference that begins with a slash (section 3.4.3).
pub(super) fn uri(file: &str) -> String {
    let file = file.replace('\\', "/");
    let drive = file.split_once(':').filter(|(drive, _)| {
        drive.len() == 1 && drive.starts_with(|letter: char| letter.is_ascii_alphabetic())
    });
    let (start, path) = match (drive, file.strip_prefix('/')) {
        (Some((drive, path)), _) => (format!("file:///{drive}:"), path),
        (None, Some(path)) => ("file:///".to_owned(), path.trim_start_matches('/')),
        (None, None) => (String::new(), file.as_str()),
    };
    format!("{start}{}", utf8_percent_encode(path, PATH))
}

#[cfg(test)]
mod tests {
    use super::{Spot, reference, uri};

    #[test]
    fn a_link_leads_to_a_file_and_never_to_a_script() {
        for (file, expected) in [
            ("spec/api.yaml", Some("spec/api.yaml#L3")),
            ("a b\"<.yaml", Some("a%20b%22%3C.yaml#L3")),
            (
                "https://example.com/api.yaml",
                Some("https://example.com/api.yaml#L3"),
            ),
            ("HEAD~1:spec/api.yaml", None),
            ("javascript:alert(1)", None),
            ("//example.com/x", Some("example.com/x#L3")),
        ] {
            assert_eq!(reference(file, Some(3)).as_deref(), expected, "{file}");
        }
    }

    #[test]
    fn a_file_is_a_uri_that_says_where_it_begins() {
        for (file, expected) in [
            ("spec/a b%.yaml", "spec/a%20b%25.yaml"),
            ("spec:1/a.yaml", "spec%3A1/a.yaml"),
            ("/srv/api.yaml", "file:///srv/api.yaml"),
            ("//host/api.yaml", "file:///host/api.yaml"),
            ("C:\\spec\\api.yaml", "file:///C:/spec/api.yaml"),
        ] {
            assert_eq!(uri(file), expected, "{file}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_name_in_the_working_tree() {
        for (file, expected) in [
            ("./spec/api.yaml", "spec/api.yaml"),
            ("HEAD~1:spec/api.yaml", "spec/api.yaml"),
            ("HEAD~1:./api.yaml", "api.yaml"),
            ("../api.yaml", "../api.yaml"),
        ] {
            assert_eq!(Spot::whole(file).file, expected, "{file}");
        }
    }
}
