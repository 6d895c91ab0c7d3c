//! Path templates (OpenAPI 3.0.3, Path Templating).

use crate::ir::{Location, Parameter, PathTemplate, Presence, Segment};

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

/// What of a template is sent. A fragment is not (RFC 9110, section 7.1), nor is what of a query a parameter writes: no path has
/// either, and documents that give it one mean the URL that a reader would put together.
pub(super) fn sent(template: &PathTemplate, parameters: &[Parameter]) -> PathTemplate {
    let whole = template.to_string();
    let end = position(template, '#').unwrap_or(whole.len());
    let (url, _) = whole.split_at(end);
    let query_at = position(template, '?').filter(|at| *at < end);
    let (path, query) = url.split_at(query_at.unwrap_or(end));
    let is_parameters = |pair: &&str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        parameters.iter().any(|parameter| {
            let is_given = parameter.presence == Presence::Required || value.starts_with('{');
            parameter.location == Location::Query && parameter.wire == name && is_given
        })
    };
    let pairs = query.trim_start_matches('?').split('&');
    let literal: Vec<&str> = pairs.filter(|pair| !is_parameters(pair)).collect();
    match literal.join("&").as_str() {
        "" => parse(path),
        query => parse(&format!("{path}?{query}")),
    }
}

/// Where a character first stands in a template's literal text.
fn position(template: &PathTemplate, wanted: char) -> Option<usize> {
    let mut before = 0;
    for segment in &template.0 {
        before += match segment {
            Segment::Parameter(name) => name.len() + "{}".len(),
            Segment::Text(text) => match text.find(wanted) {
                Some(at) => return Some(before + at),
                None => text.len(),
            },
        };
    }
    None
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
