//! The security schemes of a document, and what its operations ask for, as constant data.

/// What a call needs: alternatives, the best first; each names the schemes that go together. An empty alternative means
/// that a call may go without (OpenAPI 3.0.3, "Security Requirement Object").
pub type Requirements = &'static [&'static [&'static str]];

/// A way in which a service knows its callers (OpenAPI 3.0.3, "Security Scheme Object").
///
/// ```
/// use client_runtime::SecurityScheme;
///
/// const SCHEMES: &[SecurityScheme] = &[
///     SecurityScheme::header("apiKey", "X-API-Key").variables(&["SHOP_API_KEY"]),
///     SecurityScheme::oauth2("oauth"),
/// ];
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    pub(crate) name: &'static str,
    pub(crate) kind: SchemeKind,
    pub(crate) variables: &'static [&'static str],
}

/// What a scheme wants of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the query parameter of this name.
    Query(&'static str),
    /// A key in the cookie of this name.
    Cookie(&'static str),
    Basic,
    Bearer,
    Digest,
    /// `Authorization` with this scheme, and a text of the caller's behind it.
    Http(&'static str),
    OAuth2,
}

impl SecurityScheme {
    /// A key in a header.
    #[must_use]
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, SchemeKind::Header(header))
    }

    /// A key in a query parameter.
    #[must_use]
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, SchemeKind::Query(parameter))
    }

    /// A key in a cookie.
    #[must_use]
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, SchemeKind::Cookie(cookie))
    }

    /// HTTP basic authentication (RFC 7617).
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Basic)
    }

    /// A bearer token (RFC 6750).
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Bearer)
    }

    /// HTTP digest authentication (RFC 7616).
    #[must_use]
    pub const fn digest(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Digest)
    }

    /// Any other scheme of HTTP (RFC 9110 section 11.4): the caller gives what stands behind its name.
    #[must_use]
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self::new(name, SchemeKind::Http(scheme))
    }

    /// OAuth 2.0 or OpenID Connect: a bearer token, from wherever it comes.
    #[must_use]
    pub const fn oauth2(name: &'static str) -> Self {
        Self::new(name, SchemeKind::OAuth2)
    }

    /// Sets the environment variables that hold what the scheme wants: one, or two for a user's name and password.
    #[must_use]
    pub const fn variables(mut self, names: &'static [&'static str]) -> Self {
        self.variables = names;
        self
    }

    const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind, variables: &[] }
    }
}
