//! The report as one HTML file that needs nothing else: no script, no font, no network.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use minijinja::{AutoEscape, Value, context};

use super::super::change::{Change, Flow};
use super::super::consumer::Finding;
use super::super::rules::Rule;
use super::super::verdict::{Rust, Wire};
use super::fold::{Line, name, pieces, visible};
use super::links::{self, Link};
use super::{Report, identities};
use crate::template;

const TEMPLATE: &str = include_str!("../../../../templates/report/report.html.jinja");

/// So many others that a change shows in stand in its sentence; more of them are a list.
const FEW: usize = 2;

/// The report as one HTML file.
///
/// # Errors
///
/// Where the template is faulty or asks for something that it is not given: a fault of the generator, not of its input.
pub fn html(report: &Report<'_>) -> Result<String, NotFilled> {
    fill(context(report)).map_err(NotFilled)
}

/// The template could not be filled in.
#[derive(Debug)]
pub struct NotFilled(minijinja::Error);

impl fmt::Display for NotFilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "internal fault: the report can't be filled in: {}",
            self.0
        )
    }
}

impl std::error::Error for NotFilled {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The template with its values, which are escaped wherever they stand.
fn fill(context: Value) -> Result<String, minijinja::Error> {
    let mut environment = template::environment(|_| AutoEscape::Html)?;
    environment.add_filter("soft", |text: &str| soft(text));
    environment.template_from_str(TEMPLATE)?.render(context)
}

fn context(report: &Report<'_>) -> Value {
    let comparison = &report.comparison;
    let ids = identities(&comparison.changes);
    let ids: BTreeMap<*const Change, String> = comparison
        .changes
        .iter()
        .zip(ids)
        .map(|(change, id)| (std::ptr::from_ref(change), slug(&id)))
        .collect();
    let page = Page { report, ids };
    let (rust, wire) = (comparison.rust(), comparison.wire());
    let all: Vec<&Change> = comparison.changes.iter().collect();
    let mut rules: BTreeMap<&str, &Rule> = BTreeMap::new();
    rules.extend(all.iter().map(|change| (change.rule.code, change.rule)));
    let versions = report.versions.map(|(now, next)| {
        context! { now => now.to_string(), next => next.to_string() }
    });
    context! {
        old => visible(&report.names.0),
        new => visible(&report.names.1),
        rust => context! { word => rust.as_str(), meaning => for_code(rust), counts => rust_counts(&all) },
        wire => context! { word => wire.as_str(), meaning => for_programs(wire), counts => wire_counts(&all) },
        versions => versions,
        notes => report.notes().iter().map(|note| visible(note)).collect::<Vec<_>>(),
        sections => page.sections(),
        consumer => page.consumer(),
        sunsets => page.sunsets(),
        rules => rules.into_values().map(rule).collect::<Vec<_>>(),
    }
}

fn for_code(verdict: Rust) -> &'static str {
    match verdict {
        Rust::Patch => "What compiled still compiles, and there is nothing new.",
        Rust::Minor => "What compiled still compiles, and there is more than before.",
        Rust::Major => "Code may stop compiling where it uses what has changed.",
    }
}

fn for_programs(verdict: Wire) -> &'static str {
    match verdict {
        Wire::Compatible => "They keep working with the new service.",
        Wire::Risky => {
            "Whether they keep working depends on what they send, or on what the service still takes."
        }
        Wire::Breaking => "Some calls fail, or what they bring can't be read.",
    }
}

/// How many there are of each word; none that there are none of.
fn counts(counts: impl IntoIterator<Item = (&'static str, usize)>) -> Vec<Value> {
    let some = counts.into_iter().filter(|(_, number)| *number > 0);
    some.map(|(word, number)| context! { word => word, number => number })
        .collect()
}

fn rust_counts(changes: &[&Change]) -> Vec<Value> {
    let count = |level| changes.iter().filter(|change| change.rust == level).count();
    let levels = [Rust::Major, Rust::Minor, Rust::Patch];
    counts(levels.map(|level| (level.as_str(), count(level))))
}

fn wire_counts(changes: &[&Change]) -> Vec<Value> {
    let count = |level| changes.iter().filter(|change| change.wire == level).count();
    let levels = [Wire::Breaking, Wire::Risky];
    counts(levels.map(|level| (level.as_str(), count(level))))
}

fn rule(rule: &Rule) -> Value {
    context! { code => rule.code, title => rule.title, why => prose(rule.why), example => rule.example }
}

struct Page<'r> {
    report: &'r Report<'r>,
    /// What each change is called in links.
    ids: BTreeMap<*const Change, String>,
}

