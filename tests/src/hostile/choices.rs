//! Bytes as choices, so that a fuzzer steers what is made of them.

use crate::oracle::random::Random;

/// Choices from bytes; when they have run out, every choice is the first.
#[derive(Clone, Debug)]
pub struct Choices<'b> {
    rest: &'b [u8],
}

impl<'b> Choices<'b> {
    /// Choices from these bytes.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether all bytes are used up.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else {
            return 0;
        };
        self.rest = rest;
        *first
    }

    /// A number below `end`, which is at most 256; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end.max(1)
    }

    /// True in about `of` of 256 cases.
    pub fn chance(&mut self, of: u8) -> bool {
        // The choice that is made when the bytes have run out is the one that adds nothing.
        self.byte() > 255 - of
    }

    /// One of several.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Some bytes as text.
    pub fn text(&mut self) -> String {
        let length = self.below(24).min(self.rest.len());
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        String::from_utf8_lossy(text).into_owned()
    }
}

/// Bytes that look random and are the same in every run.
#[must_use]
pub fn bytes(seed: &str, length: usize) -> Vec<u8> {
    let mut random = Random::new(seed);
    (0..length)
        .map(|_| u8::try_from(random.below(256)).expect("it is below 256"))
        .collect()
}
