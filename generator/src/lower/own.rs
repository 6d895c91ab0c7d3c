//! What the config says of single schemas and formats: types of the user's own, and whether each entry was of use.

use std::collections::BTreeSet;

use super::context::Context;
use crate::config::{Config, nearest};
use crate::diag::{Code, Diagnostic, Diagnostics, SpecPath};

/// The entries of the config that were of use, by their dotted keys; and the formats that were met.
#[derive(Default)]
pub(super) struct Used {
    keys: BTreeSet<String>,
    formats: BTreeSet<String>,
}

impl Context<'_> {
    /// Whether a list of the config names a place, which is then of use.
    pub(super) fn is_listed(
        &self,
        list: &str,
        places: &BTreeSet<SpecPath>,
        path: &SpecPath,
    ) -> bool {
        let found = places.contains(path);
        if found {
            self.mark(format!("schemas.{list}.{path}"));
        }
        found
    }

    /// The type that the config puts in a schema's place.
    pub(super) fn own_type(&self, path: &SpecPath) -> Option<String> {
        let ty = self.config.types.replace.get(path)?;
        self.mark(format!("types.replace.{path}"));
        Some(ty.clone())
    }

    /// The type that the config gives the scalars of a format.
    pub(super) fn own_format(&self, format: &str) -> Option<String> {
        let formats = &self.config.types.formats;
        if formats.is_empty() || format.is_empty() {
            return None;
        }
        let ty = formats.get(format);
        self.used.borrow_mut().formats.insert(format.to_owned());
        ty.cloned()
    }

    fn mark(&self, key: String) {
        self.used.borrow_mut().keys.insert(key);
    }
}

/// Reports the entries that were of no use: the place is there, but nothing that is emitted comes from it.
pub(super) fn check(used: &Used, config: &Config, diagnostics: &mut Diagnostics) {
    let schemas = &config.schemas;
    let lists = [("any", &schemas.any), ("optional", &schemas.optional)];
    let lists = lists.iter().flat_map(|(list, paths)| {
        let key = move |path: &SpecPath| (format!("schemas.{list}.{path}"), path.clone());
        paths.iter().map(key)
    });
    let replaced = config.types.replace.keys();
    let replaced = replaced.map(|path| (format!("types.replace.{path}"), path.clone()));
    for (key, path) in lists.chain(replaced) {
        if used.keys.contains(&key) {
            continue;
        }
        let (message, help) = match key.starts_with("schemas.optional") {
            true => (
                format!("`{path}` is no required property of anything that is emitted"),
                "correct the entry, or remove it",
            ),
            false => (
                format!("nothing that is emitted needs `{path}`"),
                "correct the entry, or remove it; `schemas.emit = \"all\"` emits what no operation needs",
            ),
        };
        refuse(config, diagnostics, &key, message, help.to_owned());
    }
    for format in config.types.formats.keys() {
        if used.formats.contains(format) {
            continue;
        }
        let help = match nearest(format, used.formats.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the entry, or remove it".to_owned(),
        };
        let key = format!("types.formats.{format}");
        let message = format!("no string and no number that is emitted has the format `{format}`");
        refuse(config, diagnostics, &key, message, help);
    }
}

fn refuse(
    config: &Config,
    diagnostics: &mut Diagnostics,
    key: &str,
    message: String,
    help: String,
) {
    diagnostics.push(Diagnostic {
        code: Code::Config,
        message,
        place: config.place(key),
        help,
    });
}
