//! What one fake service knows and insists on.

use std::time::Duration;

use super::auth_digest::Algorithm;

/// How one fake service behaves throughout; a script changes single answers.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port to listen on; 0 takes any that is free.
    pub port: u16,
    /// The id of the one service account.
    pub client_id: String,
    /// The secret of the service account.
    pub client_secret: String,
    /// The public part of the one API key.
    pub public_key: String,
    /// The private part of the API key.
    pub private_key: String,
    /// A token that is accepted without having been issued.
    pub access_token: String,
    /// How long an issued token is good for, to the second: `expires_in` says the same.
    pub token_lifetime: Duration,
    /// How the token endpoint words a refusal.
    pub token_errors: TokenErrors,
    /// The digest challenges to offer, in this order.
    pub algorithms: Vec<Algorithm>,
    /// Whether a challenge offers `qop="auth"`; without it the client answers as in RFC 2069.
    pub offer_qop: bool,
    /// How often a digest nonce may be used.
    pub nonce_use: NonceUse,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            client_id: "mdb_sa_id_65f0c0ffee65f0c0ffee65f0".to_owned(),
            client_secret: "mdb_sa_sk_not-really-a-secret".to_owned(),
            public_key: "fakepubl".to_owned(),
            private_key: "0f4ced00-0000-4000-8000-00000000beef".to_owned(),
            access_token: "a-token-that-was-always-there".to_owned(),
            token_lifetime: Duration::from_secs(3600),
            token_errors: TokenErrors::Rfc6749,
            algorithms: vec![Algorithm::Md5],
            offer_qop: true,
            nonce_use: NonceUse::Unlimited,
        }
    }
}

/// How often a digest nonce may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonceUse {
    /// As often as the client likes, with a rising `nc`.
    Unlimited,
    /// This often; the next use is answered with a fresh nonce and `stale=true`.
    StaleAfter(u32),
    /// Once; a second use is refused as if the credentials were wrong.
    Once,
}

/// The two shapes of an error that the token endpoint is known to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenErrors {
    /// `error` is a string, as in RFC 6749 section 5.2.
    Rfc6749,
    /// `error` is a number, as everywhere else in the API.
    ApiError,
}
