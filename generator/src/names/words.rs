//! From a name on the wire to words.

use std::cell::RefCell;
use std::collections::HashMap;

use heck::ToUpperCamelCase;

use super::case::{is_plural_s, split_by_case};
use super::symbols;

/// A name as lower-case ASCII words of letters and digits; at least one, none of them empty.
///
/// They are kept as one text with underscores between, which no word holds: one allocation, and `snake` for free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words(String);

impl Words {
    /// One word.
    pub(super) fn one(word: &str) -> Self {
        Self(word.to_owned())
    }

    /// The words in order, at least one.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split('_')
    }

    /// These words and more behind them.
    pub(super) fn followed_by(&self, other: &Self) -> Self {
        self.and(&other.0)
    }

    /// These words and one more behind them.
    pub(super) fn and(&self, word: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + 1 + word.len());
        text.push_str(&self.0);
        text.push('_');
        text.push_str(word);
        Self(text)
    }

    /// One more word, and these behind it.
    pub(super) fn after(&self, word: &str) -> Self {
        Self::one(word).followed_by(self)
    }

    /// These words, with `prefix` glued to the first.
    pub(super) fn glued_to(&self, prefix: &str) -> Self {
        Self(format!("{prefix}{}", self.0))
    }

    /// These words without those of `other`; none if nothing is left.
    pub(super) fn without(&self, other: &Self) -> Option<Self> {
        let left = self
            .iter()
            .filter(|word| other.iter().all(|known| known != *word));
        Self::joined(left)
    }

    /// The words before `end`, where these end so and more stands before it.
    pub(super) fn before(&self, end: &Self) -> Option<Self> {
        let start = self.0.strip_suffix(&end.0)?.strip_suffix('_')?;
        Some(Self(start.to_owned()))
    }

    /// Whether the first word begins with a digit.
    pub(super) fn begins_with_digit(&self) -> bool {
        self.0.starts_with(|first: char| first.is_ascii_digit())
    }

    /// `GroupOwner`. Between two digits there is an underscore, so that `1_11` and `11_1` stay apart.
    pub(super) fn pascal(&self) -> String {
        let mut name = String::with_capacity(self.0.len());
        for word in self.iter() {
            let digit = |c: char| c.is_ascii_digit();
            if name.ends_with(digit) && word.starts_with(digit) {
                name.push('_');
            }
            let mut letters = word.chars();
            name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            name.push_str(letters.as_str());
        }
        name
    }

    /// `group_owner`.
    pub(super) fn snake(&self) -> String {
        self.0.clone()
    }

    /// `GROUP_OWNER`.
    pub(super) fn screaming(&self) -> String {
        self.0.to_ascii_uppercase()
    }

    /// `group-owner`.
    pub(super) fn kebab(&self) -> String {
        self.0.replace('_', "-")
    }

    /// These words; none where there is not one.
    fn joined<'w>(words: impl IntoIterator<Item = &'w str>) -> Option<Self> {
        let mut text = String::new();
        for word in words {
            if !text.is_empty() {
                text.push('_');
            }
            text.push_str(word);
        }
        (!text.is_empty()).then_some(Self(text))
    }
}

/// Splits names into words. Words of its own list are never split.
#[derive(Clone, Debug)]
pub(super) struct Splitter {
    /// Longest first.
    known: Vec<String>,
    /// The ASCII letters and digits that they begin with, as bits: at most places of a name none has to be tried.
    firsts: u128,
    /// What was split before: documents use the same few names for most of their properties.
    split: RefCell<HashMap<String, Words>>,
}

/// Words that case conversion would tear apart in any API: their own spelling has capitals or digits inside.
const COMMON: &[&str] = &[
    "CosmosDB",
    "DynamoDB",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "JavaScript",
    "MongoDB",
    "MySQL",
    "OAuth",
    "OpenAPI",
    "OpenSSL",
    "PostgreSQL",
    "X509",
];

