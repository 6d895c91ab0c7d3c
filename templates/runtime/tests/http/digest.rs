//! HTTP digest authentication against a server that speaks it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use client_runtime::http::StatusCode;

use crate::client::{Client, Credentials, user};
use crate::server::{Answer, Received, Server};

const USER: &str = r#"{"id":"7"}"#;

/// A challenge with this nonce.
fn challenge(nonce: &str, more: &str) -> Answer {
    let header =
        format!("Digest realm=\"MMS Public API\", domain=\"\", nonce=\"{nonce}\", algorithm=MD5, qop=\"auth\"{more}");
    Answer::new(401, &[("www-authenticate", &header)], r#"{"error":401,"errorCode":"WHO"}"#)
}

fn client(server: &Server) -> Client {
    Client::builder().credentials(Credentials::api_key("pub\"key", "private")).base_url(&server.url).build().unwrap()
}

/// Nonce and counter of each request.
fn uses(server: &Server) -> Vec<Option<(String, String)>> {
    let received = server.received();
    let used =
        |received: &Received| Some((received.directive("nonce")?.to_owned(), received.directive("nc")?.to_owned()));
    received.iter().map(used).collect()
}

fn used(nonce: &str, count: u32) -> Option<(String, String)> {
    Some((nonce.to_owned(), format!("{count:08x}")))
}

#[tokio::test]
async fn a_fresh_challenge_is_answered_and_its_nonce_used_again() {
    let server = Server::start(|received| match received.directive("nonce") {
        // The answer names the user in plain text all the same, and says nothing of a hash (RFC 7616 section 3.4.4).
        None => challenge("n1", ", opaque=\"o\", userhash=true, new=1, charset=UTF-8"),
        Some(_) => Answer::json(200, USER),
    })
    .await;
    let client = client(&server);
    let org = "5f0f0f0f0f0f0f0f0f0f0f0f";
    let call = client.add_org_team_user(org, "a b", user("1")).pretty(true);
    assert_eq!(call.send().await.unwrap(), user("7"));
    client.get_user("1").await.unwrap();
    assert_eq!(uses(&server), [None, used("n1", 1), used("n1", 2)]);

    let received = server.received();
    assert_eq!((received[0].target(), &received[0].body), (received[1].target(), &received[1].body));
    let uri = format!("/api/atlas/v2/orgs/{org}/teams/a%20b:addUser?pretty=true");
    assert_eq!(received[1].target(), format!("POST {uri}"));
    let (response, cnonce) = (received[1].directive("response").unwrap(), received[1].directive("cnonce").unwrap());
    assert_eq!((response.len(), cnonce.len()), (32, 32));
    let expected = format!(
        "Digest username=\"pub\\\"key\", realm=\"MMS Public API\", nonce=\"n1\", uri=\"{uri}\", response=\"{response}\", \
         qop=auth, nc=00000001, cnonce=\"{cnonce}\", algorithm=MD5, opaque=\"o\""
    );
    assert_eq!(received[1].header("authorization"), Some(&*expected));
    assert_ne!(received[2].directive("cnonce").unwrap(), cnonce);
}

#[tokio::test]
async fn a_stale_nonce_gives_way_to_the_next() {
    let server = Server::start(|received| match (received.directive("nonce"), received.directive("nc")) {
        (None, _) => challenge("n1", ""),
        (Some("n1"), Some("00000002")) => challenge("n2", ", stale=true"),
        _ => Answer::json(200, USER),
    })
    .await;
    let client = client(&server);
    for _ in 0..3 {
        client.get_user("1").await.unwrap();
    }
    assert_eq!(uses(&server), [None, used("n1", 1), used("n1", 2), used("n2", 1), used("n2", 2)]);
}

#[tokio::test]
async fn a_nonce_that_is_stale_at_once_is_replaced_a_few_times() {
    let server = Server::start(|received| match received.directive("nonce") {
        None => challenge("1", ""),
        Some(nonce) => challenge(&format!("{nonce}1"), ", stale=true"),
    })
    .await;
    let error = client(&server).get_user("1").await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    let nonces = (1..=9).map(|length| used(&"1".repeat(length), 1));
    assert_eq!(uses(&server), [None].into_iter().chain(nonces).collect::<Vec<_>>());
}

/// Takes every nonce once, and does not say that a used one is stale.
async fn once_only() -> Server {
    let state = Mutex::new((0, Vec::<String>::new()));
    Server::start(move |received| {
        let (number, taken) = &mut *state.lock().unwrap();
        match received.directive("nonce") {
            Some(nonce) if !taken.iter().any(|seen| seen == nonce) => {
                taken.push(nonce.to_owned());
                Answer::json(200, USER)
            }
            _ => {
                *number += 1;
                challenge(&format!("n{number}"), "")
            }
        }
    })
    .await
}

#[tokio::test]
async fn a_service_that_refuses_reuse_is_not_asked_again() {
    let server = once_only().await;
    let client = client(&server);
    for _ in 0..3 {
        client.get_user("1").await.unwrap();
    }
    let expected = [None, used("n1", 1), used("n1", 2), used("n2", 1), None, used("n3", 1)];
    assert_eq!(uses(&server), expected);
}

#[tokio::test]
async fn a_nonce_that_worked_before_may_grow_too_old_unsaid() {
    let server = Server::start(|received| match (received.directive("nonce"), received.directive("nc")) {
        (None, _) => challenge("n1", ""),
        (Some("n1"), Some("00000003")) => challenge("n2", ""),
        _ => Answer::json(200, USER),
    })
    .await;
    let client = client(&server);
    for _ in 0..4 {
        client.get_user("1").await.unwrap();
    }
    let expected = [None, used("n1", 1), used("n1", 2), used("n1", 3), used("n2", 1), used("n2", 2)];
    assert_eq!(uses(&server), expected);
}

#[tokio::test]
async fn wrong_credentials_are_the_services_answer() {
    let server = Server::with([challenge("n1", "")]).await;
    let error = client(&server).get_user("1").await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(StatusCode::UNAUTHORIZED), Some("WHO")));
    assert_eq!(uses(&server), [None, used("n1", 1)]);
}

