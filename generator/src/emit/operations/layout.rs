//! How calls stand on lines: on one where they fit, and else broken as rustfmt breaks them.

use super::super::lists;

/// How deep a line stands below the one that it belongs to.
const INDENT: usize = 4;

/// A call, or a chain of them.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    /// What is never broken.
    Word(String),
    /// Arguments in brackets: `f(`, arguments, `)`.
    Call {
        open: String,
        arguments: Vec<Expression>,
        close: String,
    },
    /// Something, and what is called on it, each with its dot.
    Chain {
        head: String,
        calls: Vec<Expression>,
    },
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The longest line.
    pub(super) width: usize,
    /// How deep its line is indented.
    pub(super) indent: usize,
    /// How many characters stand before it on its line, without the indent.
    pub(super) before: usize,
    /// How many characters follow on its last line.
    pub(super) after: usize,
}

impl Expression {
    pub(super) fn word(text: impl Into<String>) -> Self {
        Self::Word(text.into())
    }

    /// `name(arguments)`
    pub(super) fn call(name: &str, arguments: Vec<Self>) -> Self {
        Self::Call {
            open: format!("{name}("),
            arguments,
            close: ")".to_owned(),
        }
    }

    /// `head.call().call()`
    pub(super) fn chain(head: impl Into<String>, calls: Vec<Self>) -> Self {
        Self::Chain {
            head: head.into(),
            calls,
        }
    }

    /// The code; all lines but the first are indented.
    pub(super) fn lay_out(&self, place: Place) -> String {
        let mut text = String::new();
        self.write(place, &mut text);
        text
    }

    /// As [`lay_out`](Self::lay_out), with as many arguments on a line as fit.
    pub(super) fn compressed(&self, place: Place) -> String {
        let Self::Call {
            open,
            arguments,
            close,
        } = self
        else {
            return self.lay_out(place);
        };
        let flat = self.flat();
        if place.indent + place.before + flat.chars().count() + place.after <= place.width {
            return flat;
        }
        let words: Vec<String> = arguments.iter().map(Self::flat).collect();
        let mut text = format!("{open}\n");
        let deeper = " ".repeat(place.indent + INDENT);
        lists::fill(words.iter().map(String::as_str), ",", &deeper, &mut text);
        text.extend(std::iter::repeat_n(' ', place.indent));
        text + close
    }

    /// The code on one line, whatever its length.
    pub(super) fn flat(&self) -> String {
        let mut text = String::new();
        self.write_flat(&mut text);
        text
    }

    fn write(&self, place: Place, text: &mut String) {
        let start = text.len();
        self.write_flat(text);
        let length = text.get(start..).unwrap_or_default().chars().count();
        if place.indent + place.before + length + place.after <= place.width {
            return;
        }
        let inner = Place {
            indent: place.indent + INDENT,
            before: 0,
            ..place
        };
        match self {
            Self::Call {
                open,
                arguments,
                close,
            } if !arguments.is_empty() => {
                text.truncate(start);
                text.push_str(open);
                for argument in arguments {
                    new_line(inner.indent, text);
                    argument.write(Place { after: 1, ..inner }, text);
                    text.push(',');
                }
                new_line(place.indent, text);
                text.push_str(close);
            }
            Self::Chain { head, calls } if !calls.is_empty() => {
                text.truncate(start);
                text.push_str(head);
                for (index, call) in calls.iter().enumerate() {
                    new_line(inner.indent, text);
                    let is_last = index + 1 == calls.len();
                    let after = if is_last { place.after } else { 0 };
                    call.write(Place { after, ..inner }, text);
                }
            }
            _ => {}
        }
    }

    fn write_flat(&self, text: &mut String) {
        match self {
            Self::Word(word) => text.push_str(word),
            Self::Call {
                open,
                arguments,
                close,
            } => {
                text.push_str(open);
                for (index, argument) in arguments.iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    argument.write_flat(text);
                }
                text.push_str(close);
            }
            Self::Chain { head, calls } => {
                text.push_str(head);
                calls.iter().for_each(|call| call.write_flat(text));
            }
        }
    }
}

fn new_line(indent: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use super::{Expression, Place};

    fn laid_out(width: usize) -> String {
        let arguments = vec![
            Expression::word("\"one\""),
            Expression::call("Two::new", vec![Expression::word("three")]),
        ];
        let calls = vec![
            Expression::call(".f", arguments),
            Expression::call(".send", Vec::new()),
        ];
        let place = Place {
            width,
            indent: 4,
            before: 8,
            after: 1,
        };
        Expression::chain("client", calls).lay_out(place)
    }

    #[test]
    fn what_fits_stands_on_one_line() {
        let line = "client.f(\"one\", Two::new(three)).send()";
        assert_eq!(laid_out(4 + 8 + line.len() + 1), line);
    }

    #[test]
    fn what_does_not_fit_is_broken_from_the_outside() {
        let chain = "client\n        .f(\"one\", Two::new(three))\n        .send()";
        assert_eq!(laid_out(4 + 8 + 39), chain);
        assert_eq!(laid_out(4 + 4 + 26), chain);
        let arguments = "client\n        .f(\n            \"one\",\n            Two::new(three),\n        )\n        .send()";
        assert_eq!(laid_out(4 + 4 + 25), arguments);
    }
}
