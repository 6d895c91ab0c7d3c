//! How alike two things are, from 0 to 1.

use std::collections::BTreeSet;

use super::super::outline::Kind;
use super::side::Whole;

/// How alike two names are: by the words in them, whose order counts less than which they are.
pub(super) fn names(left: &str, right: &str) -> f64 {
    let (left, right) = (name_words(left), name_words(right));
    shared(&left, &right)
}

/// The words of a name, in lower case.
pub(super) fn name_words(name: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut word = String::new();
    for c in name.chars() {
        if (c.is_uppercase() || !c.is_alphanumeric()) && !word.is_empty() {
            words.insert(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.insert(word);
    }
    words
}

/// How much of what two types hold is the same on the wire.
pub(super) fn shapes(left: &Whole<'_>, right: &Whole<'_>) -> f64 {
    if left.entry.kind != right.entry.kind {
        return 0.0;
    }
    if left.entry.kind == Kind::Alias {
        return if left.entry.fact("type") == right.entry.fact("type") {
            1.0
        } else {
            0.0
        };
    }
    shared(&marks(left), &marks(right))
}

/// Whether one of two types holds all that the other one holds, and that is something: it has grown or shrunk.
pub(super) fn holds(left: &Whole<'_>, right: &Whole<'_>) -> bool {
    let (old, new) = (marks(left), marks(right));
    let is_same_kind = left.entry.kind == right.entry.kind;
    is_same_kind && !old.is_disjoint(&new) && (old.is_subset(&new) || new.is_subset(&old))
}

/// What a type is known by on the wire.
fn marks<'a>(whole: &Whole<'a>) -> BTreeSet<&'a str> {
    let members = whole.members.iter();
    let marks = members.filter_map(|member| match member.kind {
        Kind::Field | Kind::Value => Some(member.fact("wire")),
        // A variant is called as its type is, which may have another name.
        Kind::Variant => match member.fact("when") {
            when if when.contains(':') => Some(when),
            _ => Some(member.name()),
        },
        Kind::Rest => Some("*"),
        _ => None,
    });
    marks.collect()
}

/// How much of two sets is in both.
#[allow(clippy::cast_precision_loss, reason = "the members of a type are few")]
pub(super) fn shared<T: Ord>(left: &BTreeSet<T>, right: &BTreeSet<T>) -> f64 {
    let all = left.union(right).count();
    if all == 0 {
        return 1.0;
    }
    left.intersection(right).count() as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_alike_by_their_words() {
        assert!(names("ApiAtlasTeamView", "AtlasTeamView") > 0.7);
        assert!(names("Cluster", "Invoice") < 0.1);
        assert!(names("list_team_users", "list_users_of_team") > 0.7);
    }
}
