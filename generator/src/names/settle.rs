//! Who gets a name that several could have.
//!
//! The outcome depends on the names in one scope alone, never on their order: in each round everyone who has no name yet
//! asks for the next of its candidates that is free; of those who ask for the same, the one that is written exactly so on
//! the wire gets it, else the first by priority and key.

use std::collections::{BTreeMap, BTreeSet};

use super::symbols;
use super::words::{Splitter, Words};

/// Something that needs a name.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// What it is called in the document.
    pub(super) wire: String,
    /// What it is known by: never an index, unique in its scope wherever the document is sound.
    pub(super) key: String,
    /// Who goes first: the lowest.
    pub(super) priority: u8,
    /// The name that the user gave.
    pub(super) pin: Option<Name>,
    /// What it would like to be called, best first.
    pub(super) candidates: Vec<Name>,
}

/// A name, and the words that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// As in code.
    pub(super) text: String,
    /// Its words.
    pub(super) words: Words,
}

/// Two claims for one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Collision {
    /// The claim that had to take another name.
    pub(super) loser: usize,
    /// The claim that got it.
    pub(super) winner: usize,
}

/// Gives each claim a name of its own that is not in `taken`, and adds it there. The names are in the order of the claims.
pub(super) fn settle(
    claims: &[Claim],
    taken: &mut BTreeSet<String>,
) -> (Vec<Name>, Vec<Collision>) {
    let mut names: Vec<Option<Name>> = vec![None; claims.len()];
    let mut collisions = Vec::new();
    let mut round = 0;
    while names.iter().any(Option::is_none) {
        let mut asked: BTreeMap<String, Vec<(usize, Name)>> = BTreeMap::new();
        for (index, claim) in claims.iter().enumerate() {
            if names.get(index).is_some_and(Option::is_none) {
                let name = claim.ask(round, taken);
                asked
                    .entry(name.text.clone())
                    .or_default()
                    .push((index, name));
            }
        }
        for (text, mut askers) in asked {
            askers.sort_by_key(|(index, _)| claims.get(*index).map(|claim| claim.rank(&text)));
            let mut askers = askers.into_iter();
            let Some((winner, name)) = askers.next() else {
                continue;
            };
            taken.insert(text);
            if let Some(slot) = names.get_mut(winner) {
                *slot = Some(name);
            }
            if round == 0 {
                collisions.extend(askers.map(|(loser, _)| Collision { loser, winner }));
            }
        }
        round += 1;
    }
    (names.into_iter().flatten().collect(), collisions)
}

impl Claim {
    /// The name to ask for in a round: the pin first, then the free candidates in order, then hashes.
    fn ask(&self, round: usize, taken: &BTreeSet<String>) -> Name {
        if let Some(pin) = self.pin.as_ref().filter(|_| round == 0) {
            return pin.clone();
        }
        let free = |name: &&Name| !taken.contains(&name.text);
        if let Some(name) = self.candidates.iter().find(free) {
            return name.clone();
        }
        let last = self.candidates.last().or(self.pin.as_ref());
        // Only two claims with one key, or with keys of one hash, come further than the first.
        let mut name = Self::hashed(last, &symbols::hash(&self.key));
        let mut salt = 0_usize;
        while taken.contains(&name.text) {
            salt += 1;
            name = Self::hashed(last, &symbols::hash(&format!("{}#{salt}", self.key)));
        }
        name
    }

    /// The last candidate with a hash behind it.
    fn hashed(last: Option<&Name>, hash: &str) -> Name {
        match last {
            Some(name) => name.and_hash(hash),
            None => Name {
                words: Words::one(hash),
                text: hash.to_owned(),
            },
        }
    }

    /// Pins win, then the priority, then what is written exactly so, then the order of the keys.
    fn rank(&self, text: &str) -> impl Ord + use<'_> {
        (
            self.pin.is_none(),
            self.priority,
            self.wire != text,
            self.key.as_str(),
        )
    }
}

impl Name {
    /// This name with a hash behind it, in the same case.
    fn and_hash(&self, hash: &str) -> Self {
        let words = self.words.and(hash);
        let text = if self.text == self.words.snake() {
            words.snake()
        } else {
            format!("{}{}", self.text, Words::one(hash).pascal())
        };
        Self { text, words }
    }
}

/// The ways to call something, best first: its words; then with its punctuation spelled out, or with a word for how it is written,
/// whichever says more; then both.
pub(super) fn ways(splitter: &Splitter, wire: &str) -> Vec<Words> {
    let words = splitter.split(wire);
    let spelled = splitter.spelled(wire);
    let writing = symbols::writing(wire);
    let written = |words: &Words| {
        writing
            .iter()
            .fold(words.clone(), |words, word| words.and(word))
    };
    let both = written(&spelled);
    let (second, third) = match writing {
        ["snake", "case"] => (written(&words), spelled),
        _ => (spelled, written(&words)),
    };
    let mut ways = vec![words, second, third, both];
    ways.dedup();
    ways
}
