//! Changes of what a document says of the service.

use serde_yaml::Value;

use super::Mutation;
use super::tree::{Places, any_name, inner, yaml};
use crate::oracle::random::Random;

pub(super) const ALL: &[Mutation] = &[
    scheme_added,
    scheme_added,
    scheme_removed,
    scheme_retyped,
    security_stated,
    servers_changed,
];

const SCHEMES: [&str; 8] = [
    "{type: apiKey, in: header, name: X-Key}",
    "{type: apiKey, in: query, name: key}",
    "{type: apiKey, in: cookie, name: key}",
    "{type: http, scheme: basic}",
    "{type: http, scheme: bearer}",
    "{type: http, scheme: digest}",
    "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}}",
    "{type: oauth2, flows: {password: {tokenUrl: 'https://example.com/token', scopes: {}}}}",
];

fn scheme_added(document: &mut Value, _: &Places, random: &mut Random) -> Option<String> {
    let scheme = *random.pick(&SCHEMES);
    let components = inner(document.as_mapping_mut()?, "components")?;
    inner(components, "securitySchemes")?.insert(Value::from("brandNew"), yaml(scheme));
    if random.chance(60) {
        document
            .as_mapping_mut()?
            .insert(Value::from("security"), yaml("[{brandNew: []}]"));
    }
    Some(format!("security scheme {scheme} added"))
}

fn scheme_removed(document: &mut Value, _: &Places, random: &mut Random) -> Option<String> {
    let schemes = document
        .get_mut("components")?
        .get_mut("securitySchemes")?
        .as_mapping_mut()?;
    let gone = any_name(schemes, random)?;
    schemes.remove(&gone);
    without(document, gone.as_str()?);
    Some(format!("security scheme {gone:?} removed"))
}

/// Takes a scheme out of every list of requirements.
fn without(value: &mut Value, scheme: &str) {
    match value {
        Value::Mapping(members) => {
            if let Some(list) = members.get_mut("security").and_then(Value::as_sequence_mut) {
                list.retain(|one| one.get(scheme).is_none());
            }
            members
                .iter_mut()
                .for_each(|(_, inner)| without(inner, scheme));
        }
        Value::Sequence(elements) => elements.iter_mut().for_each(|inner| without(inner, scheme)),
        _ => {}
    }
}

fn scheme_retyped(document: &mut Value, _: &Places, random: &mut Random) -> Option<String> {
    let schemes = document
        .get_mut("components")?
        .get_mut("securitySchemes")?
        .as_mapping_mut()?;
    let name = any_name(schemes, random)?;
    let scheme = *random.pick(&SCHEMES);
    schemes.insert(name.clone(), yaml(scheme));
    Some(format!("security scheme {name:?} is {scheme}"))
}

fn security_stated(document: &mut Value, _: &Places, random: &mut Random) -> Option<String> {
    let members = document.as_mapping_mut()?;
    if members.remove("security").is_some() {
        return Some("no security in general".to_owned());
    }
    let schemes = members
        .get("components")?
        .get("securitySchemes")?
        .as_mapping()?;
    let name = any_name(schemes, random)?;
    members.insert(
        Value::from("security"),
        yaml(&format!("[{{{}: []}}]", name.as_str()?)),
    );
    Some(format!("security {name:?} in general"))
}

fn servers_changed(document: &mut Value, _: &Places, random: &mut Random) -> Option<String> {
    let servers = *random.pick(&[
        "[{url: 'https://other.example.com'}]",
        "[{url: 'https://{region}.example.com', variables: {region: {default: us, enum: [us, eu]}}}]",
        "[{url: '/v2'}]",
    ]);
    document
        .as_mapping_mut()?
        .insert(Value::from("servers"), yaml(servers));
    Some(format!("servers {servers}"))
}