#[tokio::test]
async fn a_401_without_a_challenge_is_the_services_answer() {
    let server = Server::with([Answer::new(401, &[("www-authenticate", "Basic realm=x")], "")]).await;
    assert!(client(&server).get_user("1").await.is_err());
    assert_eq!(server.received().len(), 1);
}

/// Insists, as servers may, that each nonce's counter rises by one from request to request.
async fn strict() -> Server {
    let state = Mutex::new(BTreeMap::<String, u32>::new());
    Server::start(move |received| {
        let counts = &mut *state.lock().unwrap();
        let count = received.directive("nc").map(|count| u32::from_str_radix(count, 16).unwrap());
        let expected = received.directive("nonce").and_then(|nonce| counts.get_mut(nonce));
        if let Some(expected) = expected.filter(|expected| count == Some(**expected)) {
            *expected += 1;
            return Answer::json(200, USER).after(Duration::from_millis(5));
        }
        let nonce = format!("n{}", counts.len());
        counts.insert(nonce.clone(), 1);
        challenge(&nonce, "")
    })
    .await
}

#[tokio::test]
async fn callers_side_by_side_do_not_disturb_each_others_counters() {
    let server = strict().await;
    let client = client(&server);
    for _ in 0..3 {
        let calls: Vec<_> = (0..20).map(|_| tokio::spawn(client.get_user("1").into_future())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    }
    // Every caller was challenged at most once; later ones used the nonces of earlier ones.
    let challenged = uses(&server).iter().filter(|used| used.is_none()).count();
    assert!(challenged <= 20, "{challenged}");
    assert_eq!(server.received().len(), 60 + challenged);
}

#[tokio::test]
async fn a_request_that_breaks_off_takes_its_nonce_along() {
    let server = Server::start(|received| match (received.directive("nonce"), received.directive("nc")) {
        (None, _) => challenge("n1", ""),
        (_, Some("00000002")) => Answer::raw(""),
        _ => Answer::json(200, USER),
    })
    .await;
    let client = client(&server);
    client.get_user("1").await.unwrap();
    let org = "5f0f0f0f0f0f0f0f0f0f0f0f";
    assert!(client.add_org_team_user(org, "t", user("1")).send().await.is_err());
    client.get_user("1").await.unwrap();
    assert_eq!(uses(&server), [None, used("n1", 1), used("n1", 2), None, used("n1", 1)]);
}

/// A service with room for few sessions: a new one pushes out the oldest, which then is stale, as those of Apache httpd
/// are.
async fn crowded(room: usize) -> Server {
    let state = Mutex::new((0, Vec::<(String, u32)>::new()));
    Server::start(move |received| {
        let (number, sessions) = &mut *state.lock().unwrap();
        let count = received.directive("nc").map(|count| u32::from_str_radix(count, 16).unwrap());
        let known = received.directive("nonce").and_then(|nonce| sessions.iter_mut().find(|(known, _)| known == nonce));
        if let Some((_, expected)) = known.filter(|(_, expected)| count == Some(*expected)) {
            *expected += 1;
            return Answer::json(200, USER).after(Duration::from_millis(1));
        }
        *number += 1;
        sessions.push((format!("n{number}"), 1));
        if sessions.len() > room {
            sessions.remove(0);
        }
        let stale = if count.is_some() { ", stale=true" } else { "" };
        challenge(&format!("n{number}"), stale)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_with_room_for_few_sessions_lets_everybody_in() {
    for room in [1, 5] {
        let server = crowded(room).await;
        let client = client(&server);
        for _ in 0..3 {
            let calls: Vec<_> = (0..40).map(|_| tokio::spawn(client.get_user("1").into_future())).collect();
            for call in calls {
                call.await.unwrap().unwrap();
            }
        }
        // Once it is known, calls take turns with one session.
        let before = server.received().len();
        for call in (0..40).map(|_| tokio::spawn(client.get_user("1").into_future())).collect::<Vec<_>>() {
            call.await.unwrap().unwrap();
        }
        assert_eq!(server.received().len() - before, 40, "{room}");
    }
}

#[tokio::test]
async fn the_best_of_several_challenges_is_answered() {
    let md5 = "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"";
    let sha = "Digest realm=\"r\", nonce=\"2\", qop=\"auth-int,auth\", algorithm=SHA-256";
    let one = format!("Basic realm=\"r\", {md5}, {sha}");
    let several =
        [vec![("www-authenticate", one.as_str())], vec![("www-authenticate", md5), ("www-authenticate", sha)]];
    for headers in several {
        let challenge = Answer::new(401, &headers, "");
        let server = Server::start(move |received| match received.directive("algorithm") {
            Some("SHA-256") => Answer::json(200, USER),
            _ => challenge.clone(),
        })
        .await;
        client(&server).get_user("1").await.unwrap();
        let received = server.received();
        assert_eq!((received[1].directive("nonce"), received[1].directive("response").unwrap().len()), (Some("2"), 64));
    }
}
