//! What can be done with a client, its credentials and errors.

use atlas_codegen::surface::{Crate, Item, RustType, TypeItem};

use super::Uses;
use super::spelling::{named, runtime};

/// What stands at the root of every crate.
const ROOT: [&str; 10] = [
    "Base64",
    "Bytes",
    "Date",
    "ErrorKind",
    "Patch<u8>",
    "Retry",
    "Timestamp",
    "Upload",
    "Uuid",
    "Value",
];

pub(super) fn collect(krate: &Crate, uses: &mut Uses<'_>) {
    uses.gate.clear();
    let mut root: Vec<&str> = ROOT.to_vec();
    let (has_events, _) = krate.sequences();
    if has_events {
        root.push("Event<u8>");
    }
    if krate
        .types
        .iter()
        .flat_map(|file| &file.types)
        .any(holds_file)
    {
        root.push("FilePart");
    }
    for name in root {
        let path = runtime(name);
        uses.push(
            format!("crate::{name}"),
            format!("fn it(a: ::api::{name}) -> {path} {{ a }}"),
        );
    }
    let body = krate.error.as_ref().map_or_else(|| runtime("Value"), named);
    uses.push(
        "service::error_body",
        format!(
            "fn it(a: &::api::Error) -> ::core::option::Option<&{body}> {{ a.api() }} \
             fn at(a: ::api::Error) -> {}<{body}> {{ a }} \
             fn of(a: <::api::Client as {}>::ErrorBody) -> {body} {{ a }}",
            runtime("Error"),
            runtime("Service")
        ),
    );
    uses.push(
        "crate::Client",
        format!(
            "fn has<T: ::core::clone::Clone + ::core::fmt::Debug + Send + Sync + 'static>() {{}} \
             fn it() -> {}<::api::Client> {{ has::<::api::Client>(); ::api::Client::builder() }} \
             fn other(a: &::api::Client) {{ let _ = a.untyped({}::Method::GET, \"/\"); }}",
            runtime("Builder"),
            runtime("http")
        ),
    );
    uses.push(
        "crate::Client",
        format!(
            "fn it(a: {0}<::api::Client>) -> {0}<::api::Client> {{ a.base_url(\"https://example.com\") }}",
            runtime("Builder")
        ),
    );
    if krate.service.revoke_url.is_some() {
        uses.push(
            "service::revoke_url",
            "async fn it(a: &::api::Client) -> ::core::result::Result<(), ::api::Error> { a.revoke_token().await }"
                .to_owned(),
        );
    }
    credentials(krate, uses);
}

fn credentials(krate: &Crate, uses: &mut Uses<'_>) {
    let constructors = &krate.service.constructors;
    for constructor in constructors {
        let name = constructor.how.name();
        let arguments = vec!["\"\""; constructor.how.arguments().len()].join(", ");
        uses.push(
            format!("service::credentials::{name}"),
            format!("fn it() -> ::api::Credentials {{ ::api::Credentials::{name}({arguments}) }}"),
        );
    }
    let of_runtime = format!("{}<::api::Client>", runtime("Credentials"));
    uses.push(
        "service::credentials",
        format!(
            "fn it(a: ::api::Credentials, b: ::api::Credentials) -> {of_runtime} {{ a.and(b).into() }} \
             fn from() -> ::core::result::Result<::api::Credentials, ::api::Error> {{ ::api::Credentials::from_env() }} \
             fn find() -> ::core::result::Result<::api::Credentials, ::api::Error> {{ ::api::Credentials::find() }} \
             fn give(a: {0}<::api::Client>, b: ::api::Credentials) -> {0}<::api::Client> {{ a.credentials(b) }}",
            runtime("Builder")
        ),
    );
    // Without a name of the document's among them, they are those of the runtime.
    if !constructors
        .iter()
        .any(|constructor| constructor.how.is_own())
    {
        uses.push(
            "service::credentials",
            format!("fn it(a: ::api::Credentials) -> {of_runtime} {{ a }}"),
        );
    }
}

fn holds_file(item: &TypeItem) -> bool {
    match &item.item {
        Item::Struct(item) => {
            let fields = item.fields.iter().map(|field| &field.ty);
            fields
                .chain(item.rest.as_ref().map(|rest| &rest.ty))
                .any(is_file)
        }
        Item::Union(item) => item.variants.iter().any(|variant| is_file(&variant.ty)),
        Item::Alias(ty) => is_file(ty),
        Item::TextEnum(_) | Item::IntegerEnum(_) => false,
    }
}

fn is_file(ty: &RustType) -> bool {
    match ty {
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Box(inner) => is_file(inner),
        ty => *ty == RustType::FilePart,
    }
}