impl Page<'_> {
    fn id(&self, change: &Change) -> &str {
        self.ids
            .get(&std::ptr::from_ref(change))
            .map_or("", String::as_str)
    }

    fn sections(&self) -> Vec<Value> {
        let mut taken = BTreeSet::new();
        let sections = self.report.sections().into_iter();
        let section = sections.map(|(title, lines)| {
            let changes: Vec<&Change> = lines
                .iter()
                .flat_map(|line| &line.changes)
                .copied()
                .collect();
            let mut id = format!("group-{}", slug(&title));
            while !taken.insert(id.clone()) {
                id.push('-');
            }
            let mut counts = rust_counts(&changes);
            counts.extend(wire_counts(&changes));
            context! {
                id => id,
                title => visible(&title),
                counts => counts,
                lines => lines.iter().map(|line| self.line(line)).collect::<Vec<_>>(),
            }
        });
        section.collect()
    }

    fn line(&self, line: &Line<'_>) -> Value {
        let Some(first) = line.changes.first() else {
            return Value::UNDEFINED;
        };
        let is_one = line.changes.len() == 1;
        let turn = is_one && !first.before.is_empty() && !first.after.is_empty();
        let turn = turn.then(|| {
            context! { before => visible(&first.before), after => visible(&first.after) }
        });
        let (head, names) = match is_one {
            true if first.also.len() <= FEW => (line.sentence.clone(), Vec::new()),
            true => (format!("{} The same for:", line.head), also(first)),
            false => (
                format!("{}:", line.head),
                line.changes
                    .iter()
                    .map(|change| self.name(change))
                    .collect(),
            ),
        };
        // Several of a kind have a link each, and what is first among them is not one of them.
        let id = if is_one {
            self.id(first).to_owned()
        } else {
            format!("{}-and-others", self.id(first))
        };
        context! {
            id => id,
            rust => line.rust().as_str(),
            wire => line.wire().as_str(),
            direction => direction(first.flow),
            code => line.code(),
            title => first.rule.title,
            cause => first.cause.remark(),
            head => prose(&head),
            turn => turn,
            names => names,
            old => is_one.then(|| link(links::old(self.report, first))),
            new => is_one.then(|| link(links::new(self.report, first))),
        }
    }

    /// One of several of a kind.
    fn name(&self, change: &Change) -> Value {
        let place = links::new(self.report, change).or_else(|| links::old(self.report, change));
        let place = place.map(|place| Link {
            text: place.short.clone(),
            ..place
        });
        context! { id => self.id(change), text => plain(name(change)), at => link(place) }
    }

    /// The program that was checked, where one was.
    fn consumer(&self) -> Option<Value> {
        let places = self.report.places()?;
        let touched = places.touched.iter().map(|touched| {
            context! {
                id => self.id(touched.change),
                code => touched.change.rule.code,
                level => if touched.breaks { "error" } else { "warning" },
                sentence => prose(&touched.sentence),
                count => touched.count(),
                findings => touched.findings.iter().map(|finding| context! {
                    at => visible(&finding.at()),
                    words => prose(&format!("{}{}", finding.words(), finding.doubt())),
                }).collect::<Vec<_>>(),
            }
        });
        let rendered = |finding: &&Finding| -> String {
            let lines = finding.rendered.lines().map(visible);
            lines.collect::<Vec<_>>().join("\n")
        };
        Some(context! {
            name => self.report.consumer.as_ref().map(|consumer| visible(&consumer.name)),
            verdict => places.verdict,
            touched => touched.collect::<Vec<_>>(),
            unexplained => places.unexplained.iter().map(rendered).collect::<Vec<_>>(),
            notes => places.notes,
        })
    }

    fn sunsets(&self) -> Vec<Value> {
        let sunsets = self.report.sunsets.iter().map(|sunset| {
            context! {
                operation => visible(&sunset.operation),
                day => visible(sunset.day),
                passed => sunset.has_passed,
                at => link(links::of(self.report, sunset.at)),
            }
        });
        sunsets.collect()
    }
}

/// The others that a change shows in.
fn also(change: &Change) -> Vec<Value> {
    let names = change.also.iter();
    let names = names.map(|name| context! { id => (), text => plain(name), at => () });
    names.collect()
}

/// A name for people: where types stand is clear.
fn plain(name: &str) -> String {
    visible(name.strip_prefix("types::").unwrap_or(name))
}

fn link(link: Option<Link>) -> Option<Value> {
    link.map(|link| {
        context! { text => visible(&link.text), full => visible(&link.full), href => link.href }
    })
}

/// Which way the data travels, behind the verdict for the wire.
fn direction(flow: Flow) -> &'static str {
    match flow {
        Flow::Sent => ", sent",
        Flow::Received => ", received",
        Flow::Unused | Flow::Both => "",
    }
}

/// A text in pieces: what stands between backticks is code.
fn prose(text: &str) -> Vec<Value> {
    let pieces = pieces(text);
    let pieces = pieces.map(|(is_code, piece)| context! { code => is_code, text => piece });
    pieces.collect()
}

/// A text in pieces between which a line may end: a long path has no spaces.
fn soft(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut last = ' ';
    for letter in text.chars() {
        let ends =
            matches!(last, '_' | '.' | '/' | '(' | '<' | ',') || (last == ':' && letter != ':');
        let begins = letter.is_uppercase() && last.is_lowercase();
        match pieces.last_mut() {
            Some(piece) if !(ends || begins) => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        last = letter;
    }
    pieces
}

/// A text as a name in a link: letters, digits and hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => slug.push(letter),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_matches('-').to_owned()
}
