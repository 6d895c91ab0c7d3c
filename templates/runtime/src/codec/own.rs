//! Values of types that the codec does not know.

use std::ops::{Deref, DerefMut};

use serde::de::value::{Error as Refused, UnitDeserializer};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, IntoDeserializer};
use serde::ser::{Serialize, Serializer};

use super::decode::Decode;

/// A value of a type of your own, which is read and written as its serde implementations say.
///
/// It stands where the config puts a type in place of an emitted one. The type implements
/// `Serialize` and `DeserializeOwned`, and for what stands around it `Clone`, `Debug` and
/// `PartialEq`. `From` makes it, and it derefs to the value.
///
/// ```
/// use client_runtime::{Own, object};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
/// struct Money {
///     cents: i64,
/// }
///
/// object! {
///     pub struct Bill {
///         required total: Own<Money> = "total",
///         optional parts: Vec<Own<Money>> = "parts",
///     }
///     new(total: impl Into<Own<Money>>), setters
/// }
///
/// let bill: Bill = client_runtime::decode(br#"{"total": {"cents": 5}}"#)?;
/// assert_eq!(bill.total.cents, 5);
/// assert_eq!(bill, Bill::new(Money { cents: 5 }));
/// # Ok::<(), client_runtime::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Own<T>(pub T);

impl<T: DeserializeOwned + 'static> Decode for Own<T> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }

    /// The type is asked whether it takes null.
    fn from_null() -> Option<Self> {
        let null: UnitDeserializer<Refused> = ().into_deserializer();
        T::deserialize(null).ok().map(Self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Own<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: Serialize> Serialize for Own<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T> From<T> for Own<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Own<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Own<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
