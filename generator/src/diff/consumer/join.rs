//! Which changes explain a message.
//!
//! A message is explained for certain where it names what changed and the type that it belongs to, or points into the file of
//! that type or operation. Where it names only types, a change is its probable reason if the line reads the member that has such
//! a type now. A common name alone explains nothing.

use super::super::change::{Change, Comparison};
use super::super::outline::Outline;
use super::super::verdict::Rust;
use super::evidence::{Evidence, words};
use super::message::{FromCargo, Message};
use super::subject::{Names, Subject, file_words};
use super::{Finding, Whose};

/// Codes of what can't be found by its path.
const UNRESOLVED: [&str; 12] = [
    "E0405", "E0412", "E0422", "E0423", "E0425", "E0432", "E0433", "E0531", "E0532", "E0573",
    "E0574", "E0603",
];
/// Codes of members that are not there, or not what they were.
const NO_MEMBER: [&str; 10] = [
    "E0599", "E0609", "E0610", "E0026", "E0559", "E0560", "E0615", "E0616", "E0432", "E0433",
];
/// Codes of values whose type does not fit.
const TYPES: [&str; 18] = [
    "E0308", "E0277", "E0271", "E0282", "E0283", "E0369", "E0368", "E0600", "E0604", "E0605",
    "E0606", "E0607", "E0608", "E0614", "E0618", "E0599", "E0609", "E0070",
];

/// How well a change explains a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Likely,
    Certain,
}

/// What a check is joined with.
pub struct Join<'c> {
    comparison: &'c Comparison,
    subjects: Vec<(usize, Subject)>,
    names: Names<'c>,
    /// What the program calls its other dependencies: what stands in them is not explained.
    others: &'c [String],
}

impl<'c> Join<'c> {
    /// Prepares a comparison of two surfaces. `others` are the names that the program's other dependencies have in its code.
    pub fn new(
        comparison: &'c Comparison,
        old: &'c Outline,
        new: &'c Outline,
        others: &'c [String],
    ) -> Self {
        let names = Names::of(old, new);
        let major = comparison.changes.iter().enumerate();
        let major = major.filter(|(_, change)| change.rust == Rust::Major);
        let subjects = major.flat_map(|(index, change)| {
            let subjects = names.subjects(change);
            subjects.into_iter().map(move |subject| (index, subject))
        });
        Self {
            subjects: subjects.collect(),
            comparison,
            names,
            others,
        }
    }

    /// What messages of the compiler say of the program, by place. Warnings are passed over, save those of something that is
    /// newly deprecated. `whose` says whose a file is that the compiler names.
    pub fn findings(&self, messages: &[FromCargo], whose: &dyn Fn(&str) -> Whose) -> Vec<Finding> {
        let messages = messages.iter().map(|line| &line.message);
        let found = messages.filter_map(|message| self.finding(message, whose));
        let mut findings: Vec<Finding> = found.collect();
        let key = |finding: &Finding| {
            (
                finding.spot.clone(),
                finding.code.clone(),
                finding.message.clone(),
            )
        };
        findings.sort_by_key(key);
        // A file that belongs to several targets is compiled for each.
        findings.dedup_by_key(|finding| key(finding));
        findings
    }

    fn finding(&self, message: &Message, whose: &dyn Fn(&str) -> Whose) -> Option<Finding> {
        let evidence = Evidence::of(message, whose);
        let (changes, is_certain) = match message.code() {
            "deprecated" => {
                let changes = self.deprecated(&evidence);
                // It was deprecated before.
                if changes.is_empty() {
                    return None;
                }
                (changes, true)
            }
            // What has no place says how many there were.
            _ if message.level != "error" || message.spans.is_empty() => return None,
            _ => self.explained(&evidence),
        };
        Some(Finding {
            is_error: message.level == "error",
            code: evidence.code,
            message: message.in_a_line(),
            rendered: message.rendered.clone().unwrap_or_default(),
            spot: evidence.spot,
            changes,
            is_certain,
        })
    }

