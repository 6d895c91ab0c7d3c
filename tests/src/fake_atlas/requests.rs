//! Request bodies and query parameters, read as strictly as the real service reads them.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::recorded::RecordedRequest;
use super::routing::{Operation, is_id};

/// The query parameters that every operation has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) envelope: bool,
    pub(super) pretty: bool,
}

/// Reads the query.
///
/// # Errors
/// 400 for an unknown parameter, or a value that is neither `true` nor `false`.
pub(super) fn query(request: &RecordedRequest) -> Result<Query, Fault> {
    let mut query = Query::default();
    let text = request.query().unwrap_or_default();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let target = match &*name {
            "envelope" => &mut query.envelope,
            "pretty" => &mut query.pretty,
            _ => return Err(Fault::new(400).code("INVALID_QUERY_PARAMETER")),
        };
        *target = match &*value {
            "true" => true,
            "false" => false,
            _ => return Err(Fault::new(400).code("INVALID_QUERY_PARAMETER")),
        };
    }
    Ok(query)
}

/// What one member of a request body must be.
enum Kind {
    Email,
    Id,
    Ids,
    Role(&'static str),
    /// Roles with this prefix, and the least number of them.
    Roles(&'static str, usize),
    Object(&'static [Member]),
    Objects(&'static [Member]),
}

struct Member {
    name: &'static str,
    required: bool,
    kind: Kind,
}

const fn required(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        required: true,
        kind,
    }
}

const fn optional(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        required: false,
        kind,
    }
}

const INVITATION: &[Member] = &[
    optional("roles", Kind::Roles("GROUP_", 0)),
    optional("username", Kind::Email),
];
const TEAM_MEMBER: &[Member] = &[required("id", Kind::Id)];
const GROUP_ROLE: &[Member] = &[required("groupRole", Kind::Role("GROUP_"))];
const ASSIGNMENT: &[Member] = &[
    optional("groupId", Kind::Id),
    optional("groupRoles", Kind::Roles("GROUP_", 0)),
];
const ORG_ROLES: &[Member] = &[
    optional("groupRoleAssignments", Kind::Objects(ASSIGNMENT)),
    required("orgRoles", Kind::Roles("ORG_", 1)),
];
const ORG_USER: &[Member] = &[
    required("roles", Kind::Object(ORG_ROLES)),
    optional("teamIds", Kind::Ids),
    required("username", Kind::Email),
];

/// Reads the body of a call.
///
/// # Errors
/// 400 with every member that is unknown, missing or wrong; null is wrong everywhere.
pub(super) fn body(operation: Operation, bytes: &[u8]) -> Result<Map<String, Value>, Fault> {
    let members = match operation {
        Operation::AddGroupAccessUser | Operation::CreateProjectInvitation => INVITATION,
        Operation::AddOrgTeamUser => TEAM_MEMBER,
        Operation::AddGroupUserRole => GROUP_ROLE,
        Operation::CreateOrgUser => ORG_USER,
    };
    let Ok(Value::Object(body)) = serde_json::from_slice(bytes) else {
        return Err(Fault::new(400).detail("The body is not a JSON object."));
    };
    let mut violations = Vec::new();
    check_members(&body, members, "", &mut violations);
    if violations.is_empty() {
        return Ok(body);
    }
    let fault = Fault::new(400).detail("The body breaks the rules of the operation.");
    Err(violations
        .iter()
        .fold(fault, |fault, (field, rule)| fault.field(field, rule)))
}

type Violations = Vec<(String, &'static str)>;

fn check_members(
    object: &Map<String, Value>,
    members: &[Member],
    at: &str,
    violations: &mut Violations,
) {
    for name in object.keys() {
        if !members.iter().any(|member| member.name == name) {
            violations.push((format!("{at}{name}"), "is not known"));
        }
    }
    for member in members {
        let place = format!("{at}{}", member.name);
        match object.get(member.name) {
            Some(value) => check(value, &member.kind, &place, violations),
            None if member.required => violations.push((place, "must be there")),
            None => {}
        }
    }
}

fn check(value: &Value, kind: &Kind, at: &str, violations: &mut Violations) {
    let is_role = |value: &Value, prefix| value.as_str().is_some_and(|r| r.starts_with(prefix));
    let rule = match (kind, value) {
        (Kind::Object(members), Value::Object(object)) => {
            return check_members(object, members, &format!("{at}."), violations);
        }
        (Kind::Objects(members), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let place = format!("{at}[{index}]");
                check(item, &Kind::Object(members), &place, violations);
            }
            return;
        }
        (Kind::Email, Value::String(text)) if text.contains('@') => return,
        (Kind::Id, Value::String(text)) if is_id(text) => return,
        (Kind::Ids, Value::Array(items)) if items.iter().all(is_id_value) => return,
        (Kind::Role(prefix), value) if is_role(value, prefix) => return,
        (Kind::Roles(prefix, least), Value::Array(items))
            if items.len() >= *least && items.iter().all(|item| is_role(item, prefix)) =>
        {
            return;
        }
        (Kind::Email, _) => "must be an email address",
        (Kind::Id, _) => "must be 24 hexadecimal digits",
        (Kind::Ids, _) => "must be a list of 24 hexadecimal digits each",
        (Kind::Role(_), _) => "must be a role",
        (Kind::Roles(..), _) => "must be a list of roles",
        (Kind::Object(_), _) => "must be an object",
        (Kind::Objects(_), _) => "must be a list of objects",
    };
    violations.push((at.to_owned(), rule));
}

fn is_id_value(value: &Value) -> bool {
    value.as_str().is_some_and(is_id)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn violations(operation: Operation, value: &Value) -> Vec<String> {
        let Err(fault) = body(operation, value.to_string().as_bytes()) else {
            return Vec::new();
        };
        fault.body()["badRequestDetail"]["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["field"].as_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn whole_request_passes() {
        let request = json!({
            "roles": {
                "groupRoleAssignments": [
                    {"groupId": "32b6e34b3d91647abb20e7b8", "groupRoles": ["GROUP_OWNER"]}
                ],
                "orgRoles": ["ORG_OWNER"],
            },
            "teamIds": ["32b6e34b3d91647abb20e7b8"],
            "username": "hello@example.com",
        });
        assert_eq!(violations(Operation::CreateOrgUser, &request), [""; 0]);
    }

    #[test]
    fn unknown_missing_and_wrong_members_are_all_named() {
        let request = json!({
            "roles": {"groupRoleAssignments": [{"extra": 1}], "orgRoles": []},
            "teamIds": null,
            "userName": "hello@example.com",
        });
        assert_eq!(
            violations(Operation::CreateOrgUser, &request),
            [
                "userName",
                "roles.groupRoleAssignments[0].extra",
                "roles.orgRoles",
                "teamIds",
                "username"
            ]
        );
    }

    #[test]
    fn text_that_is_no_object_is_refused() {
        for bytes in [&b""[..], b"[]", b"{} {}"] {
            assert!(body(Operation::AddOrgTeamUser, bytes).is_err());
        }
    }

    fn read(target: &str) -> Result<Query, Fault> {
        let head = format!("POST {target} HTTP/1.1\r\n\r\n");
        query(&RecordedRequest::from_head(head.as_bytes(), Vec::new()))
    }

    #[test]
    fn query_is_read_or_refused() {
        let both = Query {
            envelope: true,
            pretty: true,
        };
        assert_eq!(read("/?envelope=true&pretty=true"), Ok(both));
        assert_eq!(read("/?pretty=false"), Ok(Query::default()));
        assert!(read("/?pretty=1").is_err());
        assert!(read("/?other=true").is_err());
    }
}
