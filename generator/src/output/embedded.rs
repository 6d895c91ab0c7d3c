//! The runtime crate, as it stood when the generator was built.

use crate::surface::File;

include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

/// The runtime's files, to be written to `runtime/` beside a manifest.
pub fn runtime() -> Vec<File> {
    let files = RUNTIME.iter();
    files
        .map(|(path, text)| File {
            path: format!("runtime/{path}"),
            text: (*text).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::runtime;

    #[test]
    fn the_copy_is_a_crate() {
        let paths: Vec<String> = runtime().into_iter().map(|file| file.path).collect();
        assert!(paths.iter().any(|path| path == "runtime/Cargo.toml"));
        assert!(paths.iter().any(|path| path == "runtime/src/lib.rs"));
        assert!(paths.is_sorted());
    }

    /// Each module that is declared is there, and each file is a module that is declared.
    #[test]
    fn the_copys_modules_are_whole() {
        let files = runtime();
        let code = files.iter().filter(|file| file.path.ends_with(".rs"));
        let mut declared = 0;
        for file in code.clone() {
            let parsed = syn::parse_file(&file.text).expect("the copy is Rust");
            let folder = ["lib.rs", "mod.rs", ".rs"].iter();
            let folder = folder.filter_map(|end| file.path.strip_suffix(end)).next();
            let folder = folder.expect("a Rust file").trim_end_matches('/');
            for item in parsed.items {
                let syn::Item::Mod(module) = item else {
                    continue;
                };
                if module.content.is_none() {
                    let path = format!("{folder}/{}", module.ident);
                    let is_there = |file: &&crate::surface::File| {
                        file.path == format!("{path}.rs") || file.path == format!("{path}/mod.rs")
                    };
                    assert_eq!(code.clone().filter(is_there).count(), 1, "{path}");
                    declared += 1;
                }
            }
        }
        assert_eq!(declared + 1, code.count());
    }

    #[test]
    fn the_copy_holds_no_tests() {
        for file in runtime() {
            assert!(!file.path.contains("tests"), "{}", file.path);
            assert!(!file.text.contains("cfg(test)"), "{}", file.path);
            assert!(!file.text.contains("#[test]"), "{}", file.path);
            assert!(!file.text.contains("dev-dependencies"), "{}", file.path);
            assert!(file.text.ends_with('\n') && !file.text.ends_with("\n\n"));
        }
    }
}
