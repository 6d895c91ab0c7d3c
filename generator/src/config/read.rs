//! From the config file to options.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::options::{
    Config, Docs, Envelope, Environment, Errors, Limits, Names, OAuth, Package, Runtime, Schemas,
    command_with,
};
use super::table::{Section, Source, wrong};
use super::{calls, pointer, profiles, selection, types, versions};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, SpecPath};

impl Config {
    /// Reads a config file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file: it can't be read, is not TOML, has an unknown entry or one of a wrong type.
    pub fn load(file: &Path) -> Result<Self, Diagnostics> {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| {
            let mut diagnostics = Diagnostics::new();
            diagnostics.push(Diagnostic {
                code: Code::Config,
                message: format!("the config can't be read: {error}"),
                place: Place::WholeFile(name.clone()),
                help: "name another file with `--config`, or write one with `atlas-codegen init`"
                    .to_owned(),
            });
            diagnostics
        })?;
        let mut config = Self::parse(&text, &name)?;
        let folder = file.parent().unwrap_or(Path::new(""));
        config.file = Some(file.to_path_buf());
        // Without an entry it stays empty, and another source has to name the document.
        if config.spec.file_name().is_some() {
            config.spec = folder.join(&config.spec);
        }
        for overlay in &mut config.overlays {
            *overlay = folder.join(&*overlay);
        }
        config.output = config.output.map(|output| folder.join(output));
        Ok(config)
    }

    /// Reads the text of a config file; `name` stands in messages. Paths are left as they are written.
    ///
    /// # Errors
    ///
    /// As [`Config::load`].
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostics> {
        let mut source = Source {
            name,
            text,
            diagnostics: Diagnostics::new(),
            spots: BTreeMap::new(),
        };
        let (table, faults) = DeTable::parse_recoverable(text);
        // After the first fault the parser guesses, and complains of its guesses.
        if let Some(fault) = faults.first() {
            let span = fault.span().unwrap_or_default();
            let message = format!("the config is not TOML: {}", fault.message());
            source.fault(
                &span,
                message,
                "see https://toml.io for the notation; an OpenAPI document is named with `--spec`"
                    .to_owned(),
            );
        }
        if source.diagnostics.has_errors() {
            return Err(source.diagnostics);
        }
        let mut config = options(&mut source, table.get_ref());
        if config.command.is_empty() {
            config.command = command_with("--config", Path::new(name));
        }
        if source.diagnostics.has_errors() {
            return Err(source.diagnostics);
        }
        config.spots = source.spots;
        Ok(config)
    }
}

fn options(source: &mut Source<'_>, table: &DeTable<'_>) -> Config {
    let mut root = Section::root(table);
    let mut config = Config::for_spec(Path::new(""));
    if let Some(spec) = root.text(source, "spec") {
        config.spec = PathBuf::from(spec);
    }
    let overlays = texts(source, &mut root, "overlays").unwrap_or_default();
    config.overlays = overlays.into_iter().map(PathBuf::from).collect();
    config.output = root.text(source, "output").map(PathBuf::from);
    config.command = root.text(source, "command").unwrap_or_default();
    config.package = package(source, &mut root);
    config.names = names(source, &mut root);
    config.include = selection::selection(source, &mut root, "include");
    config.exclude = selection::selection(source, &mut root, "exclude");
    config.versions = versions::versions(source, &mut root);
    config.schemas = schemas(source, &mut root);
    config.types = types::types(source, &mut root);
    config.errors = errors(source, &mut root);
    config.envelope = envelope(source, &mut root);
    config.oauth = oauth(source, &mut root);
    config.environment = setting_names(source, &mut root, "environment");
    config.profiles = profiles::profiles(source, &mut root);
    config.operations = calls::operations(source, &mut root);
    config.paging = calls::paging(source, &mut root);
    config.waiters = calls::waiters(source, &mut root);
    config.docs = docs(source, &mut root);
    config.limits = limits(source, &mut root);
    root.finish(source);
    config
}

