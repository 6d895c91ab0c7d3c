//! What another type means for a program that runs already: worked out from what is in both types.

use std::collections::BTreeSet;

use super::super::change::Flow;
use super::super::outline::Kind;
use super::super::verdict::Wire;
use super::Compare;
use super::fields::Presence;
use super::side::Whole;
use super::spelling::{Layer, layer};
use super::types::common_flow;

/// What a value is in JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Json {
    Bool,
    /// A number without a fraction, of so many bits.
    Integer(u32),
    Number,
    /// Any text.
    Text,
    /// Text of a form.
    FormedText,
    /// Whatever it is.
    Any,
    /// Bytes or nothing, which are no JSON.
    Other,
}

/// What is known while two types are compared.
struct Walk {
    flow: Flow,
    /// The pairs of types that were looked at, so that circles end.
    seen: BTreeSet<(String, String)>,
}

impl Compare<'_, '_> {
    /// What it means that one type stands where another one stood.
    pub(super) fn wire(&self, old: &str, new: &str, flow: Flow) -> Wire {
        let seen = BTreeSet::new();
        self.types_on_wire(old, new, &mut Walk { flow, seen })
    }

    /// The same for two types that have one name, or of which one is a rename of the other.
    pub(super) fn wire_of_wholes(&self, old: &Whole<'_>, new: &Whole<'_>) -> Wire {
        let flow = common_flow(old, new);
        let seen = BTreeSet::new();
        self.wholes_on_wire(old, new, &mut Walk { flow, seen })
    }

    fn types_on_wire(&self, old: &str, new: &str, walk: &mut Walk) -> Wire {
        let flow = walk.flow;
        if self.pairs.spelled(old) == new {
            return Wire::Compatible;
        }
        match (layer(old), layer(new)) {
            (Layer::Nullable(old), Layer::Nullable(new))
            | (Layer::List(old), Layer::List(new))
            | (Layer::Map(old), Layer::Map(new)) => self.types_on_wire(old, new, walk),
            (Layer::Nullable(old), _) => {
                let null = flow.worst(Wire::Breaking, Wire::Compatible);
                null.max(self.types_on_wire(old, new, walk))
            }
            (_, Layer::Nullable(new)) => {
                let null = flow.worst(Wire::Compatible, Wire::Breaking);
                null.max(self.types_on_wire(old, new, walk))
            }
            (Layer::Plain(old), Layer::Plain(new)) => self.names_on_wire(old, new, walk),
            (_, Layer::Plain("Value")) => flow.worst(Wire::Compatible, Wire::Risky),
            (Layer::Plain("Value"), _) => flow.worst(Wire::Risky, Wire::Compatible),
            // An object whose keys are data may be one whose keys are known.
            (Layer::Map(_), Layer::Plain(name)) | (Layer::Plain(name), Layer::Map(_))
                if json(name).is_none() =>
            {
                flow.worst(Wire::Risky, Wire::Risky)
            }
            _ => flow.worst(Wire::Breaking, Wire::Breaking),
        }
    }

    fn names_on_wire(&self, old: &str, new: &str, walk: &mut Walk) -> Wire {
        // What is in a type that both sides have is told of where the type is.
        if self.pairs.types.get(old).is_some_and(|same| *same == new) {
            return Wire::Compatible;
        }
        if !walk.seen.insert((old.to_owned(), new.to_owned())) {
            return Wire::Compatible;
        }
        let before = self.old.types.get(old);
        let after = self.new.types.get(new);
        match (before, after) {
            (Some(before), Some(after)) => self.wholes_on_wire(before, after, walk),
            _ => {
                let from = before.map_or_else(|| json(old), json_of);
                let to = after.map_or_else(|| json(new), json_of);
                match (from, to) {
                    (Some(from), Some(to)) => values_on_wire(from, to, walk.flow),
                    // An object, or one of several types, and something simple.
                    (None, Some(Json::Any)) => walk.flow.worst(Wire::Compatible, Wire::Risky),
                    (Some(Json::Any), None) => walk.flow.worst(Wire::Risky, Wire::Compatible),
                    // A type of the user's own is known to the user alone.
                    _ if is_own(old, before.is_some()) || is_own(new, after.is_some()) => {
                        walk.flow.worst(Wire::Risky, Wire::Risky)
                    }
                    _ if is_union(before) || is_union(after) => {
                        walk.flow.worst(Wire::Risky, Wire::Risky)
                    }
                    _ => walk.flow.worst(Wire::Breaking, Wire::Breaking),
                }
            }
        }
    }

