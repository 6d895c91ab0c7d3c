//! Path templates (OpenAPI 3.0.3, Path Templating).

use crate::ir::{PathTemplate, Segment};

/// Splits a path into literal text and parameters. A brace without its partner is literal text.
pub(super) fn parse(path: &str) -> PathTemplate {
    let mut segments = Vec::new();
    let mut text = String::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let (before, from_open) = rest.split_at(open);
        text.push_str(before);
        let Some((name, after)) = from_open
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        else {
            rest = from_open;
            break;
        };
        if !text.is_empty() {
            segments.push(Segment::Text(std::mem::take(&mut text)));
        }
        segments.push(Segment::Parameter(name.to_owned()));
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        segments.push(Segment::Text(text));
    }
    PathTemplate(segments)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::ir::Segment::{Parameter, Text};

    #[test]
    fn a_parameter_may_have_a_literal_tail() {
        assert_eq!(
            parse("/orgs/{orgId}/teams/{teamId}:addUser").0,
            [
                Text("/orgs/".to_owned()),
                Parameter("orgId".to_owned()),
                Text("/teams/".to_owned()),
                Parameter("teamId".to_owned()),
                Text(":addUser".to_owned()),
            ]
        );
    }

    #[test]
    fn a_template_is_written_as_it_was_read() {
        for path in ["/", "/a/{b}", "/{a}{b}/c", "/a{", "/a}b", "/{a}/{"] {
            assert_eq!(parse(path).to_string(), path);
        }
    }
}
