//! One table of the config file: entries are taken out by name and type, and what is left at the end is unknown.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use super::options::Spot;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};

/// The config file while it is read.
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) diagnostics: Diagnostics,
    pub(super) spots: BTreeMap<String, Spot>,
}

impl Source<'_> {
    /// The line and column of a byte offset.
    pub(super) fn spot(&self, offset: usize) -> Spot {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Spot {
            line: 1 + before.bytes().filter(|byte| *byte == b'\n').count(),
            column: 1 + before.get(start..).unwrap_or_default().chars().count(),
        }
    }

    /// Adds a message about a part of the text.
    pub(super) fn fault(&mut self, span: &Range<usize>, message: String, help: String) {
        self.fault_at(self.spot(span.start), message, help);
    }

    /// Adds a message about a place.
    pub(super) fn fault_at(&mut self, spot: Spot, message: String, help: String) {
        let Spot { line, column } = spot;
        self.diagnostics.push(Diagnostic {
            code: Code::Config,
            message,
            place: Place::File {
                file: self.name.to_owned(),
                line,
                column,
            },
            help,
        });
    }
}

/// A value with its place.
pub(super) struct Entry<'t> {
    /// The key, after the names of the tables around it.
    pub(super) key: String,
    pub(super) span: Range<usize>,
    pub(super) value: &'t DeValue<'t>,
}

/// One table. Every entry is taken once; [`Section::finish`] reports the others.
pub(super) struct Section<'t> {
    /// The names of the tables around it, each with a dot behind.
    prefix: String,
    table: Option<&'t DeTable<'t>>,
    known: Vec<&'static str>,
}

impl<'t> Section<'t> {
    pub(super) fn root(table: &'t DeTable<'t>) -> Self {
        Self {
            prefix: String::new(),
            table: Some(table),
            known: Vec::new(),
        }
    }

    /// The entry of a name.
    pub(super) fn take(
        &mut self,
        source: &mut Source<'_>,
        name: &'static str,
    ) -> Option<Entry<'t>> {
        self.known.push(name);
        let (key, value) = self.table?.iter().find(|(key, _)| key.get_ref() == name)?;
        let entry = Entry {
            key: format!("{}{name}", self.prefix),
            span: key.span(),
            value: value.get_ref(),
        };
        source
            .spots
            .insert(entry.key.clone(), source.spot(entry.span.start));
        Some(entry)
    }

    /// The table of a name; empty where there is none.
    pub(super) fn section(&mut self, source: &mut Source<'_>, name: &'static str) -> Section<'t> {
        let table = self.take(source, name).and_then(|entry| {
            let table = entry.value.as_table();
            if table.is_none() {
                wrong(source, &entry, "a table");
            }
            table
        });
        Section {
            prefix: format!("{}{name}.", self.prefix),
            table,
            known: Vec::new(),
        }
    }

    /// Whether the file has this table.
    pub(super) fn exists(&self) -> bool {
        self.table.is_some()
    }

    /// A string.
    pub(super) fn text(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<String> {
        let entry = self.take(source, name)?;
        let text = entry.value.as_str().map(str::to_owned);
        if text.is_none() {
            wrong(source, &entry, "a string");
        }
        text
    }

    /// A truth value.
    pub(super) fn flag(&mut self, source: &mut Source<'_>, name: &'static str) -> Option<bool> {
        let entry = self.take(source, name)?;
        let flag = entry.value.as_bool();
        if flag.is_none() {
            wrong(source, &entry, "`true` or `false`");
        }
        flag
    }

    /// A whole number from 0 to `max`.
    pub(super) fn number(
        &mut self,
        source: &mut Source<'_>,
        name: &'static str,
        max: usize,
    ) -> Option<usize> {
        let entry = self.take(source, name)?;
        let number = self::number(&entry, max);
        if number.is_none() {
            wrong(source, &entry, &format!("a whole number from 0 to {max}"));
        }
        number
    }

    /// A list of strings, each with its own place.
    pub(super) fn texts(
        &mut self,
        source: &mut Source<'_>,
        name: &'static str,
    ) -> Option<Vec<(String, Range<usize>)>> {
        let entry = self.take(source, name)?;
        let list = entry.value.as_array().and_then(|array| {
            let text = |item: &toml::Spanned<DeValue<'_>>| {
                Some((item.get_ref().as_str()?.to_owned(), item.span()))
            };
            array.iter().map(text).collect()
        });
        if list.is_none() {
            wrong(source, &entry, "a list of strings");
        }
        list
    }

    /// The dotted name of a key.
    pub(super) fn key_of(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// A table whose dotted name is known.
    pub(super) fn below(name: &str, table: &'t DeTable<'t>) -> Self {
        Self {
            prefix: format!("{name}."),
            table: Some(table),
            known: Vec::new(),
        }
    }

    /// All entries of a table whose keys the user chooses.
    pub(super) fn all(&self) -> Vec<Entry<'t>> {
        let entries = self.table.into_iter().flat_map(DeTable::iter);
        entries
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                span: key.span(),
                value: value.get_ref(),
            })
            .collect()
    }

    /// Reports the entries that nothing took.
    pub(super) fn finish(self, source: &mut Source<'_>) {
        for entry in self.all() {
            if self.known.contains(&entry.key.as_str()) {
                continue;
            }
            let help = match nearest(&entry.key, self.known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("known here: {}", self.known.join(", ")),
            };
            let message = format!("there is no config entry `{}{}`", self.prefix, entry.key);
            source.fault(&entry.span, message, help);
        }
    }
}

/// A whole number from 0 to `max`.
pub(super) fn number(entry: &Entry<'_>, max: usize) -> Option<usize> {
    let integer = entry.value.as_integer()?;
    let number = usize::from_str_radix(integer.as_str(), integer.radix()).ok()?;
    (number <= max).then_some(number)
}

/// Reports an entry of the wrong type.
pub(super) fn wrong(source: &mut Source<'_>, entry: &Entry<'_>, expected: &str) {
    let message = format!("`{}` is not {expected}", entry.key);
    source.fault(&entry.span, message, format!("write {expected}"));
}