impl Splitter {
    /// A splitter that takes each of `words`, spelled so, for one word.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self::knowing(words.into_iter().chain(COMMON.iter().copied()))
    }

    fn knowing<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<String> = words
            .into_iter()
            .filter(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric()))
            // `MongoDb` is `MongoDB`, too.
            .flat_map(|word| [word.to_owned(), word.to_upper_camel_case()])
            .collect();
        known.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        known.dedup();
        let begins = known.iter().filter_map(|word| word.bytes().next());
        Self {
            firsts: begins.fold(0, |firsts, first| firsts | bit(first)),
            known,
            split: RefCell::default(),
        }
    }

    /// One that knows this word alone.
    pub(super) fn of_one(word: &str) -> Self {
        Self::knowing([word])
    }

    /// The names that were split, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.split.borrow().keys().cloned().collect();
        names.sort_unstable();
        names
    }

    /// Whether a known word stands in a name.
    pub(super) fn has_known(&self, name: &str) -> bool {
        let text = symbols::to_ascii(name);
        let mut runs = text.split(|c: char| !c.is_ascii_alphanumeric());
        runs.any(|run| (0..run.len()).any(|at| self.known_at(run.as_bytes(), at).is_some()))
    }

    /// The words of a name. A sign counts as a word; other punctuation only parts words, unless there is nothing else.
    pub(super) fn split(&self, name: &str) -> Words {
        if let Some(words) = self.split.borrow().get(name) {
            return words.clone();
        }
        let words = self.split_new(name);
        let mut split = self.split.borrow_mut();
        split.insert(name.to_owned(), words.clone());
        words
    }

    fn split_new(&self, name: &str) -> Words {
        let text = symbols::to_ascii(name);
        if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
            return words_of(&symbols::operator(&text));
        }
        let mut words = Vec::new();
        let mut rest = &*text;
        while !rest.is_empty() {
            let start = rest
                .find(|c: char| c.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            let (marks, from) = rest.split_at(start);
            let end = from
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(from.len());
            let (run, after) = from.split_at(end);
            words.extend(symbols::sign(marks, run, words.is_empty()).map(str::to_owned));
            self.split_run(run, &mut words);
            rest = after;
        }
        words_of(&words)
    }

    /// The words of a name with every punctuation mark spelled out: `a-b` as `a dash b`.
    pub(super) fn spelled(&self, name: &str) -> Words {
        let text = symbols::to_ascii(name);
        let mut words = Vec::new();
        let mut run = String::new();
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                run.push(c);
            } else {
                self.split_run(&run, &mut words);
                run.clear();
                words.push(symbols::spell(c));
            }
        }
        self.split_run(&run, &mut words);
        words_of(&words)
    }

    /// Splits a run of ASCII letters and digits: known words stay whole, the rest is split by its case.
    fn split_run(&self, run: &str, words: &mut Vec<String>) {
        let mut start = 0;
        let mut at = 0;
        while at < run.len() {
            match self.known_at(run.as_bytes(), at) {
                Some(length) => {
                    split_by_case(run.get(start..at).unwrap_or_default(), words);
                    words.extend(run.get(at..at + length).map(str::to_ascii_lowercase));
                    at += length;
                    start = at;
                }
                None => at += 1,
            }
        }
        split_by_case(run.get(start..).unwrap_or_default(), words);
    }

    /// The length of the known word that stands at `at`, with its plural `s` and the digits behind it.
    fn known_at(&self, run: &[u8], at: usize) -> Option<usize> {
        let rest = run.get(at..)?;
        let first = *rest.first()?;
        let any_case = bit(first.to_ascii_uppercase()) | bit(first.to_ascii_lowercase());
        if self.firsts & if at == 0 { any_case } else { bit(first) } == 0 {
            return None;
        }
        self.known.iter().find_map(|word| {
            let word = word.as_bytes();
            let (first, others) = rest.get(..word.len())?.split_first()?;
            let (known_first, known_others) = word.split_first()?;
            // `mongoDB` at the start of a name is the same word as `MongoDB`.
            let same_first =
                first == known_first || (at == 0 && first.eq_ignore_ascii_case(known_first));
            if !same_first || others != known_others {
                return None;
            }
            let mut end = at + word.len();
            if is_plural_s(run, end) {
                end += 1;
            }
            while run.get(end).is_some_and(u8::is_ascii_digit) {
                end += 1;
            }
            (!run.get(end).is_some_and(u8::is_ascii_lowercase)).then_some(end - at)
        })
    }
}

/// An ASCII character as one bit of a set.
fn bit(character: u8) -> u128 {
    1_u128.checked_shl(u32::from(character)).unwrap_or(0)
}

/// The words as one; the word for nothing where there are none.
fn words_of(words: &[String]) -> Words {
    let words = Words::joined(words.iter().map(String::as_str));
    words.unwrap_or_else(|| Words::one("empty"))
}
