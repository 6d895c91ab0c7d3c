//! What the generated crate offers, read from the generator's own account of it. The one place here that knows the
//! generator's data; it says how to call an operation, never what the call should look like on the wire.

use serde_json::Value;

/// An operation of the generated crate.
pub(crate) struct Offered {
    /// Its place in the document.
    pub(crate) pointer: String,
    /// The method of the client that gives its group.
    pub(crate) group: String,
    /// The method of the group.
    pub(crate) method: String,
    /// What must be given, in order.
    pub(crate) arguments: Vec<Input>,
    /// What may be given.
    pub(crate) options: Vec<Input>,
    /// How it can be sent.
    pub(crate) ways: Vec<Way>,
    /// Whether the answer's type is the service's envelope itself.
    pub(crate) enveloped: bool,
}

/// Something that a caller gives.
pub(crate) struct Input {
    /// The name of its setter.
    pub(crate) setter: String,
    /// Its place and name on the wire: `query pageNum`; `body` for the body.
    pub(crate) key: String,
    /// Its type, as code.
    pub(crate) ty: String,
}

/// A way to send a request.
pub(crate) struct Way {
    /// The method that sends.
    pub(crate) method: String,
    /// The media types that are asked for; none where nothing comes.
    pub(crate) accept: Vec<String>,
    /// What it brings.
    pub(crate) answer: Answer,
}

/// What a call brings.
pub(crate) enum Answer {
    /// A value that can be written as JSON; `()` and text among them.
    Value,
    /// Bytes, piece by piece.
    Stream,
    /// An enum by status: its path, and each variant with whether it holds something.
    ByStatus(String, Vec<(String, bool)>),
}

impl Offered {
    /// Every operation of a crate.
    pub(crate) fn all(surface: &Value) -> Vec<Self> {
        let mut all = Vec::new();
        for group in list(surface, "groups") {
            for operation in list(group, "operations") {
                all.push(offered(surface, text(group, "module"), operation));
            }
        }
        all
    }
}

fn offered(surface: &Value, group: &str, operation: &Value) -> Offered {
    let mut ways = vec![Way {
        method: "send".to_owned(),
        accept: accept(&operation["wire"]["accept"]),
        answer: answer(group, &operation["answer"]),
    }];
    ways.extend(list(operation, "ways").iter().map(|way| Way {
        method: text(way, "ident").to_owned(),
        accept: accept(&way["media_type"]),
        answer: Answer::Stream,
    }));
    // What several operations share is described once for all of them.
    let shared = list(operation, "shared").iter().map(|name| {
        let mut parameters = list(surface, "parameters").iter();
        let found = parameters.find(|parameter| parameter["ident"] == *name);
        found.unwrap_or_else(|| panic!("the shared parameter {name} is described"))
    });
    Offered {
        pointer: text(operation, "path").to_owned(),
        group: group.to_owned(),
        method: text(operation, "module").to_owned(),
        arguments: list(operation, "arguments").iter().map(input).collect(),
        options: shared
            .chain(list(operation, "options"))
            .map(input)
            .collect(),
        ways,
        enveloped: operation["wire"]["enveloped"] == true,
    }
}

fn input(input: &Value) -> Input {
    let (place, target) = one_member(&input["target"]);
    let key = match place {
        "Body" => "body".to_owned(),
        place => format!("{} {}", place.to_lowercase(), text(target, "wire")),
    };
    Input {
        setter: text(input, "ident").to_owned(),
        key,
        ty: rust_type(&input["ty"]),
    }
}

fn accept(accept: &Value) -> Vec<String> {
    let accept = accept.as_str().unwrap_or_default();
    let types = accept.split(',').map(str::trim);
    types.filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

fn answer(group: &str, answer: &Value) -> Answer {
    match one_member(answer) {
        ("Stream", _) => Answer::Stream,
        ("ByStatus", by_status) => {
            let variants = list(by_status, "variants").iter();
            let variants = variants
                .map(|variant| (text(variant, "ident").to_owned(), !variant["ty"].is_null()))
                .collect();
            let path = format!("client::operations::{group}::{}", text(by_status, "ident"));
            Answer::ByStatus(path, variants)
        }
        _ => Answer::Value,
    }
}

fn rust_type(ty: &Value) -> String {
    match one_member(ty) {
        ("Bool", _) => "bool".to_owned(),
        (plain @ ("I32" | "I64" | "U64" | "F64"), _) => plain.to_lowercase(),
        ("String", _) => "String".to_owned(),
        ("Json", _) => "client::Value".to_owned(),
        ("Vec", item) => format!("Vec<{}>", rust_type(item)),
        ("Option", item) => format!("Option<{}>", rust_type(item)),
        ("Box", item) => format!("Box<{}>", rust_type(item)),
        ("Map", item) => format!("std::collections::BTreeMap<String, {}>", rust_type(item)),
        ("Named", name) => format!("client::types::{}", name.as_str().unwrap_or_default()),
        (runtime, _) => format!("client::{runtime}"),
    }
}

/// An enum's variant and what it holds: `"Bool"`, or `{"Vec": …}`.
fn one_member(value: &Value) -> (&str, &Value) {
    match value {
        Value::String(name) => (name, &Value::Null),
        Value::Object(members) => {
            let member = members.iter().next().expect("a variant has a name");
            (member.0, member.1)
        }
        other => panic!("{other} is no variant"),
    }
}

fn list<'v>(value: &'v Value, member: &str) -> &'v [Value] {
    value[member].as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    let text = value[member].as_str();
    text.unwrap_or_else(|| panic!("`{member}` is not a text in {value}"))
}