    /// The changes that explain an error, and whether they do for certain.
    fn explained(&self, evidence: &Evidence) -> (Vec<usize>, bool) {
        let is_elsewhere = evidence.said.iter().any(|code| {
            let root = words(code).next().unwrap_or_default();
            code.contains("::") && self.others.iter().any(|other| other == root)
        });
        if is_elsewhere {
            return (Vec::new(), true);
        }
        let fits = self.subjects.iter().filter_map(|(index, subject)| {
            let fit = subject.fits(evidence)?;
            Some((fit, *index, subject))
        });
        let mut fits: Vec<(Fit, usize, &Subject)> = fits.collect();
        let Some(best) = fits.iter().map(|(fit, ..)| *fit).max() else {
            return (Vec::new(), true);
        };
        fits.retain(|(fit, ..)| *fit == best);
        // Where some are about an argument that the message names, it is one of these. For some arguments it names the type.
        let is_named = |names: &[String], subject: &Subject| {
            !subject.argument.is_empty() && names.contains(&subject.argument)
        };
        let is_known = |name: &String| fits.iter().any(|(.., subject)| subject.argument == *name);
        let named = [evidence.arguments.as_slice(), &evidence.proposed].concat();
        if evidence.proposed.iter().all(is_known)
            && fits.iter().any(|(.., subject)| is_named(&named, subject))
        {
            fits.retain(|(.., subject)| is_named(&named, subject));
        }
        let mut changes: Vec<usize> = fits.into_iter().map(|(_, index, _)| index).collect();
        changes.dedup();
        (changes, best == Fit::Certain)
    }

    /// The changes that made deprecated what a warning is about, or say when it ends.
    fn deprecated(&self, evidence: &Evidence) -> Vec<usize> {
        let is_of =
            |change: &Change| matches!(change.rule.code, "operation-deprecated" | "sunset-changed");
        let changes = self.comparison.changes.iter().enumerate();
        let changes = changes.filter(|(_, change)| is_of(change));
        let found = changes.filter(|(_, change)| {
            let (handle, method) = self.names.method(&change.item);
            evidence.said.iter().any(|code| {
                words(code).last() == Some(method) && words(code).any(|word| Some(word) == handle)
            })
        });
        found.map(|(index, _)| index).collect()
    }
}

impl Subject {
    /// Whether the change explains a message, and how well.
    fn fits(&self, evidence: &Evidence) -> Option<Fit> {
        let code = evidence.code.as_str();
        let is_certain = self.lacks_type(code, evidence)
            || self.lacks_member(code, evidence)
            || self.takes_else(code, evidence)
            || self.is_beside(evidence);
        if is_certain {
            return Some(Fit::Certain);
        }
        let (member, types) = self.value.as_ref()?;
        // An alias is no member: the program names it, and the compiler says what it stands for.
        let is_alias = self.owners.contains(member);
        let is_there = evidence.reads(member) || (is_alias && evidence.shows(member));
        let is_likely =
            TYPES.contains(&code) && is_there && types.iter().any(|ty| evidence.names_type(ty));
        is_likely.then_some(Fit::Likely)
    }

    /// A type can't be found.
    fn lacks_type(&self, code: &str, evidence: &Evidence) -> bool {
        UNRESOLVED.contains(&code)
            && evidence.said.iter().any(|code| {
                let last = words(code).last().unwrap_or_default();
                self.gone_types.iter().any(|gone| gone == last)
            })
    }

    /// A member can't be found, in one of the types that it belonged to.
    fn lacks_member(&self, code: &str, evidence: &Evidence) -> bool {
        let is_gone = |name: &str| self.gone.iter().any(|gone| gone == name);
        let of_owner = self.owners.iter().any(|owner| evidence.is_about(owner));
        // `use types::Kind::Bird;`
        let by_path = evidence.said.iter().any(|code| {
            let mut words = words(code).collect::<Vec<_>>().into_iter().rev();
            words.next().is_some_and(is_gone)
                && words
                    .next()
                    .is_some_and(|owner| self.owners.iter().any(|own| own == owner))
        });
        let by_name = of_owner && self.gone.iter().any(|gone| evidence.says(gone));
        NO_MEMBER.contains(&code) && (by_name || by_path)
    }

    /// What is called takes something else.
    fn takes_else(&self, code: &str, evidence: &Evidence) -> bool {
        let fits_code = match code {
            "E0061" | "E0057" => self.is_count,
            "E0308" => true,
            "E0277" | "E0271" => !self.is_count,
            _ => false,
        };
        let points_there = evidence.files.iter().any(|file| {
            let file = file.strip_prefix("src/").unwrap_or(file);
            let file = file_words(file.trim_end_matches(".rs"));
            self.called.contains(&file)
        });
        !self.argument.is_empty() && fits_code && points_there
    }

    /// An owner is named together with what it no longer has.
    fn is_beside(&self, evidence: &Evidence) -> bool {
        let is_about = || self.owners.iter().any(|owner| evidence.mentions(owner));
        let by_word = self.beside.iter().any(|word| evidence.mentions(word));
        let by_whole = self.is_whole && self.owners.iter().any(|owner| evidence.is_about(owner));
        by_whole || (by_word && is_about())
    }
}
