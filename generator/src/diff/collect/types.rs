//! Types and what is in them.

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
    let is_open = |at: usize, variant: &UnionVariant| {
        let mut others = variants.iter().enumerate();
        others.any(|(other_at, other)| other_at != at && meet(&variant.when, &other.when))
    };
    let open = variants.iter().enumerate();
    let open = open.filter(|(at, variant)| is_open(*at, variant));
    joined(open.map(|(_, variant)| variant.ident.as_str()))
}

/// Whether one value can be both.
fn meet(one: &VariantWhen, other: &VariantWhen) -> bool {
    use VariantWhen::{Any, Integer, Number, Object, Tags, WrittenTags};
    match (one, other) {
        (Any, _) | (_, Any) | (Object(_), Object(_)) => true,
        (Integer, Number) | (Number, Integer) => true,
        (Tags(one) | WrittenTags(one), Tags(other) | WrittenTags(other)) => {
            one.iter().any(|tag| other.contains(tag))
        }
        (one, other) => one == other,
    }
}
