//! What the parts of naming share: the splitter, the pins, and the messages about names that two things claim.

use std::collections::BTreeSet;

use super::form::Form;
use super::settle::{self, Claim, Name};
use super::symbols;
use super::words::{Splitter, Words};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, SpecPath};

/// The state of naming.
pub(super) struct Context<'a> {
    pub(super) splitter: Splitter,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    /// The pins that were of use, or were refused.
    met: BTreeSet<SpecPath>,
}

/// Something that needs a name, and where it stands.
pub(super) struct Named<'a> {
    pub(super) path: &'a SpecPath,
    pub(super) claim: Claim,
}

impl<'a> Context<'a> {
    pub(super) fn new(config: &'a Config, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            splitter: Splitter::new(config.names.words.iter().map(String::as_str)),
            config,
            diagnostics,
            met: BTreeSet::new(),
        }
    }

    /// A claim with every way to call a wire name.
    pub(super) fn claim(&mut self, form: Form, wire: &str, path: &SpecPath) -> Claim {
        let ways = settle::ways(&self.splitter, wire);
        self.claim_of(form, wire, wire.to_owned(), path, &ways)
    }

    /// Names for the members of one type or the like, each by its wire name, as [`Context::claim`] and [`Context::settle`] give
    /// them. Nearly always each has the name to itself that it would like best; only else is it worked out what else each
    /// could be called.
    pub(super) fn settle_wires(
        &mut self,
        form: Form,
        what: &str,
        wires: &[(&str, &SpecPath)],
        taken: &mut BTreeSet<String>,
    ) -> Vec<Name> {
        let best: Vec<Name> = wires
            .iter()
            .map(|(wire, _)| form.name(&self.splitter.split(wire)))
            .collect();
        let texts: BTreeSet<&str> = best.iter().map(|name| name.text.as_str()).collect();
        let is_pinned = |(_, path): &(&str, &SpecPath)| self.config.names.pins.contains_key(path);
        if texts.len() == best.len()
            && texts.iter().all(|text| !taken.contains(*text))
            && !wires.iter().any(is_pinned)
        {
            taken.extend(best.iter().map(|name| name.text.clone()));
            return best;
        }
        let named: Vec<Named<'_>> = wires
            .iter()
            .map(|(wire, path)| Named {
                path,
                claim: self.claim(form, wire, path),
            })
            .collect();
        self.settle(what, &named, taken)
    }

    /// A claim with ways of the caller's own.
    pub(super) fn claim_of(
        &mut self,
        form: Form,
        wire: &str,
        key: String,
        path: &SpecPath,
        ways: &[Words],
    ) -> Claim {
        Claim {
            wire: wire.to_owned(),
            key,
            priority: 0,
            pin: self.pin(form, path),
            candidates: ways.iter().map(|words| form.name(words)).collect(),
        }
    }

    /// The name that the config gives to a place. A place can hold both a type and a member; the case of the pin says which is
    /// meant.
    pub(super) fn pin(&mut self, form: Form, path: &SpecPath) -> Option<Name> {
        let text = self.config.names.pins.get(path)?;
        let is_type = matches!(
            form,
            Form::Type | Form::Variant | Form::Request | Form::Handle
        );
        let is_upper = text.starts_with(|first: char| first.is_ascii_uppercase());
        let either = matches!(form, Form::Request | Form::Operation);
        if is_type != is_upper && !either {
            return None;
        }
        let is_name = text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        self.met.insert(path.clone());
        if !is_name {
            let message = format!("`{text}` is no Rust name");
            let help = "use ASCII letters, digits and underscores, and begin with a letter";
            self.refuse_pin(path, message, help.to_owned());
            return None;
        }
        let words = self.splitter.split(text);
        let name = form.name(&words);
        // An operation has names in both cases; all others have exactly the one that was given, if it is no keyword.
        let exact = !either && form.name(&words).words == words;
        Some(if exact {
            Name {
                text: text.clone(),
                words,
            }
        } else {
            name
        })
    }

    fn refuse_pin(&mut self, path: &SpecPath, message: String, help: String) {
        let diagnostic = Diagnostic {
            code: Code::Config,
            message,
            place: match self.config.place(&format!("names.pins.{path}")) {
                place @ Place::File { .. } => place,
                _ => Place::Spec(path.clone()),
            },
            help,
        };
        if !self.diagnostics.iter().any(|known| *known == diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports the pins that named nothing.
    pub(super) fn check_pins(&mut self) {
        let config = self.config;
        for (path, text) in &config.names.pins {
            if self.met.contains(path) {
                continue;
            }
            let message = format!("`{text}` names nothing that is emitted");
            let help = format!(
                "`{path}` has to be a schema, a property, a parameter, an operation, a tag, a value or a variant; a type and a variant begin with a capital letter, all others with a small one"
            );
            self.refuse_pin(path, message, help);
        }
    }

    /// Reports the words that stand in no name.
    pub(super) fn check_words(&mut self) {
        let config = self.config;
        for (word, near) in super::unused::words(self, &config.names.words) {
            self.diagnostics.push(Diagnostic {
                code: Code::Config,
                message: format!("the word `{word}` stands in no name of the document"),
                place: config.place(&format!("names.words.{word}")),
                help: match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "correct the entry, or remove it".to_owned(),
                },
            });
        }
    }

    /// Reports a waiter whose name an operation has.
    pub(super) fn refuse_waiter(&mut self, name: &str) {
        self.diagnostics.push(Diagnostic {
            code: Code::Config,
            message: format!("the waiter `{name}` is called like an operation of its group"),
            place: self.config.place(&format!("waiters.{name}")),
            help: "choose another name".to_owned(),
        });
    }

    /// Settles a scope, and reports what had to give way. `what` says what the names are for: "field", "type".
    pub(super) fn settle(
        &mut self,
        what: &str,
        named: &[Named<'_>],
        taken: &mut BTreeSet<String>,
    ) -> Vec<Name> {
        let claims: Vec<Claim> = named.iter().map(|named| named.claim.clone()).collect();
        let (names, collisions) = settle::settle(&claims, taken);
        for collision in collisions {
            let later = collision.loser.max(collision.winner);
            let parts = (
                named.get(collision.loser),
                named.get(collision.winner),
                named.get(later),
            );
            let renamed = (names.get(collision.loser), names.get(collision.winner));
            if let ((Some(loser), Some(winner), Some(later)), (Some(new), Some(old))) =
                (parts, renamed)
            {
                // One name in two places, such as the path and the query, is no fault: the place tells them apart.
                if loser.claim.wire == winner.claim.wire && loser.claim.pin.is_none() {
                    continue;
                }
                if loser.claim.pin.is_some() {
                    let message = format!(
                        "the {what} {} is called `{}` already",
                        quoted(&winner.claim.wire),
                        old.text
                    );
                    let path = loser.path.clone();
                    self.refuse_pin(&path, message, "choose another name".to_owned());
                    continue;
                }
                self.diagnostics.report(
                    Code::NameCollision,
                    later.path,
                    format!(
                        "{} and {} would both be the {what} `{}`; the latter is named `{}`",
                        quoted(&winner.claim.wire),
                        quoted(&loser.claim.wire),
                        old.text,
                        new.text
                    ),
                    format!("choose a name of your own in the config: under [names.pins], \"{}\" = \"…\"", loser.path),
                );
            }
        }
        names
    }
}

/// A name from the document, in a message.
fn quoted(wire: &str) -> String {
    match wire {
        "" => "the empty name".to_owned(),
        _ => format!("`{}`", wire.escape_debug()),
    }
}

/// A name of the generator's own choice beside others: the first of these that is free, else the first with a hash of `key`.
pub(super) fn first_free(
    form: Form,
    ways: &[Words],
    key: &str,
    taken: &mut BTreeSet<String>,
) -> Name {
    let claim = Claim {
        wire: String::new(),
        key: key.to_owned(),
        priority: 0,
        pin: None,
        candidates: ways.iter().map(|words| form.name(words)).collect(),
    };
    let (names, _) = settle::settle(&[claim], taken);
    names
        .into_iter()
        .next()
        .unwrap_or_else(|| form.name(&Words::one(&symbols::hash(key))))
}