fn package(source: &mut Source<'_>, parent: &mut Section<'_>) -> Package {
    let mut section = parent.section(source, "package");
    let default = Package::default();
    let package = Package {
        name: section.text(source, "name"),
        version: section.text(source, "version").unwrap_or(default.version),
        description: section.text(source, "description"),
        license: section.text(source, "license"),
        publish: section.flag(source, "publish").unwrap_or(default.publish),
        standalone: section
            .flag(source, "standalone")
            .unwrap_or(default.standalone),
        changelog: section
            .flag(source, "changelog")
            .unwrap_or(default.changelog),
        runtime: runtime(source, &mut section),
    };
    section.finish(source);
    package
}

fn runtime(source: &mut Source<'_>, parent: &mut Section<'_>) -> Runtime {
    let mut section = parent.section(source, "runtime");
    let path = section.text(source, "path");
    let version = section.take(source, "version");
    let runtime = match (path, version) {
        (Some(_), Some(entry)) => {
            wrong(source, &entry, "of use beside `path`");
            Runtime::Copied
        }
        (Some(path), None) => Runtime::Path(path),
        (None, Some(entry)) => match entry.value.as_str() {
            Some(version) => Runtime::Version(version.to_owned()),
            None => {
                wrong(source, &entry, "a string");
                Runtime::Copied
            }
        },
        (None, None) => Runtime::Copied,
    };
    section.finish(source);
    runtime
}

fn names(source: &mut Source<'_>, parent: &mut Section<'_>) -> Names {
    let mut section = parent.section(source, "names");
    let names = Names {
        words: words(source, &mut section),
        operation_ids: section.text(source, "operation_ids"),
        pins: pins(source, &mut section),
    };
    section.finish(source);
    names
}

fn words(source: &mut Source<'_>, names: &mut Section<'_>) -> Vec<String> {
    let words = names.texts(source, "words").unwrap_or_default();
    for (word, span) in &words {
        let spot = source.spot(span.start);
        source.spots.insert(format!("names.words.{word}"), spot);
    }
    words.into_iter().map(|(word, _)| word).collect()
}

fn pins(source: &mut Source<'_>, parent: &mut Section<'_>) -> BTreeMap<SpecPath, String> {
    let section = parent.section(source, "pins");
    let mut pins = BTreeMap::new();
    for entry in section.all() {
        let Some(path) = pointer::parse(&entry.key) else {
            let message = format!("`{}` is not a JSON pointer", entry.key);
            source.fault(&entry.span, message, POINTER_HELP.to_owned());
            continue;
        };
        match entry.value {
            DeValue::String(name) => {
                source
                    .spots
                    .insert(format!("names.pins.{path}"), source.spot(entry.span.start));
                pins.insert(path, name.to_string());
            }
            _ => wrong(source, &entry, "a string"),
        }
    }
    pins
}

fn schemas(source: &mut Source<'_>, parent: &mut Section<'_>) -> Schemas {
    let mut section = parent.section(source, "schemas");
    let emit_all = section
        .take(source, "emit")
        .is_some_and(|entry| match entry.value.as_str() {
            Some("all") => true,
            Some("reachable") => false,
            _ => {
                wrong(source, &entry, "`\"reachable\"` or `\"all\"`");
                false
            }
        });
    let schemas = Schemas {
        emit_all,
        any: paths(source, &mut section, "any"),
        optional: paths(source, &mut section, "optional"),
    };
    section.finish(source);
    schemas
}

fn paths(
    source: &mut Source<'_>,
    section: &mut Section<'_>,
    name: &'static str,
) -> BTreeSet<SpecPath> {
    let mut paths = BTreeSet::new();
    for (text, span) in section.texts(source, name).unwrap_or_default() {
        let Some(path) = pointer::parse(&text) else {
            source.fault(
                &span,
                format!("`{text}` is not a JSON pointer"),
                POINTER_HELP.to_owned(),
            );
            continue;
        };
        source
            .spots
            .insert(format!("schemas.{name}.{path}"), source.spot(span.start));
        paths.insert(path);
    }
    paths
}

const POINTER_HELP: &str = "write `#/` and the keys from the document's root down, such as `#/components/schemas/Pet`; in a key, `~` is `~0` and `/` is `~1`";

