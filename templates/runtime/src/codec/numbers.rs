//! [`Decode`] for the integers.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use super::decode::Decode;

struct IntegerVisitor<T>(PhantomData<T>);

impl<'de, T: Integer> Visitor<'de> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an integer from {} to {}", T::MIN, T::MAX)
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    /// JSON Schema (draft 6 and later, section "type") counts 5.0 among the integers.
    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        // The cast saturates at bounds that no type here holds.
        let whole = (number.fract() == 0.0).then_some(number as i128);
        whole
            .and_then(|whole| T::try_from(whole).ok())
            .ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }
}

trait Integer: TryFrom<i64> + TryFrom<u64> + TryFrom<i128> {
    const MIN: i64;
    const MAX: u64;
}

macro_rules! decode_integer {
    ($($type:ident $method:ident),* $(,)?) => {
        $(
            impl Integer for $type {
                const MIN: i64 = $type::MIN as i64;
                const MAX: u64 = $type::MAX as u64;
            }

            impl Decode for $type {
                #[inline]
                fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.$method(IntegerVisitor(PhantomData))
                }
            }
        )*
    };
}

decode_integer!(
    i8 deserialize_i64,
    i16 deserialize_i64,
    i32 deserialize_i64,
    i64 deserialize_i64,
    u8 deserialize_u64,
    u16 deserialize_u64,
    u32 deserialize_u64,
    u64 deserialize_u64,
);
