//! Types of the user's own in place of emitted ones, and what emitted ones derive beside.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::DeValue;

use super::nearest::nearest;
use super::pointer;
use super::table::{Entry, Section, Source, wrong};
use crate::diag::SpecPath;

/// Types of the user's own, and derives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    /// The path of a Rust type, by the schema that it stands for.
    pub replace: BTreeMap<SpecPath, String>,
    /// The path of a Rust type, by the format of the scalars that it stands for.
    pub formats: BTreeMap<String, String>,
    /// The derive macros of every type.
    pub derive_all: Vec<String>,
    /// The derive macros of the types of single schemas.
    pub derive: BTreeMap<SpecPath, Vec<String>>,
    /// The packages that these come from, sorted by name.
    pub dependencies: BTreeMap<String, Dependency>,
}

/// A package that the crate depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependency {
    /// Which versions will do, as Cargo has it.
    pub version: Option<String>,
    /// Where it lies, relative to the crate's folder.
    pub path: Option<String>,
    /// The features that are on.
    pub features: Vec<String>,
    /// Whether those are on that are by default.
    pub default_features: Option<bool>,
}

/// What a path to a type can begin with although no dependency is called so.
const ROOTS: [&str; 4] = ["std", "core", "alloc", "client_runtime"];

/// Types that need no path.
const PRIMITIVES: [&str; 15] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64",
    "u128", "String",
];

/// Derive macros that need no path.
const BUILT_IN: [&str; 6] = ["Copy", "Default", "Eq", "Hash", "Ord", "PartialOrd"];

/// What every type is already.
const EVERY: [&str; 5] = ["Clone", "Debug", "PartialEq", "Serialize", "Deserialize"];

pub(super) fn types(source: &mut Source<'_>, parent: &mut Section<'_>) -> Types {
    let mut section = parent.section(source, "types");
    let dependencies = dependencies(source, &mut section);
    let mut paths = Paths {
        known: dependencies
            .keys()
            .map(|name| name.replace('-', "_"))
            .collect(),
        used: Vec::new(),
        is_faulty: false,
    };
    let types = Types {
        replace: replace(source, &mut section, &mut paths),
        formats: formats(source, &mut section, &mut paths),
        derive_all: Vec::new(),
        derive: BTreeMap::new(),
        dependencies,
    };
    let (derive_all, derive) = derives(source, &mut section, &mut paths);
    section.finish(source);
    for name in types.dependencies.keys() {
        // A path that could not be read may have been meant to begin with it.
        if paths.is_faulty || paths.used.contains(&name.replace('-', "_")) {
            continue;
        }
        if let Some(&spot) = source.spots.get(&format!("types.dependencies.{name}")) {
            let message = format!("no type and no derive comes from `{name}`");
            source.fault_at(
                spot,
                message,
                "name a path that begins with it, or remove it".to_owned(),
            );
        }
    }
    Types {
        derive_all,
        derive,
        ..types
    }
}

/// The paths that are named, held against the packages that are known.
struct Paths {
    known: Vec<String>,
    used: Vec<String>,
    is_faulty: bool,
}

impl Paths {
    /// A path to a type or a macro; reported and none where it is no path, or begins with a package that is not known.
    fn read(
        &mut self,
        source: &mut Source<'_>,
        span: &Range<usize>,
        text: &str,
        alone: &[&str],
    ) -> Option<String> {
        let segments: Vec<&str> = text.split("::").collect();
        let root = segments.first().copied().unwrap_or_default();
        let is_path = segments.iter().all(|segment| is_name(segment));
        if !is_path || (segments.len() == 1 && !alone.contains(&text)) {
            let near = nearest(text, alone.iter().copied()).filter(|_| is_path);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write it from its package on, such as `my_crate::Money`; generic arguments can't be given, an alias in that package can have them".to_owned(),
            };
            source.fault(span, format!("`{text}` is no path to it"), help);
            self.is_faulty = true;
            return None;
        }
        if segments.len() == 1 || ROOTS.contains(&root) {
            return Some(text.to_owned());
        }
        if !self.known.iter().any(|known| known == root) {
            let known = self.known.iter().map(String::as_str);
            let help = match nearest(root, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "say where it comes from, under [types.dependencies]: `{root} = \"1\"`, or `{root} = {{ path = \"…\" }}`"
                ),
            };
            source.fault(span, format!("there is no dependency `{root}`"), help);
            self.is_faulty = true;
            return None;
        }
        self.used.push(root.to_owned());
        Some(text.to_owned())
    }
}

/// An ASCII identifier of Rust that is no keyword.
fn is_name(text: &str) -> bool {
    let is_word = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_word && !is_keyword(text) && text != "_"
}

/// Whether a word is a keyword (Rust reference, edition 2024).
fn is_keyword(text: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "Self", "static", "struct", "super", "trait", "true", "try",
        "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.contains(&text)
}

/// The schema that a key names: a JSON pointer, or the name of a component.
fn schema(key: &str) -> Option<SpecPath> {
    if key.contains('#') {
        return pointer::parse(key);
    }
    Some(
        SpecPath::root()
            .join("components")
            .join("schemas")
            .join(key),
    )
}

