//! What can be done with the types of a crate.

use atlas_codegen::surface::{
    Conversion, EnumVariant, Field, FieldConversion, FieldPresence, Ident, Item, RustType, Struct,
    TypeItem, Union,
};

use super::Uses;
use super::spelling::{self, map, named, option, runtime, unboxed};

pub(super) fn collect(item: &TypeItem, uses: &mut Uses<'_>) {
    let TypeItem {
        ident,
        derives,
        item,
        ..
    } = item;
    let ty = named(ident);
    let place = format!("types::{ident}");
    for derive in derives {
        if let "Eq" | "Hash" | "PartialOrd" | "Ord" = derive.as_str() {
            let path = match derive.as_str() {
                "Hash" => "::core::hash::Hash".to_owned(),
                other => format!("::core::cmp::{other}"),
            };
            uses.push(
                &place,
                format!("fn has<T: {path}>() {{}} fn it() {{ has::<{ty}>() }}"),
            );
        }
    }
    match item {
        Item::Alias(target) => {
            let target = spelling::ty(target);
            return uses.push(&place, format!("fn it(a: {ty}) -> {target} {{ a }}"));
        }
        Item::Struct(structure) => self::structure(ident, structure, uses),
        Item::TextEnum(values) => {
            self::values(ident, values, "::std::string::String", uses);
            uses.push(
                &place,
                format!(
                    "fn it(a: &{ty}) -> &str {{ let _: {ty} = <{ty} as ::core::convert::From<&str>>::from(\"\"); \
                     let _ = ::std::string::ToString::to_string(a); a.as_str() }}"
                ),
            );
        }
        Item::IntegerEnum(values) => {
            self::values(ident, values, "i64", uses);
            uses.push(
                &place,
                format!("fn it(a: {ty}) -> i64 {{ let _ = {ty}::from(1_i64); a.value() }}"),
            );
        }
        Item::Union(union) => self::union(ident, union, uses),
    }
    uses.push(
        &place,
        format!(
            "fn has<T: ::core::clone::Clone + ::core::fmt::Debug + ::core::cmp::PartialEq + Send + Sync + Unpin + 'static \
             + {}>() {{}} fn it() {{ has::<{ty}>() }} fn write(a: &{ty}) {{ let _ = {}(a); }}",
            runtime("Decode"),
            runtime("encode")
        ),
    );
}

fn values<T>(ident: &Ident, values: &[EnumVariant<T>], unknown: &str, uses: &mut Uses<'_>) {
    let ty = named(ident);
    for value in values {
        let name = &value.ident;
        uses.push(
            format!("types::{ident}::{name}"),
            format!("fn it() -> {ty} {{ {ty}::{name} }} fn look(a: {ty}) {{ match a {{ {ty}::{name} => {{}} _ => {{}} }} }}"),
        );
    }
    uses.push(
        format!("types::{ident}"),
        format!("fn it(a: {ty}) -> {unknown} {{ match a {{ {ty}::Unknown(a) => a, _ => crate::any() }} }}"),
    );
}

fn union(ident: &Ident, union: &Union, uses: &mut Uses<'_>) {
    let ty = named(ident);
    let unknown = runtime("Value");
    for variant in &union.variants {
        let (name, held) = (&variant.ident, spelling::ty(&variant.ty));
        uses.push(
            format!("types::{ident}::{name}"),
            format!(
                "fn make(a: {held}) -> {ty} {{ {ty}::{name}(a) }} \
                 fn look(a: {ty}) -> {held} {{ match a {{ {ty}::{name}(a) => a, _ => crate::any() }} }}"
            ),
        );
    }
    uses.push(
        format!("types::{ident}"),
        format!("fn it(a: {ty}) -> {unknown} {{ match a {{ {ty}::Unknown(a) => a, _ => crate::any() }} }}"),
    );
    for common in &union.common {
        let held = match &common.ty {
            RustType::String => "str".to_owned(),
            RustType::Vec(inner) => format!("[{}]", spelling::ty(inner)),
            ty => spelling::ty(unboxed(ty)),
        };
        uses.push(
            format!("types::{ident}.{}", common.ident),
            format!(
                "fn it(a: &{ty}) -> {} {{ a.{}() }}",
                option(&format!("&{held}")),
                common.ident
            ),
        );
    }
    if let Some(source) = &union.conversion {
        uses.push(
            format!("types::{ident}::from"),
            format!("fn it(a: {}) -> {ty} {{ a.into() }}", named(source)),
        );
    }
}

