//! An operation of an API, as constant data.

/// An operation, as the document describes it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The operation's id, for errors and logs.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path below the base URL, in pieces.
    pub path: &'static [Segment],
    /// The media types asked for.
    pub accept: Option<&'static str>,
    /// The body's media type; `None` means the usual one for the kind of body.
    pub content_type: Option<&'static str>,
    /// Whether sending the request twice does what sending it once does (RFC 9110 section 9.2.2).
    pub idempotent: bool,
    /// Whether the request carries the client's credentials.
    pub authenticated: bool,
}

/// An HTTP method that OpenAPI knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Put => Self::PUT,
            Method::Post => Self::POST,
            Method::Delete => Self::DELETE,
            Method::Options => Self::OPTIONS,
            Method::Head => Self::HEAD,
            Method::Patch => Self::PATCH,
            Method::Trace => Self::TRACE,
        }
    }
}

/// A piece of a path template.
#[derive(Clone, Copy, Debug)]
pub enum Segment {
    /// Literal text, slashes included; it goes out as it stands.
    Text(&'static str),
    /// A parameter in the style `simple`, percent-encoded.
    Parameter(&'static str),
    /// A parameter whose value must match a pattern, or nothing is sent.
    Checked(&'static str, Pattern),
    /// A parameter in another style.
    Styled(&'static str, Style),
}

/// A simple anchored pattern: so many characters of one class, such as `^[a-f0-9]{24}$`.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    class: &'static str,
    least: usize,
    most: usize,
}

impl Pattern {
    /// A pattern from what stands between the brackets of its class (characters, ranges such as `a-f`, and `\` before
    /// a character meant literally) and the least and most number of characters; `usize::MAX` is without end.
    #[must_use]
    pub const fn new(class: &'static str, least: usize, most: usize) -> Self {
        Self { class, least, most }
    }

    /// What is wrong with the text, if anything. The text itself is not repeated.
    pub(crate) fn fault(&self, text: &str) -> Option<String> {
        let count = text.chars().count();
        if count < self.least || count > self.most {
            return Some(format!(
                "must have {} characters, has {count}",
                self.length()
            ));
        }
        let all_match = text.chars().all(|character| self.allows(character));
        (!all_match).then(|| format!("may have only the characters [{}]", self.class))
    }

    fn length(&self) -> String {
        match (self.least, self.most) {
            (least, most) if least == most => least.to_string(),
            (least, usize::MAX) => format!("at least {least}"),
            (least, most) => format!("{least} to {most}"),
        }
    }

    fn allows(&self, character: char) -> bool {
        let mut rest = self.class.chars();
        while let Some(first) = next_literal(&mut rest) {
            let mut ahead = rest.clone();
            // A `-` at the end of the class is itself; elsewhere it makes a range.
            let last = match (ahead.next(), next_literal(&mut ahead)) {
                (Some('-'), Some(last)) => {
                    rest = ahead;
                    last
                }
                _ => first,
            };
            if (first..=last).contains(&character) {
                return true;
            }
        }
        false
    }
}

/// The next character of a class, without the backslash that may stand before it.
fn next_literal(characters: &mut std::str::Chars<'_>) -> Option<char> {
    match characters.next()? {
        '\\' => characters.next(),
        character => Some(character),
    }
}

/// How a parameter is written (OpenAPI 3.0.3, "Style Values"; RFC 6570). The `Exploded` forms are those with
/// `explode: true`. Where the tables of OpenAPI 3.0.3 and RFC 6570 differ (a list in the style `label`), RFC 6570 holds,
/// as the later patch releases of OpenAPI say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `blue,black`; `R,100,G,200`. Paths and headers.
    Simple,
    /// `blue,black`; `R=100,G=200`.
    SimpleExploded,
    /// `.blue,black`; `.R,100,G,200`. Paths.
    Label,
    /// `.blue.black`; `.R=100.G=200`.
    LabelExploded,
    /// `;color=blue,black`; `;color=R,100,G,200`. Paths.
    Matrix,
    /// `;color=blue;color=black`; `;R=100;G=200`.
    MatrixExploded,
    /// `color=blue,black`; `color=R,100,G,200`. Queries and cookies.
    Form,
    /// `color=blue&color=black`; `R=100&G=200`.
    FormExploded,
    /// `color=blue%20black`. Queries.
    SpaceDelimited,
    /// `color=blue%7Cblack`. Queries.
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`. Queries. Objects inside go on with brackets, lists repeat the name.
    DeepObject,
    /// The whole value as JSON text: a parameter whose document gives it a `content` of JSON.
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_checks_length_and_characters() {
        let id = Pattern::new("a-f0-9", 4, 4);
        assert_eq!(id.fault("00ff"), None);
        assert_eq!(id.fault("00f").unwrap(), "must have 4 characters, has 3");
        assert_eq!(
            id.fault("00fg").unwrap(),
            "may have only the characters [a-f0-9]"
        );
    }

    #[test]
    fn a_pattern_understands_literal_hyphens_and_escapes() {
        let name = Pattern::new(r"a-z_\]\-.", 1, usize::MAX);
        assert_eq!(name.fault("ab_]-."), None);
        assert!(name.fault("A").is_some());
        assert_eq!(Pattern::new("a-", 1, 9).fault("a-a"), None);
        assert!(Pattern::new("a-", 1, 9).fault("b").is_some());
        assert!(name.fault("").unwrap().contains("at least 1"));
    }
}
