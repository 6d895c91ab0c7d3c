//! Where types would become too large to stand inside others.
//!
//! A type that holds others by value is as large as all of them together, and a value is moved from frame to frame while it is read:
//! types that hold one another ten levels deep, as those of many services do, would take megabytes of stack.

use std::collections::BTreeSet;

use super::{graph, recursion};
use crate::ir::{Api, Shape, TypeId, TypeRef};

/// What a struct holds by value at most, in bytes, as far as boxes help. Twice as much as any type of the Atlas API has, so that
/// types of common size stay as they are.
const MOST: usize = 4 << 10;
/// A member that is smaller is not worth a box.
const LEAST: usize = 128;
/// A text, a list or a map; about what any JSON takes.
const HANDLE: usize = 24;
/// A number, or a pointer, with the word that says whether it is there.
const WORD: usize = 16;

/// Adds the members to box because their type would become too large: the largest first, until the rest is small enough. `boxed` has
/// no cycle left open.
pub(super) fn boxed(api: &Api, boxed: &mut BTreeSet<(TypeId, usize)>) {
    let mut sizes = Sizes {
        api,
        known: vec![None; api.types.len()],
        boxed,
    };
    for (id, _) in api.ids() {
        sizes.find(id);
    }
}

struct Sizes<'a> {
    api: &'a Api,
    /// The size of each type, once it is known.
    known: Vec<Option<usize>>,
    boxed: &'a mut BTreeSet<(TypeId, usize)>,
}

impl Sizes<'_> {
    /// Finds the size of a type after those that it holds, with a stack of its own: the chain may have any length.
    fn find(&mut self, root: TypeId) {
        let mut stack = vec![(root, false)];
        while let Some((id, is_ready)) = stack.pop() {
            if self.known.get(id.index()).is_none_or(Option::is_some) {
                continue;
            }
            if is_ready {
                let size = self.measure(id);
                if let Some(known) = self.known.get_mut(id.index()) {
                    *known = Some(size);
                }
                continue;
            }
            stack.push((id, true));
            let Some(ty) = self.api.get(id) else { continue };
            for edge in graph::edges(ty) {
                if !edge.is_apart && !self.boxed.contains(&(id, edge.member)) {
                    held(edge.ty, &mut |held| stack.push((held, false)));
                }
            }
        }
    }

    /// The size of a type whose members are known. Boxes what makes it too large.
    fn measure(&mut self, id: TypeId) -> usize {
        let Some(ty) = self.api.get(id) else { return 0 };
        let mut members: Vec<(usize, bool, usize)> = graph::edges(ty)
            .into_iter()
            .map(|edge| {
                if edge.is_apart {
                    return (HANDLE, false, edge.member);
                }
                let is_boxed = self.boxed.contains(&(id, edge.member));
                let can_be = !is_boxed && recursion::directly(edge.ty).is_some();
                let size = if is_boxed {
                    WORD
                } else {
                    self.size_of(edge.ty)
                };
                (size, can_be, edge.member)
            })
            .collect();
        let largest = || members.iter().map(|(size, ..)| *size).max().unwrap_or(0);
        match &ty.shape {
            Shape::Enum(_) => HANDLE,
            Shape::Alias(_) => largest(),
            // What does not fit a struct is boxed there.
            Shape::Union(_) => HANDLE + largest(),
            Shape::Object(_) => {
                let mut total: usize = members.iter().map(|(size, ..)| size).sum();
                members.retain(|(size, can_be, _)| *can_be && *size > LEAST);
                members.sort_by_key(|(size, _, member)| (std::cmp::Reverse(*size), *member));
                for (size, _, member) in members {
                    if total <= MOST {
                        break;
                    }
                    self.boxed.insert((id, member));
                    total -= size - WORD;
                }
                total
            }
        }
    }

    fn size_of(&self, ty: &TypeRef) -> usize {
        match ty {
            TypeRef::Named(id) => self.known.get(id.index()).copied().flatten().unwrap_or(0),
            TypeRef::Nullable(inner) => self.size_of(inner),
            TypeRef::Tuple(places) => places.iter().map(|place| self.size_of(place)).sum(),
            TypeRef::Bool | TypeRef::Int32 | TypeRef::Int64 | TypeRef::Uint64 | TypeRef::Float => {
                WORD
            }
            _ => HANDLE,
        }
    }
}

/// The types that a use holds without an allocation between.
fn held(ty: &TypeRef, found: &mut impl FnMut(TypeId)) {
    match ty {
        TypeRef::Named(id) => found(*id),
        TypeRef::Nullable(inner) => held(inner, found),
        TypeRef::Tuple(places) => {
            for place in places {
                held(place, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::analyze;
    use super::*;
    use crate::config::Config;
    use crate::diag::Diagnostics;
    use crate::{lower, spec};

    /// Types that hold the next one three times each, so many levels deep.
    fn chain(levels: usize) -> Api {
        let mut text = String::from(
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n",
        );
        for level in 0..levels {
            let next = format!("{{$ref: '#/components/schemas/L{}'}}", level + 1);
            let _ = writeln!(
                text,
                "    L{level}: {{type: object, properties: {{a: {next}, b: {next}, c: {next}}}}}"
            );
        }
        let _ = writeln!(
            text,
            "    L{levels}: {{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}}}"
        );
        read(&text)
    }

    fn read(text: &str) -> Api {
        let mut messages = Diagnostics::new();
        let config = Config::default();
        let document = spec::parse(text, "t.yaml", &config, &mut messages);
        let document = document.unwrap_or_else(|_| panic!("{messages:?}"));
        lower::lower(&document, &config, &mut messages)
    }

    #[test]
    fn a_type_of_common_size_holds_its_members_itself() {
        assert!(analyze(&chain(4), true).boxed.is_empty());
    }

    #[test]
    fn what_a_map_holds_is_not_held_by_the_type() {
        let mut text = String::from(
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
             Holder: {type: object, properties: {big: {$ref: '#/components/schemas/Big'}}, \
             additionalProperties: {$ref: '#/components/schemas/Big'}}\n    \
             Tree: {type: object, properties: {leaf: {$ref: '#/components/schemas/Leaf'}}}\n    \
             Leaf: {type: object, properties: {name: {type: string}}, \
             additionalProperties: {$ref: '#/components/schemas/Tree'}}\n    \
             Big:\n      type: object\n      properties:\n",
        );
        for number in 0..120 {
            let _ = writeln!(text, "        p{number}: {{type: string}}");
        }
        assert!(analyze(&read(&text), true).boxed.is_empty());
    }

    #[test]
    fn types_that_hold_types_stay_small() {
        let api = chain(30);
        let mut boxed = BTreeSet::new();
        super::boxed(&api, &mut boxed);
        let mut sizes = Sizes {
            api: &api,
            known: vec![None; api.types.len()],
            boxed: &mut boxed.clone(),
        };
        for (id, _) in api.ids() {
            sizes.find(id);
        }
        assert!(sizes.known.iter().flatten().all(|size| *size <= MOST));
        assert_eq!(*sizes.boxed, boxed, "what is boxed is enough");
        assert!(!boxed.is_empty());
    }
}
