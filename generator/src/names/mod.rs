//! Every Rust identifier, decided at once.
//!
//! Names come from the names in the document. They depend neither on a counter nor on the document's order, so that a new
//! schema renames no other, unless both would have one name: then `settle` says who keeps it, and a warning says so.
//! The user can pin any name in the config.

mod case;
mod context;
mod credentials;
mod form;
mod ident;
mod members;
mod operations;
#[cfg(test)]
pub(crate) mod sample;
mod settle;
mod symbols;
#[cfg(test)]
mod tests;
mod types;
mod unused;
mod waiters;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analyze::Facts;
use crate::config::Config;
use crate::diag::{Diagnostics, SpecPath};
use crate::ir::{Api, TagId, TypeId};

pub use ident::Ident;

/// Every Rust identifier of the crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Names {
    /// The package's name where the config gives none, in kebab case.
    pub package: String,
    /// The library of the package, by which code names it.
    pub library: Ident,
    /// The types that are emitted.
    #[serde(serialize_with = "values")]
    pub types: BTreeMap<TypeId, TypeNames>,
    /// The groups, one for each tag.
    #[serde(serialize_with = "values")]
    pub groups: BTreeMap<TagId, GroupNames>,
    /// The operations, in the order of [`Api::operations`].
    pub operations: Vec<OperationNames>,
    /// The constructors of credentials, for the security schemes that need names of their own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub credentials: BTreeMap<String, Ident>,
}

/// Without the ids, which say nothing to a reader and move with every new type.
fn values<K, V: Serialize, S: serde::Serializer>(
    map: &BTreeMap<K, V>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(map.values())
}

/// A type's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TypeNames {
    /// The schema.
    pub path: SpecPath,
    /// The type and its module.
    pub name: TypeName,
    /// Its twin for requests, where it has one.
    pub twin: Option<TypeName>,
    /// The names inside it.
    pub members: Members,
}

/// A type and its module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TypeName {
    /// Such as `OrgUser`.
    pub ident: Ident,
    /// Such as `org_user`.
    pub module: Ident,
}

/// The names inside a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Members {
    /// A struct's fields, in the order of the properties.
    Object {
        /// The declared properties.
        fields: Vec<Ident>,
        /// The field with the properties that are not declared, where there is one.
        rest: Option<Ident>,
    },
    /// An enum's or a union's variants, in order.
    Variants(Vec<Ident>),
    /// An alias has none.
    Alias,
}

/// A group's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupNames {
    /// The tag.
    pub tag: String,
    /// The handle's type, such as `MongodbCloudUsers`.
    pub handle: Ident,
    /// The client's method and the module, such as `mongodb_cloud_users`.
    pub module: Ident,
    /// Cargo's feature, such as `mongodb-cloud-users`.
    pub feature: String,
}

/// An operation's names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationNames {
    /// The operation object.
    pub path: SpecPath,
    /// The method of the handle and the module, such as `create_org_user`.
    pub module: Ident,
    /// The request's type, such as `CreateOrgUser`.
    pub request: Ident,
    /// The static table, such as `CREATE_ORG_USER`.
    pub table: Ident,
    /// The parameters, in document order.
    pub parameters: Vec<Ident>,
    /// The body, where there is one.
    pub body: Option<Ident>,
    /// The enum of its answers, where there are several.
    pub answer: Option<AnswerNames>,
    /// The other ways to send it, such as `send_csv`: one for each of [`Operation::others`](crate::ir::Operation::others).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Ident>,
    /// The methods of the handle that wait, one for each of [`Operation::waiters`](crate::ir::Operation::waiters).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiters: Vec<Ident>,
}

/// The names of several answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerNames {
    /// The enum, such as `CreateOrgUserAnswer`.
    pub ident: Ident,
    /// One for each success answer, in order.
    pub variants: Vec<Ident>,
}

/// Names everything. Two things that would have one name are reported, and so is a pin that is no Rust name.
pub fn name(api: &Api, facts: &Facts, config: &Config, diagnostics: &mut Diagnostics) -> Names {
    let mut context = context::Context::new(config, diagnostics);
    let package = match &config.package.name {
        Some(name) => name.clone(),
        None => package_name(&context, &api.info.title),
    };
    let groups = operations::name_groups(api, &mut context);
    let names = Names {
        library: Ident::new(&package.replace('-', "_")),
        package,
        types: types::name(api, facts, &mut context),
        operations: operations::name(api, &groups, &mut context),
        credentials: credentials::name(api, &mut context),
        groups,
    };
    context.check_pins();
    context.check_words();
    names
}

/// A package name from the API's title: in kebab case, with `-client` behind it.
fn package_name(context: &context::Context<'_>, title: &str) -> String {
    let words = context.splitter.split(title);
    let words = if title.trim().is_empty() {
        words::Words::one("api")
    } else if words.begins_with_digit() {
        words.after("api")
    } else {
        words
    };
    let mut name = words.kebab();
    // crates.io takes 64 characters, and folders are named so.
    if let Some((start, _)) = name.get(..58).and_then(|start| start.rsplit_once('-')) {
        name.truncate(start.len());
    }
    name.truncate(57);
    if name == "client" || name.ends_with("-client") {
        name
    } else {
        format!("{name}-client")
    }
}
