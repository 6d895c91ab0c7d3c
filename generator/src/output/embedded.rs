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
    fn the_copy_is_a_crate_and_holds_no_tests() {
        let paths: Vec<String> = runtime().into_iter().map(|file| file.path).collect();
        assert!(paths.iter().any(|path| path == "runtime/Cargo.toml"));
        assert!(paths.iter().any(|path| path == "runtime/src/lib.rs"));
        assert!(paths.iter().all(
            |path| !path.starts_with("runtime/tests/") && !path.starts_with("runtime/target/")
        ));
        assert!(paths.is_sorted());
    }
}