    fn wholes_on_wire(&self, old: &Whole<'_>, new: &Whole<'_>, walk: &mut Walk) -> Wire {
        match (old.entry.kind, new.entry.kind) {
            (Kind::Struct, Kind::Struct) => self.structs_on_wire(old, new, walk),
            (Kind::TextEnum, Kind::TextEnum) | (Kind::IntegerEnum, Kind::IntegerEnum) => {
                let values = |whole: &Whole<'_>| {
                    let values = whole.all(Kind::Value);
                    values
                        .map(|value| value.fact("wire").to_owned())
                        .collect::<BTreeSet<_>>()
                };
                // Enums are open: what comes is read in any case.
                match values(old).is_subset(&values(new)) {
                    true => Wire::Compatible,
                    false => walk.flow.worst(Wire::Breaking, Wire::Compatible),
                }
            }
            (Kind::Alias, _) => self.types_on_wire(old.entry.fact("type"), new.entry.name(), walk),
            (_, Kind::Alias) => self.types_on_wire(old.entry.name(), new.entry.fact("type"), walk),
            (Kind::Union, Kind::Struct) if self.is_variant(old, new.entry.name()) => {
                // One of what there was is left: the others may still be sent. What comes without a tag is read as unknown.
                let received = if is_told(new, old) {
                    Wire::Compatible
                } else {
                    Wire::Risky
                };
                walk.flow.worst(Wire::Breaking, received)
            }
            (Kind::Struct, Kind::Union) if self.becomes_variant(old.entry.name(), new) => {
                let sent = if is_told(old, new) {
                    Wire::Compatible
                } else {
                    Wire::Breaking
                };
                walk.flow.worst(sent, Wire::Risky)
            }
            (Kind::Union, Kind::Union | Kind::Struct) | (Kind::Struct, Kind::Union) => {
                walk.flow.worst(Wire::Risky, Wire::Risky)
            }
            _ => match (json_of(old), json_of(new)) {
                (Some(from), Some(to)) => values_on_wire(from, to, walk.flow),
                _ => walk.flow.worst(Wire::Breaking, Wire::Breaking),
            },
        }
    }

    /// Whether a type of the new side is one of those that a union had.
    fn is_variant(&self, union: &Whole<'_>, name: &str) -> bool {
        let mut types = union.all(Kind::Variant).map(|variant| variant.fact("type"));
        types.any(
            |ty| matches!(layer(ty), Layer::Plain(ty) if self.pairs.types.get(ty) == Some(&name)),
        )
    }

    /// Whether a type of the old side is one of those that a union has.
    fn becomes_variant(&self, name: &str, union: &Whole<'_>) -> bool {
        let mut types = union.all(Kind::Variant).map(|variant| variant.fact("type"));
        let now = self.pairs.types.get(name);
        types.any(|ty| matches!(layer(ty), Layer::Plain(ty) if now == Some(&ty)))
    }

    fn structs_on_wire(&self, old: &Whole<'_>, new: &Whole<'_>, walk: &mut Walk) -> Wire {
        let flow = walk.flow;
        let mut worst = Wire::Compatible;
        for field in old.all(Kind::Field) {
            let mut others = new.all(Kind::Field);
            let same = others.find(|other| other.fact("wire") == field.fact("wire"));
            let Some(other) = same else {
                let reads = match field.fact("presence") {
                    "required" => Wire::Breaking,
                    _ => Wire::Risky,
                };
                worst = worst.max(flow.worst(Wire::Risky, reads));
                continue;
            };
            let (was, is) = (Presence::of(field), Presence::of(other));
            let strict = field.fact("presence") == "required";
            if (was.may_miss && !is.may_miss) || (was.may_be_null && !is.may_be_null) {
                worst = worst.max(flow.worst(Wire::Breaking, Wire::Compatible));
            }
            if strict && (is.may_miss || is.may_be_null) {
                worst = worst.max(flow.worst(Wire::Compatible, Wire::Breaking));
            }
            let (from, to) = (was.inner(field.fact("type")), is.inner(other.fact("type")));
            worst = worst.max(self.types_on_wire(from, to, walk));
        }
        let is_needed = |field: &&super::Entry| {
            let known = old
                .all(Kind::Field)
                .any(|other| other.fact("wire") == field.fact("wire"));
            !known && !Presence::of(field).may_miss
        };
        if new.all(Kind::Field).any(|field| is_needed(&field)) {
            worst = worst.max(flow.worst(Wire::Breaking, Wire::Compatible));
        }
        worst
    }
}

