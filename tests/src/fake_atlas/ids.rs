//! Ids that yield a certain answer, for those who try the service by hand.

use std::time::Duration;

use super::answer::Delivery;
use super::script::{Alteration, Member, Scripted};

/// An id and what it yields, wherever it stands: in the path, or as the body's `id`.
#[derive(Clone, Copy, Debug)]
pub struct KnownId {
    /// 24 hexadecimal digits.
    pub id: &'static str,
    /// What a call with it yields.
    pub yields: &'static str,
    script: fn() -> Scripted,
}

/// Every id that means something. Any other 24 hexadecimal digits are a user, team, project or
/// organization that is there, and the user is `PENDING`.
pub const KNOWN_IDS: &[KnownId] = &[
    KnownId {
        id: "000000000000000000000001",
        yields: "a user who is PENDING; access: 200 with an invitation",
        script: || Scripted::User(Member::Pending),
    },
    KnownId {
        id: "000000000000000000000002",
        yields: "a user who is ACTIVE; access: 204",
        script: || Scripted::User(Member::Active),
    },
    KnownId {
        id: "000000000000000000000003",
        yields: "a user whose invitation is INVITATION_EXPIRED",
        script: || Scripted::User(Member::InvitationExpired),
    },
    KnownId {
        id: "000000000000000000000004",
        yields: "a user whose invitation is INVITATION_REJECTED",
        script: || Scripted::User(Member::InvitationRejected),
    },
    KnownId {
        id: "000000000000000000000005",
        yields: "a user with a status that no document lists",
        script: || Scripted::Altered(Alteration::UnknownStatus),
    },
    KnownId {
        id: "000000000000000000000006",
        yields: "a role that no document lists",
        script: || Scripted::Altered(Alteration::UnknownRole),
    },
    KnownId {
        id: "000000000000000000000007",
        yields: "a field that no document lists",
        script: || Scripted::Altered(Alteration::UnknownField),
    },
    KnownId {
        id: "000000000000000000000008",
        yields: "a body that breaks off in the middle",
        script: || Scripted::Delivered(Delivery::CutOff),
    },
    KnownId {
        id: "000000000000000000000009",
        yields: "a body that pauses for three seconds in the middle",
        script: || Scripted::slow_body(Duration::from_secs(3)),
    },
    KnownId {
        id: "000000000000000000000400",
        yields: "400 VALIDATION_ERROR",
        script: || Scripted::error(400),
    },
    KnownId {
        id: "000000000000000000000401",
        yields: "401 NOT_ORG_GROUP_CREATOR",
        script: || Scripted::error(401),
    },
    KnownId {
        id: "000000000000000000000403",
        yields: "403 CANNOT_CHANGE_GROUP_NAME",
        script: || Scripted::error(403),
    },
    KnownId {
        id: "000000000000000000000404",
        yields: "404 RESOURCE_NOT_FOUND",
        script: || Scripted::error(404),
    },
    KnownId {
        id: "000000000000000000000409",
        yields: "409 USER_ALREADY_EXISTS",
        script: || Scripted::error(409),
    },
    KnownId {
        id: "000000000000000000000429",
        yields: "429 with Retry-After: 1, every time",
        script: || Scripted::RateLimited {
            retry_after: Some(1),
        },
    },
    KnownId {
        id: "000000000000000000000500",
        yields: "500 UNEXPECTED_ERROR",
        script: || Scripted::error(500),
    },
    KnownId {
        id: "000000000000000000000503",
        yields: "503 with a page of HTML",
        script: || Scripted::HtmlUnavailable,
    },
];

/// What the first known one of these ids yields.
pub(super) fn scripted<'a>(mut ids: impl Iterator<Item = &'a str>) -> Option<Scripted> {
    ids.find_map(|id| KNOWN_IDS.iter().find(|known| known.id == id))
        .map(|known| (known.script)())
}

#[cfg(test)]
mod tests {
    use super::super::routing::is_id;
    use super::*;

    #[test]
    fn known_ids_are_ids_and_differ() {
        assert!(KNOWN_IDS.iter().all(|known| is_id(known.id)));
        assert!(KNOWN_IDS.is_sorted_by(|a, b| a.id < b.id));
    }

    #[test]
    fn first_known_id_decides() {
        let ids = [
            "32b6e34b3d91647abb20e7b8",
            "000000000000000000000404",
            "000000000000000000000002",
        ];
        assert_eq!(scripted(ids.into_iter()), Some(Scripted::error(404)));
        assert_eq!(scripted(ids.into_iter().take(1)), None);
    }
}
