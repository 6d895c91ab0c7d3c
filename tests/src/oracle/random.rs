//! Numbers that look random and are the same in every run.

/// A generator of numbers: splitmix64.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// Starts from a text: FNV-1a, 64 bits.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        let state = seed.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self { state }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to just below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let number = self.number() % u64::try_from(end.max(1)).expect("a length fits");
        usize::try_from(number).expect("it is below a length")
    }

    /// A number from `first` to `last`, both included; `first` where the range is empty.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        let span = i128::from(last) - i128::from(first) + 1;
        if span < 1 {
            return first;
        }
        let offset = i128::from(self.number()) % span;
        i64::try_from(i128::from(first) + offset).expect("it is in the range")
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_gives_the_same_numbers() {
        let numbers = |seed| {
            let mut random = Random::new(seed);
            (0..8).map(|_| random.number()).collect::<Vec<_>>()
        };
        assert_eq!(numbers("#/a"), numbers("#/a"));
        assert_ne!(numbers("#/a"), numbers("#/b"));
    }

    #[test]
    fn ranges_hold_both_ends() {
        let mut random = Random::new("ends");
        let numbers: Vec<i64> = (0..200).map(|_| random.between(-1, 1)).collect();
        assert_eq!(numbers.iter().min(), Some(&-1));
        assert_eq!(numbers.iter().max(), Some(&1));
        assert!(random.between(i64::MIN, i64::MAX) != random.between(i64::MIN, i64::MAX));
    }
}
