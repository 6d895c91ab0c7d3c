//! What must hold of every file that is written.

use atlas_codegen::surface::File;

/// Holds one file: its name is of harmless characters on every system, and what is in it parses.
///
/// # Errors
///
/// What does not hold.
pub fn check(file: &File) -> Result<(), String> {
    check_path(&file.path)?;
    if file.path.ends_with(".rs") {
        syn::parse_file(&file.text).map_err(|error| format!("no Rust: {error}"))?;
    }
    if file.path.ends_with(".toml") {
        file.text
            .parse::<toml::Table>()
            .map_err(|error| format!("no TOML: {error}"))?;
    }
    let is_hidden = |c: char| c.is_control() && c != '\n';
    if file.path.ends_with(".lock") && file.text.contains(is_hidden) {
        return Err("a line holds what nobody sees".to_owned());
    }
    Ok(())
}

/// Names that Windows keeps for devices, whatever follows the first full stop.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// Holds a path: letters, digits, `_`, `-`, and a full stop before the extension; no name of a device, no long name.
///
/// # Errors
///
/// What does not hold.
pub fn check_path(path: &str) -> Result<(), String> {
    for part in path.split('/') {
        let (stem, extension) = part.split_once('.').unwrap_or((part, "rs"));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if stem.is_empty() || part.ends_with('.') || !stem.chars().all(is_plain) {
            return Err("the name has characters that it must not have".to_owned());
        }
        if !["rs", "toml", "md", "lock"].contains(&extension) {
            return Err("the name has another extension".to_owned());
        }
        let device = stem.to_ascii_lowercase();
        let device = device.trim_end_matches(|c: char| c.is_ascii_digit());
        if DEVICES.contains(&device) && (stem.len() <= device.len() + 1) {
            return Err("the name is that of a device".to_owned());
        }
        if part.len() > 200 {
            return Err("the name is longer than file systems take".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_path;

    #[test]
    fn names_that_do_harm_are_seen() {
        for path in ["src/lib.rs", "Cargo.toml", "src/types/com_1.rs"] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
        for path in [
            "../lib.rs",
            "/lib.rs",
            "src/.rs",
            "src/aux.rs",
            "src/com1.rs",
            "src/LPT9.rs",
            "src/a b.rs",
            "src/a.rs.",
            "src/ü.rs",
            "src\\a.rs",
            "a.sh",
        ] {
            assert!(check_path(path).is_err(), "{path}");
        }
    }
}
