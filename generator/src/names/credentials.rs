//! The constructors of the client's credentials that have names of the document's.

use std::collections::{BTreeMap, BTreeSet};

use super::Ident;
use super::context::Context;
use super::form::Form;
use crate::diag::SpecPath;
use crate::ir::Api;

/// A name for each scheme that needs one.
pub(super) fn name(api: &Api, context: &mut Context<'_>) -> BTreeMap<String, Ident> {
    let kinds = || api.security.values().map(|scheme| &scheme.kind);
    let schemes: Vec<(&str, &SpecPath)> = api
        .security
        .iter()
        .filter(|(_, scheme)| scheme.kind.needs_name(kinds()))
        .map(|(name, scheme)| (name.as_str(), &scheme.path))
        .collect();
    let names = context.settle_wires(
        Form::Credentials,
        "security scheme",
        &schemes,
        &mut BTreeSet::new(),
    );
    let idents = names.iter().map(|name| Ident::new(&name.text));
    let wires = schemes.iter().map(|(name, _)| (*name).to_owned());
    wires.zip(idents).collect()
}