fn structure(ident: &Ident, structure: &Struct, uses: &mut Uses<'_>) {
    let (ty, place) = (named(ident), format!("types::{ident}"));
    let required: Vec<&Field> = structure
        .fields
        .iter()
        .filter(|field| field.presence == FieldPresence::Required)
        .collect();
    let forms: Vec<Vec<String>> = required.iter().map(|field| argument(field, uses)).collect();
    for (set_up, arguments) in variations(&forms) {
        uses.push(
            format!("{place}::new"),
            format!("{set_up} fn it() -> {ty} {{ {ty}::new({arguments}) }}"),
        );
    }
    if required.is_empty() {
        uses.push(
            format!("{place}::new"),
            format!("fn it() -> {ty} {{ ::core::default::Default::default() }}"),
        );
    }
    for field in &structure.fields {
        self::field(ident, field, structure.setters, uses);
    }
    if let Some(rest) = &structure.rest {
        access(ident, &rest.ident, &map(&spelling::ty(&rest.ty)), uses);
    }
    if let Some(page) = &structure.page {
        uses.push(
            format!("{place}::page"),
            format!(
                "fn has<T: {}<Item = {}>>() {{}} fn it() {{ has::<{ty}>() }}",
                runtime("Page"),
                spelling::ty(&page.ty)
            ),
        );
    }
    if let Some(conversion) = &structure.conversion {
        self::conversion(ident, structure, conversion, uses);
    }
}

/// Reads and writes a field as what it is: a value that is moved is not coerced.
fn access(owner: &Ident, field: &Ident, held: &str, uses: &mut Uses<'_>) {
    let ty = named(owner);
    uses.push(
        format!("types::{owner}.{field}"),
        format!(
            "fn read(a: {ty}) -> {held} {{ a.{field} }} fn write(a: &mut {ty}, b: {held}) {{ a.{field} = b; }} \
             fn take(a: {ty}) -> {held} {{ let {ty} {{ {field}: b, .. }} = a; b }}"
        ),
    );
}

fn field(owner: &Ident, field: &Field, has_setters: bool, uses: &mut Uses<'_>) {
    let inner = spelling::ty(&field.ty);
    let patch = format!("{}<{inner}>", runtime("Patch"));
    let held = match field.presence {
        FieldPresence::Required => inner.clone(),
        FieldPresence::Optional | FieldPresence::Nullable => option(&inner),
        FieldPresence::Patch => patch.clone(),
    };
    access(owner, &field.ident, &held, uses);
    if !has_setters || field.presence == FieldPresence::Required {
        return;
    }
    let (ty, name) = (named(owner), &field.ident);
    let item = format!("types::{owner}.{name}");
    let mut given = vec![inner.clone()];
    let taken = match field.presence {
        FieldPresence::Patch => {
            given.extend([option(&inner), patch.clone()]);
            if field.ty == RustType::String {
                given.push("&'static str".to_owned());
            }
            patch
        }
        _ => {
            if let RustType::Box(unboxed) = &field.ty {
                given.push(spelling::ty(unboxed));
            }
            if uses.spelling.is_from_str(&field.ty) {
                given.push("&'static str".to_owned());
            }
            inner
        }
    };
    for given in given {
        uses.push(
            &item,
            format!("fn it(a: {ty}, b: {given}) -> {ty} {{ a.{name}(b) }}"),
        );
    }
    uses.push(
        &item,
        format!(
            "{} fn it(a: {ty}) -> {ty} {{ a.{name}(Mine) }}",
            mine_into(&taken)
        ),
    );
}

