//! What on the old side is what on the new one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::outline::{Entry, Kind};
use super::side::{Side, Whole, address};
use super::{similar, spelling};

/// What belongs together on both sides. Names are those of the old side, then those of the new one.
#[derive(Default)]
pub(super) struct Pairs<'a> {
    /// Places of operations.
    pub(super) operations: BTreeMap<&'a str, &'a str>,
    /// Modules of groups that have another name.
    pub(super) groups: BTreeMap<&'a str, &'a str>,
    /// Features that have another name.
    pub(super) features: BTreeMap<&'a str, &'a str>,
    /// Types, renamed or not.
    pub(super) types: BTreeMap<&'a str, &'a str>,
    /// Types that have another name.
    pub(super) renamed: BTreeMap<&'a str, &'a str>,
}

impl<'a> Pairs<'a> {
    pub(super) fn find(old: &Side<'a>, new: &Side<'a>) -> Self {
        let mut pairs = Self {
            operations: operations(old, new),
            ..Self::default()
        };
        pairs.find_groups(old, new);
        pairs.find_types(old, new);
        pairs
    }

    /// The group of an old operation, as the new side calls it.
    pub(super) fn group(&self, module: &'a str) -> &'a str {
        self.groups.get(module).copied().unwrap_or(module)
    }

    /// An old type, in the names of the new side.
    pub(super) fn spelled(&self, ty: &str) -> String {
        if self.renamed.is_empty() {
            return ty.to_owned();
        }
        spelling::renamed(ty, &self.renamed)
    }

    /// A group that is gone is the new one where most of its operations are.
    fn find_groups(&mut self, old: &Side<'a>, new: &Side<'a>) {
        let mut moved: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for place in old.operations.keys() {
            *sizes.entry(group_of(place)).or_default() += 1;
        }
        for (old_place, new_place) in &self.operations {
            let (from, to) = (group_of(old_place), group_of(new_place));
            if !new.groups.contains_key(from) && !old.groups.contains_key(to) {
                *moved.entry((from, to)).or_default() += 1;
            }
        }
        let mut found: Vec<_> = moved.into_iter().collect();
        found.sort_by_key(|(names, count)| (std::cmp::Reverse(*count), *names));
        let mut taken = BTreeSet::new();
        for ((from, to), count) in found {
            let size = sizes.get(from).copied().unwrap_or_default();
            if count * 2 > size && !self.groups.contains_key(from) && taken.insert(to) {
                self.groups.insert(from, to);
            }
        }
        for (from, to) in &self.groups {
            let feature =
                |side: &Side<'a>, group: &str| side.groups.get(group).map(|group| group.fact("if"));
            if let (Some(before), Some(after)) = (feature(old, from), feature(new, to))
                && before != after
                && !new.features.contains(before)
                && !old.features.contains(after)
            {
                self.features.insert(before, after);
            }
        }
    }

    fn find_types(&mut self, old: &Side<'a>, new: &Side<'a>) {
        let mut gone: BTreeMap<&'a str, &Whole<'a>> = BTreeMap::new();
        for (name, whole) in &old.types {
            if new.types.contains_key(name) {
                self.types.insert(name, name);
            } else {
                gone.insert(name, whole);
            }
        }
        let is_new = |(name, _): &(&&'a str, &Whole<'a>)| !old.types.contains_key(**name);
        let mut fresh: BTreeMap<&'a str, &Whole<'a>> = new
            .types
            .iter()
            .filter(is_new)
            .map(|(name, whole)| (*name, whole))
            .collect();
        if gone.is_empty() || fresh.is_empty() {
            return;
        }
        // What stands at a schema's place is that schema, whatever it is called.
        for (from, to) in same_place(&gone, &fresh) {
            self.take(from, to, &mut gone, &mut fresh);
        }
        // What stands where another one stood, and holds much the same; each that is found leads to those inside it.
        loop {
            let found = self.replaced(old, new, &gone, &fresh);
            if found.is_empty() {
                break;
            }
            for (from, to) in found {
                self.take(from, to, &mut gone, &mut fresh);
            }
        }
        for (from, to) in alike(&gone, &fresh) {
            self.take(from, to, &mut gone, &mut fresh);
        }
    }

    fn take(
        &mut self,
        from: &'a str,
        to: &'a str,
        gone: &mut BTreeMap<&'a str, &Whole<'a>>,
        fresh: &mut BTreeMap<&'a str, &Whole<'a>>,
    ) {
        if gone.contains_key(from) && fresh.contains_key(to) {
            gone.remove(from);
            fresh.remove(to);
            self.types.insert(from, to);
            self.renamed.insert(from, to);
        }
    }

    /// What stands where another one stood: first the pairs that most places agree on.
    fn replaced(
        &self,
        old: &Side<'a>,
        new: &Side<'a>,
        gone: &BTreeMap<&'a str, &Whole<'a>>,
        fresh: &BTreeMap<&'a str, &Whole<'a>>,
    ) -> Vec<(&'a str, &'a str)> {
        let mut votes: BTreeMap<(&'a str, &'a str), usize> = BTreeMap::new();
        let mut vote = |before: &'a str, after: &'a str| {
            if before == after {
                return;
            }
            for (from, to) in spelling::names(before).zip(spelling::names(after)) {
                if let (Some((from, left)), Some((to, right))) =
                    (gone.get_key_value(from), fresh.get_key_value(to))
                    && (similar::shapes(left, right) >= 0.5
                        || (similar::names(from, to) >= 0.5 && similar::holds(left, right)))
                {
                    *votes.entry((from, to)).or_default() += 1;
                }
            }
        };
        let wholes = self
            .operations
            .iter()
            .filter_map(|(from, to)| Some((old.operations.get(from)?, new.operations.get(to)?)));
        let types = self.types.iter();
        let types = types.filter_map(|(from, to)| Some((old.types.get(from)?, new.types.get(to)?)));
        for (left, right) in wholes.chain(types) {
            vote(left.entry.fact("brings"), right.entry.fact("brings"));
            vote(left.entry.fact("type"), right.entry.fact("type"));
            for member in &left.members {
                let ty = member.fact("type");
                // To find a member's other side takes a while, and few speak of what is gone.
                let speaks_of_gone = spelling::names(ty).any(|name| gone.contains_key(name));
                if speaks_of_gone && let Some(other) = same_member(member, right) {
                    vote(ty, other.fact("type"));
                }
            }
        }
        let mut found: Vec<_> = votes.into_iter().collect();
        found.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
        found.into_iter().map(|(pair, _)| pair).collect()
    }
}

/// The member of the other side that is the same on the wire, or has the same name.
pub(super) fn same_member<'a>(member: &Entry, other: &Whole<'a>) -> Option<&'a Entry> {
    let same_kind = |found: &&&'a Entry| found.kind == member.kind;
    let known_by = match member.kind {
        Kind::Field | Kind::Value | Kind::Argument | Kind::Setter | Kind::Shared => "wire",
        _ => "",
    };
    let mut all = other.members.iter().filter(same_kind);
    if member.kind == Kind::Variant {
        // A variant is called as its type is; what it is chosen by stays where the type has another name.
        let by_name = other
            .all(Kind::Variant)
            .find(|found| found.name() == member.name());
        return by_name.or_else(|| {
            all.find(|found| found.fact("when") == member.fact("when"))
                .copied()
        });
    }
    let found = if known_by.is_empty() || member.fact(known_by).is_empty() {
        all.find(|found| found.name() == member.name())
    } else {
        all.find(|found| found.fact(known_by) == member.fact(known_by))
    };
    found.copied()
}

