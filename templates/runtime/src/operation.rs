//! An operation of an API, as constant data.

use http::Method;

/// An operation, as the document describes it.
///
/// ```
/// use client_runtime::Operation;
///
/// static ADD_USER: Operation = Operation::post("addUser", "/teams/{teamId}:addUser")
///     .accept("application/json")
///     .content_type("application/json");
/// # assert_eq!(ADD_USER.id(), "addUser");
/// # assert!(!ADD_USER.is_idempotent());
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// The path below the base URL: literal text, and parameters as `{name}`.
    pub(crate) template: &'static str,
    pub(crate) accept: Option<&'static str>,
    pub(crate) content_type: Option<&'static str>,
    idempotent: bool,
    pub(crate) authenticated: bool,
    pub(crate) enveloped: bool,
}

/// A constructor for each method, with whether a request of it may be repeated (RFC 9110 section 9.2.2).
macro_rules! constructors {
    ($($name:ident $method:ident $idempotent:literal;)*) => {$(
        #[doc = concat!("An operation with the method `", stringify!($method), "`, its id, and its path template.")]
        pub const fn $name(id: &'static str, template: &'static str) -> Self {
            Self::new(id, Method::$method, template, $idempotent)
        }
    )*};
}

impl Operation {
    constructors! {
        get GET true;
        put PUT true;
        post POST false;
        delete DELETE true;
        options OPTIONS true;
        head HEAD true;
        patch PATCH false;
        trace TRACE true;
    }

    const fn new(id: &'static str, method: Method, template: &'static str, idempotent: bool) -> Self {
        Self {
            id,
            method,
            template,
            accept: None,
            content_type: None,
            idempotent,
            authenticated: true,
            enveloped: false,
        }
    }

    /// Sets the media types asked for.
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// Sets the body's media type, in place of the usual one for the kind of body.
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// Says that requests go out without the client's credentials.
    pub const fn unauthenticated(mut self) -> Self {
        self.authenticated = false;
        self
    }

    /// Sets whether sending the request twice does what sending it once does, where the method's own rule is not right.
    pub const fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    /// Says that the body which the document declares is the service's envelope itself: it is not taken off. An error in
    /// it still is one.
    pub const fn enveloped(mut self) -> Self {
        self.enveloped = true;
        self
    }

    /// The operation's id.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// Whether sending the request twice does what sending it once does (RFC 9110 section 9.2.2).
    #[must_use]
    pub const fn is_idempotent(&self) -> bool {
        self.idempotent
    }
}
