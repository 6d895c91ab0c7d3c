//! Tests of the harness: that the server lets in who should be let in, and no one else.

use super::*;
use crate::fake_atlas::{Algorithm, DigestInput, digest_response};

const TARGET: &str = "/api/atlas/v2/orgs/32b6e34b3d91647abb20e7b8/teams/32b6e34b3d91647abb20e7b8:addUser?pretty=true";

/// Posts to the target and returns the whole answer.
fn post(apache: &Apache, authorization: Option<&str>) -> String {
    let header = authorization.map_or_else(String::new, |v| format!("Authorization: {v}\r\n"));
    let request = format!(
        "POST {TARGET} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n{header}\r\n{{}}"
    );
    converse(apache.address(), &request).unwrap_or_else(|error| panic!("{error}: {}", apache.log()))
}

fn converse(address: SocketAddr, request: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// A quoted directive of the challenge in an answer.
fn directive<'a>(answer: &'a str, name: &str) -> &'a str {
    let (_, rest) = answer.split_once(&format!("{name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

/// Answers a challenge. The server counts requests by the `opaque` that the client sends back.
fn credentials(options: &Options, challenge: &str, count: &str) -> String {
    let nonce = directive(challenge, "nonce");
    let opaque = directive(challenge, "opaque");
    let response = digest_response(
        Algorithm::Md5,
        &DigestInput {
            username: &options.public_key,
            realm: REALM,
            password: &options.private_key,
            nonce,
            method: "POST",
            uri: TARGET,
            protection: Some((count, "client")),
        },
    );
    format!(
        "Digest username=\"{}\", realm=\"{REALM}\", nonce=\"{nonce}\", uri=\"{TARGET}\", algorithm=MD5, opaque=\"{opaque}\", qop=auth, nc={count}, cnonce=\"client\", response=\"{response}\"",
        options.public_key
    )
}

/// A running server; `None`, with a word about it, where there is none on this machine.
fn running(options: &Options) -> Option<Apache> {
    match Apache::start(options).unwrap() {
        Start::Running(apache) => Some(apache),
        Start::NotInstalled(missing) => {
            eprintln!("skipped: {missing}");
            None
        }
    }
}

#[test]
fn signed_in_post_is_answered_and_count_is_checked() {
    let options = Options::default();
    let Some(apache) = running(&options) else {
        return;
    };
    let stranger = post(&apache, None);
    assert!(stranger.starts_with("HTTP/1.1 401"), "{stranger}");
    for count in ["00000001", "00000002"] {
        let answer = post(&apache, Some(&credentials(&options, &stranger, count)));
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.ends_with(BODY), "{answer}");
        assert!(answer.contains("application/vnd.atlas.2025-02-19+json"));
    }
    let replayed = post(&apache, Some(&credentials(&options, &stranger, "00000002")));
    assert!(replayed.starts_with("HTTP/1.1 401"), "{replayed}");
    assert_eq!(apache.statuses(4).unwrap(), [401, 200, 200, 401]);
}

#[test]
fn wrong_password_is_refused() {
    let options = Options::default();
    let Some(apache) = running(&options) else {
        return;
    };
    let stranger = post(&apache, None);
    let wrong = Options {
        private_key: "wrong".to_owned(),
        ..options
    };
    let answer = post(&apache, Some(&credentials(&wrong, &stranger, "00000001")));
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(!answer.contains("stale=true"), "{answer}");
}

#[test]
fn old_nonce_is_stale() {
    let options = Options {
        nonce_lifetime: 1,
        ..Options::default()
    };
    let Some(apache) = running(&options) else {
        return;
    };
    let stranger = post(&apache, None);
    let credentials = credentials(&options, &stranger, "00000001");
    sleep(Duration::from_millis(2100));
    let answer = post(&apache, Some(&credentials));
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(answer.contains("stale=true"), "{answer}");
}

#[test]
fn server_ends_with_its_handle() {
    let Some(apache) = running(&Options::default()) else {
        return;
    };
    let (address, name) = (apache.address(), name(apache.folder.path()));
    drop(apache);
    // Another test's server may have the port by now.
    assert!(!tells_name(address, &name).unwrap_or(false));
}

#[test]
fn another_server_on_the_port_is_not_taken_for_it() {
    let Ok(installation) = Installation::find() else {
        return;
    };
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = taken.local_addr().unwrap();
    std::thread::spawn(move || taken.incoming().for_each(drop));
    let error = Apache::launch(&installation, &Options::default(), address).unwrap_err();
    assert!(error.to_string().contains("does not come up"), "{error}");
}
