//! The text of a `$ref`: which file, which place in it. Nothing is read here.

use percent_encoding::percent_decode_str;

use crate::config::parse_pointer;
use crate::diag::SpecPath;

/// Why the text of a `$ref` names no place that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A URL.
    Remote,
    /// An absolute path, or one that leads above the root document's folder.
    Outside,
    /// A fragment that is not a JSON pointer.
    NotAPointer,
}

/// The place that a `$ref` in `document` names.
pub(super) fn parse(reference: &str, document: &str) -> Result<SpecPath, Fault> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let target = if file.is_empty() {
        document.to_owned()
    } else {
        relative(file, document)?
    };
    parse_pointer(&format!("{target}#{fragment}")).ok_or(Fault::NotAPointer)
}

/// The path of `file`, as `document` names it, from the root document's folder.
fn relative(file: &str, document: &str) -> Result<String, Fault> {
    let file = percent_decode_str(file)
        .decode_utf8()
        .map_err(|_| Fault::NotAPointer)?;
    if has_scheme(&file) || file.starts_with("//") {
        return Err(Fault::Remote);
    }
    if file.starts_with(['/', '\\']) || file.contains('\0') {
        return Err(Fault::Outside);
    }
    let mut parts: Vec<&str> = match document.rsplit_once('/') {
        Some((folder, _)) => folder.split('/').collect(),
        None => Vec::new(),
    };
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Fault::Outside)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// Whether a path begins with a URL scheme (RFC 3986 section 3.1), or a Windows drive.
fn has_scheme(file: &str) -> bool {
    let Some((scheme, _)) = file.split_once(':') else {
        return false;
    };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}

#[cfg(test)]
mod tests {
    use super::{Fault, parse};

    fn parsed(reference: &str, document: &str) -> Result<String, Fault> {
        parse(reference, document).map(|path| path.to_string())
    }

    #[test]
    fn one_place_has_one_path_however_it_is_spelt() {
        for (reference, document) in [
            ("#/a/~1b", "x/y.yaml"),
            ("y.yaml#/a/%7E1b", "x/y.yaml"),
            ("./y.yaml#/a/~1b", "x/z.yaml"),
            ("../x/y.yaml#/a/~1b", "x/z.yaml"),
            ("x/y.yaml#/a/~1b", ""),
        ] {
            assert_eq!(
                parsed(reference, document).as_deref(),
                Ok("x/y.yaml#/a/~1b"),
                "{reference}"
            );
        }
        assert_eq!(parsed("pet.yaml", "").as_deref(), Ok("pet.yaml#"));
    }

    #[test]
    fn urls_and_ways_out_of_the_folder_are_refused() {
        assert_eq!(
            parsed("https://example.com/a.yaml#/x", ""),
            Err(Fault::Remote)
        );
        assert_eq!(parsed("//example.com/a.yaml", ""), Err(Fault::Remote));
        assert_eq!(parsed("file:///etc/passwd", ""), Err(Fault::Remote));
        assert_eq!(parsed("/etc/passwd", ""), Err(Fault::Outside));
        assert_eq!(parsed("../a.yaml", ""), Err(Fault::Outside));
        assert_eq!(parsed("x/../../a.yaml", "b.yaml"), Err(Fault::Outside));
        assert_eq!(parsed("%2e%2e/a.yaml", ""), Err(Fault::Outside));
    }

    #[test]
    fn an_anchor_is_not_a_pointer() {
        assert_eq!(parsed("#pet", ""), Err(Fault::NotAPointer));
    }
}
