//! A UUID, as its wire text.

use super::text::text_type;

/// A UUID (RFC 9562): text such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`.
///
/// The text stays as it came, in its letter case, and text that is no UUID does not fail to be
/// read. Under the feature `uuid` it converts to `uuid::Uuid`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(String);

text_type!(Uuid);

#[cfg(feature = "uuid")]
mod with_uuid {
    use super::Uuid;

    impl From<uuid::Uuid> for Uuid {
        fn from(uuid: uuid::Uuid) -> Self {
            Self(uuid.to_string())
        }
    }

    /// Fails when the text is no UUID.
    impl TryFrom<&Uuid> for uuid::Uuid {
        type Error = uuid::Error;

        fn try_from(uuid: &Uuid) -> Result<Self, Self::Error> {
            uuid.as_str().parse()
        }
    }
}
