//! What a response brought, as a request: `From`, or a constructor where the response never brings all that the request needs.

use super::super::index::Index;
use super::super::lists::WIDTH;
use super::super::rust_type;
use super::super::scope::Scope;
use super::super::{Fault, Ident};
use super::file::Writer;
use super::structs::argument;
use crate::surface::{Conversion, Field, FieldConversion, FieldPresence, Rest, RustType, Struct};

pub(super) fn write<'a>(
    ident: &'a Ident,
    structure: &'a Struct,
    conversion: &'a Conversion,
    writer: &mut Writer<'_, 'a>,
) -> Result<(), Fault> {
    let Some(origin) = writer.index.structure(&conversion.source) else {
        let reason = format!(
            "it is made from `{}`, which is no struct",
            conversion.source
        );
        return Err(Fault::new(ident.as_str(), reason));
    };
    writer.part();
    let mut values = Values {
        origin,
        source: source_name(structure),
        index: writer.index,
        scope: &mut writer.scope,
        arguments: Vec::new(),
        reads_source: false,
    };
    let fields = structure.fields.iter().zip(&conversion.fields);
    let mut list: Vec<String> = fields
        .map(|(field, how)| values.field(field, how))
        .collect();
    list.extend(structure.rest.as_ref().map(|rest| values.rest(rest)));
    let Values {
        source,
        arguments,
        reads_source,
        ..
    } = values;
    let from = writer.scope.type_name(&conversion.source);
    let source = if reads_source { &source } else { "_" };
    let code = &mut writer.code;
    if arguments.is_empty() {
        code.push_str(&format!("impl From<{from}> for {ident} {{\n"));
        code.push_str(&format!("    fn from({source}: {from}) -> Self {{\n"));
    } else {
        code.push_str(&format!("impl {ident} {{\n"));
        code.push_str(
            "    /// What a response brought, as a request, with what no response brings.\n",
        );
        signature(&format!("{source}: {from}"), &arguments, code);
    }
    body(&list, code);
    code.push_str("    }\n}\n");
    Ok(())
}

fn signature(source: &str, arguments: &[String], code: &mut String) {
    let line = format!(
        "    pub fn from_response({source}, {}) -> Self {{\n",
        arguments.join(", ")
    );
    if line.len() <= WIDTH + 1 {
        return code.push_str(&line);
    }
    code.push_str(&format!("    pub fn from_response(\n        {source},\n"));
    for argument in arguments {
        code.push_str(&format!("        {argument},\n"));
    }
    code.push_str("    ) -> Self {\n");
}

/// `Self { … }`, on one line where it fits.
fn body(values: &[String], code: &mut String) {
    let line = format!("        Self {{ {} }}\n", values.join(", "));
    if line.chars().count() <= WIDTH + 1 {
        return code.push_str(&line);
    }
    code.push_str("        Self {\n");
    for value in values {
        if value.chars().count() + 13 <= WIDTH {
            code.push_str(&format!("            {value},\n"));
            continue;
        }
        // Too long for a line: each call has its own.
        let mut parts = calls(value).into_iter();
        code.push_str("            ");
        code.push_str(parts.next().unwrap_or_default());
        for part in parts {
            code.push_str("\n                ");
            code.push_str(part);
        }
        code.push_str(",\n");
    }
    code.push_str("        }\n");
}

/// An expression, parted before the dots that stand in no brackets.
fn calls(expression: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (index, c) in expression.char_indices() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                parts.extend(expression.get(start..index));
                start = index;
            }
            _ => {}
        }
    }
    parts.extend(expression.get(start..));
    parts
}

/// The name of the response: another one where a field, and so maybe an argument, has the usual name.
fn source_name(structure: &Struct) -> String {
    let rest = structure.rest.iter().map(|rest| &rest.ident);
    let names: Vec<&Ident> = structure
        .fields
        .iter()
        .map(|field| &field.ident)
        .chain(rest)
        .collect();
    let mut name = "source".to_owned();
    while names.iter().any(|taken| taken.as_str() == name) {
        name.push('_');
    }
    name
}

/// What is known while the values are written.
struct Values<'s, 'a> {
    /// The response.
    origin: &'a Struct,
    /// What the response is called.
    source: String,
    index: &'s Index<'a>,
    scope: &'s mut Scope<'a>,
    /// What the response does not bring.
    arguments: Vec<String>,
    reads_source: bool,
}

