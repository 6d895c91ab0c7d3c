//! Writes an object with its tag, where the object's own type does not hold it.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use serde_json::Value;

/// Writes `value` with the member `tag`, unless it writes that member itself (a type keeps members that it does not
/// know, among them a tag that was read). What is no object is written as it is.
pub fn write_with_tag<T: Serialize + ?Sized, S: Serializer>(
    value: &T,
    tag: &'static str,
    text: &'static str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.serialize(Tagging { tag, text, inner: serializer })
}

/// A serializer that puts a tag into the object it is given.
struct Tagging<S> {
    tag: &'static str,
    text: &'static str,
    inner: S,
}

impl<S> Tagging<S> {
    fn begun<M>(tag: &'static str, text: &'static str, inner: M) -> Tagged<M> {
        Tagged { tag: Some(tag), text, inner }
    }
}

/// An object on its way, and the tag as long as it is not in it.
struct Tagged<M> {
    tag: Option<&'static str>,
    text: &'static str,
    inner: M,
}

/// What is written as it is.
macro_rules! as_it_is {
    ($($name:ident($($argument:ident: $type:ty),*) -> $result:ident;)*) => {$(
        fn $name(self, $($argument: $type),*) -> Result<S::$result, S::Error> {
            self.inner.$name($($argument),*)
        }
    )*};
}

impl<S: Serializer> Serializer for Tagging<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = S::SerializeSeq;
    type SerializeTuple = S::SerializeTuple;
    type SerializeTupleStruct = S::SerializeTupleStruct;
    type SerializeTupleVariant = S::SerializeTupleVariant;
    type SerializeMap = Tagged<S::SerializeMap>;
    type SerializeStruct = Tagged<S::SerializeStruct>;
    type SerializeStructVariant = S::SerializeStructVariant;

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        let inner = self.inner.serialize_map(length.map(|length| length + 1))?;
        Ok(Self::begun(self.tag, self.text, inner))
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        let inner = self.inner.serialize_struct(name, length + 1)?;
        Ok(Self::begun(self.tag, self.text, inner))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_variant(name, index, variant, value)
    }

    as_it_is! {
        serialize_bool(value: bool) -> Ok;
        serialize_i8(value: i8) -> Ok;
        serialize_i16(value: i16) -> Ok;
        serialize_i32(value: i32) -> Ok;
        serialize_i64(value: i64) -> Ok;
        serialize_u8(value: u8) -> Ok;
        serialize_u16(value: u16) -> Ok;
        serialize_u32(value: u32) -> Ok;
        serialize_u64(value: u64) -> Ok;
        serialize_f32(value: f32) -> Ok;
        serialize_f64(value: f64) -> Ok;
        serialize_char(value: char) -> Ok;
        serialize_str(value: &str) -> Ok;
        serialize_bytes(value: &[u8]) -> Ok;
        serialize_none() -> Ok;
        serialize_unit() -> Ok;
        serialize_unit_struct(name: &'static str) -> Ok;
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> Ok;
        serialize_seq(length: Option<usize>) -> SerializeSeq;
        serialize_tuple(length: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, length: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, length: usize) -> SerializeTupleVariant;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, length: usize) -> SerializeStructVariant;
    }
}

impl<M: SerializeMap> SerializeMap for Tagged<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        let is_tag = |tag| matches!(serde_json::to_value(key), Ok(Value::String(key)) if key == tag);
        self.tag = self.tag.filter(|tag| !is_tag(*tag));
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        self.inner.serialize_value(value)
    }

    fn end(mut self) -> Result<M::Ok, M::Error> {
        if let Some(tag) = self.tag {
            self.inner.serialize_entry(tag, self.text)?;
        }
        self.inner.end()
    }
}

impl<M: SerializeStruct> SerializeStruct for Tagged<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), M::Error> {
        self.tag = self.tag.filter(|tag| *tag != name);
        self.inner.serialize_field(name, value)
    }

    fn end(mut self) -> Result<M::Ok, M::Error> {
        if let Some(tag) = self.tag {
            self.inner.serialize_field(tag, self.text)?;
        }
        self.inner.end()
    }
}

#[cfg(test)]
mod tests {
    // The macros give emitted types public methods; here nothing sees them from outside.
    #![allow(unreachable_pub, dead_code)]

    use std::collections::BTreeMap;

    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, SerializeStruct, Serializer};

    use crate::codec::{Value, decode, encode};
    use crate::{object, one_of};

    object! { struct Cat { optional name: String = "name" } new(), setters }
    object! { struct Dog { required kind: String = "kind" } new(kind: impl Into<String>) }
    object! { struct Bird { optional name: String = "name", rest others: Value } new(), setters }

    /// A type of somebody else's, written as derived code does.
    #[derive(Clone, Debug, PartialEq)]
    struct Given {
        wheels: u64,
    }

    impl Serialize for Given {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut members = serializer.serialize_struct("Given", 1)?;
            members.serialize_field("wheels", &self.wheels)?;
            members.end()
        }
    }

    impl<'de> Deserialize<'de> for Given {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let wheels = Value::deserialize(deserializer)?["wheels"].as_u64();
            wheels.map(|wheels| Self { wheels }).ok_or_else(|| D::Error::missing_field("wheels"))
        }
    }

    one_of! {
        enum Pet by "kind" {
            Cat(Cat) = tag "cat" | "tomcat", Dog(Dog) = "dog", Bird(Box<Bird>) = tag "bird",
            Car(crate::Own<Given>) = tag "car",
        }
    }

    fn written(json: &str) -> String {
        let pet: Pet = decode(json.as_bytes()).unwrap();
        String::from_utf8(encode(&pet).unwrap()).unwrap()
    }

    #[test]
    fn a_tag_that_the_type_does_not_hold_is_written_beside_its_members() {
        assert_eq!(written(r#"{"kind":"cat","name":"Tom"}"#), r#"{"name":"Tom","kind":"cat"}"#);
        assert_eq!(encode(&Pet::Cat(Cat::new())).unwrap(), br#"{"kind":"cat"}"#);
        assert_eq!(encode(&vec![Pet::Cat(Cat::new().name("a"))]).unwrap(), br#"[{"name":"a","kind":"cat"}]"#);
        assert_eq!(written(r#"{"kind":"car","wheels":4}"#), r#"{"wheels":4,"kind":"car"}"#);
    }

    #[test]
    fn a_tag_that_is_there_is_not_written_twice() {
        assert_eq!(written(r#"{"kind":"dog"}"#), r#"{"kind":"dog"}"#);
        assert_eq!(written(r#"{"kind":"bird","wings":2}"#), r#"{"kind":"bird","wings":2}"#);
        let mut bird = Bird::new();
        bird.others = BTreeMap::from([("wings".to_owned(), Value::from(2))]);
        assert_eq!(encode(&Pet::Bird(Box::new(bird))).unwrap(), br#"{"wings":2,"kind":"bird"}"#);
    }
}
