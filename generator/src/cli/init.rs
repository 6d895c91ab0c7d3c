//! `init`: a commented config for a document.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atlas_codegen::config::Config;
use atlas_codegen::diag;
use atlas_codegen::pipeline;

use super::arguments::InitArguments;
use super::{DONE, eprint, print, refused, shown};

/// Every entry, commented out with its default or an example.
const TEMPLATE: &str = include_str!("template.toml");

pub(super) fn init(arguments: &InitArguments) -> ExitCode {
    let title = match pipeline::title(&Config::for_spec(&arguments.spec)) {
        Ok(title) => title.replace(char::is_control, " "),
        Err(messages) => {
            eprint(&diag::text(&messages));
            return refused();
        }
    };
    let folder = arguments.spec.parent().unwrap_or(Path::new(""));
    let file = arguments
        .out
        .clone()
        .unwrap_or_else(|| folder.join("atlas-codegen.toml"));
    let text = TEMPLATE
        .replace("{title}", &title)
        .replace("{spec}", &quoted(&from_folder(&file, &arguments.spec)));
    let written = OpenOptions::new().write(true).create_new(true).open(&file);
    match written.and_then(|mut open| open.write_all(text.as_bytes())) {
        Ok(()) => {
            print(&format!(
                "{}: written; now run `atlas-codegen generate --config {0}`\n",
                shown(&file)
            ));
            DONE
        }
        Err(error) => {
            eprint(&format!(
                "error: `{}` can't be written: {error}\n  = help: move it away, or name another file with `--out`\n",
                shown(&file)
            ));
            refused()
        }
    }
}

/// The document's path as seen from the config's folder.
fn from_folder(config: &Path, spec: &Path) -> PathBuf {
    let folder = config.parent().unwrap_or(Path::new(""));
    if let Ok(inside) = spec.strip_prefix(folder) {
        return inside.to_path_buf();
    }
    spec.canonicalize().unwrap_or_else(|_| spec.to_path_buf())
}

/// A TOML string.
fn quoted(path: &Path) -> String {
    let text = shown(path).replace('"', "\\\"");
    format!("\"{text}\"")
}
