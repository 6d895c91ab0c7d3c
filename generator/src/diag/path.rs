//! Places in a document.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// Where a node stands: a document and an RFC 6901 JSON pointer into it.
///
/// The document is empty for the root document, and else the path of another file, relative to the root document's folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecPath {
    document: Arc<str>,
    pointer: Arc<str>,
}

impl SpecPath {
    /// The root of the root document.
    pub fn root() -> Self {
        Self::in_document("")
    }

    /// The root of another document, named by its path relative to the root document's folder.
    pub fn in_document(document: &str) -> Self {
        Self {
            document: document.into(),
            pointer: "".into(),
        }
    }

    /// The child under `token`, which is given unescaped.
    #[must_use]
    pub fn join(&self, token: &str) -> Self {
        let mut pointer = String::with_capacity(self.pointer.len() + token.len() + 8);
        pointer.push_str(&self.pointer);
        pointer.push('/');
        if token.contains(['~', '/']) {
            pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
        } else {
            pointer.push_str(token);
        }
        Self {
            document: Arc::clone(&self.document),
            pointer: pointer.into(),
        }
    }

    /// The `index`th element of a list, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(&index.to_string())
    }

    /// The document: empty for the root document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The JSON pointer: empty for the document's root.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The pointer's tokens, unescaped, from the root down.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
        let mut tokens = self.pointer.split('/');
        tokens.next();
        tokens.map(|token| match token.contains('~') {
            true => Cow::Owned(token.replace("~1", "/").replace("~0", "~")),
            false => Cow::Borrowed(token),
        })
    }

    /// The last token, unescaped; empty at the root.
    pub fn last(&self) -> String {
        self.tokens().next_back().unwrap_or_default().into_owned()
    }
}

impl fmt::Display for SpecPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.document, self.pointer)
    }
}

impl fmt::Debug for SpecPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for SpecPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::SpecPath;

    #[test]
    fn tokens_are_escaped_in_the_pointer_and_come_back_as_given() {
        let path = SpecPath::root().join("paths").join("/a/{b}~c").index(2);
        assert_eq!(path.to_string(), "#/paths/~1a~1{b}~0c/2");
        assert_eq!(
            path.tokens().collect::<Vec<_>>(),
            ["paths", "/a/{b}~c", "2"]
        );
        assert_eq!(path.last(), "2");
    }
}
