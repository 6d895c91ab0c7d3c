//! The entries of one JSON object, read one after the other.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::de::StrRead;
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
    map: A,
    /// What only unions need.
    held: Option<Box<Held<'de>>>,
}

#[derive(Debug, Default)]
struct Held<'de> {
    entries: VecDeque<HeldEntry<'de>>,
    /// The value of the key that was given last, when that was one held back.
    value: Option<Box<RawValue>>,
    /// The text of the tag that was looked for last, if its JSON has escapes.
    escaped_tag: Option<String>,
    /// The tags that were found, and whether the entry was given since.
    tags: Vec<(&'static str, bool)>,
}

type HeldEntry<'de> = (Cow<'de, str>, Box<RawValue>);

impl<'de, A: MapAccess<'de>> Entries<'de, A> {
    pub(super) fn new(map: A) -> Self {
        Self { map, held: None }
    }

    /// The next key, in the input's order.
    #[inline]
    pub(super) fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        match &mut self.held {
            Some(held) => held.next_key(&mut self.map),
            None => self.map.next_key_seed(KeySeed),
        }
    }

    /// The value of the key that was given last, if that was one held back.
    #[inline]
    fn held_value(&mut self) -> Option<Box<RawValue>> {
        self.held.as_mut()?.value.take()
    }

    /// Puts the value of the key that was given last into `place`.
    #[inline]
    pub(super) fn read_value<T: Decode>(&mut self, place: &mut T) -> Result<(), A::Error> {
        match self.held_value() {
            Some(json) => reread_by(&json, &mut |deserializer| read_into(place, deserializer)),
            None => self.map.next_value_seed(SeedInto(place)),
        }
    }

    /// The value of the key that was given last.
    pub(super) fn next_value<T: Decode>(&mut self) -> Result<T, A::Error> {
        match self.held_value() {
            Some(json) => reread(&json),
            None => self.map.next_value_seed(Seed(PhantomData)),
        }
    }

    /// The value of the key that was given last, as text.
    fn next_text(&mut self) -> Result<Box<RawValue>, A::Error> {
        match self.held_value() {
            Some(json) => Ok(json),
            None => self.map.next_value(),
        }
    }

    /// Passes over the value of the key that was given last.
    #[inline]
    pub(super) fn skip_value(&mut self) -> Result<(), A::Error> {
        match self.held_value() {
            Some(_) => Ok(()),
            None => self.map.next_value::<IgnoredAny>().map(|_| ()),
        }
    }

    /// Looks ahead for the member `name` and tells its text (of a number or a boolean its JSON
    /// text). Nothing, when there is no such member or it is something else. Every entry is still
    /// to be read afterwards.
    pub fn tag(&mut self, name: &'static str) -> Result<Option<&str>, A::Error> {
        let Held { entries, escaped_tag, tags, .. } = &mut **self.held.get_or_insert_default();
        let place = match entries.iter().position(|(key, _)| key == name) {
            None => hold_until(name, &mut self.map, entries)?,
            place => place,
        };
        let Some((_, value)) = place.and_then(|place| entries.get(place)) else {
            return Ok(None);
        };
        tags.push((name, false));
        let json = value.get();
        Ok(match json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(text) if text.contains('\\') => {
                *escaped_tag = serde_json::from_str(json).ok();
                escaped_tag.as_deref()
            }
            Some(text) => Some(text),
            None if json.starts_with(['{', '[', 'n']) => None,
            None => Some(json),
        })
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
            object.push_str(self.next_text()?.get());
        }
        object.push('}');
        let object = RawValue::from_string(object).map_err(Error::custom)?;
        reread(&object)
    }
}

impl<'de> Held<'de> {
    /// The next key. A tag that stands a second time is passed over: the first has chosen the variant, and one that held another
    /// tag would be written as what it was not.
    fn next_key<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
        loop {
            self.value = None;
            let key = match self.entries.pop_front() {
                Some((key, value)) => {
                    self.value = Some(value);
                    key
                }
                None => match map.next_key_seed(KeySeed)? {
                    Some(key) => key,
                    None => return Ok(None),
                },
            };
            let mut tags = self.tags.iter_mut().filter(|(tag, _)| *tag == key);
            let is_repeated = match tags.next() {
                Some((_, given)) => std::mem::replace(given, true),
                None => false,
            };
            match (is_repeated, &self.value) {
                (false, _) => return Ok(Some(key)),
                (true, Some(_)) => {}
                (true, None) => map.next_value::<IgnoredAny>().map(|_| ())?,
            }
        }
    }
}

/// Holds entries back up to the one named `name`, whose place among them it returns.
fn hold_until<'de, A: MapAccess<'de>>(
    name: &str,
    map: &mut A,
    held: &mut VecDeque<HeldEntry<'de>>,
) -> Result<Option<usize>, A::Error> {
    while let Some(key) = map.next_key_seed(KeySeed)? {
        let value = map.next_value()?;
        let is_it = key == name;
        held.push_back((key, value));
        if is_it {
            return Ok(Some(held.len() - 1));
        }
    }
    Ok(None)
}

/// Reads a value from JSON that was held back.
///
/// The error's position is left to the caller's deserializer: one inside the held text would
/// mislead.
pub(super) fn reread<T: Decode, E: Error>(json: &RawValue) -> Result<T, E> {
    check_depth(json.get())?;
    T::decode(&mut serde_json::Deserializer::from_str(json.get())).map_err(without_position)
}

/// As [`reread`], for a caller who puts the value where it belongs.
fn reread_by<E: Error>(
    json: &RawValue,
    read: &mut dyn FnMut(&mut serde_json::Deserializer<StrRead<'_>>) -> serde_json::Result<()>,
) -> Result<(), E> {
    check_depth(json.get())?;
    read(&mut serde_json::Deserializer::from_str(json.get())).map_err(without_position)
}

fn check_depth<E: Error>(json: &str) -> Result<(), E> {
    match nesting::is_within_limit(json) {
        true => Ok(()),
        false => Err(E::custom("recursion limit exceeded")),
    }
}

#[cold]
fn without_position<E: Error>(error: serde_json::Error) -> E {
    E::custom(bare_message(&error))
}

/// Reads a value into its place: one from the input, or one that was held back. It is kept apart so
/// that both share one copy of the code that reads the type.
#[inline(never)]
fn read_into<'de, T: Decode, D: Deserializer<'de>>(place: &mut T, deserializer: D) -> Result<(), D::Error> {
    *place = T::decode(deserializer)?;
    Ok(())
}

/// Lets a serde access read a value into its place.
struct SeedInto<'a, T>(&'a mut T);

impl<'de, T: Decode> DeserializeSeed<'de> for SeedInto<'_, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        read_into(self.0, deserializer)
    }
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
