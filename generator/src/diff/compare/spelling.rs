//! Types as they are spelled in a surface, read again.

use std::collections::BTreeMap;

/// A type, as far as its outermost layer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer<'t> {
    /// `Vec<T>`
    List(&'t str),
    /// `BTreeMap<String,T>`
    Map(&'t str),
    /// `Option<T>` or `Patch<T>`
    Nullable(&'t str),
    /// `T`, with or without a box
    Plain(&'t str),
}

/// The outermost layer of a type; boxes do not count.
pub(super) fn layer(ty: &str) -> Layer<'_> {
    let inside = |open: &str| ty.strip_prefix(open)?.strip_suffix('>');
    if let Some(inner) = inside("Box<") {
        return layer(inner);
    }
    let list = inside("Vec<")
        .or_else(|| inside("Events<"))
        .or_else(|| inside("Lines<"));
    if let Some(inner) = list {
        return Layer::List(inner);
    }
    if let Some(inner) = inside("BTreeMap<String,") {
        return Layer::Map(inner);
    }
    match inside("Option<").or_else(|| inside("Patch<")) {
        Some(inner) => Layer::Nullable(inner),
        None => Layer::Plain(ty),
    }
}

/// Whether a character belongs to a name, or to the path of one.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '#')
}

/// The names in a type, in order.
pub(super) fn names(ty: &str) -> impl Iterator<Item = &str> {
    ty.split(|c| !is_of_name(c)).filter(|name| !name.is_empty())
}

/// A type with other names in place of some.
pub(super) fn renamed(ty: &str, names: &BTreeMap<&str, &str>) -> String {
    let mut spelled = String::with_capacity(ty.len());
    let mut rest = ty;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        spelled.push_str(names.get(name).unwrap_or(&name));
        let next = behind.find(is_of_name).unwrap_or(behind.len());
        let (marks, behind) = behind.split_at(next);
        spelled.push_str(marks);
        rest = behind;
    }
    spelled
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Layer, layer, names, renamed};

    #[test]
    fn layers_come_off_one_by_one() {
        assert_eq!(layer("Option<Vec<A>>"), Layer::Nullable("Vec<A>"));
        assert_eq!(layer("Box<A>"), Layer::Plain("A"));
        assert_eq!(layer("BTreeMap<String,A>"), Layer::Map("A"));
    }

    #[test]
    fn only_whole_names_are_replaced() {
        let names_of = BTreeMap::from([("A", "B"), ("types::Value", "V")]);
        let spelled = renamed("BTreeMap<String,Vec<A>>", &names_of);
        assert_eq!(spelled, "BTreeMap<String,Vec<B>>");
        assert_eq!(renamed("Option<AA>", &names_of), "Option<AA>");
        assert_eq!(renamed("Vec<types::Value>", &names_of), "Vec<V>");
        assert_eq!(names("Vec<A>").collect::<Vec<_>>(), ["Vec", "A"]);
    }
}
