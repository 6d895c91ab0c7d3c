//! Lists on lines: on one where they fit, else as many to a line as fit.

/// The longest line that is written.
pub(super) const WIDTH: usize = 100;

/// Adds `head{a, b};` to code; without braces where there is one name. The longer form has a line for the head.
pub(super) fn braced(head: &str, names: &[&str], indent: &str, code: &mut String) {
    code.push_str(indent);
    code.push_str(head);
    if let [one] = names {
        code.push_str(one);
        return code.push_str(";\n");
    }
    let length: usize = names.iter().map(|name| name.len() + 2).sum();
    if indent.len() + head.len() + length < WIDTH {
        code.push('{');
        code.push_str(&names.join(", "));
        return code.push_str("};\n");
    }
    code.push_str("{\n");
    fill(names.iter().copied(), ",", &format!("{indent}    "), code);
    code.push_str(indent);
    code.push_str("};\n");
}

/// Adds lines of words, each word with `end` behind it.
pub(super) fn fill<'t>(
    words: impl Iterator<Item = &'t str>,
    end: &str,
    indent: &str,
    code: &mut String,
) {
    let mut length = 0;
    for word in words {
        let added = word.chars().count() + end.len();
        if length > 0 && length + 1 + added > WIDTH {
            code.push('\n');
            length = 0;
        }
        if length == 0 {
            code.push_str(indent);
            length = indent.len();
        } else {
            code.push(' ');
            length += 1;
        }
        code.push_str(word);
        code.push_str(end);
        length += added;
    }
    if length > 0 {
        code.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::braced;

    fn written(names: &[&str], indent: &str) -> String {
        let mut code = String::new();
        braced("use super::", names, indent, &mut code);
        code
    }

    #[test]
    fn one_name_needs_no_braces() {
        assert_eq!(written(&["A"], "  "), "  use super::A;\n");
        assert_eq!(written(&["A", "B"], ""), "use super::{A, B};\n");
    }

    #[test]
    fn a_line_is_as_long_as_it_may_be_and_no_longer() {
        let fits = "A".repeat(100 - "use super::{, B};".len());
        let line = format!("use super::{{{fits}, B}};\n");
        assert_eq!(written(&[&fits, "B"], ""), line);
        let longer = format!("{fits}A");
        let lines = format!("use super::{{\n    {longer}, B,\n}};\n");
        assert_eq!(written(&[&longer, "B"], ""), lines);
        let half = "A".repeat(48);
        let lines = format!("use super::{{\n    {half},\n    {half},\n}};\n");
        assert_eq!(written(&[&half, &half], ""), lines);
    }
}
