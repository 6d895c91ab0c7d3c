//! Types and what is in them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::change::Flow;
use super::super::outline::{Entry, Kind};
use super::facts::{joined, variant};
use super::{gate, spell};
use crate::surface::{
    Conversion, EnumVariant, Field, FieldConversion, FieldPresence, Gate, Item, Rest, Struct,
    TypeItem, Union, UnionVariant, VariantWhen,
};

pub(super) fn collect(ty: &TypeItem, gate: &Gate, flow: Flow, entries: &mut Vec<Entry>) {
    let TypeItem {
        ident,
        path,
        docs: _,
        derives,
        item,
    } = ty;
    let place = format!("types::{ident}");
    let entry = |kind| Entry::new(kind, &place);
    // The features and the place stand last on every line.
    let mut push = |entry: Entry| {
        let entry = entry.with("derives", joined(derives.iter().map(String::as_str)));
        let entry = entry.with("flow", flow.as_str());
        let entry = entry.with("if", self::gate(&gate.0));
        entries.push(entry.with("at", path.to_string()));
    };
    match item {
        Item::Struct(structure) => {
            // Without an optional field there is nothing to set.
            let is_required = |field: &Field| field.presence == FieldPresence::Required;
            let has_setters = structure.setters && !structure.fields.iter().all(is_required);
            let setters = if has_setters { "yes" } else { "" };
            push(entry(Kind::Struct).with("setters", setters));
            self::structure(&place, structure, entries);
        }
        Item::TextEnum(values) => {
            push(entry(Kind::TextEnum));
            self::values(&place, values, Clone::clone, entries);
        }
        Item::IntegerEnum(values) => {
            push(entry(Kind::IntegerEnum));
            self::values(&place, values, i64::to_string, entries);
        }
        Item::Union(union) => {
            let (how, facts) = variant(&union.select);
            let by = facts.into_iter().next().unwrap_or_default().1;
            let entry = entry(Kind::Union).with("select", how).with("by", by);
            push(entry.with("tries", tries(&union.variants)));
            self::union(&place, union, entries);
        }
        Item::Alias(target) => push(entry(Kind::Alias).with("type", spell::ty(target))),
    }
}

fn structure(place: &str, structure: &Struct, entries: &mut Vec<Entry>) {
    let Struct {
        fields,
        rest,
        setters: _,
        conversion,
        page,
    } = structure;
    for field in fields {
        let Field {
            ident,
            path,
            docs: _,
            wire,
            ty: _,
            presence,
        } = field;
        let presence = match presence {
            FieldPresence::Required => "required",
            FieldPresence::Optional => "optional",
            FieldPresence::Nullable => "nullable",
            FieldPresence::Patch => "patch",
        };
        entries.push(
            Entry::new(Kind::Field, format!("{place}.{ident}"))
                .with("type", spell::field(field))
                .with("presence", presence)
                .with("wire", wire)
                .with("at", path.to_string()),
        );
    }
    if let Some(Rest { ident, ty }) = rest {
        let ty = format!("BTreeMap<String,{}>", spell::ty(ty));
        entries.push(Entry::new(Kind::Rest, format!("{place}.{ident}")).with("type", ty));
    }
    let required = fields
        .iter()
        .filter(|field| field.presence == FieldPresence::Required);
    let new = Entry::new(Kind::Constructor, format!("{place}::new"));
    entries.push(new.with("takes", joined(required.map(|field| field.ident.as_str()))));
    if let Some(conversion) = conversion {
        entries.push(self::conversion(place, fields, conversion));
    }
    if let Some(page) = page {
        entries.push(
            Entry::new(Kind::Page, format!("{place}::page"))
                .with("items", page.ident.as_str())
                .with("type", spell::ty(&page.ty)),
        );
    }
}

fn conversion(place: &str, fields: &[Field], conversion: &Conversion) -> Entry {
    let Conversion {
        source,
        fields: how,
    } = conversion;
    let given = fields.iter().zip(how);
    let given = given.filter(|(_, how)| **how == FieldConversion::Argument);
    Entry::new(Kind::Conversion, format!("{place}::from"))
        .with("type", spell::named(source))
        .with(
            "takes",
            joined(given.map(|(field, _)| field.ident.as_str())),
        )
}

fn values<T>(
    place: &str,
    values: &[EnumVariant<T>],
    text: impl Fn(&T) -> String,
    entries: &mut Vec<Entry>,
) {
    for EnumVariant {
        ident,
        wire,
        docs: _,
    } in values
    {
        let entry = Entry::new(Kind::Value, format!("{place}::{ident}"));
        entries.push(entry.with("wire", text(wire)));
    }
}

