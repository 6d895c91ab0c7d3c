//! Invites someone to an organization and puts them into a team.
//!
//! Start the fake service in another terminal, paste what it says to export, then run
//!
//!     cargo run -p atlas-codegen-tests --example invite [ORG_ID TEAM_ID EMAIL]

use std::env;
use std::process::ExitCode;

use atlas_client::types::{
    AddOrRemoveUserFromTeam, OrgRole, OrgUserRequest, OrgUserResponse, OrgUserRolesRequest,
};
use atlas_client::{Client, Credentials, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [] => invite(
            "4888442a3354817a7320eb61",
            "5f0c0ffee0c0ffee0c0ffee0",
            "new.colleague@example.com",
        ),
        [org_id, team_id, email] => invite(org_id, team_id, email),
        _ => {
            eprintln!("usage: invite [ORG_ID TEAM_ID EMAIL]");
            return ExitCode::from(2);
        }
    };
    match outcome.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn invite(org_id: &str, team_id: &str, email: &str) -> Result<(), Error> {
    // Credentials and, here, the base URL of the fake service come from the environment.
    let client = Client::builder()
        .credentials(Credentials::from_env()?)
        .build()?;
    let users = client.mongodb_cloud_users();

    let roles = OrgUserRolesRequest::new(vec![OrgRole::OrgMember]);
    let invitation = OrgUserRequest::new(roles, email);
    let user = match users.create_org_user(org_id, invitation).send().await {
        Err(error) if error.code() == Some("USER_ALREADY_EXISTS") => {
            println!("{email} is in the organization already");
            return Ok(());
        }
        answer => answer?,
    };
    let user_id = match user {
        OrgUserResponse::Pending(invited) => {
            let end = invited.invitation_expires_at;
            let end = end.map_or_else(|| "recalled".to_owned(), |end| end.to_string());
            println!("{email} is invited until {end}");
            invited.id
        }
        OrgUserResponse::Active(member) => member.id,
        other => {
            println!("{email} is what this program does not know: {other:?}");
            return Ok(());
        }
    };

    let body = AddOrRemoveUserFromTeam::new(user_id);
    match users
        .add_org_team_user(org_id, team_id, body)
        .send()
        .await?
    {
        OrgUserResponse::Active(_) => println!("{email} is in team {team_id}"),
        _ => println!("{email} will be in team {team_id}"),
    }
    Ok(())
}
