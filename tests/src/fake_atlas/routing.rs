//! Which operation a request is for.

use super::answer::Answer;
use super::fault::Fault;
use super::recorded::RecordedRequest;

/// The operations that the service has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    AddGroupAccessUser,
    CreateProjectInvitation,
    AddOrgTeamUser,
    AddGroupUserRole,
    CreateOrgUser,
}

impl Operation {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::AddGroupAccessUser => "addGroupAccessUser",
            Self::CreateProjectInvitation => "createProjectInvitation",
            Self::AddOrgTeamUser => "addOrgTeamUser",
            Self::AddGroupUserRole => "addGroupUserRole",
            Self::CreateOrgUser => "createOrgUser",
        }
    }

    /// The one media type that the operation answers with; version 1.0 has no dated ones.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::AddGroupAccessUser => "application/vnd.atlas.2023-02-01+json",
            Self::CreateProjectInvitation => "application/json",
            Self::AddOrgTeamUser | Self::CreateOrgUser => "application/vnd.atlas.2025-02-19+json",
            Self::AddGroupUserRole => "application/vnd.atlas.2025-03-12+json",
        }
    }
}

/// One call of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call<'a> {
    pub(super) operation: Operation,
    /// The project or organization.
    pub(super) owner: &'a str,
    /// The team or user, where the path has one.
    pub(super) member: Option<&'a str>,
}

/// Finds the operation by the raw path: a verb such as `:addUser` counts only when it is not
/// escaped.
///
/// # Errors
/// 404 for an unknown path or a malformed id, 405 for another method.
pub(super) fn route(request: &RecordedRequest) -> Result<Call<'_>, Answer> {
    let not_found = |detail| Fault::new(404).detail(detail).answer();
    let call = find(request.path()).ok_or_else(|| not_found("There is nothing at this path."))?;
    if request.method != "POST" {
        let fault = Fault::new(405).code("METHOD_NOT_ALLOWED");
        return Err(fault.answer().header("allow", "POST"));
    }
    let mut ids = std::iter::once(call.owner).chain(call.member);
    if ids.any(|id| !is_id(id)) {
        return Err(not_found("An id is not 24 hexadecimal digits."));
    }
    Ok(call)
}

fn find(path: &str) -> Option<Call<'_>> {
    use Operation as Op;
    let segments: Vec<&str> = path.strip_prefix("/api/atlas/")?.split('/').collect();
    let (operation, owner, member) = match *segments {
        ["v2", "groups", group, "access"] => (Op::AddGroupAccessUser, group, None),
        ["v1.0", "groups", group, "invites"] => (Op::CreateProjectInvitation, group, None),
        ["v2", "orgs", org, "users"] => (Op::CreateOrgUser, org, None),
        ["v2", "orgs", org, "teams", team] => (
            Op::AddOrgTeamUser,
            org,
            Some(team.strip_suffix(":addUser")?),
        ),
        ["v2", "groups", group, "users", user] => {
            let user = user.strip_suffix(":addRole")?;
            (Op::AddGroupUserRole, group, Some(user))
        }
        _ => return None,
    };
    Some(Call {
        operation,
        owner,
        member,
    })
}

/// Whether the text is 24 lower-case hexadecimal digits.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "32b6e34b3d91647abb20e7b8";

    fn routed(method: &str, path: &str) -> Result<Operation, u16> {
        let head = format!("{method} {path} HTTP/1.1\r\n\r\n");
        let request = RecordedRequest::from_head(head.as_bytes(), Vec::new());
        route(&request)
            .map(|call| call.operation)
            .map_err(|answer| answer.status)
    }

    #[test]
    fn every_operation_has_its_path() {
        use Operation as Op;
        for (path, operation) in [
            (
                format!("/api/atlas/v2/groups/{ID}/access"),
                Op::AddGroupAccessUser,
            ),
            (
                format!("/api/atlas/v1.0/groups/{ID}/invites"),
                Op::CreateProjectInvitation,
            ),
            (
                format!("/api/atlas/v2/orgs/{ID}/teams/{ID}:addUser"),
                Op::AddOrgTeamUser,
            ),
            (
                format!("/api/atlas/v2/groups/{ID}/users/{ID}:addRole"),
                Op::AddGroupUserRole,
            ),
            (
                format!("/api/atlas/v2/orgs/{ID}/users?pretty=true"),
                Op::CreateOrgUser,
            ),
        ] {
            assert_eq!(routed("POST", &path), Ok(operation), "{path}");
            assert_eq!(routed("GET", &path), Err(405), "{path}");
        }
    }

    #[test]
    fn escaped_verbs_and_malformed_ids_are_not_found() {
        for path in [
            format!("/api/atlas/v2/orgs/{ID}/teams/{ID}%3AaddUser"),
            format!("/api/atlas/v2/orgs/{ID}/teams/{ID}"),
            "/api/atlas/v2/orgs/ABC/users".to_owned(),
            "/api/atlas/v2/orgs//users".to_owned(),
            "/".to_owned(),
        ] {
            assert_eq!(routed("POST", &path), Err(404), "{path}");
        }
    }
}
