//! The bodies of successes.

use serde_json::{Map, Value, json};

use super::routing::{Call, Operation};
use super::script::{Alteration, Member};

/// The person that the service invents where the request names none.
const SOME_USER: &str = "65f0c0ffee65f0c0ffee65f1";
const SOME_ORG: &str = "65f0c0ffee65f0c0ffee65f2";
const SOME_INVITATION: &str = "65f0c0ffee65f0c0ffee65f3";
const USERNAME: &str = "hello@example.com";
const INVITER: &str = "owner@example.com";
const SENT: &str = "2025-05-04T09:42:00Z";
const LAPSES: &str = "2025-06-03T09:42:00Z";

/// Status and body of a successful call; `None` is a 204.
pub(super) fn success(
    call: &Call<'_>,
    request: &Map<String, Value>,
    member: Member,
) -> (u16, Option<Value>) {
    match call.operation {
        Operation::AddGroupAccessUser if member == Member::Active => (204, None),
        Operation::AddGroupAccessUser => (200, Some(organization_invitation(call, request))),
        Operation::CreateProjectInvitation => (200, Some(group_invitation(call, request))),
        Operation::AddOrgTeamUser => (200, Some(team_member(call, request, member))),
        Operation::AddGroupUserRole => (200, Some(group_user(call, request, member))),
        Operation::CreateOrgUser => (201, Some(org_user(request, member))),
    }
}

fn organization_invitation(call: &Call<'_>, request: &Map<String, Value>) -> Value {
    let assignments: Vec<Value> = list(request, "roles")
        .iter()
        .map(|role| json!({"groupId": call.owner, "groupRole": role}))
        .collect();
    json!({
        "createdAt": SENT,
        "expiresAt": LAPSES,
        "groupRoleAssignments": assignments,
        "id": SOME_INVITATION,
        "inviterUsername": INVITER,
        "links": links(&format!("orgs/{SOME_ORG}/invites/{SOME_INVITATION}")),
        "orgId": SOME_ORG,
        "orgName": "Example",
        "roles": ["ORG_MEMBER"],
        "teamIds": [],
        "username": username(request),
    })
}

fn group_invitation(call: &Call<'_>, request: &Map<String, Value>) -> Value {
    json!({
        "createdAt": SENT,
        "expiresAt": LAPSES,
        "groupId": call.owner,
        "groupName": "Example",
        "id": SOME_INVITATION,
        "inviterUsername": INVITER,
        "links": links(&format!("groups/{}/invites/{SOME_INVITATION}", call.owner)),
        "roles": list(request, "roles"),
        "username": username(request),
    })
}

fn team_member(call: &Call<'_>, request: &Map<String, Value>, member: Member) -> Value {
    let roles = json!({"groupRoleAssignments": [], "orgRoles": ["ORG_MEMBER"]});
    let mut user = person(request.get("id"), roles, USERNAME, member);
    add(&mut user, json!({"teamIds": [call.member]}));
    user
}

fn group_user(call: &Call<'_>, request: &Map<String, Value>, member: Member) -> Value {
    let id = call.member.map(Value::from);
    let roles = json!([request.get("groupRole")]);
    person(id.as_ref(), roles, USERNAME, member)
}

fn org_user(request: &Map<String, Value>, member: Member) -> Value {
    let roles = request.get("roles").cloned().unwrap_or_default();
    let mut user = person(None, roles, username(request), member);
    add(&mut user, json!({"teamIds": list(request, "teamIds")}));
    user
}

/// What all users have, and what their state adds.
fn person(id: Option<&Value>, roles: Value, username: &str, member: Member) -> Value {
    let mut user = json!({
        "id": id.cloned().unwrap_or_else(|| json!(SOME_USER)),
        "orgMembershipStatus": member.status(),
        "roles": roles,
        "username": username,
    });
    let expires = (member != Member::InvitationRejected).then_some(LAPSES);
    let more = match member {
        Member::Active => json!({
            "country": "US",
            "createdAt": SENT,
            "firstName": "John",
            "lastAuth": SENT,
            "lastName": "Doe",
            "mobileNumber": "+12125550123",
        }),
        Member::Pending | Member::InvitationExpired | Member::InvitationRejected => json!({
            "invitationCreatedAt": SENT,
            "invitationExpiresAt": expires,
            "inviterUsername": INVITER,
        }),
    };
    add(&mut user, more);
    user
}

