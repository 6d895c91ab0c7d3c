//! Changes of operations.

use serde_yaml::{Mapping, Value};

use super::Mutation;
use super::schemas::TYPES;
use super::tree::{Places, Step, any_name, at, inner, one, renamed, toggle, yaml};
use crate::oracle::random::Random;

pub(super) const ALL: &[Mutation] = &[
    parameter_added,
    required_parameter_added,
    parameter_removed,
    parameter_required_toggled,
    parameter_required_toggled,
    parameter_renamed,
    parameter_moved,
    parameter_styled,
    parameters_turned,
    body_added,
    body_removed,
    body_required_toggled,
    body_media_type,
    answer_status,
    answer_added,
    answer_removed,
    answer_media_type,
    answer_media_type_added,
    answer_emptied,
    error_stated,
    removed,
    copied,
    id_changed,
    tag_changed,
    deprecated,
    method_changed,
    path_changed,
    security_stated,
];

const MEDIA_TYPES: [&str; 8] = [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/octet-stream",
    "text/event-stream",
    "application/x-ndjson",
    "text/csv",
];

fn add_parameter(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
    required: bool,
) -> Option<String> {
    let (name, operation) = one(document, &places.operations, random)?;
    let location = *random.pick(&["query", "query", "header", "cookie"]);
    let ty = *random.pick(&TYPES[..10]);
    let parameters = operation
        .entry(Value::from("parameters"))
        .or_insert(Value::Sequence(Vec::new()));
    let parameters = parameters.as_sequence_mut()?;
    let parameter = yaml(&format!(
        "{{name: brandNew, in: {location}, required: {required}, schema: {ty}}}"
    ));
    parameters.insert(random.below(parameters.len() + 1), parameter);
    Some(format!(
        "{name}: {location} parameter brandNew added, {ty}, required: {required}"
    ))
}

fn parameter_added(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    add_parameter(document, places, random, false)
}

fn required_parameter_added(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<String> {
    add_parameter(document, places, random, true)
}

fn parameters<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, &'v mut Vec<Value>)> {
    let (name, operation) = one(document, &places.operations, random)?;
    Some((name, operation.get_mut("parameters")?.as_sequence_mut()?))
}

fn is_in_path(parameter: &Value) -> bool {
    parameter
        .get("in")
        .is_some_and(|location| location == "path")
}

fn parameter_removed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, parameters) = parameters(document, places, random)?;
    let index = random.below(parameters.len());
    if is_in_path(parameters.get(index)?) {
        return None;
    }
    let gone = parameters.remove(index);
    Some(format!("{name}: parameter {:?} removed", gone.get("name")))
}

fn parameters_turned(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, parameters) = parameters(document, places, random)?;
    parameters.reverse();
    Some(format!("{name}: parameters in another order"))
}

fn parameter<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, &'v mut Mapping)> {
    let (name, parameter) = one(document, &places.parameters, random)?;
    (parameter.get("in")? != "path").then_some((name, parameter))
}

fn parameter_required_toggled(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<String> {
    let (name, parameter) = parameter(document, places, random)?;
    toggle(parameter, "required");
    Some(format!("{name}: whether the parameter is required"))
}

fn parameter_renamed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, parameter) = parameter(document, places, random)?;
    let known = parameter.get("name")?.as_str()?.to_owned();
    parameter.insert(Value::from("name"), Value::from(format!("{known}Other")));
    Some(format!("{name}: parameter {known} renamed"))
}

fn parameter_moved(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, parameter) = parameter(document, places, random)?;
    parameter.remove("style");
    parameter.insert(
        Value::from("in"),
        Value::from(*random.pick(&["query", "header", "cookie"])),
    );
    Some(format!("{name}: parameter in another place"))
}

fn parameter_styled(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, parameter) = parameter(document, places, random)?;
    if parameter.get("in")? != "query" || !parameter.contains_key("schema") {
        return None;
    }
    let style = *random.pick(&["spaceDelimited", "pipeDelimited", "deepObject", "form"]);
    parameter.insert(Value::from("style"), Value::from(style));
    toggle(parameter, "explode");
    Some(format!("{name}: style {style}"))
}

