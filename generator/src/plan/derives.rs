//! What types derive beside what every one of them does.

use super::rust_type::Model;
use crate::config::{Config, Types};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::ir::{Presence, Shape, Type};

/// The derive macros that the config asks for.
pub(super) struct Derives<'a>(&'a Types);

impl<'a> Derives<'a> {
    /// Reports the entries whose schema is no type that could derive something.
    pub(super) fn new(
        model: &Model<'_>,
        config: &'a Config,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        for path in config.types.derive.keys() {
            let mut declared = model.emitted().map(|(_, ty, _)| ty);
            if declared.any(|ty| ty.path == *path && !matches!(ty.shape, Shape::Alias(_))) {
                continue;
            }
            diagnostics.push(Diagnostic {
                code: Code::Config,
                message: format!("no struct and no enum comes from `{path}`"),
                place: config.place(&format!("types.derive.{path}")),
                help: "correct the entry, or remove it; `schemas.emit = \"all\"` emits what no operation needs".to_owned(),
            });
        }
        Self(&config.types)
    }

    /// What a type derives, each macro once. What its table brings anyway is left out.
    pub(super) fn of(&self, ty: &Type) -> Vec<String> {
        let Types {
            derive_all, derive, ..
        } = self.0;
        let single = derive.get(&ty.path).into_iter().flatten();
        let mut derives: Vec<String> = Vec::new();
        for name in derive_all.iter().chain(single) {
            if !derives.contains(name) && !has(ty, name) {
                derives.push(name.clone());
            }
        }
        derives
    }
}

/// Whether a type has a trait anyway.
fn has(ty: &Type, name: &str) -> bool {
    match (&ty.shape, name) {
        (Shape::Enum(_), "Eq" | "Hash") => true,
        (Shape::Enum(crate::ir::Enum::Integer(_)), "Copy") => true,
        // What needs nothing can be made from nothing.
        (Shape::Object(object), "Default") => {
            let mut fields = object.fields.iter();
            fields.all(|field| field.presence == Presence::Optional)
        }
        (Shape::Alias(_), _) => true,
        _ => false,
    }
}