fn errors(source: &mut Source<'_>, parent: &mut Section<'_>) -> Errors {
    let mut section = parent.section(source, "errors");
    let mut member = |name| {
        let entry = section.take(source, name)?;
        match entry.value.as_str() {
            Some(text) if text.starts_with('/') => Some(text.to_owned()),
            _ => {
                wrong(
                    source,
                    &entry,
                    "a JSON pointer into an error body, such as `\"/error/code\"`",
                );
                None
            }
        }
    };
    let errors = Errors {
        code: member("code"),
        detail: member("detail"),
        fields: member("fields"),
        field_name: member("field_name"),
        field_detail: member("field_detail"),
        retry_after: member("retry_after"),
        trace_headers: texts(source, &mut section, "trace_headers").unwrap_or_default(),
    };
    section.finish(source);
    errors
}

fn envelope(source: &mut Source<'_>, parent: &mut Section<'_>) -> Option<Envelope> {
    let mut section = parent.section(source, "envelope");
    let exists = section.exists();
    let default = |name: &str| name.to_owned();
    let envelope = Envelope {
        parameter: section
            .text(source, "parameter")
            .unwrap_or_else(|| default("envelope")),
        status: section
            .text(source, "status")
            .unwrap_or_else(|| default("status")),
        content: section
            .text(source, "content")
            .unwrap_or_else(|| default("content")),
    };
    section.finish(source);
    exists.then_some(envelope)
}

fn oauth(source: &mut Source<'_>, parent: &mut Section<'_>) -> OAuth {
    let mut section = parent.section(source, "oauth");
    let oauth = OAuth {
        revoke_url: section.text(source, "revoke_url"),
        client_id_prefix: section.text(source, "client_id_prefix"),
    };
    section.finish(source);
    oauth
}

/// The names of the settings: environment variables, or the keys of a profile.
pub(super) fn setting_names(
    source: &mut Source<'_>,
    parent: &mut Section<'_>,
    table: &'static str,
) -> Environment {
    let mut section = parent.section(source, table);
    let names = Environment {
        access_token: texts(source, &mut section, "access_token"),
        client_id: texts(source, &mut section, "client_id"),
        client_secret: texts(source, &mut section, "client_secret"),
        public_key: texts(source, &mut section, "public_key"),
        private_key: texts(source, &mut section, "private_key"),
        base_url: texts(source, &mut section, "base_url"),
    };
    section.finish(source);
    names
}

fn docs(source: &mut Source<'_>, parent: &mut Section<'_>) -> Docs {
    let mut section = parent.section(source, "docs");
    let docs = Docs {
        roles: section.text(source, "roles"),
    };
    section.finish(source);
    docs
}

fn limits(source: &mut Source<'_>, parent: &mut Section<'_>) -> Limits {
    let mut section = parent.section(source, "limits");
    let default = Limits::default();
    let limits = Limits {
        bytes: section
            .number(source, "bytes", 1 << 30)
            .unwrap_or(default.bytes),
        depth: section
            .number(source, "depth", Limits::MAX_DEPTH)
            .unwrap_or(default.depth),
        nodes: section
            .number(source, "nodes", 1 << 30)
            .unwrap_or(default.nodes),
        aliases: section
            .number(source, "aliases", 1 << 30)
            .unwrap_or(default.aliases),
        files: at_least_one(source, &mut section, "files").unwrap_or(default.files),
        output_bytes: section
            .number(source, "output_bytes", 1 << 40)
            .unwrap_or(default.output_bytes),
        output_files: section
            .number(source, "output_files", 1 << 30)
            .unwrap_or(default.output_files),
    };
    section.finish(source);
    limits
}

/// A number of files: the document itself is one.
fn at_least_one(
    source: &mut Source<'_>,
    section: &mut Section<'_>,
    name: &'static str,
) -> Option<usize> {
    let entry = section.take(source, name)?;
    let number = super::table::number(&entry, 1 << 30).filter(|number| *number > 0);
    if number.is_none() {
        wrong(source, &entry, "a whole number from 1 on");
    }
    number
}

pub(super) fn texts(
    source: &mut Source<'_>,
    section: &mut Section<'_>,
    name: &'static str,
) -> Option<Vec<String>> {
    let list = section.texts(source, name)?;
    Some(list.into_iter().map(|(text, _)| text).collect())
}