fn body_added(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, operation) = one(document, &places.operations, random)?;
    if operation.contains_key("requestBody") || name.ends_with("get") || name.ends_with("head") {
        return None;
    }
    let media_type = *random.pick(&MEDIA_TYPES[..5]);
    let required = random.chance(50);
    let body = format!(
        "{{required: {required}, content: {{{media_type}: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}"
    );
    operation.insert(Value::from("requestBody"), yaml(&body));
    Some(format!("{name}: body added, {media_type}"))
}

fn body_removed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, operation) = one(document, &places.operations, random)?;
    operation.remove("requestBody")?;
    Some(format!("{name}: body removed"))
}

fn body_required_toggled(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<String> {
    let (name, operation) = one(document, &places.operations, random)?;
    toggle(
        operation.get_mut("requestBody")?.as_mapping_mut()?,
        "required",
    );
    Some(format!("{name}: whether the body is required"))
}

fn another_media_type(content: &mut Mapping, random: &mut Random) -> Option<String> {
    let from = any_name(content, random)?;
    let to = *random.pick(&MEDIA_TYPES);
    *content = renamed(content, &from, &Value::from(to));
    Some(format!("{} is {to}", from.as_str()?))
}

fn body_media_type(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, operation) = one(document, &places.operations, random)?;
    let content = operation
        .get_mut("requestBody")?
        .get_mut("content")?
        .as_mapping_mut()?;
    Some(format!(
        "{name}: body {}",
        another_media_type(content, random)?
    ))
}

fn answers<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, &'v mut Mapping)> {
    let (name, operation) = one(document, &places.operations, random)?;
    Some((name, inner(operation, "responses")?))
}

fn answer_status(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, answers) = answers(document, places, random)?;
    let from = any_name(answers, random)?;
    let to = Value::from(*random.pick(&["200", "201", "202", "204", "2XX", "default", "404"]));
    if answers.contains_key(&to) {
        return None;
    }
    *answers = renamed(answers, &from, &to);
    Some(format!("{name}: status {from:?} is {to:?}"))
}

fn answer_added(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, answers) = answers(document, places, random)?;
    let status = Value::from(*random.pick(&["201", "202", "204", "206", "2XX"]));
    if answers.contains_key(&status) {
        return None;
    }
    let body = *random.pick(&[
        "{description: It.}",
        "{description: It., content: {application/json: {schema: {type: string}}}}",
        "{description: It., content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}",
    ]);
    answers.insert(status.clone(), yaml(body));
    Some(format!("{name}: answer {status:?} added, {body}"))
}

fn answer_removed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, answers) = answers(document, places, random)?;
    let gone = any_name(answers, random)?;
    *answers = answers
        .iter()
        .filter(|(status, _)| **status != gone)
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    (!answers.is_empty()).then(|| format!("{name}: answer {gone:?} removed"))
}

/// The content of an answer of an operation.
fn content<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, &'v mut Mapping)> {
    let (name, answers) = answers(document, places, random)?;
    let status = any_name(answers, random)?;
    let content = answers
        .get_mut(&status)?
        .as_mapping_mut()?
        .get_mut("content")?;
    Some((format!("{name} {status:?}"), content.as_mapping_mut()?))
}

fn answer_media_type(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, content) = content(document, places, random)?;
    Some(format!("{name}: {}", another_media_type(content, random)?))
}

fn answer_media_type_added(
    document: &mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<String> {
    let (name, content) = content(document, places, random)?;
    let media_type = *random.pick(&MEDIA_TYPES);
    content.insert(Value::from(media_type), yaml("{schema: {type: string}}"));
    Some(format!("{name}: {media_type} too"))
}

fn answer_emptied(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, answers) = answers(document, places, random)?;
    let status = any_name(answers, random)?;
    answers
        .get_mut(&status)?
        .as_mapping_mut()?
        .remove("content")?;
    Some(format!("{name}: answer {status:?} without content"))
}

fn error_stated(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, answers) = answers(document, places, random)?;
    let error = "{description: Bad., content: {application/json: {schema: {type: object, title: Trouble, properties: \
                 {code: {type: string}, message: {type: string}}}}}}";
    answers.insert(Value::from("400"), yaml(error));
    Some(format!("{name}: an error stated"))
}