fn union(place: &str, union: &Union, entries: &mut Vec<Entry>) {
    let Union {
        select: _,
        variants,
        common,
        conversion,
    } = union;
    for found in variants {
        // Which type holds the tag is seen at its fields.
        let when = match &found.when {
            VariantWhen::WrittenTags(tags) => &VariantWhen::Tags(tags.clone()),
            when => when,
        };
        let (when, facts) = variant(when);
        let when = facts
            .into_iter()
            .fold(when, |when, (_, text)| match text.is_empty() {
                true => when,
                false => format!("{when}:{text}"),
            });
        entries.push(
            Entry::new(Kind::Variant, format!("{place}::{}", found.ident))
                .with("type", spell::ty(&found.ty))
                .with("when", when),
        );
    }
    for common in common {
        let entry = Entry::new(Kind::Accessor, format!("{place}.{}", common.ident));
        entries.push(entry.with("type", spell::given(&common.ty)));
    }
    if let Some(source) = conversion {
        let entry = Entry::new(Kind::Conversion, format!("{place}::from"));
        entries.push(entry.with("type", spell::named(source)));
    }
}

/// The variants that a value could fit along with another one, in the order in which they are tried: the first that fits is taken.
fn tries(variants: &[UnionVariant]) -> String {
    // How many variants a value of each look could be.
    let mut counts: BTreeMap<Look<'_>, usize> = BTreeMap::new();
    for look in variants.iter().flat_map(|variant| looks(&variant.when)) {
        *counts.entry(look).or_default() += 1;
    }
    let is_shared = |look| counts.get(&look).is_some_and(|count| *count > 1);
    let takes_all = counts.contains_key(&Look::Any) && variants.len() > 1;
    let open = variants
        .iter()
        .filter(|variant| takes_all || looks(&variant.when).into_iter().any(is_shared));
    joined(open.map(|variant| variant.ident.as_str()))
}

/// What a value can be taken for: variants with a look in common can be one value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look<'v> {
    Tag(&'v str),
    Any,
    Bool,
    /// An integer is a number too.
    Number,
    Text,
    List,
    /// What it has to have says nothing of what it can't have.
    Object,
}

/// The looks of values that are a variant, each once.
fn looks(when: &VariantWhen) -> BTreeSet<Look<'_>> {
    let look = match when {
        VariantWhen::Tags(tags) | VariantWhen::WrittenTags(tags) => {
            return tags.iter().map(|tag| Look::Tag(tag)).collect();
        }
        VariantWhen::Any => Look::Any,
        VariantWhen::Bool => Look::Bool,
        VariantWhen::Integer | VariantWhen::Number => Look::Number,
        VariantWhen::Text => Look::Text,
        VariantWhen::List => Look::List,
        VariantWhen::Object(_) => Look::Object,
    };
    BTreeSet::from([look])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::{DocLines, Ident, RustType};
    use crate::tests::is_soon;

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    fn variants(when: Vec<VariantWhen>) -> Vec<UnionVariant> {
        let variants = when.into_iter().enumerate();
        let variants = variants.map(|(at, when)| UnionVariant {
            ident: Ident::for_test(&format!("V{at}")),
            docs: DocLines::default(),
            ty: RustType::String,
            when,
        });
        variants.collect()
    }

    #[test]
    fn variants_that_one_value_could_be_are_tried_in_their_order() {
        use VariantWhen::{Any, Bool, Integer, List, Number, Object, Tags, Text, WrittenTags};
        let object = || Object(tags(&["a"]));
        for (when, expected) in [
            (vec![Integer, Text, Number, Bool], "V0,V2"),
            (vec![Text, Number, Text, Bool], "V0,V2"),
            (vec![object(), List, Object(Vec::new())], "V0,V2"),
            (vec![object(), List, Bool], ""),
            (vec![object(), Any, Bool], "V0,V1,V2"),
            (vec![Any], ""),
            (
                vec![
                    Tags(tags(&["a", "b"])),
                    Tags(tags(&["c", "c"])),
                    WrittenTags(tags(&["d", "b"])),
                    Tags(Vec::new()),
                    Tags(Vec::new()),
                    Object(tags(&["a"])),
                ],
                "V0,V2",
            ),
            (vec![Tags(tags(&["a"])), Any], "V0,V1"),
        ] {
            assert_eq!(tries(&variants(when.clone())), expected, "{when:?}");
        }
    }

    #[test]
    fn variants_by_the_thousand_are_held_against_each_other_in_no_time() {
        let when = |at: u32| VariantWhen::Tags(vec![format!("tag{at}"), format!("other{at}")]);
        let variants = variants((0..20_000).map(when).collect());
        assert!(is_soon(|| assert_eq!(tries(&variants), "")));
    }
}
