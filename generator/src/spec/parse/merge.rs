//! YAML's merge keys (`<<`, yaml.org/type/merge.html): the entries of other mappings, where the mapping has none of its own.

use super::super::tree::{Map, Tree};

/// Applies every merge key in a tree.
pub(super) fn apply(tree: Tree) -> Tree {
    match tree {
        Tree::List(list) => Tree::List(list.into_iter().map(apply).collect()),
        Tree::Map(map) if map.contains_key("<<") => Tree::Map(Box::new(merged(*map))),
        Tree::Map(mut map) => {
            for value in map.values_mut() {
                if matches!(value, Tree::List(_) | Tree::Map(_)) {
                    *value = apply(std::mem::replace(value, Tree::Null));
                }
            }
            Tree::Map(map)
        }
        scalar => scalar,
    }
}

fn merged(map: Map) -> Map {
    let mut own = Map::new();
    let mut lent = Vec::new();
    for (key, value) in map {
        let value = apply(value);
        match (key.as_str(), value) {
            ("<<", Tree::List(list)) => lent.extend(list),
            ("<<", other) => lent.push(other),
            (_, value) => {
                own.insert(key, value);
            }
        }
    }
    for lender in lent {
        // Anything but a mapping lends nothing.
        let Tree::Map(lender) = lender else { continue };
        for (key, value) in *lender {
            own.entry(key).or_insert(value);
        }
    }
    own
}
