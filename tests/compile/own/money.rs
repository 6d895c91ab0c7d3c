//! Types that a user has.

use std::fmt;

/// An amount; on the wire it is text with two decimals.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    /// Hundredths.
    pub cents: i64,
}

impl From<Money> for String {
    fn from(money: Money) -> Self {
        format!("{}.{:02}", money.cents / 100, money.cents % 100)
    }
}

impl TryFrom<String> for Money {
    type Error = fmt::Error;

    fn try_from(text: String) -> Result<Self, fmt::Error> {
        let cents = text.replace('.', "").parse();
        cents.map(|cents| Self { cents }).map_err(|_| fmt::Error)
    }
}

/// The number of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Number(pub String);

/// What the derive macro implements.
pub trait Describe {
    /// The type's name.
    const NAME: &'static str;
}
