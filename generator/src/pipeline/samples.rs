//! What a document has to offer for the examples in a config.

use super::{Built, Run};
use crate::config::Config;
use crate::diag::{self, Message, SpecPath};
use crate::ir::{Api, Method, Operation, Presence, Shape, Type};
use crate::{names, spec};

/// Names and places of one document; where it has none of a kind, made up ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Samples {
    /// The API's title, on one line.
    pub title: String,
    /// What the package would be called.
    pub package: String,
    /// The JSON pointer of a schema with a name.
    pub schema: String,
    /// That schema's name.
    pub schema_name: String,
    /// The JSON pointer of a property.
    pub property: String,
    /// The JSON pointer of a property that is required.
    pub required: String,
    /// The id of an operation that reads.
    pub reads: String,
    /// The id of an operation that reads a list.
    pub lists: String,
    /// The id of an operation that sends something with POST.
    pub sends: String,
    /// A tag.
    pub tag: String,
    /// The path of an operation.
    pub path: String,
}

impl Default for Samples {
    fn default() -> Self {
        Self {
            title: "API".to_owned(),
            package: "my-client".to_owned(),
            schema: "#/components/schemas/Foo".to_owned(),
            schema_name: "Foo".to_owned(),
            property: "#/components/schemas/Foo/properties/parameters".to_owned(),
            required: "#/components/schemas/Foo/properties/id".to_owned(),
            reads: "getThing".to_owned(),
            lists: "listThings".to_owned(),
            sends: "searchThings".to_owned(),
            tag: "Things".to_owned(),
            path: "/things".to_owned(),
        }
    }
}

/// Looks for the samples of a document.
///
/// # Errors
///
/// What refuses the document.
pub fn samples(config: &Config) -> Result<Samples, Vec<Message>> {
    let mut run = Run::new(false);
    let locator = spec::Locator::of(config);
    let built = run.build(config, &locator, |diagnostics| {
        spec::load(&config.spec, config, diagnostics)
    });
    match built {
        Ok(built) => Ok(of(&built)),
        Err(super::Stopped) => {
            let messages = run.messages(&locator);
            let is_error = |message: &Message| message.severity == diag::Severity::Error;
            Err(messages.into_iter().filter(is_error).collect())
        }
    }
}

fn of(built: &Built) -> Samples {
    let Built { api, names, .. } = built;
    let mut samples = Samples {
        title: api.info.title.replace(char::is_control, " "),
        package: names.package.clone(),
        ..Samples::default()
    };
    schemas(api, names, &mut samples);
    let operations = || {
        api.operations
            .iter()
            .filter(|operation| !operation.is_beside)
    };
    let first = |fits: fn(&Operation) -> bool| operations().find(|operation| fits(operation));
    let id = |operation: Option<&Operation>| operation.map(|operation| operation.id.clone());
    let reads = first(|operation| operation.method == Method::Get);
    put(&mut samples.reads, id(reads));
    let lists = first(|operation| operation.paging.is_some()).or(reads);
    put(&mut samples.lists, id(lists));
    let sends = first(|operation| operation.method == Method::Post);
    put(&mut samples.sends, id(sends));
    put(
        &mut samples.tag,
        api.tags
            .iter()
            .map(|tag| tag.name.clone())
            .find(|tag| is_plain(tag)),
    );
    put(&mut samples.path, operations().next().map(path_of));
    samples
}

fn schemas(api: &Api, names: &names::Names, samples: &mut Samples) {
    let emitted = || names.types.keys().filter_map(|id| api.get(*id));
    let is_component = |ty: &&Type| {
        ty.path.document().is_empty() && ty.path.pointer().starts_with("/components/schemas/")
    };
    let objects = || {
        emitted()
            .filter(is_component)
            .filter_map(|ty| match &ty.shape {
                Shape::Object(object) if !object.fields.is_empty() => Some((ty, object)),
                _ => None,
            })
    };
    let pointer = |path: &SpecPath| path.to_string();
    if let Some((ty, _)) = objects().find(|(ty, _)| is_plain(&pointer(&ty.path))) {
        samples.schema = pointer(&ty.path);
        samples.schema_name = ty.path.last();
    }
    let fields = || objects().flat_map(|(_, object)| &object.fields);
    put(
        &mut samples.property,
        fields()
            .map(|field| pointer(&field.path))
            .find(|path| is_plain(path)),
    );
    let required = fields().filter(|field| field.presence == Presence::Required);
    put(
        &mut samples.required,
        required
            .map(|field| pointer(&field.path))
            .find(|path| is_plain(path)),
    );
}

/// The operation's path as the document writes it.
fn path_of(operation: &Operation) -> String {
    let mut tokens = operation.path.tokens();
    tokens
        .nth(1)
        .map_or_else(String::new, |path| path.into_owned())
}

fn put(place: &mut String, found: Option<String>) {
    if let Some(found) = found.filter(|found| is_plain(found)) {
        *place = found;
    }
}

/// Whether a text can stand between quotes in TOML, and in a comment, as it is.
fn is_plain(text: &str) -> bool {
    let is_plain =
        |char: char| !char.is_control() && !matches!(char, '"' | '\\' | '\u{2028}' | '\u{2029}');
    !text.is_empty() && text.len() <= 120 && text.chars().all(is_plain)
}