/// A type of the program's own that converts into another.
pub(super) fn mine_into(ty: &str) -> String {
    format!(
        "struct Mine; impl ::core::convert::Into<{ty}> for Mine {{ fn into(self) -> {ty} {{ loop {{}} }} }}"
    )
}

/// The forms in which a required field can be given to `new`: expressions, the first of which is the most usual. One with `Mine` in
/// it needs a type of the program's own, which stands behind a `|`.
fn argument(field: &Field, uses: &Uses<'_>) -> Vec<String> {
    let held = spelling::ty(unboxed(&field.ty));
    let mut forms = vec![format!("crate::any::<{held}>()")];
    if uses.spelling.is_made_from_text(&field.ty) {
        if uses.spelling.is_from_str(&field.ty) {
            forms.push("crate::any::<&'static str>()".to_owned());
        }
        forms.push(format!("Mine|{}", mine_into(&held)));
    }
    forms
}

/// Lists of arguments: all in their first forms, and each other form of each beside the first ones of the others. Before each
/// stands what it needs.
pub(super) fn variations(forms: &[Vec<String>]) -> Vec<(String, String)> {
    let first = |index: usize| -> &str { forms[index].first().map_or("", String::as_str) };
    let list = |at: usize, form: &str| {
        let (form, set_up) = form.split_once('|').unwrap_or((form, ""));
        let places = (0..forms.len()).map(|index| if index == at { form } else { first(index) });
        (set_up.to_owned(), places.collect::<Vec<_>>().join(", "))
    };
    let mut all = vec![list(usize::MAX, "")];
    for (at, forms) in forms.iter().enumerate() {
        all.extend(forms.iter().skip(1).map(|form| list(at, form)));
    }
    all
}

/// What a response brought, as a request; with arguments for what no response brings.
fn conversion(ident: &Ident, structure: &Struct, conversion: &Conversion, uses: &mut Uses<'_>) {
    let origin = uses.spelling.structure(&conversion.source);
    let Some(origin) = origin else { return };
    let brings = |field: &Field| {
        let from = origin.fields.iter().find(|from| from.ident == field.ident);
        from.is_some_and(|from| {
            from.presence == FieldPresence::Required || field.presence != FieldPresence::Required
        })
    };
    let mut forms = Vec::new();
    for (field, how) in structure.fields.iter().zip(&conversion.fields) {
        let is_brought =
            matches!(how, FieldConversion::Move | FieldConversion::Into) && brings(field);
        if is_brought {
            continue;
        }
        let held = spelling::ty(&field.ty);
        match field.presence {
            FieldPresence::Required => forms.push(argument(field, uses)),
            _ if *how != FieldConversion::Argument => {}
            FieldPresence::Patch => {
                forms.push(vec![format!(
                    "crate::any::<{}<{held}>>()",
                    runtime("Patch")
                )]);
            }
            _ => forms.push(vec![format!("crate::any::<{}>()", option(&held))]),
        }
    }
    if let (Some(from), Some(to)) = (&origin.rest, &structure.rest)
        && !uses.spelling.converts(&from.ty, &to.ty)
    {
        forms.push(vec![format!(
            "crate::any::<{}>()",
            map(&spelling::ty(&to.ty))
        )]);
    }
    let (ty, source) = (named(ident), named(&conversion.source));
    let item = format!("types::{ident}::from");
    if forms.is_empty() {
        return uses.push(item, format!("fn it(a: {source}) -> {ty} {{ a.into() }}"));
    }
    for (set_up, arguments) in variations(&forms) {
        uses.push(
            &item,
            format!(
                "{set_up} fn it(a: {source}) -> {ty} {{ {ty}::from_response(a, {arguments}) }}"
            ),
        );
    }
}
