//! Changes of schemas.

use serde_yaml::{Mapping, Value};

use super::Mutation;
use super::tree::{Places, any_name, inner, one, renamed, texts, toggle, turned, yaml};
use crate::oracle::random::Random;

pub(super) const ALL: &[Mutation] = &[
    property_added,
    property_added,
    required_property_added,
    property_removed,
    property_removed,
    property_renamed,
    properties_turned,
    required_turned,
    required_toggled,
    required_toggled,
    retyped,
    retyped,
    retyped,
    nullable_toggled,
    read_only_toggled,
    write_only_toggled,
    value_added,
    value_removed,
    value_renamed,
    values_dropped,
    values_stated,
    variant_added,
    variant_removed,
    variants_turned,
    discriminator_dropped,
    more_properties,
    listed,
    schema_renamed,
    deprecated,
];

/// Schemas of every kind.
pub(super) const TYPES: [&str; 14] = [
    "{type: string}",
    "{type: integer}",
    "{type: integer, format: int32}",
    "{type: integer, format: int64}",
    "{type: number}",
    "{type: boolean}",
    "{type: string, format: date-time}",
    "{type: string, format: uuid}",
    "{type: string, format: date}",
    "{type: array, items: {type: string}}",
    "{type: object, additionalProperties: {type: string}}",
    "{type: object}",
    "{}",
    "{type: string, enum: [one, two]}",
];

fn properties<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, &'v mut Mapping)> {
    let (name, members) = one(document, &places.objects, random)?;
    Some((name, inner(members, "properties")?))
}

fn property_added(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, properties) = properties(document, places, random)?;
    let ty = *random.pick(&TYPES);
    properties.insert(Value::from("brandNew"), yaml(ty));
    Some(format!("{name}: property brandNew added, {ty}"))
}

fn required_property_added(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<String> {
    let (name, schema) = one(document, &places.objects, random)?;
    let ty = *random.pick(&TYPES);
    inner(schema, "properties")?.insert(Value::from("brandNew"), yaml(ty));
    let required = schema
        .entry(Value::from("required"))
        .or_insert(Value::Sequence(Vec::new()));
    required.as_sequence_mut()?.push(Value::from("brandNew"));
    Some(format!("{name}: required property brandNew added, {ty}"))
}

fn property_removed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.objects, random)?;
    let properties = inner(schema, "properties")?;
    let gone = any_name(properties, random)?;
    if properties.len() < 2 {
        return None;
    }
    *properties = properties
        .iter()
        .filter(|(name, _)| **name != gone)
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    if let Some(required) = schema.get_mut("required").and_then(Value::as_sequence_mut) {
        required.retain(|name| *name != gone);
    }
    Some(format!("{name}: property {gone:?} removed"))
}

fn property_renamed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.objects, random)?;
    let properties = inner(schema, "properties")?;
    let from = any_name(properties, random)?;
    let to = Value::from(format!("{}Other", from.as_str()?));
    *properties = renamed(properties, &from, &to);
    if let Some(required) = schema.get_mut("required").and_then(Value::as_sequence_mut) {
        required
            .iter_mut()
            .filter(|name| **name == from)
            .for_each(|name| *name = to.clone());
    }
    Some(format!("{name}: property {from:?} renamed"))
}

fn properties_turned(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, properties) = properties(document, places, random)?;
    *properties = turned(properties);
    Some(format!("{name}: properties in another order"))
}

fn required_turned(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.objects, random)?;
    let required = schema.get_mut("required")?.as_sequence_mut()?;
    required.reverse();
    Some(format!("{name}: required in another order"))
}

fn required_toggled(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.objects, random)?;
    let property = any_name(inner(schema, "properties")?, random)?;
    let required = schema
        .entry(Value::from("required"))
        .or_insert(Value::Sequence(Vec::new()));
    let required = required.as_sequence_mut()?;
    let count = required.len();
    required.retain(|name| *name != property);
    if required.len() == count {
        required.push(property.clone());
    }
    Some(format!("{name}: whether {property:?} is required"))
}

fn retyped(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    let ty = *random.pick(&TYPES);
    *schema = yaml(ty).as_mapping()?.clone();
    Some(format!("{name}: is {ty}"))
}

fn nullable_toggled(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    toggle(schema, "nullable");
    Some(format!("{name}: nullable"))
}

fn read_only_toggled(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    toggle(schema, "readOnly");
    Some(format!("{name}: readOnly"))
}