/// The module of the group of an operation's place.
pub(super) fn group_of(place: &str) -> &str {
    let inside = place.strip_prefix("operations::").unwrap_or(place);
    inside.split_once("::").map_or(inside, |(group, _)| group)
}

/// Operations by method and path; of several versions of one, first those of one name.
fn operations<'a>(old: &Side<'a>, new: &Side<'a>) -> BTreeMap<&'a str, &'a str> {
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (place, whole) in &old.operations {
        let same = new.operations.get_key_value(place);
        if let Some((found, other)) = same
            && address(whole.entry) == address(other.entry)
        {
            pairs.insert(*place, *found);
            taken.insert(*found);
        }
    }
    let mut by_address: BTreeMap<_, Vec<&'a str>> = BTreeMap::new();
    for (place, whole) in &new.operations {
        by_address
            .entry(address(whole.entry))
            .or_default()
            .push(place);
    }
    for (place, whole) in &old.operations {
        if pairs.contains_key(place) {
            continue;
        }
        let same_place = by_address.get(&address(whole.entry)).into_iter().flatten();
        let free = same_place.filter(|found| !taken.contains(**found));
        let alike = |found: &&&'a str| similar::names(place, found);
        if let Some(found) = free.copied().max_by(|a, b| alike(&a).total_cmp(&alike(&b))) {
            pairs.insert(place, found);
            taken.insert(found);
        }
    }
    // Of the rest, what has the same name, if it was not given to another operation.
    for place in old.operations.keys() {
        if let Some((found, _)) = new.operations.get_key_value(place)
            && !pairs.contains_key(place)
            && taken.insert(found)
        {
            pairs.insert(place, found);
        }
    }
    pairs
}

/// Types of one kind at one place.
fn same_place<'a>(
    gone: &BTreeMap<&'a str, &Whole<'a>>,
    fresh: &BTreeMap<&'a str, &Whole<'a>>,
) -> Vec<(&'a str, &'a str)> {
    let key = |whole: &Whole<'a>| (whole.entry.kind, whole.entry.at(), whole.entry.fact("flow"));
    let mut places: BTreeMap<_, &'a str> = BTreeMap::new();
    for (name, whole) in fresh {
        places.insert(key(whole), name);
    }
    let found = gone.iter().filter_map(|(name, whole)| {
        let to = places.get(&key(whole))?;
        (!whole.entry.at().is_empty()).then_some((*name, *to))
    });
    found.collect()
}

/// Types that hold nearly the same and have nearly one name, the most alike first.
fn alike<'a>(
    gone: &BTreeMap<&'a str, &Whole<'a>>,
    fresh: &BTreeMap<&'a str, &Whole<'a>>,
) -> Vec<(&'a str, &'a str)> {
    let mut found = Vec::new();
    let words = fresh.keys().map(|name| similar::name_words(name));
    let words: Vec<BTreeSet<String>> = words.collect();
    for (from, left) in gone {
        let name = similar::name_words(from);
        for ((to, right), other) in fresh.iter().zip(&words) {
            if left.entry.kind != right.entry.kind || left.flow() != right.flow() {
                continue;
            }
            let by_name = similar::shared(&name, other);
            if by_name < 0.5 {
                continue;
            }
            let by_shape = similar::shapes(left, right);
            if by_shape >= 0.7 {
                found.push((by_name + by_shape, *from, *to));
            }
        }
    }
    found.sort_by(|left, right| {
        right
            .0
            .total_cmp(&left.0)
            .then_with(|| (left.1, left.2).cmp(&(right.1, right.2)))
    });
    found.into_iter().map(|(_, from, to)| (from, to)).collect()
}
