//! An operation of an API, as constant data.

use http::Method;

use crate::request::Encoding;
use crate::scheme::Requirements;

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
    /// The server in whose place another one than the base URL stands.
    pub(crate) server: Option<&'static str>,
    pub(crate) accept: Option<&'static str>,
    pub(crate) content_type: Option<&'static str>,
    /// How members of a form or multipart body are written that are not written in the usual way.
    pub(crate) encoding: &'static [Encoding],
    idempotent: bool,
    /// What a call needs, where that is not what the document asks for in general. Empty: no credentials.
    pub(crate) security: Option<Requirements>,
    pub(crate) enveloped: bool,
    /// How the page behind the one that came is asked for, where the answer is a page of a list.
    pub(crate) next_page: Option<NextPage>,
    /// The member that says whether there are more pages.
    pub(crate) more: Option<&'static str>,
}

/// How the page behind the one that came is asked for. `at` and `items` are JSON pointers (RFC 6901).
#[derive(Clone, Copy, Debug)]
pub(crate) enum NextPage {
    Link { at: &'static str },
    Cursor { parameter: &'static str, at: &'static str },
    After { parameter: &'static str, items: &'static str, at: &'static str },
    Number { parameter: &'static str, first: u32 },
    Offset { parameter: &'static str },
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
            server: None,
            accept: None,
            content_type: None,
            encoding: &[],
            idempotent,
            security: None,
            enveloped: false,
            next_page: None,
            more: None,
        }
    }

    /// Says that it is called at one of the service's other servers ([`Service::SERVERS`](crate::Service::SERVERS)), by the
    /// URL that the document has for that one.
    pub const fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
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

    /// Says how members of a form or multipart body are written that are not written in the usual way.
    pub const fn encoding(mut self, encoding: &'static [Encoding]) -> Self {
        self.encoding = encoding;
        self
    }

    /// Says that requests go out without the client's credentials.
    pub const fn unauthenticated(mut self) -> Self {
        self.security = Some(&[]);
        self
    }

    /// Sets what a call needs, where that is not what the document asks for in general
    /// ([`Description::security`](crate::Description::security)).
    pub const fn security(mut self, requirements: Requirements) -> Self {
        self.security = Some(requirements);
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

    /// Says that the answer is a page of a list, and where in it the link to the next one is: at a JSON pointer, a text, an
    /// object with `href`, or a list of such with `rel`, of which one is `next`.
    pub const fn next_link(mut self, at: &'static str) -> Self {
        self.next_page = Some(NextPage::Link { at });
        self
    }

    /// Says that the answer is a page of a list, and that a query parameter takes what is at a JSON pointer in it for the
    /// next one.
    pub const fn next_cursor(mut self, parameter: &'static str, at: &'static str) -> Self {
        self.next_page = Some(NextPage::Cursor { parameter, at });
        self
    }

    /// Says that the answer is a page of a list, and that a query parameter takes what is in the last element for the next
    /// one. Both pointers are JSON pointers: to the list, and from the element on.
    pub const fn next_after(mut self, parameter: &'static str, items: &'static str, at: &'static str) -> Self {
        self.next_page = Some(NextPage::After { parameter, items, at });
        self
    }

    /// Says that the answer is a page of a list, and that a query parameter takes its number. Where none is given, the page
    /// is the first.
    pub const fn next_number(mut self, parameter: &'static str, first: u32) -> Self {
        self.next_page = Some(NextPage::Number { parameter, first });
        self
    }

    /// Says that the answer is a page of a list, and that a query parameter takes how many elements come before it.
    pub const fn next_offset(mut self, parameter: &'static str) -> Self {
        self.next_page = Some(NextPage::Offset { parameter });
        self
    }

    /// Says where in a page it stands whether there are more: at a JSON pointer, a truth value.
    pub const fn more(mut self, at: &'static str) -> Self {
        self.more = Some(at);
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
