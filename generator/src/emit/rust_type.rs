//! Types as they are written.

use super::Ident;
use super::scope::Scope;
use crate::surface::RustType;

/// Calls `visit` with each type of this crate that `ty` names.
pub(super) fn named<'a>(ty: &'a RustType, visit: &mut impl FnMut(&'a Ident)) {
    match ty {
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Box(inner) => {
            named(inner, visit);
        }
        RustType::Tuple(places) => places.iter().for_each(|place| named(place, visit)),
        RustType::Named(ident) => visit(ident),
        _ => {}
    }
}

/// Adds a type to code, as it is written in this scope.
pub(super) fn write<'a>(ty: &'a RustType, scope: &mut Scope<'a>, code: &mut String) {
    match ty {
        RustType::Vec(inner) => wrapped("Vec<", inner, scope, code),
        RustType::Option(inner) => wrapped("Option<", inner, scope, code),
        RustType::Box(inner) => wrapped("Box<", inner, scope, code),
        RustType::Tuple(places) => {
            code.push('(');
            for (index, place) in places.iter().enumerate() {
                if index > 0 {
                    code.push_str(", ");
                }
                write(place, scope, code);
            }
            code.push(')');
        }
        RustType::Map(inner) => {
            scope.map_name().write(code);
            wrapped("<String, ", inner, scope, code);
        }
        RustType::Named(ident) => scope.type_name(ident).write(code),
        RustType::Bool => code.push_str("bool"),
        RustType::I32 => code.push_str("i32"),
        RustType::I64 => code.push_str("i64"),
        RustType::U64 => code.push_str("u64"),
        RustType::F64 => code.push_str("f64"),
        RustType::String => code.push_str("String"),
        RustType::Timestamp => scope.runtime_name("Timestamp").write(code),
        RustType::Date => scope.runtime_name("Date").write(code),
        RustType::Uuid => scope.runtime_name("Uuid").write(code),
        RustType::Base64 => scope.runtime_name("Base64").write(code),
        RustType::FilePart => scope.runtime_name("FilePart").write(code),
        RustType::Upload => scope.runtime_name("Upload").write(code),
        RustType::Json => scope.runtime_name("Value").write(code),
        RustType::Own(path) => {
            scope.runtime_name("Own").write(code);
            code.push_str(&format!("<{path}>"));
        }
    }
}

fn wrapped<'a>(open: &str, inner: &'a RustType, scope: &mut Scope<'a>, code: &mut String) {
    code.push_str(open);
    write(inner, scope, code);
    code.push('>');
}

/// A type as text.
pub(super) fn spelled<'a>(ty: &'a RustType, scope: &mut Scope<'a>) -> String {
    let mut code = String::new();
    write(ty, scope, &mut code);
    code
}