fn add(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}

fn list<'a>(request: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    request
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn username(request: &Map<String, Value>) -> &str {
    request
        .get("username")
        .and_then(Value::as_str)
        .unwrap_or(USERNAME)
}

fn links(path: &str) -> Value {
    let href = format!("https://cloud.mongodb.com/api/atlas/v2/{path}");
    json!([{"href": href, "rel": "self"}])
}

/// Changes a body as the script wants it.
pub(super) fn alter(body: &mut Value, alteration: &Alteration) {
    match alteration {
        Alteration::UnknownRole => {
            let roles = match body.pointer("/roles/orgRoles") {
                Some(_) => "/roles/orgRoles/0",
                None => "/roles/0",
            };
            set(body, roles, json!("ROLE_OF_TOMORROW"));
        }
        Alteration::UnknownStatus => set(body, "/orgMembershipStatus", json!("SUSPENDED")),
        Alteration::UnknownField => add(body, json!({"fieldOfTomorrow": {"depth": [1, null]}})),
        Alteration::Set(pointer, value) => set(body, pointer, value.clone()),
        Alteration::Without(pointer) => remove(body, pointer),
    }
}

fn set(body: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = body.pointer_mut(pointer) {
        *place = value;
    }
}

fn remove(body: &mut Value, pointer: &str) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        return;
    };
    if let Some(Value::Object(object)) = body.pointer_mut(parent) {
        object.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "32b6e34b3d91647abb20e7b8";

    fn call(operation: Operation) -> Call<'static> {
        Call {
            operation,
            owner: ID,
            member: Some(ID),
        }
    }

    fn role_request() -> Map<String, Value> {
        let mut request = Map::new();
        request.insert("groupRole".to_owned(), json!("GROUP_OWNER"));
        request
    }

    #[test]
    fn declined_invitation_expires_at_null() {
        let (_, body) = success(
            &call(Operation::AddGroupUserRole),
            &role_request(),
            Member::InvitationRejected,
        );
        let body = body.unwrap();
        assert_eq!(body["orgMembershipStatus"], "INVITATION_REJECTED");
        assert!(body["invitationExpiresAt"].is_null());
        assert!(body.get("invitationExpiresAt").is_some());
    }

    #[test]
    fn member_who_gets_access_makes_no_invitation() {
        let call = call(Operation::AddGroupAccessUser);
        let (status, body) = success(&call, &Map::new(), Member::Active);
        assert_eq!((status, body), (204, None));
        let (status, body) = success(&call, &Map::new(), Member::Pending);
        assert_eq!(status, 200);
        assert_eq!(body.unwrap()["orgName"], "Example");
    }

    #[test]
    fn alterations_change_what_they_name() {
        let user = success(
            &call(Operation::AddGroupUserRole),
            &role_request(),
            Member::Active,
        );
        let altered = |alteration| {
            let mut body = user.1.clone().unwrap();
            alter(&mut body, &alteration);
            body
        };
        assert_eq!(
            altered(Alteration::UnknownRole)["roles"][0],
            "ROLE_OF_TOMORROW"
        );
        assert_eq!(
            altered(Alteration::UnknownStatus)["orgMembershipStatus"],
            "SUSPENDED"
        );
        assert!(altered(Alteration::UnknownField)["fieldOfTomorrow"].is_object());
        let without = Alteration::Without("/lastName".to_owned());
        assert_eq!(altered(without).get("lastName"), None);
        let set = Alteration::Set("/roles".to_owned(), json!(1));
        assert_eq!(altered(set)["roles"], 1);
    }
}
