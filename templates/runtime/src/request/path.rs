//! The path of a request, from an operation's template and the values of its parameters.

use crate::url::{escape_literal, is_dot_segment};

/// Writes the path, and the query if the template has one: each `{name}` becomes the text given for it, and all else goes
/// out as it stands. A brace without its partner is literal text. Errors do not repeat a parameter's value.
pub(super) fn assemble(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
    let mut target = String::new();
    let mut rest = template;
    while let Some((literal, (name, after))) =
        rest.split_once('{').and_then(|(literal, inner)| Some((literal, inner.split_once('}')?)))
    {
        push_literal(&mut target, literal);
        target.push_str(value_of(values, name)?);
        rest = after;
    }
    push_literal(&mut target, rest);
    // A piece that is all dots would be resolved away by URL parsers, escaped or not: the request would go elsewhere.
    let (path, _) = target.split_once('?').unwrap_or((&target, ""));
    if path.split('/').any(is_dot_segment) {
        let names: Vec<_> = values.iter().map(|(name, _)| format!("`{name}`")).collect();
        return Err(format!("a path parameter may not be `.` or `..` (one of {})", names.join(", ")));
    }
    Ok(target)
}

/// Values bring no `?` of their own, so the first one in the template begins its query.
fn push_literal(target: &mut String, literal: &str) {
    match literal.split_once('?') {
        Some((path, query)) if !target.contains('?') => {
            target.push_str(&escape_literal(path));
            target.push('?');
            target.push_str(&escape_literal(query));
        }
        _ => target.push_str(&escape_literal(literal)),
    }
}

fn value_of<'a>(values: &[(&str, &'a str)], name: &str) -> Result<&'a str, String> {
    let found = values.iter().find(|(given, _)| *given == name);
    found.map(|(_, value)| *value).ok_or_else(|| format!("the path parameter `{name}` was not given"))
}

#[cfg(test)]
mod tests {
    use super::assemble;

    #[test]
    fn names_in_braces_become_values_and_all_else_stays() {
        let values = [("orgId", "a%2Fb"), ("team-id.x", "7")];
        for (template, path) in [
            ("/orgs/{orgId}/teams/{team-id.x}:addUser", "/orgs/a%2Fb/teams/7:addUser"),
            ("/{orgId}{team-id.x}/{orgId}", "/a%2Fb7/a%2Fb"),
            ("/a b/ü/%20/{orgId}.json", "/a%20b/%C3%BC/%20/a%2Fb.json"),
            ("/x?y=[1]&z={team-id.x}?#", "/x?y=%5B1%5D&z=7%3F%23"),
            ("/{orgId}?{team-id.x}=?/..", "/a%2Fb?7=%3F/.."),
            ("/a}b/{orgId", "/a%7Db/%7BorgId"),
            ("", ""),
        ] {
            assert_eq!(assemble(template, &values).unwrap(), path);
        }
    }

    #[test]
    fn a_value_is_never_taken_for_a_template() {
        let values = [("a", "{b}"), ("b", "x")];
        assert_eq!(assemble("/{a}/{b}", &values).unwrap(), "/{b}/x");
    }

    #[test]
    fn a_parameter_that_was_not_given_is_refused() {
        let fault = assemble("/{a}/{b}", &[("a", "1")]).unwrap_err();
        assert_eq!(fault, "the path parameter `b` was not given");
    }

    #[test]
    fn dot_segments_are_refused_however_they_arise() {
        for (template, text) in
            [("/a/{id}/b", "."), ("/a/{id}", ".."), ("/{id}{id}", "."), ("/{id}./b", "."), ("/%2e{id}/b", ".")]
        {
            let fault = assemble(template, &[("id", text)]).unwrap_err();
            assert!(fault.contains("`.` or `..` (one of `id`)"), "{fault}");
        }
        for (template, text, path) in [("/{id}/b", "...", "/.../b"), ("/{id}:x", "..", "/..:x")] {
            assert_eq!(assemble(template, &[("id", text)]).unwrap(), path);
        }
    }
}
