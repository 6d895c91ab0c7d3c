//! Texts that match a pattern: for patterns made of literals, classes, groups and counts.

use std::iter::Peekable;
use std::str::Chars;

use crate::oracle::random::Random;

/// How many times what may be repeated without end is repeated at most.
const REPEATS: usize = 6;
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

/// A text that matches; none where the pattern uses more than is understood here, such as lookahead.
pub(super) fn text(pattern: &str, random: &mut Random) -> Option<String> {
    let mut parser = Parser {
        rest: pattern.chars().peekable(),
    };
    let piece = parser.alternatives()?;
    if parser.rest.next().is_some() {
        return None;
    }
    let mut text = String::new();
    piece.write(random, &mut text);
    Some(text)
}

/// A part of a pattern.
enum Piece {
    /// One of these characters.
    Class(Vec<char>),
    /// One of several.
    Any(Vec<Piece>),
    /// One after the other.
    All(Vec<Piece>),
    /// A part so and so often.
    Repeat(Box<Piece>, usize, usize),
}

impl Piece {
    fn write(&self, random: &mut Random, text: &mut String) {
        match self {
            Self::Class(characters) => text.push(*random.pick(characters)),
            Self::Any(pieces) => random.pick(pieces).write(random, text),
            Self::All(pieces) => pieces.iter().for_each(|piece| piece.write(random, text)),
            Self::Repeat(piece, least, most) => {
                let count = least + random.below(most - least + 1);
                (0..count).for_each(|_| piece.write(random, text));
            }
        }
    }
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
}

impl Parser<'_> {
    fn eat(&mut self, expected: char) -> bool {
        self.rest.next_if_eq(&expected).is_some()
    }

    fn alternatives(&mut self) -> Option<Piece> {
        let mut pieces = vec![self.sequence()?];
        while self.eat('|') {
            pieces.push(self.sequence()?);
        }
        Some(Piece::Any(pieces))
    }

    fn sequence(&mut self) -> Option<Piece> {
        let mut pieces = Vec::new();
        while let Some(next) = self.rest.peek() {
            match next {
                '|' | ')' => break,
                '^' | '$' => _ = self.rest.next(),
                _ => {
                    let piece = self.atom()?;
                    pieces.push(self.counted(piece)?);
                }
            }
        }
        Some(Piece::All(pieces))
    }

    fn atom(&mut self) -> Option<Piece> {
        match self.rest.next()? {
            '(' => self.group(),
            '[' => self.class(),
            '\\' => Some(Piece::Class(self.escaped()?)),
            '.' => Some(Piece::Class(LOWER.chars().collect())),
            '*' | '+' | '?' | '{' => None,
            literal => Some(Piece::Class(vec![literal])),
        }
    }

    fn group(&mut self) -> Option<Piece> {
        // `(?:` is a group; what else begins so is not understood.
        if self.eat('?') && !self.eat(':') {
            return None;
        }
        let piece = self.alternatives()?;
        self.eat(')').then_some(piece)
    }

    fn class(&mut self) -> Option<Piece> {
        let mut characters: Vec<char> = Vec::new();
        let mut range_from = None;
        if self.rest.peek() == Some(&'^') {
            return None;
        }
        loop {
            match self.rest.next()? {
                ']' => break,
                '\\' => {
                    characters.extend(self.escaped()?);
                    range_from = None;
                }
                '-' if range_from.is_some() && self.rest.peek() != Some(&']') => {
                    let first = range_from.take()?;
                    let last = self.rest.next()?;
                    characters.extend((first..=last).skip(1));
                }
                literal => {
                    characters.push(literal);
                    range_from = Some(literal);
                }
            }
        }
        (!characters.is_empty()).then_some(Piece::Class(characters))
    }

    /// What stands after a backslash.
    fn escaped(&mut self) -> Option<Vec<char>> {
        let characters = match self.rest.next()? {
            'd' => DIGITS.to_owned(),
            'w' => format!("{LOWER}{UPPER}{DIGITS}_"),
            's' => " ".to_owned(),
            'p' => self.property()?.to_owned(),
            // Named groups, references and boundaries are not understood.
            letter if letter.is_ascii_alphanumeric() => return None,
            literal => literal.to_string(),
        };
        Some(characters.chars().collect())
    }

    /// A general category of Unicode: `{L}` or `{N}`.
    fn property(&mut self) -> Option<&'static str> {
        let known = match (self.eat('{'), self.rest.next()?) {
            (true, 'L') => "abcdeABCDEäöüßéñЖ",
            (true, 'N') => DIGITS,
            _ => return None,
        };
        self.eat('}').then_some(known)
    }

    fn counted(&mut self, piece: Piece) -> Option<Piece> {
        let (least, most) = match self.rest.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, REPEATS),
            Some('+') => (1, REPEATS),
            Some('{') => return self.braces(piece),
            _ => return Some(piece),
        };
        self.rest.next();
        Some(Piece::Repeat(Box::new(piece), least, most))
    }

    /// `{3}`, `{3,}` or `{3,5}`
    fn braces(&mut self, piece: Piece) -> Option<Piece> {
        self.rest.next();
        let mut inside = String::new();
        loop {
            match self.rest.next()? {
                '}' => break,
                character => inside.push(character),
            }
        }
        let (least, most) = match inside.split_once(',') {
            None => (inside.parse().ok()?, inside.parse().ok()?),
            Some((least, "")) => {
                let least: usize = least.parse().ok()?;
                (least, least + REPEATS)
            }
            Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
        };
        (least <= most).then(|| Piece::Repeat(Box::new(piece), least, most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(pattern: &str) -> Option<String> {
        text(pattern, &mut Random::new(pattern))
    }

    #[test]
    fn classes_counts_and_groups_are_followed() {
        let id = made("^([a-f0-9]{24})$").expect("it is understood");
        assert!(id.len() == 24 && id.chars().all(|c| c.is_ascii_hexdigit()));
        let name = made("^vpce-[0-9a-f]{17}$").expect("it is understood");
        assert!(name.starts_with("vpce-") && name.len() == 22);
        let version = made(r"([\d]+\.[\d]+\.[\d]+)").expect("it is understood");
        assert_eq!(version.split('.').count(), 3);
        assert!(made("^(?:ab|ab)?c{2,3}$").is_some_and(|text| text.contains("cc")));
    }

    #[test]
    fn lookahead_is_not_understood() {
        assert_eq!(made(r"(\.(?!$)|$)"), None);
        assert_eq!(made("(?<name>[a-z])"), None);
    }
}
