//! `codegen.lock`: which files are owned, and which document they come from.

use std::path::{Component, Path};

use crate::surface::File;

/// The lock's name in the output folder.
pub(super) const NAME: &str = "codegen.lock";

const HEADER: &str = "# Written by atlas-codegen: the document that this folder comes from, and the files that it owns. Do not edit.";

/// The lock for these files.
///
/// The document's hash stands here and nowhere else, so that a change in the document touches only the files it is about.
/// Nothing else is recorded: the generator's version and the config show in the files themselves.
pub(super) fn render(files: &[File], digest: &str) -> File {
    let mut paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    paths.sort_unstable();
    let mut text = format!("{HEADER}\nspec sha256:{digest}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    File {
        path: NAME.to_owned(),
        text,
    }
}

/// The files that a lock lists; none where the text is no lock, or lists something outside its folder.
pub(super) fn parse(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines();
    if lines.next()? != HEADER || !lines.next()?.starts_with("spec sha256:") {
        return None;
    }
    let paths: Vec<String> = lines.map(str::to_owned).collect();
    paths.iter().all(|path| is_inside(path)).then_some(paths)
}

/// Whether a path is one that every system can have as it is: letters, digits and `.`, `_`, `-`, no name that Windows keeps for
/// devices or changes, and no way out of the folder.
pub(super) fn is_safe(path: &str) -> bool {
    let is_name = |name: &str| {
        let is_plain = name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
        let stem = name
            .split('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
            || ["com", "lpt"].iter().any(|port| {
                let number = stem.strip_prefix(port);
                number.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
            });
        is_plain && !is_device && !name.starts_with('.') && !name.ends_with('.') && !name.is_empty()
    };
    is_inside(path) && path.split('/').all(is_name)
}

/// Whether a path stays below the folder that it counts from.
pub(super) fn is_inside(path: &str) -> bool {
    let mut components = Path::new(path).components();
    !path.is_empty()
        && !path.contains('\\')
        && components.all(|component| matches!(component, Component::Normal(_)))
}