/// The entries of a table whose keys name schemas.
fn by_schema<'t>(
    source: &mut Source<'_>,
    section: &Section<'t>,
    prefix: &str,
) -> Vec<(SpecPath, Entry<'t>)> {
    let mut found = Vec::new();
    for entry in section.all() {
        match schema(&entry.key) {
            Some(path) => {
                let spot = source.spot(entry.span.start);
                source.spots.insert(format!("{prefix}.{path}"), spot);
                found.push((path, entry));
            }
            None => {
                let message = format!("`{}` is not a JSON pointer", entry.key);
                let help = "write the name of a component, such as `Pet`, or `#/` and the keys from the document's root down";
                source.fault(&entry.span, message, help.to_owned());
            }
        }
    }
    found
}

fn replace(
    source: &mut Source<'_>,
    parent: &mut Section<'_>,
    paths: &mut Paths,
) -> BTreeMap<SpecPath, String> {
    let section = parent.section(source, "replace");
    let mut types = BTreeMap::new();
    for (path, entry) in by_schema(source, &section, "types.replace") {
        types.extend(path_of(source, &entry, paths).map(|ty| (path, ty)));
    }
    types
}

fn formats(
    source: &mut Source<'_>,
    parent: &mut Section<'_>,
    paths: &mut Paths,
) -> BTreeMap<String, String> {
    let section = parent.section(source, "formats");
    let mut types = BTreeMap::new();
    for entry in section.all() {
        let spot = source.spot(entry.span.start);
        source
            .spots
            .insert(format!("types.formats.{}", entry.key), spot);
        if let Some(ty) = path_of(source, &entry, paths) {
            types.insert(entry.key, ty);
        }
    }
    types
}

fn path_of(source: &mut Source<'_>, entry: &Entry<'_>, paths: &mut Paths) -> Option<String> {
    let Some(text) = entry.value.as_str() else {
        wrong(
            source,
            entry,
            "the path of a type, such as `\"my_crate::Money\"`",
        );
        return None;
    };
    paths.read(source, &entry.span, text, &PRIMITIVES)
}

type Derives = (Vec<String>, BTreeMap<SpecPath, Vec<String>>);

fn derives(source: &mut Source<'_>, parent: &mut Section<'_>, paths: &mut Paths) -> Derives {
    let section = parent.section(source, "derive");
    let mut all = Vec::new();
    let mut list = |source: &mut Source<'_>, entry: &Entry<'_>| {
        let items = entry.value.as_array().and_then(|list| {
            let text = |item: &toml::Spanned<DeValue<'_>>| {
                Some((item.get_ref().as_str()?.to_owned(), item.span()))
            };
            list.iter().map(text).collect::<Option<Vec<_>>>()
        });
        let Some(items) = items else {
            wrong(
                source,
                entry,
                "a list of derive macros, such as `[\"Hash\"]`",
            );
            return Vec::new();
        };
        let mut names = Vec::new();
        for (text, span) in items {
            let last = text.rsplit("::").next().unwrap_or_default();
            if EVERY.contains(&last) {
                let message = format!("every type has `{last}` already");
                source.fault(&span, message, "remove it".to_owned());
            } else {
                names.extend(paths.read(source, &span, &text, &BUILT_IN));
            }
        }
        names
    };
    let mut single = BTreeMap::new();
    for entry in section.all().iter().filter(|entry| entry.key == "*") {
        all = list(source, entry);
    }
    for (path, entry) in by_schema(source, &section, "types.derive") {
        if entry.key != "*" {
            single.insert(path, list(source, &entry));
        }
    }
    (all, single)
}

fn dependencies(source: &mut Source<'_>, parent: &mut Section<'_>) -> BTreeMap<String, Dependency> {
    let list = parent.section(source, "dependencies");
    let mut dependencies = BTreeMap::new();
    for mut entry in list.all() {
        let name = std::mem::take(&mut entry.key);
        entry.key = list.key_of(&name);
        let spot = source.spot(entry.span.start);
        source.spots.insert(entry.key.clone(), spot);
        let is_package = name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !is_package || ROOTS.contains(&name.replace('-', "_").as_str()) {
            let message = format!("`{name}` can't be a dependency");
            let help = "write the name of a package, and not of one that is there anyway";
            source.fault(&entry.span, message, help.to_owned());
            continue;
        }
        let dependency = match entry.value {
            DeValue::String(version) => Dependency {
                version: Some(version.to_string()),
                ..Dependency::default()
            },
            DeValue::Table(table) => {
                let mut section = Section::below(&entry.key, table);
                let dependency = Dependency {
                    version: section.text(source, "version"),
                    path: section.text(source, "path"),
                    features: super::read::texts(source, &mut section, "features")
                        .unwrap_or_default(),
                    default_features: section.flag(source, "default-features"),
                };
                section.finish(source);
                dependency
            }
            _ => {
                wrong(
                    source,
                    &entry,
                    "a version, or a table with `version` or `path`",
                );
                continue;
            }
        };
        if dependency.version.is_none() && dependency.path.is_none() {
            wrong(
                source,
                &entry,
                "a version, or a table with `version` or `path`",
            );
        }
        dependencies.insert(name, dependency);
    }
    dependencies
}
