//! Tests of the digest arithmetic and checks.

use super::super::options::Options;
use super::*;

/// The example of RFC 7616 section 3.9.1.
const EXAMPLE: DigestInput<'static> = DigestInput {
    username: "Mufasa",
    realm: "http-auth@example.org",
    password: "Circle of Life",
    nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    method: "GET",
    uri: "/dir/index.html",
    protection: Some(("00000001", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")),
};

#[test]
fn md5_response_is_that_of_the_rfc() {
    assert_eq!(
        digest_response(Algorithm::Md5, &EXAMPLE),
        "8ca523f5e9506fed4657c9700eebdbec"
    );
}

#[test]
fn sha256_response_is_that_of_the_rfc() {
    assert_eq!(
        digest_response(Algorithm::Sha256, &EXAMPLE),
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    );
}

#[test]
fn directives_keep_quoted_commas_and_escapes() {
    let found = directives(r#"username="a, \"b\"", nc=00000001 ,URI="/x?y=1""#).unwrap();
    assert_eq!(found["username"], r#"a, "b""#);
    assert_eq!(found["nc"], "00000001");
    assert_eq!(found["uri"], "/x?y=1");
}

#[test]
fn directives_that_cannot_be_read_are_refused() {
    for text in [r#"username="open"#, "alone", "a=1, a=2", r#"a="1" b="2""#] {
        assert_eq!(directives(text), None, "{text}");
    }
}

/// One service, and the means to sign requests for it.
struct Fixture {
    shared: Shared,
    nonce: String,
}

impl Fixture {
    fn new(options: Options) -> Self {
        let shared = Shared::new(options);
        let nonce = fresh_nonce(&mut shared.state());
        Self { shared, nonce }
    }

    fn credentials(&self, count: &str, password: &str) -> String {
        let options = &self.shared.options;
        let response = digest_response(
            Algorithm::Md5,
            &DigestInput {
                username: &options.public_key,
                realm: REALM,
                password,
                nonce: &self.nonce,
                method: "GET",
                uri: "/a",
                protection: options.offer_qop.then_some((count, "c")),
            },
        );
        let protection = if options.offer_qop {
            format!(", qop=auth, nc={count}, cnonce=\"c\"")
        } else {
            String::new()
        };
        format!(
            "username=\"{}\", realm=\"{REALM}\", nonce=\"{}\", uri=\"/a\", response=\"{response}\"{protection}",
            options.public_key, self.nonce
        )
    }

    fn verify(&self, credentials: &str, target: &str) -> Verdict {
        let head = format!("GET {target} HTTP/1.1\r\n\r\n");
        let request = RecordedRequest::from_head(head.as_bytes(), Vec::new());
        verify(&self.shared, &request, credentials)
    }

    fn call(&self, count: &str) -> Verdict {
        let credentials = self.credentials(count, &self.shared.options.private_key);
        self.verify(&credentials, "/a")
    }
}

const REFUSED: Verdict = Verdict::Refused { stale: false };
const STALE: Verdict = Verdict::Refused { stale: true };

#[test]
fn right_credentials_pass_with_rising_counts() {
    let fixture = Fixture::new(Options::default());
    assert_eq!(fixture.call("00000001"), Verdict::Accepted);
    assert_eq!(fixture.call("00000002"), Verdict::Accepted);
}

#[test]
fn counts_may_overtake_one_another() {
    let fixture = Fixture::new(Options::default());
    assert_eq!(fixture.call("00000002"), Verdict::Accepted);
    assert_eq!(fixture.call("00000001"), Verdict::Accepted);
}

#[test]
fn repeated_count_is_refused() {
    let fixture = Fixture::new(Options::default());
    assert_eq!(fixture.call("00000001"), Verdict::Accepted);
    assert_eq!(fixture.call("00000001"), REFUSED);
}

#[test]
fn count_far_ahead_is_refused() {
    let fixture = Fixture::new(Options::default());
    assert_eq!(fixture.call("00000100"), REFUSED);
}

#[test]
fn count_must_be_eight_digits_from_one() {
    let fixture = Fixture::new(Options::default());
    for count in ["1", "00000000", "0000000g"] {
        assert!(
            matches!(fixture.call(count), Verdict::Malformed(_)),
            "{count}"
        );
    }
}

#[test]
fn wrong_password_is_refused_and_never_stale() {
    let fixture = Fixture::new(Options::default());
    fixture.shared.age_nonces();
    let credentials = fixture.credentials("00000001", "wrong");
    assert_eq!(fixture.verify(&credentials, "/a"), REFUSED);
}

#[test]
fn other_request_target_is_malformed() {
    let fixture = Fixture::new(Options::default());
    let credentials = fixture.credentials("00000001", &fixture.shared.options.private_key);
    assert!(matches!(
        fixture.verify(&credentials, "/a?b=1"),
        Verdict::Malformed(_)
    ));
}

#[test]
fn aged_and_unknown_nonces_are_stale() {
    let mut fixture = Fixture::new(Options::default());
    fixture.shared.age_nonces();
    assert_eq!(fixture.call("00000001"), STALE);
    "never-issued".clone_into(&mut fixture.nonce);
    assert_eq!(fixture.call("00000001"), STALE);
}

#[test]
fn nonce_goes_stale_after_its_uses() {
    let fixture = Fixture::new(Options {
        nonce_use: NonceUse::StaleAfter(1),
        ..Options::default()
    });
    assert_eq!(fixture.call("00000001"), Verdict::Accepted);
    assert_eq!(fixture.call("00000002"), STALE);
}

#[test]
fn nonce_for_one_use_is_refused_without_stale() {
    let fixture = Fixture::new(Options {
        nonce_use: NonceUse::Once,
        ..Options::default()
    });
    assert_eq!(fixture.call("00000001"), Verdict::Accepted);
    assert_eq!(fixture.call("00000002"), REFUSED);
}

#[test]
fn algorithm_that_was_not_offered_is_refused() {
    let fixture = Fixture::new(Options {
        algorithms: vec![Algorithm::Sha256],
        ..Options::default()
    });
    assert_eq!(fixture.call("00000001"), REFUSED);
}

#[test]
fn without_qop_the_old_form_is_expected() {
    let options = Options {
        offer_qop: false,
        ..Options::default()
    };
    let fixture = Fixture::new(options);
    assert_eq!(fixture.call(""), Verdict::Accepted);
    let challenge = challenge(&fixture.shared, Algorithm::Md5, true);
    assert!(!challenge.contains("qop"), "{challenge}");
    assert!(challenge.ends_with("stale=true"), "{challenge}");
}
