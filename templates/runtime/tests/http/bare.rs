//! The description of a service of which nothing is said, for tests to say what matters to them.

use client_runtime::{Description, ErrorMembers, SettingNames};

pub(crate) const BARE: Description = Description {
    base_url: None,
    user_agent: "test",
    token_url: None,
    revoke_url: None,
    schemes: &[],
    security: &[],
    envelope: None,
    error_members: ErrorMembers {
        code: None,
        detail: None,
        fields: None,
        field_name: None,
        field_detail: None,
        retry_after: None,
    },
    trace_headers: &[],
    client_id_prefix: None,
    environment: SettingNames {
        access_token: &[],
        client_id: &[],
        client_secret: &[],
        public_key: &[],
        private_key: &[],
        base_url: &[],
    },
    profiles: None,
};