/// Whether what is sent as a struct alone is told among a union's types: by its look, or by a tag that it has in any case.
fn is_told(alone: &Whole<'_>, union: &Whole<'_>) -> bool {
    let by = union.entry.fact("by");
    union.entry.fact("select") == "Shape"
        || alone
            .all(Kind::Field)
            .any(|field| field.fact("wire") == by && field.fact("presence") == "required")
}

/// What a type that is none of the crate's is in JSON; none where it is one of the crate's.
fn json(name: &str) -> Option<Json> {
    Some(match name {
        "bool" => Json::Bool,
        "i32" => Json::Integer(32),
        "i64" => Json::Integer(64),
        "u64" => Json::Integer(65),
        "f64" => Json::Number,
        "String" => Json::Text,
        "Timestamp" | "Date" | "Uuid" | "Base64" => Json::FormedText,
        "Value" => Json::Any,
        "()" | "Bytes" | "FilePart" | "Upload" | "Download" => Json::Other,
        _ => return None,
    })
}

/// What a type of the crate is in JSON, where that is simple. Enums are open, so any text can be read as one.
fn json_of(whole: &Whole<'_>) -> Option<Json> {
    match whole.entry.kind {
        Kind::TextEnum => Some(Json::FormedText),
        Kind::IntegerEnum => Some(Json::Integer(64)),
        Kind::Alias => json(whole.entry.fact("type")),
        _ => None,
    }
}

fn is_own(name: &str, is_of_crate: bool) -> bool {
    name.contains("::") && !is_of_crate
}

fn is_union(whole: Option<&Whole<'_>>) -> bool {
    whole.is_some_and(|whole| whole.entry.kind == Kind::Union)
}

fn values_on_wire(old: Json, new: Json, flow: Flow) -> Wire {
    let (sent, received) = match (old, new) {
        (from, to) if from == to && from != Json::FormedText => {
            (Wire::Compatible, Wire::Compatible)
        }
        (_, Json::Any) => (Wire::Compatible, Wire::Risky),
        (Json::Any, _) => (Wire::Risky, Wire::Compatible),
        (Json::Text, Json::FormedText) => (Wire::Risky, Wire::Compatible),
        (Json::FormedText, Json::Text) => (Wire::Compatible, Wire::Risky),
        (Json::FormedText, Json::FormedText) => (Wire::Risky, Wire::Risky),
        (Json::Integer(from), Json::Integer(to)) if from < to => (Wire::Compatible, Wire::Risky),
        (Json::Integer(_), Json::Integer(_)) => (Wire::Risky, Wire::Compatible),
        (Json::Integer(_), Json::Number) => (Wire::Compatible, Wire::Breaking),
        (Json::Number, Json::Integer(_)) => (Wire::Breaking, Wire::Compatible),
        _ => (Wire::Breaking, Wire::Breaking),
    };
    flow.worst(sent, received)
}