fn write_only_toggled(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    toggle(schema, "writeOnly");
    Some(format!("{name}: writeOnly"))
}

fn deprecated(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    toggle(schema, "deprecated");
    Some(format!("{name}: deprecated"))
}

fn values<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, &'v mut Vec<Value>)> {
    let (name, schema) = one(document, &places.enums, random)?;
    Some((name, schema.get_mut("enum")?.as_sequence_mut()?))
}

fn value_added(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, values) = values(document, places, random)?;
    let value = if values.iter().all(Value::is_number) {
        Value::from(4711)
    } else {
        Value::from("BRAND_NEW")
    };
    values.insert(random.below(values.len() + 1), value);
    Some(format!("{name}: one value more"))
}

fn value_removed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, values) = values(document, places, random)?;
    let gone = values.remove(random.below(values.len()));
    (!values.is_empty()).then(|| format!("{name}: value {gone:?} removed"))
}

fn value_renamed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, values) = values(document, places, random)?;
    let at = random.below(values.len());
    let text = values.get(at)?.as_str()?.to_owned();
    let other = *random.pick(&["lower", "more"]);
    values[at] = match other {
        "lower" => Value::from(text.to_lowercase()),
        _ => Value::from(format!("{text}_MORE")),
    };
    Some(format!("{name}: value {text} is {:?}", values[at]))
}

fn values_dropped(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.enums, random)?;
    schema.remove("enum");
    Some(format!("{name}: any value"))
}

fn values_stated(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    if schema.get("type")?.as_str()? != "string" || schema.contains_key("format") {
        return None;
    }
    schema.insert(Value::from("enum"), yaml("[FIRST, SECOND]"));
    Some(format!("{name}: values stated"))
}

fn variants<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, &'v mut Vec<Value>)> {
    let (name, schema) = one(document, &places.unions, random)?;
    let key = if schema.contains_key("oneOf") {
        "oneOf"
    } else {
        "anyOf"
    };
    Some((name, schema.get_mut(key)?.as_sequence_mut()?))
}

fn variant_added(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let names = document
        .get("components")
        .and_then(|all| all.get("schemas")?.as_mapping());
    let names: Vec<String> = names
        .into_iter()
        .flat_map(Mapping::keys)
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect();
    let (name, variants) = variants(document, places, random)?;
    let variant = if names.is_empty() || random.chance(30) {
        (*random.pick(&TYPES)).to_owned()
    } else {
        format!("{{$ref: '#/components/schemas/{}'}}", random.pick(&names))
    };
    variants.push(yaml(&variant));
    Some(format!("{name}: variant {variant} added"))
}

fn variant_removed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, variants) = variants(document, places, random)?;
    variants.remove(random.below(variants.len()));
    (!variants.is_empty()).then(|| format!("{name}: a variant removed"))
}

fn variants_turned(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, variants) = variants(document, places, random)?;
    variants.reverse();
    Some(format!("{name}: variants in another order"))
}

fn discriminator_dropped(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    schema.remove("discriminator")?;
    Some(format!("{name}: no discriminator"))
}

fn more_properties(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.objects, random)?;
    let more = *random.pick(&["true", "false", "{type: string}", "{type: integer}"]);
    schema.insert(Value::from("additionalProperties"), yaml(more));
    Some(format!("{name}: additionalProperties {more}"))
}

fn listed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, schema) = one(document, &places.schemas, random)?;
    let mut list = Mapping::new();
    list.insert(Value::from("type"), Value::from("array"));
    list.insert(Value::from("items"), Value::Mapping(schema.clone()));
    *schema = list;
    Some(format!("{name}: is a list of what it was"))
}

fn schema_renamed(document: &mut Value, _: &Places, random: &mut Random) -> Option<String> {
    let schemas = document
        .get_mut("components")?
        .get_mut("schemas")?
        .as_mapping_mut()?;
    let from = any_name(schemas, random)?;
    let text = from.as_str()?.to_owned();
    let other = random
        .pick(&["{}View", "Api{}", "Whatever"])
        .replace("{}", &text);
    *schemas = renamed(schemas, &from, &Value::from(other.as_str()));
    let (old, new) = (
        format!("#/components/schemas/{text}"),
        format!("#/components/schemas/{other}"),
    );
    texts(document, &|text| (text == old).then(|| new.clone()));
    Some(format!("schema {text} renamed to {other}"))
}
