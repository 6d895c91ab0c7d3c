//! What belongs to the client: groups, credentials, and what it knows.

use super::super::super::change::{Change, last_part};
use super::Subject;

/// Changes of what belongs to the client.
pub(super) fn of_client(code: &str, change: &Change, subject: &mut Subject) {
    let client = || "Client".to_owned();
    let credentials = || "Credentials".to_owned();
    match code {
        "group-removed" => {
            subject.owners.push(client());
            subject.gone.push(change.item.clone());
        }
        "group-renamed" => {
            subject.owners.push(client());
            subject.gone.push(change.before.clone());
        }
        "export-removed" => subject.gone_types.push(last_part(&change.item).to_owned()),
        "handle-renamed" => subject.gone_types.push(change.before.clone()),
        "revoke-token-removed" => {
            subject.owners.push(client());
            subject.gone.push("revoke_token".to_owned());
        }
        "error-body-changed" => {
            subject.owners.push("Error".to_owned());
            subject.beside.push(last_part(&change.after).to_owned());
            subject.value = Some(("api".to_owned(), subject.beside.clone()));
        }
        "credentials-type-changed" => {
            subject.owners.push(credentials());
            subject.beside.push(credentials());
        }
        "credentials-removed" => {
            subject.owners.push(credentials());
            subject.gone.push(last_part(&change.item).to_owned());
        }
        "credentials-changed" => {
            subject.owners.push(credentials());
            subject.beside.push(last_part(&change.item).to_owned());
        }
        _ => {}
    }
}
