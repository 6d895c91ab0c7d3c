//! Deep nesting and wide objects: neither may overflow the stack, in a debug build either.

use super::{fault, read, write};
use crate::codec::Value;
use crate::{object, shape_union, tagged_union};

#[derive(Clone, Debug, PartialEq)]
enum Deep {
    Node(Box<Node>),
    Unknown(Value),
}
tagged_union! { Deep by "kind" { Node: "node" } }

#[derive(Clone, Debug, PartialEq)]
enum Shaped {
    List(Vec<Shaped>),
    Unknown(Value),
}
shape_union! { Shaped { List: list } }

object! { struct Node { optional inner: Deep = "inner" } }

/// A struct with 160 fields, ten of which can hold the struct itself.
macro_rules! wide {
    ($($field:ident $wire:literal),*; $($recursive:ident $name:literal),*) => {
        object! {
            struct Wide {
                $(optional $field: String = $wire,)*
                $(optional $recursive: Box<Wide> = $name,)*
            }
            new(), setters
        }
    };
}
wide! {
    f0 "f0", f1 "f1", f2 "f2", f3 "f3", f4 "f4", f5 "f5", f6 "f6", f7 "f7", f8 "f8", f9 "f9",
    f10 "f10", f11 "f11", f12 "f12", f13 "f13", f14 "f14", f15 "f15", f16 "f16", f17 "f17", f18 "f18", f19 "f19",
    f20 "f20", f21 "f21", f22 "f22", f23 "f23", f24 "f24", f25 "f25", f26 "f26", f27 "f27", f28 "f28", f29 "f29",
    f30 "f30", f31 "f31", f32 "f32", f33 "f33", f34 "f34", f35 "f35", f36 "f36", f37 "f37", f38 "f38", f39 "f39",
    f40 "f40", f41 "f41", f42 "f42", f43 "f43", f44 "f44", f45 "f45", f46 "f46", f47 "f47", f48 "f48", f49 "f49",
    f50 "f50", f51 "f51", f52 "f52", f53 "f53", f54 "f54", f55 "f55", f56 "f56", f57 "f57", f58 "f58", f59 "f59",
    f60 "f60", f61 "f61", f62 "f62", f63 "f63", f64 "f64", f65 "f65", f66 "f66", f67 "f67", f68 "f68", f69 "f69",
    f70 "f70", f71 "f71", f72 "f72", f73 "f73", f74 "f74", f75 "f75", f76 "f76", f77 "f77", f78 "f78", f79 "f79",
    f80 "f80", f81 "f81", f82 "f82", f83 "f83", f84 "f84", f85 "f85", f86 "f86", f87 "f87", f88 "f88", f89 "f89",
    f90 "f90", f91 "f91", f92 "f92", f93 "f93", f94 "f94", f95 "f95", f96 "f96", f97 "f97", f98 "f98", f99 "f99",
    f100 "f100", f101 "f101", f102 "f102", f103 "f103", f104 "f104", f105 "f105", f106 "f106", f107 "f107", f108 "f108", f109 "f109",
    f110 "f110", f111 "f111", f112 "f112", f113 "f113", f114 "f114", f115 "f115", f116 "f116", f117 "f117", f118 "f118", f119 "f119",
    f120 "f120", f121 "f121", f122 "f122", f123 "f123", f124 "f124", f125 "f125", f126 "f126", f127 "f127", f128 "f128", f129 "f129",
    f130 "f130", f131 "f131", f132 "f132", f133 "f133", f134 "f134", f135 "f135", f136 "f136", f137 "f137", f138 "f138", f139 "f139",
    f140 "f140", f141 "f141", f142 "f142", f143 "f143", f144 "f144", f145 "f145", f146 "f146", f147 "f147", f148 "f148", f149 "f149";
    w0 "w0", w1 "w1", w2 "w2", w3 "w3", w4 "w4", w5 "w5", w6 "w6", w7 "w7", w8 "w8", w9 "w9"
}

#[test]
fn unions_inside_unions_meet_the_recursion_limit() {
    // The tag comes last, so that every level is held back and read again.
    let nest = |depth: usize| r#"{"inner":"#.repeat(depth) + "null" + &r#","kind":"node"}"#.repeat(depth);
    read::<Deep>(&nest(100));
    assert_eq!(fault::<Deep>(&nest(1_000)).1, "recursion limit exceeded");
    assert_eq!(fault::<Deep>(&nest(100_000)).1, "recursion limit exceeded");
}

#[test]
fn lists_inside_unions_meet_the_recursion_limit() {
    let nest = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    read::<Shaped>(&nest(100));
    for depth in [1_000, 100_000] {
        assert_eq!(fault::<Shaped>(&nest(depth)).1, "recursion limit exceeded");
        assert_eq!(fault::<Vec<Deep>>(&nest(depth)).1, "recursion limit exceeded");
    }
    // Brackets inside strings are no nesting.
    let text = format!(r#"["\"{}"]"#, "[".repeat(500));
    assert!(matches!(read::<Shaped>(&text), Shaped::List(_)));
}

/// Not to serde_json's limit of 128 levels: a debug build copies a struct of this size about ten
/// times a level, so that 45 levels would fill the 2 MB that a thread has.
#[test]
fn a_wide_struct_nests_deeply() {
    let depth = 24;
    let json = r#"{"f1":"a","w0":"#.repeat(depth) + r#"{"f149":"z"}"# + &"}".repeat(depth);
    assert_eq!(write(&read::<Wide>(&json)), json);
}
