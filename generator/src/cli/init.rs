//! `init`: a commented config for a document.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atlas_codegen::config::Config;
use atlas_codegen::diag;
use atlas_codegen::pipeline::{self, Samples};

use super::arguments::InitArguments;
use super::{DONE, eprint, print, refused, shown};

/// Every entry, commented out with its default or an example.
const TEMPLATE: &str = include_str!("template.toml");

pub(super) fn init(arguments: &InitArguments) -> ExitCode {
    let samples = match pipeline::samples(&Config::for_spec(&arguments.spec)) {
        Ok(samples) => samples,
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
    let spec = quoted(&from_folder(&file, &arguments.spec));
    let text = filled(&samples, &spec);
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

/// The template with a document's own names in it. One pass, so that a name with braces stays as it is.
fn filled(samples: &Samples, spec: &str) -> String {
    let product = samples.package.strip_suffix("-client");
    let product = product.unwrap_or(&samples.package);
    let variables = product.replace('-', "_").to_ascii_uppercase();
    let values = [
        ("title", samples.title.as_str()),
        ("spec", spec),
        ("package", &samples.package),
        ("variables", &variables),
        ("schema", &samples.schema),
        ("schema_name", &samples.schema_name),
        ("property", &samples.property),
        ("required", &samples.required),
        ("reads", &samples.reads),
        ("lists", &samples.lists),
        ("sends", &samples.sends),
        ("tag", &samples.tag),
        ("path", &samples.path),
    ];
    let mut text = String::with_capacity(TEMPLATE.len() * 2);
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let value = values.iter().find_map(|(name, value)| {
            let after = after.strip_prefix(name)?.strip_prefix('}')?;
            Some((*value, after))
        });
        match value {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
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
