//! The report as commands of a GitHub workflow, which show beside the lines of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>
//!
//! Their messages are shown as they are, without Markdown: a `@name` in them calls nobody.

use super::fold::{Line, visible};
use super::sarif::level;
use super::{Report, links};

/// The report as workflow commands, the worst first: of each kind GitHub shows ten for a step.
pub fn github(report: &Report<'_>) -> String {
    let (old, new) = &report.names;
    let next = report.versions.filter(|(now, next)| now != next);
    let next = next.map_or(String::new(), |(_, next)| format!("; next version: {next}"));
    let verdict = format!("{old} → {new}: {}{next}", report.verdict());
    let mut text = command("notice", &[("title", "API changes")], &visible(&verdict));
    text.push_str(&program(report));
    let mut lines: Vec<Line<'_>> = report
        .sections()
        .into_iter()
        .flat_map(|(_, lines)| lines)
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.rust(), line.wire())));
    for line in &lines {
        let Some(first) = line.changes.first() else {
            continue;
        };
        let kind = match level(line.rust(), line.wire()) {
            "note" => "notice",
            level => level,
        };
        let spot = links::spot(report, first);
        let title = format!(
            "{}: {}, {}",
            line.code(),
            line.rust().as_str(),
            line.wire().as_str()
        );
        let numbers = spot
            .position
            .map(|(line, column)| (line.to_string(), column.to_string()));
        let mut properties = vec![("file", spot.file.as_str())];
        if let Some((line, column)) = &numbers {
            properties.extend([("line", line.as_str()), ("col", column.as_str())]);
        }
        properties.push(("title", &title));
        text.push_str(&command(kind, &properties, &line.sentence));
    }
    text
}

/// What the compiler says of a program that was checked, at its places.
fn program(report: &Report<'_>) -> String {
    let (Some(consumer), Some(places)) = (&report.consumer, report.places()) else {
        return String::new();
    };
    let verdict = format!("{} {}", consumer.name, places.verdict);
    let mut text = command("notice", &[("title", "This code")], &visible(&verdict));
    for finding in &consumer.findings {
        let kind = if finding.is_error { "error" } else { "warning" };
        let changes = &report.comparison.changes;
        let changes = finding
            .changes
            .iter()
            .filter_map(|index| changes.get(*index));
        let changes: Vec<String> = changes.map(|change| visible(&change.sentence())).collect();
        let message = format!(
            "{}{} {}",
            finding.words(),
            finding.doubt(),
            changes.join(" ")
        );
        let mut properties = Vec::new();
        let numbers = finding
            .spot
            .as_ref()
            .map(|spot| (spot.line.to_string(), spot.column.to_string()));
        if let (Some(spot), Some((line, column))) = (&finding.spot, &numbers) {
            properties.extend([
                ("file", consumer.file(spot)),
                ("line", line.clone()),
                ("col", column.clone()),
            ]);
        }
        properties.push(("title", "API changes".to_owned()));
        let properties: Vec<(&str, &str)> = properties
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        text.push_str(&command(kind, &properties, message.trim_end()));
    }
    text
}

/// One command. GitHub takes `%`, line ends, and in properties `:` and `,`, as `%` with two digits.
fn command(kind: &str, properties: &[(&str, &str)], message: &str) -> String {
    let data = |text: &str| {
        let text = text.replace('%', "%25");
        text.replace('\r', "%0D").replace('\n', "%0A")
    };
    let value = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let properties = properties
        .iter()
        .map(|(name, text)| format!("{name}={}", value(text)));
    let properties: Vec<String> = properties.collect();
    format!("::{kind} {}::{}\n", properties.join(","), data(message))
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn texts_stay_in_their_command() {
        assert_eq!(
            command(
                "error",
                &[("file", "a,b:c%.yaml"), ("title", "x")],
                "100 %:\n::set-output,\r"
            ),
            "::error file=a%2Cb%3Ac%25.yaml,title=x::100 %25:%0A::set-output,%0D\n"
        );
    }
}
