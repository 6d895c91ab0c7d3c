//! How large a crate may be.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::surface::File;

/// Reports a crate that is over a limit.
pub(super) fn check(files: &[File], config: &Config, diagnostics: &mut Diagnostics) {
    let limits = &config.limits;
    let bytes = files.iter().map(|file| file.text.len());
    let bytes = bytes.fold(0, usize::saturating_add);
    for (key, what, count, most) in [
        ("output_files", "files", files.len(), limits.output_files),
        ("output_bytes", "bytes", bytes, limits.output_bytes),
    ] {
        if count <= most {
            continue;
        }
        let key = format!("limits.{key}");
        let place = match config.place(&key) {
            place @ Place::File { .. } => place,
            _ => Place::WholeFile(config.spec.display().to_string()),
        };
        diagnostics.push(Diagnostic {
            code: Code::Limit,
            message: format!("the crate would have {count} {what}, and {most} are allowed"),
            place,
            help: format!("raise `{key}` in the config, or leave operations out with `[exclude]`"),
        });
    }
}
