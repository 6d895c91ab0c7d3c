//! The entries of one JSON object, read one after the other.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::decode::Decode;
use super::error::bare_message;
use super::nesting;

/// The entries of one JSON object: first those that were held back, then the rest of the input.
///
/// A union must know its tag before it can read anything else, and the tag may stand anywhere. So
/// it holds back what comes before the tag, as text, and then hands all entries to the variant,
/// which sees them as if it were the first to read.
#[derive(Debug)]
pub struct Entries<'de, A> {
    held: VecDeque<(Cow<'de, str>, Box<RawValue>)>,
    /// The value of the key that was given last, when that was one held back.
    value: Option<Box<RawValue>>,
    /// The tag that was looked for last.
    tag: Option<String>,
    map: A,
}

impl<'de, A: MapAccess<'de>> Entries<'de, A> {
    pub(super) fn new(map: A) -> Self {
        Self { held: VecDeque::new(), value: None, tag: None, map }
    }

    /// The next key, in the input's order.
    #[inline]
    pub(super) fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        if let Some((key, value)) = self.held.pop_front() {
            self.value = Some(value);
            return Ok(Some(key));
        }
        self.map.next_key_seed(KeySeed)
    }

    /// The value of the key that was given last.
    #[inline]
    pub(super) fn next_value<T: Decode>(&mut self) -> Result<T, A::Error> {
        match self.value.take() {
            Some(json) => reread(&json),
            None => self.map.next_value_seed(Seed(PhantomData)),
        }
    }

    /// Passes over the value of the key that was given last.
    #[inline]
    pub(super) fn skip_value(&mut self) -> Result<(), A::Error> {
        match self.value.take() {
            Some(_) => Ok(()),
            None => self.map.next_value::<IgnoredAny>().map(|_| ()),
        }
    }

    /// Looks ahead for the member `name` and tells its text (of a number or a boolean its JSON
    /// text). Nothing, when there is no such member or it is something else. Every entry is still
    /// to be read afterwards.
    pub fn tag(&mut self, name: &str) -> Result<Option<&str>, A::Error> {
        self.tag = match self.held.iter().find(|(key, _)| key == name) {
            Some((_, value)) => scalar_text(value),
            None => self.hold_until(name)?,
        };
        Ok(self.tag.as_deref())
    }

    /// Holds entries back up to the one named `name`, whose text it returns.
    fn hold_until(&mut self, name: &str) -> Result<Option<String>, A::Error> {
        while let Some(key) = self.map.next_key_seed(KeySeed)? {
            let value: Box<RawValue> = self.map.next_value()?;
            let text = (key == name).then(|| scalar_text(&value));
            self.held.push_back((key, value));
            if let Some(text) = text {
                return Ok(text);
            }
        }
        Ok(None)
    }

    /// Reads the entries as a `T`, which `wrap` makes a variant of.
    pub fn read_as<T: Decode, U>(&mut self, wrap: fn(T) -> U) -> Result<U, A::Error> {
        T::decode_entries(self).map(wrap)
    }

    /// Reads all entries as one object, for a type that does not read entries itself.
    pub(super) fn reread_whole<T: Decode>(&mut self) -> Result<T, A::Error> {
        let mut object = String::from("{");
        while let Some(key) = self.next_key()? {
            if object.len() > 1 {
                object.push(',');
            }
            object.push_str(&serde_json::to_string(&key).map_err(Error::custom)?);
            object.push(':');
            let value = match self.value.take() {
                Some(value) => value,
                None => self.map.next_value()?,
            };
            object.push_str(value.get());
        }
        object.push('}');
        let object = RawValue::from_string(object).map_err(Error::custom)?;
        reread(&object)
    }
}

/// The text of a string, the JSON text of a number or a boolean.
fn scalar_text(json: &RawValue) -> Option<String> {
    match json.get().as_bytes().first()? {
        b'"' => serde_json::from_str(json.get()).ok(),
        b'{' | b'[' | b'n' => None,
        _ => Some(json.get().to_owned()),
    }
}

/// Reads a value from JSON that was held back.
///
/// The error's position is left to the caller's deserializer: one inside the held text would
/// mislead.
pub(super) fn reread<T: Decode, E: Error>(json: &RawValue) -> Result<T, E> {
    if !nesting::is_within_limit(json.get()) {
        return Err(E::custom("recursion limit exceeded"));
    }
    let mut deserializer = serde_json::Deserializer::from_str(json.get());
    T::decode(&mut deserializer).map_err(|error| E::custom(bare_message(&error)))
}

/// Lets a serde access read by [`Decode`].
pub(super) struct Seed<T>(pub(super) PhantomData<T>);

impl<'de, T: Decode> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

/// Reads a key, without a copy where the input has it as it is.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }

    fn visit_string<E: Error>(self, key: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(key))
    }
}
