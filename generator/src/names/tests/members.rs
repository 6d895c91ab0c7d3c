//! Fields and variants.

use super::*;

#[test]
fn enum_values_keep_their_whole_name() {
    let (names, diagnostics) = variants(&[
        "GROUP_OWNER",
        "+1",
        "-1",
        ">=",
        "",
        "UNKNOWN",
        "*",
        "a b",
        "-name",
        "name",
    ]);
    let expected = [
        "GroupOwner",
        "Plus1",
        "Minus1",
        "GreaterOrEqual",
        "Empty",
        "UnknownValue",
        "Star",
        "AB",
        "MinusName",
        "Name",
    ];
    assert_eq!(names, expected);
    assert!(diagnostics.is_empty());
}

#[test]
fn what_differs_on_the_wire_differs_in_the_name() {
    let (names, diagnostics) = fields(&["a-b", "a_b", "fooBar", "foo_bar", "FOO", "foo", "Foo"]);
    assert_eq!(
        names,
        [
            "a_dash_b",
            "a_b",
            "foo_bar_camel_case",
            "foo_bar",
            "foo_uppercase",
            "foo",
            "foo_pascal_case"
        ]
    );
    assert_eq!(diagnostics.len(), 4);
    assert!(
        diagnostics
            .iter()
            .all(|d| d.code == Code::NameCollision && d.help.contains("[names.pins]"))
    );
    let (names, _) = variants(&["ASC", "asc", "=", "==", "aB", "a_b", "GMT+1", "GMT-1"]);
    let expected = [
        "Asc",
        "AscLowercase",
        "Equal",
        "EqualEqual",
        "AB",
        "ABSnakeCase",
        "GmtPlus1",
        "Gmt1",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_collision_is_reported_at_the_later_place() {
    let (_, diagnostics) = fields(&["a_b", "a-b"]);
    let place = diagnostics.iter().next().map(|d| d.place.clone());
    let later = schema("Sample").join("properties").join("a-b");
    assert_eq!(place, Some(Place::Spec(later)));
}

#[test]
fn one_type_twice_in_a_union_still_gives_two_variants() {
    let shape = sample::union(vec![
        TypeRef::Text,
        TypeRef::Text,
        TypeRef::Text,
        TypeRef::Text,
    ]);
    let (names, _) = members_of(shape);
    assert_eq!(names, ["Text", "A1", "A2", "A3"]);
}

#[test]
fn the_same_name_twice_still_gives_two_names() {
    let (names, _) = variants(&["a", "a", "a", "a", "a"]);
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), 5);
}

#[test]
fn the_field_for_the_rest_gives_way() {
    let mut shape = object(vec![field("others")]);
    if let Shape::Object(object) = &mut shape {
        object.rest = Some(TypeRef::Text);
    }
    assert_eq!(members_of(shape).0, ["others", "other_properties"]);
}

#[test]
fn methods_of_a_value_are_no_field_names() {
    assert_eq!(fields(&["new", "clone"]).0, ["new_field", "clone_field"]);
}

#[test]
fn variants_drop_the_words_that_they_share_with_the_union() {
    let named = |id| TypeRef::Named(TypeId(id));
    let api = sample::api_of(vec![
        component("OrgUserResponse", sample::union(vec![named(1), named(2)])),
        component("OrgPendingUserResponse", object(vec![])),
        component("OrgActiveUserResponse", object(vec![])),
        component(
            "Pet",
            sample::union(vec![
                named(4),
                named(5),
                TypeRef::Text,
                TypeRef::List(Box::new(named(1))),
            ]),
        ),
        component("PetCat", object(vec![])),
        component("CatPet", object(vec![])),
    ]);
    let (names, diagnostics) = names_of(&api);
    let variants = |id| match &names.types[&TypeId(id)].members {
        Members::Variants(variants) => variants.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    assert_eq!(variants(0), ["Pending", "Active"]);
    assert_eq!(variants(3), ["PetCat", "CatPet", "Text", "List"]);
    assert!(diagnostics.is_empty());
}