/// The operation's method, and the members of its path item.
fn item<'v>(
    document: &'v mut Value,
    places: &Places,
    random: &mut Random,
) -> Option<(String, Value, Value, &'v mut Mapping)> {
    if places.operations.is_empty() {
        return None;
    }
    let path = random.pick(&places.operations);
    let (Some(Step::Member(url)), Some(Step::Member(method))) = (path.get(1), path.last()) else {
        return None;
    };
    let (url, method) = (url.clone(), method.clone());
    let name = format!("{} {}", method.as_str()?, url.as_str()?);
    Some((
        name,
        url,
        method,
        at(document, &path[..2])?.as_mapping_mut()?,
    ))
}

fn removed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    if places.operations.len() < 2 {
        return None;
    }
    let (name, _, method, members) = item(document, places, random)?;
    members.remove(&method)?;
    Some(format!("{name} removed"))
}

fn copied(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, url, method, members) = item(document, places, random)?;
    let mut operation = members.get(&method)?.as_mapping()?.clone();
    let shared = members.get("parameters").cloned();
    if operation.contains_key("operationId") {
        operation.insert(Value::from("operationId"), Value::from("brandNewOperation"));
    }
    let mut item = Mapping::new();
    item.insert(method, Value::Mapping(operation));
    item.extend(shared.map(|shared| (Value::from("parameters"), shared)));
    let paths = document.get_mut("paths")?.as_mapping_mut()?;
    paths.insert(
        Value::from(format!("/brand/new{}", url.as_str()?)),
        Value::Mapping(item),
    );
    Some(format!("{name} copied"))
}

fn id_changed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, operation) = one(document, &places.operations, random)?;
    let known = operation.get("operationId")?.as_str()?.to_owned();
    let other = random
        .pick(&["{}Other", "other{}", ""])
        .replace("{}", &known);
    match other.as_str() {
        "" => operation.remove("operationId"),
        other => operation.insert(Value::from("operationId"), Value::from(other)),
    };
    Some(format!("{name}: operationId {known} is {other:?}"))
}

fn tag_changed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let everywhere = random.chance(40);
    let (name, operation) = one(document, &places.operations, random)?;
    let from = operation.get("tags").and_then(|tags| tags.get(0)).cloned();
    operation.insert(Value::from("tags"), yaml("[Brand New]"));
    if everywhere {
        for path in &places.operations {
            let operation = at(document, path)?.as_mapping_mut()?;
            if operation.get("tags").and_then(|tags| tags.get(0)).cloned() == from {
                operation.insert(Value::from("tags"), yaml("[Brand New]"));
            }
        }
    }
    Some(format!("{name}: another tag, everywhere: {everywhere}"))
}

fn deprecated(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, operation) = one(document, &places.operations, random)?;
    toggle(operation, "deprecated");
    Some(format!("{name}: deprecated"))
}

fn method_changed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, _, method, members) = item(document, places, random)?;
    let to = Value::from(*random.pick(&["put", "post", "patch", "delete"]));
    if members.contains_key(&to) {
        return None;
    }
    *members = renamed(members, &method, &to);
    Some(format!("{name} is {to:?}"))
}

fn path_changed(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let (name, url, _, _) = item(document, places, random)?;
    let paths = document.get_mut("paths")?.as_mapping_mut()?;
    let to = Value::from(format!("/brand/new{}", url.as_str()?));
    *paths = renamed(paths, &url, &to);
    Some(format!("{name} is at {to:?}"))
}

fn security_stated(document: &mut Value, places: &Places, random: &mut Random) -> Option<String> {
    let schemes = document
        .get("components")
        .and_then(|all| all.get("securitySchemes")?.as_mapping().cloned());
    let (name, operation) = one(document, &places.operations, random)?;
    let security = match schemes
        .and_then(|schemes| any_name(&schemes, random))
        .filter(|_| random.chance(70))
    {
        Some(scheme) => yaml(&format!("[{{{}: []}}]", scheme.as_str()?)),
        None => yaml("[]"),
    };
    operation.insert(Value::from("security"), security.clone());
    Some(format!("{name}: security {security:?}"))
}
