//! A crate to be, made by hand: the fragment of a user administration, and names that clash.

use crate::diag::SpecPath;
use crate::names::Ident;
use crate::surface::*;

pub(super) fn ident(text: &str) -> Ident {
    Ident::for_test(text)
}

pub(super) fn lines(text: &str) -> DocLines {
    DocLines(text.lines().map(str::to_owned).collect())
}

fn path() -> SpecPath {
    SpecPath::root()
}

pub(super) fn named(text: &str) -> RustType {
    RustType::Named(ident(text))
}

pub(super) fn vec(inner: RustType) -> RustType {
    RustType::Vec(Box::new(inner))
}

pub(super) fn boxed(inner: RustType) -> RustType {
    RustType::Box(Box::new(inner))
}

pub(super) fn map(inner: RustType) -> RustType {
    RustType::Map(Box::new(inner))
}

pub(super) fn gate(names: &[&str]) -> Gate {
    Gate(
        names
            .iter()
            .map(|name| Feature((*name).to_owned()))
            .collect(),
    )
}

pub(super) fn field(name: &str, wire: &str, ty: RustType, presence: FieldPresence) -> Field {
    Field {
        ident: ident(name),
        path: path(),
        docs: DocLines::default(),
        wire: wire.to_owned(),
        ty,
        presence,
    }
}

pub(super) fn structure(fields: Vec<Field>) -> Struct {
    Struct {
        fields,
        rest: None,
        setters: false,
        conversion: None,
        page: None,
    }
}

/// A file with one type in it.
pub(super) fn item(name: &str, module: &str, docs: &str, item: Item) -> TypeFile {
    TypeFile {
        module: ident(module),
        gate: Gate::default(),
        types: vec![TypeItem {
            derives: Vec::new(),
            ident: ident(name),
            path: path(),
            docs: lines(docs),
            item,
        }],
    }
}

pub(super) fn text_enum(values: &[(&str, &str)]) -> Item {
    let variant = |(name, wire): &(&str, &str)| EnumVariant {
        ident: ident(name),
        wire: (*wire).to_owned(),
        docs: DocLines::default(),
    };
    Item::TextEnum(values.iter().map(variant).collect())
}

pub(super) fn variant(name: &str, ty: RustType, when: VariantWhen) -> UnionVariant {
    UnionVariant {
        ident: ident(name),
        docs: DocLines::default(),
        ty,
        when,
    }
}

pub(super) fn common(name: &str, ty: RustType, is_optional: bool) -> Common {
    Common {
        ident: ident(name),
        ty,
        is_optional,
    }
}

pub(super) fn tags(values: &[&str]) -> VariantWhen {
    VariantWhen::Tags(values.iter().map(|value| (*value).to_owned()).collect())
}

pub(super) fn input(name: &str, docs: &str, ty: RustType, target: Target) -> Input {
    Input {
        ident: ident(name),
        path: path(),
        docs: lines(docs),
        ty,
        target,
    }
}

pub(super) fn in_path(wire: &str) -> Target {
    Target::Path {
        wire: wire.to_owned(),
        style: Style::Simple,
        pattern: None,
    }
}

/// An identifier: 24 hexadecimal digits.
pub(super) fn id_in_path(wire: &str) -> Target {
    Target::Path {
        wire: wire.to_owned(),
        style: Style::Simple,
        pattern: Some(Pattern {
            class: vec![('a', 'f'), ('0', '9')],
            min: 24,
            max: Some(24),
        }),
    }
}

pub(super) fn in_query(wire: &str, style: Style) -> Target {
    Target::Query {
        wire: wire.to_owned(),
        style,
        reserved: false,
    }
}

/// An operation without inputs that brings nothing.
pub(super) fn operation(
    module: &str,
    request: &str,
    id: &str,
    method: Method,
    template: &str,
) -> Operation {
    Operation {
        path: path(),
        module: ident(module),
        request: ident(request),
        table: ident(&module.to_uppercase()),
        docs: lines("What it does."),
        deprecated: None,
        sunset: None,
        wire: OperationWire {
            id: id.to_owned(),
            method,
            template: template.to_owned(),
            server: None,
            accept: None,
            content_type: None,
            security: None,
            encodings: Vec::new(),
            enveloped: false,
            idempotent: None,
            paging: None,
        },
        arguments: Vec::new(),
        shared: Vec::new(),
        options: Vec::new(),
        answer: Answer::Empty,
        answer_docs: DocLines::default(),
        ways: Vec::new(),
        example: Vec::new(),
        waiters: Vec::new(),
    }
}

/// A crate with nothing in it.
pub(super) fn empty() -> Crate {
    Crate {
        package: Package {
            dependencies: Vec::new(),
            name: "atlas-client".to_owned(),
            library: ident("atlas_client"),
            version: "0.1.0".to_owned(),
            description: "A client of the Atlas Administration API".to_owned(),
            license: Some("MIT".to_owned()),
            runtime: Runtime::Copied,
            standalone: true,
            publish: false,
            command: "atlas-codegen generate".to_owned(),
        },
        docs: lines("The Atlas Administration API."),
        title: "Atlas Administration API".to_owned(),
        api_version: "2.0".to_owned(),
        features: Vec::new(),
        service: Service {
            base_url: Some("https://cloud.example.com".to_owned()),
            refresh_url: Some("/api/oauth/refresh".to_owned()),
            token_url: Some("/api/oauth/token".to_owned()),
            revoke_url: Some("/api/oauth/revoke".to_owned()),
            schemes: Vec::new(),
            security: Vec::new(),
            constructors: Vec::new(),
            mutual_tls: false,
            envelope: Some(Envelope {
                parameter: "envelope".to_owned(),
                status: "status".to_owned(),
                content: "content".to_owned(),
            }),
            error_members: ErrorMembers {
                code: Some("/errorCode".to_owned()),
                detail: Some("/detail".to_owned()),
                ..ErrorMembers::default()
            },
            trace_headers: vec!["X-Request-Id".to_owned()],
            client_id_prefix: Some("sa_".to_owned()),
            environment: SettingNames {
                access_token: vec!["ATLAS_ACCESS_TOKEN".to_owned()],
                client_id: vec!["ATLAS_CLIENT_ID".to_owned()],
                base_url: vec!["ATLAS_BASE_URL".to_owned(), "ATLAS_URL".to_owned()],
                ..SettingNames::default()
            },
            profiles: Some(Profiles {
                folder: "atlas".to_owned(),
                file: "config.toml".to_owned(),
                variables: vec!["ATLAS_PROFILE".to_owned()],
                default: "default".to_owned(),
                keys: SettingNames {
                    access_token: vec!["access_token".to_owned()],
                    ..SettingNames::default()
                },
                service: Some("service".to_owned()),
                services: vec![("cloud".to_owned(), String::new())],
            }),
        },
        servers: Servers::default(),
        error: None,
        types: Vec::new(),
        parameters: Vec::new(),
        groups: Vec::new(),
    }
}

/// The fragment.
pub(super) fn fragment() -> Crate {
    let mut krate = empty();
    krate.error = Some(ident("ApiError"));
    krate.features = gate(&["files", "mongodb-cloud-users"]).0;
    krate.types = super::types::all();
    krate.parameters = super::operations::shared();
    krate.groups = vec![super::operations::files(), super::operations::users()];
    krate
}
