//! Credentials that are the same on every request: in a header, the query, or a cookie.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};

use super::kind::Part;
use super::{Layer, Surroundings, bearer, sensitive};
use crate::request::{Request, put_header};
use crate::scheme::SchemeKind;
use crate::url::escape;

/// What goes onto each request.
pub(super) enum Mark {
    Header(HeaderName, HeaderValue),
    /// The parameter's name, and the pair as it goes out.
    Query(&'static str, String),
    /// The cookie's name, and the pair as it goes out.
    Cookie(&'static str, String),
}

impl Mark {
    /// Puts it on a request. What the caller has put there stands, and so does what another scheme has put there before.
    pub(super) fn put_on(&self, request: &mut Request) -> Result<(), String> {
        match self {
            Self::Header(name, value) => {
                if !request.headers.contains_key(name) {
                    put_header(&mut request.headers, name.clone(), value.clone());
                }
                Ok(())
            }
            Self::Query(name, pair) => request.add_secret_query(name, pair),
            Self::Cookie(name, pair) => {
                let given = request.headers.get(COOKIE).map(HeaderValue::as_bytes).unwrap_or_default();
                let mut given_names = given.split(|byte| *byte == b';').map(|given| {
                    let name = given.split(|byte| *byte == b'=').next().unwrap_or_default();
                    name.trim_ascii()
                });
                if given_names.any(|given| given == name.as_bytes()) {
                    return Ok(());
                }
                let separator: &[u8] = if given.is_empty() { b"" } else { b"; " };
                let cookies = HeaderValue::from_bytes(&[given, separator, pair.as_bytes()].concat());
                let cookies = cookies.map_err(|_| "the cookies hold what no header may hold".to_owned())?;
                put_header(&mut request.headers, COOKIE, cookies);
                Ok(())
            }
        }
    }
}

/// `Bearer …` (RFC 6750 section 2.1).
pub(super) fn bearer_token(part: Part, _: &Surroundings<'_>) -> Result<Layer, String> {
    Ok(authorization(bearer(&part.secret)?))
}

/// `Basic …` (RFC 7617 section 2), in UTF-8.
pub(super) fn basic(part: Part, _: &Surroundings<'_>) -> Result<Layer, String> {
    if part.id.contains(':') {
        return Err("the user name has a colon in it, where HTTP basic ends it".to_owned());
    }
    let pair = STANDARD.encode(format!("{}:{}", part.id, part.secret.expose()));
    Ok(authorization(sensitive(&format!("Basic {pair}"))?))
}

/// A key, where its scheme has its place.
pub(super) fn key(part: Part, client: &Surroundings<'_>) -> Result<Layer, String> {
    let key = part.secret.expose();
    Ok(Layer::Fixed(match part.scheme.and_then(|name| client.description.scheme(name)).map(|scheme| scheme.kind) {
        Some(SchemeKind::Header(name)) => {
            let header = HeaderName::try_from(name).map_err(|_| format!("`{name}` is no header's name"))?;
            Mark::Header(header, sensitive(key)?)
        }
        Some(SchemeKind::Query(name)) => Mark::Query(name, format!("{}={}", escape(name), escape(key))),
        Some(SchemeKind::Cookie(name)) => {
            // RFC 6265 section 4.1.1; an escape would be part of the value.
            let is_fit = |byte: u8| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte);
            if !key.bytes().all(is_fit) {
                return Err("the key holds characters that no cookie may hold".to_owned());
            }
            Mark::Cookie(name, format!("{name}={key}"))
        }
        Some(SchemeKind::Http(scheme)) => return Ok(authorization(sensitive(&format!("{scheme} {key}"))?)),
        _ => return Err("the service has no scheme for such a key".to_owned()),
    }))
}

fn authorization(value: HeaderValue) -> Layer {
    Layer::Fixed(Mark::Header(AUTHORIZATION, value))
}