impl<'a> Values<'_, 'a> {
    /// A field with its value.
    fn field(&mut self, field: &'a Field, how: &FieldConversion) -> String {
        let name = &field.ident;
        let brought = match how {
            FieldConversion::Move | FieldConversion::Into => self.brought(field),
            FieldConversion::Argument | FieldConversion::Unset => None,
        };
        match brought {
            Some(value) => {
                self.reads_source = true;
                format!("{name}: {value}")
            }
            None if field.presence == FieldPresence::Required => {
                self.arguments.push(argument(field, self.index, self.scope));
                match &field.ty {
                    ty if self.index.is_made_from_text(ty) => format!("{name}: {name}.into()"),
                    RustType::Box(_) => format!("{name}: Box::new({name})"),
                    _ => name.to_string(),
                }
            }
            // It may well be missing, so the argument has the field's own type.
            None if *how == FieldConversion::Argument => {
                let ty = rust_type::spelled(&field.ty, self.scope);
                self.arguments.push(match field.presence {
                    FieldPresence::Patch => {
                        format!("{name}: {}<{ty}>", self.scope.runtime_name("Patch"))
                    }
                    _ => format!("{name}: Option<{ty}>"),
                });
                name.to_string()
            }
            None if field.presence == FieldPresence::Patch => {
                format!("{name}: {}::Unset", self.scope.runtime_name("Patch"))
            }
            None => format!("{name}: None"),
        }
    }

    /// The field of the properties that are not declared, with its value.
    fn rest(&mut self, rest: &'a Rest) -> String {
        let name = &rest.ident;
        match &self.origin.rest {
            None => format!("{name}: {}::new()", self.scope.map_name()),
            Some(from) if self.index.converts(&from.ty, &rest.ty) => {
                self.reads_source = true;
                let value = format!("{}.{}", self.source, from.ident);
                let value = mapped(&value, &from.ty, &rest.ty, self.index);
                format!("{name}: {value}")
            }
            Some(_) => {
                let ty = rust_type::spelled(&rest.ty, self.scope);
                let map = self.scope.map_name();
                self.arguments.push(format!("{name}: {map}<String, {ty}>"));
                name.to_string()
            }
        }
    }

    /// The field's value out of the source's field of that name; none where the source has none that could fill it.
    fn brought(&mut self, field: &Field) -> Option<String> {
        use FieldPresence::{Nullable, Optional, Patch, Required};
        let index = self.index;
        let mut from_fields = self.origin.fields.iter();
        let from = from_fields.find(|from| from.ident == field.ident)?;
        let value = format!("{}.{}", self.source, field.ident);
        let map = |value: String| match function(&from.ty, &field.ty, index) {
            Some(function) => format!("{value}.map({function})"),
            None => value,
        };
        Some(match (from.presence, field.presence) {
            (Required, Required) => changed(&value, &from.ty, &field.ty, index),
            (Required, Optional | Nullable) => {
                format!("Some({})", changed(&value, &from.ty, &field.ty, index))
            }
            (Required, Patch) => {
                let value = changed(&value, &from.ty, &field.ty, index);
                format!("{}::Value({value})", self.scope.runtime_name("Patch"))
            }
            (Optional | Nullable, Optional | Nullable) | (Patch, Patch) => map(value),
            // What a response left out stays unset, so that putting it back clears nothing.
            (Optional, Patch) => {
                let patch = self.scope.runtime_name("Patch");
                format!("{}.map_or({patch}::Unset, {patch}::Value)", map(value))
            }
            (Nullable, Patch) => format!("{}.into()", map(value)),
            (Patch, Optional | Nullable) => format!("{}.into_value()", map(value)),
            (Optional | Nullable | Patch, Required) => return None,
        })
    }
}

/// `value` of type `from` as one of type `to`: the wrappers stay, what they hold is converted.
pub(super) fn changed(value: &str, from: &RustType, to: &RustType, index: &Index<'_>) -> String {
    let (from, to) = (index.resolve(from), index.resolve(to));
    match (from, to) {
        _ if from == to => value.to_owned(),
        (RustType::Box(from), RustType::Box(to)) => {
            format!(
                "Box::new({})",
                changed(&format!("*{value}"), from, to, index)
            )
        }
        (RustType::Box(from), to) => changed(&format!("*{value}"), from, to, index),
        (from, RustType::Box(to)) => format!("Box::new({})", changed(value, from, to, index)),
        (RustType::Option(from), RustType::Option(to)) => match function(from, to, index) {
            Some(function) => called(value, &format!("map({function})")),
            None => value.to_owned(),
        },
        (RustType::Vec(from), RustType::Vec(to)) => match function(from, to, index) {
            Some(function) => called(value, &format!("into_iter().map({function}).collect()")),
            None => value.to_owned(),
        },
        (RustType::Map(from), RustType::Map(to)) => mapped(value, from, to, index),
        _ => called(value, "into()"),
    }
}

/// A map, its values converted.
fn mapped(value: &str, from: &RustType, to: &RustType, index: &Index<'_>) -> String {
    if index.resolve(from) == index.resolve(to) {
        return value.to_owned();
    }
    let inner = changed("value", from, to, index);
    called(
        value,
        &format!("into_iter().map(|(key, value)| (key, {inner})).collect()"),
    )
}

/// What maps one type to another; none where they are the same.
fn function(from: &RustType, to: &RustType, index: &Index<'_>) -> Option<String> {
    let (from, to) = (index.resolve(from), index.resolve(to));
    match (from, to) {
        _ if from == to => None,
        (RustType::Named(_), RustType::Named(_)) => Some("Into::into".to_owned()),
        _ => Some(format!("|value| {}", changed("value", from, to, index))),
    }
}

/// A method of a value, which may be a `*` away.
fn called(value: &str, method: &str) -> String {
    if value.starts_with('*') {
        format!("({value}).{method}")
    } else {
        format!("{value}.{method}")
    }
}
