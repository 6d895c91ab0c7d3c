//! Any names at all: made at random from what names are made of, and from what they never should be.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

const PIECES: [&str; 48] = [
    "foo", "Foo", "FOO", "bar", "Bar", "a", "A", "1", "2fa", "_", "-", ".", " ", "/", "~", "%",
    "$", "@", "#", "\"", "'", "{", "}", "\\", "\n", "\0", "\u{200b}", "\u{202e}", "é", "É", "ß",
    "名", "😀", "👍🏽", "Ⅷ", "self", "Self", "type", "crate", "r#fn", "Result", "Option", "String",
    "Unknown", "new", "con", "mod", "",
];

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }

    /// Different names, few enough pieces in each that they come close to one another.
    fn names(&mut self) -> Vec<String> {
        let mut names = BTreeSet::new();
        for _ in 0..30 {
            let length = self.below(4);
            names.insert(
                (0..length)
                    .map(|_| PIECES[self.below(PIECES.len())])
                    .collect(),
            );
        }
        names.into_iter().collect()
    }

    fn shuffled(&mut self, names: &[String]) -> Vec<String> {
        let mut left = names.to_vec();
        let mut shuffled = Vec::new();
        while !left.is_empty() {
            shuffled.push(left.swap_remove(self.below(left.len())));
        }
        shuffled
    }
}

/// Whether a text is an identifier of Rust, as the compiler sees it.
fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(text).is_ok()
}

/// The identifiers of schemas, of the properties of each, of values, and of files, by the names in the document.
fn all(names: &[String]) -> [BTreeMap<String, String>; 4] {
    let of_names = |idents: Vec<String>| names.iter().cloned().zip(idents).collect();
    let wires: Vec<&str> = names.iter().map(String::as_str).collect();
    let types: Vec<Type> = wires
        .iter()
        .map(|name| component(name, object(vec![field("a")])))
        .collect();
    let (named, _) = names_of(&sample::api_of(types));
    let files = named.types.values();
    let files = files.map(|ty| ty.name.module.to_string()).collect();
    [
        of_names(type_idents(&named)),
        of_names(fields(&wires).0),
        of_names(variants(&wires).0),
        of_names(files),
    ]
}

#[test]
fn any_names_become_different_identifiers_whatever_their_order() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..200 {
        let names = random.names();
        let named = all(&names);
        for scope in &named {
            for (name, ident) in scope {
                assert!(is_identifier(ident), "{name:?} as {ident:?}");
            }
            // Case-insensitive file systems part no names, so files differ by more than that.
            let different: BTreeSet<&String> = scope.values().collect();
            assert_eq!(different.len(), names.len(), "{names:?} as {scope:?}");
        }
        let files = &named[3];
        let folded: BTreeSet<String> = files.values().map(|file| file.to_lowercase()).collect();
        assert_eq!(folded.len(), names.len(), "{files:?}");
        assert_eq!(all(&random.shuffled(&names)), named, "{names:?}");
    }
}
