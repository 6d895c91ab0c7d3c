//! The difference between the disk and the files to be, as a unified diff.

use std::fmt::Write;

use similar::TextDiff;

use super::survey::Survey;

/// The most files whose difference is spelt out.
const MOST_FILES: usize = 20;

/// The difference, as text.
pub(super) fn unified(survey: &Survey<'_>) -> String {
    let mut text = String::new();
    for change in survey.changes.iter().take(MOST_FILES) {
        let path = &change.file.path;
        let old = change.old.as_deref().map(String::from_utf8_lossy);
        let before = match old {
            Some(_) => format!("a/{path}"),
            None => "/dev/null".to_owned(),
        };
        let diff = TextDiff::from_lines(
            old.as_deref().unwrap_or_default(),
            change.file.text.as_str(),
        );
        // Writing to a string can't fail.
        let _ = write!(
            text,
            "{}",
            diff.unified_diff()
                .context_radius(3)
                .header(&before, &format!("b/{path}"))
        );
    }
    if survey.changes.len() > MOST_FILES {
        let _ = writeln!(
            text,
            "… and {} more files differ:",
            survey.changes.len() - MOST_FILES
        );
        for change in survey.changes.iter().skip(MOST_FILES) {
            let _ = writeln!(text, "  {}", change.file.path);
        }
    }
    for path in &survey.stale {
        let _ = writeln!(text, "{path} is no longer made");
    }
    text
}
