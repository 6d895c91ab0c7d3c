//! The program that calls the generated crate: one line of JSON in, one call, one line of JSON out.

use std::fmt::Write as _;

use super::surface::{Answer, Input, Offered, Way};

/// What is the same in every probe. It keeps each operation's own code to a few lines, since there are hundreds.
const FIXED: &str = r#"//! Calls every operation of a generated crate, as the lines of its input say.

mod calls;

use std::future::{Future, IntoFuture};
use std::io::{BufRead, Write};
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

type Outcome = Pin<Box<dyn Future<Output = Value>>>;

/// What one line asks for.
struct Asked {
    client: client::Client,
    operation: String,
    way: String,
    values: Map<String, Value>,
}

impl Asked {
    fn required<T: DeserializeOwned>(&self, key: &str) -> Result<T, String> {
        let value = self.values.get(key).cloned().unwrap_or_default();
        serde_json::from_value(value).map_err(|error| format!("{key}: {error}"))
    }

    fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, String> {
        match self.values.contains_key(key) {
            true => self.required(key).map(Some),
            false => Ok(None),
        }
    }

    /// Bytes, given as a text.
    fn bytes<T: From<String>>(&self, key: &str) -> Result<T, String> {
        self.required::<String>(key).map(T::from)
    }
}

fn value<T: Serialize + 'static>(call: client::Call<T>) -> Outcome {
    finish(call, |value| match serde_json::to_value(&value) {
        Ok(value) => json!({ "value": value }),
        Err(error) => json!({ "error": format!("the answer cannot be written: {error}") }),
    })
}

fn stream(call: client::Call<client::Download>) -> Outcome {
    let call = call.into_future();
    Box::pin(async move {
        let mut bytes = Vec::new();
        match call.await {
            Ok(mut download) => loop {
                match download.next_chunk().await {
                    Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                    Ok(None) => return json!({ "bytes": bytes }),
                    Err(error) => return json!({ "error": format!("{error:?}") }),
                }
            },
            Err(error) => json!({ "error": format!("{error:?}") }),
        }
    })
}

fn finish<T: 'static>(call: client::Call<T>, read: impl FnOnce(T) -> Value + 'static) -> Outcome {
    let call = call.into_future();
    Box::pin(async move {
        match call.await {
            Ok(value) => read(value),
            Err(error) => json!({ "error": format!("{error:?}") }),
        }
    })
}

fn client(base_url: &str) -> client::Client {
    let client = client::Client::builder()
        .base_url(base_url)
        .credentials(client::Credentials::access_token("token"));
    client.build().expect("the client is built")
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("there is a runtime");
    let mut current = (String::new(), None);
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line can be read");
        let asked: Value = serde_json::from_str(&line).expect("a line is JSON");
        let text = |member: &str| asked[member].as_str().unwrap_or_default().to_owned();
        if current.0 != text("base_url") {
            current = (text("base_url"), Some(client(&text("base_url"))));
        }
        let asked = Asked {
            client: current.1.clone().expect("there is a client"),
            operation: text("operation"),
            way: text("way"),
            values: asked["values"].as_object().cloned().unwrap_or_default(),
        };
        let outcome = match calls::call(&asked) {
            Ok(outcome) => runtime.block_on(outcome),
            Err(fault) => json!({ "refused": fault }),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{outcome}").expect("a line can be written");
        out.flush().expect("a line can be written");
    }
}
"#;

/// The files of a probe of this name for a package, by their paths in its folder.
pub(crate) fn files(name: &str, package: &str, operations: &[Offered]) -> Vec<(String, String)> {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         client = {{ path = \"../client\", package = \"{package}\" }}\n\
         serde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\", \"net\", \"time\"] }}\n"
    );
    vec![
        ("Cargo.toml".to_owned(), manifest),
        ("src/main.rs".to_owned(), FIXED.to_owned()),
        ("src/calls.rs".to_owned(), calls(operations)),
    ]
}

/// One function an operation and way, and the function that chooses among them.
fn calls(operations: &[Offered]) -> String {
    let mut code = "#![allow(deprecated, unused_mut)]\n\nuse super::{Asked, Outcome};\n".to_owned();
    let mut arms = String::new();
    for (index, operation) in operations.iter().enumerate() {
        for way in &operation.ways {
            let name = format!("{}_{index}", way.method);
            call(&mut code, &name, operation, way).expect("a string can be written to");
            let (pointer, method) = (&operation.pointer, &way.method);
            writeln!(arms, "        ({pointer:?}, {method:?}) => {name}(asked),")
                .expect("a string can be written to");
        }
    }
    format!(
        "{code}\npub(super) fn call(asked: &Asked) -> Result<Outcome, String> {{\n    \
         match (asked.operation.as_str(), asked.way.as_str()) {{\n{arms}        \
         other => Err(format!(\"{{other:?}} is not offered\")),\n    }}\n}}\n"
    )
}

fn call(code: &mut String, name: &str, operation: &Offered, way: &Way) -> std::fmt::Result {
    writeln!(
        code,
        "\nfn {name}(asked: &Asked) -> Result<Outcome, String> {{"
    )?;
    let arguments: Vec<String> = operation
        .arguments
        .iter()
        .map(|input| required(input) + "?")
        .collect();
    let (group, method) = (&operation.group, &operation.method);
    writeln!(
        code,
        "    let mut request = asked.client.{group}().{method}({});",
        arguments.join(", ")
    )?;
    for input in &operation.options {
        let (key, setter) = (&input.key, &input.setter);
        if is_bytes(&input.ty) {
            writeln!(code, "    if asked.values.contains_key({key:?}) {{")?;
            writeln!(
                code,
                "        request = request.{setter}({}?);\n    }}",
                required(input)
            )?;
        } else {
            let ty = &input.ty;
            writeln!(
                code,
                "    if let Some(value) = asked.optional::<{ty}>({key:?})? {{"
            )?;
            writeln!(code, "        request = request.{setter}(value);\n    }}")?;
        }
    }
    let send = &way.method;
    match &way.answer {
        Answer::Value => writeln!(code, "    Ok(super::value(request.{send}()))\n}}"),
        Answer::Stream => writeln!(code, "    Ok(super::stream(request.{send}()))\n}}"),
        Answer::ByStatus(path, variants) => {
            writeln!(
                code,
                "    Ok(super::finish(request.{send}(), |answer| match answer {{"
            )?;
            for (variant, holds) in variants {
                let (pattern, value) = if *holds {
                    ("(value)", "value")
                } else {
                    ("", "()")
                };
                writeln!(
                    code,
                    "        {path}::{variant}{pattern} => serde_json::json!({{ \"value\": {value} }}),"
                )?;
            }
            writeln!(code, "        #[allow(unreachable_patterns)]")?;
            writeln!(
                code,
                "        other => serde_json::json!({{ \"error\": format!(\"{{other:?}}\") }}),"
            )?;
            writeln!(code, "    }}))\n}}")
        }
    }
}

fn required(input: &Input) -> String {
    let (key, ty) = (&input.key, &input.ty);
    if is_bytes(ty) {
        return format!("asked.bytes::<{ty}>({key:?})");
    }
    format!("asked.required::<{ty}>({key:?})")
}

/// Whether a value is given as a text, and not as JSON.
fn is_bytes(ty: &str) -> bool {
    ["client::Bytes", "client::Upload"].contains(&ty)
}
