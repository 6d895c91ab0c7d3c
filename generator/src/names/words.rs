//! From a name on the wire to words.

use heck::ToSnakeCase;

use super::symbols;

/// A name as lower-case ASCII words of letters and digits; at least one, none of them empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Words(Vec<String>);

impl Words {
    /// One word.
    pub(super) fn one(word: &str) -> Self {
        Self(vec![word.to_owned()])
    }

    /// The words, at least one.
    pub(super) fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// These words and more behind them.
    pub(super) fn followed_by(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// These words and one more behind them.
    pub(super) fn and(&self, word: &str) -> Self {
        self.followed_by(&Self::one(word))
    }

    /// One more word, and these behind it.
    pub(super) fn after(&self, word: &str) -> Self {
        Self::one(word).followed_by(self)
    }

    /// These words, with `prefix` glued to the first.
    pub(super) fn glued_to(&self, prefix: &str) -> Self {
        let mut words = self.0.clone();
        if let Some(first) = words.first_mut() {
            first.insert_str(0, prefix);
        }
        Self(words)
    }

    /// These words without those of `other`; none if nothing is left.
    pub(super) fn without(&self, other: &Self) -> Option<Self> {
        let left: Vec<_> = self
            .0
            .iter()
            .filter(|word| !other.0.contains(word))
            .cloned()
            .collect();
        (!left.is_empty()).then_some(Self(left))
    }

    /// Whether the first word begins with a digit.
    pub(super) fn begins_with_digit(&self) -> bool {
        self.0
            .first()
            .is_some_and(|word| word.starts_with(|first: char| first.is_ascii_digit()))
    }

    /// `GroupOwner`. Between two digits there is an underscore, so that `1_11` and `11_1` stay apart.
    pub(super) fn pascal(&self) -> String {
        let mut name = String::new();
        for word in &self.0 {
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
        self.0.join("_")
    }

    /// `GROUP_OWNER`.
    pub(super) fn screaming(&self) -> String {
        self.snake().to_ascii_uppercase()
    }

    /// `group-owner`.
    pub(super) fn kebab(&self) -> String {
        self.0.join("-")
    }
}

/// Splits names into words. Words of its own list are never split.
#[derive(Clone, Debug)]
pub(super) struct Splitter {
    /// Longest first.
    known: Vec<String>,
}

/// Words that case conversion would tear apart in any API.
const COMMON: &[&str] = &["OAuth", "IPv4", "IPv6", "GraphQL"];

impl Splitter {
    /// A splitter that takes each of `words`, spelled so, for one word.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<String> = words
            .into_iter()
            .chain(COMMON.iter().copied())
            .filter(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric()))
            .map(str::to_owned)
            .collect();
        known.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        known.dedup();
        Self { known }
    }

    /// The words of a name. A sign counts as a word; other punctuation only parts words, unless there is nothing else.
    pub(super) fn split(&self, name: &str) -> Words {
        let text = symbols::to_ascii(name);
        let mut words = Vec::new();
        if !text.contains(|c: char| c.is_ascii_alphanumeric()) {
            return Words(symbols::operator(&text));
        }
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
        Words(words)
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
        if words.is_empty() {
            words.extend(symbols::operator(""));
        }
        Words(words)
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

/// `HTTPStatus` as `http status`, `userIDs` as `user ids`.
fn split_by_case(run: &str, words: &mut Vec<String>) {
    let bytes = run.as_bytes();
    let upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    // In `IDs` the `s` belongs to the word before it: written `Ids`, it stays there.
    let is_inside_plural = |at: usize| {
        let end = (at..bytes.len()).find(|at| !upper(*at));
        at > 0 && upper(at - 1) && upper(at) && end.is_some_and(|end| is_plural_s(bytes, end))
    };
    let plain: String = run
        .char_indices()
        .map(|(at, c)| {
            if is_inside_plural(at) {
                c.to_ascii_lowercase()
            } else {
                c
            }
        })
        .collect();
    let snake = plain.to_snake_case();
    let split = snake.split('_').filter(|word| !word.is_empty());
    words.extend(split.map(str::to_owned));
}

/// Whether the `s` of a plural such as `IDs` stands at `at`.
fn is_plural_s(run: &[u8], at: usize) -> bool {
    run.get(at) == Some(&b's') && !run.get(at + 1).is_some_and(u8::is_ascii_lowercase)
}
