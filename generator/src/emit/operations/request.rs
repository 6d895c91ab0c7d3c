//! The request of an operation: a table of what may be given and of the ways to send it.

use super::super::docs::{Docs, link};
use super::super::literal::quoted;
use super::super::rust_type::spelled;
use super::super::scope::{Name, Scope};
use super::{WIDTH, handle, table, unboxed, used};
use crate::surface::{Answer, Group, Input, Operation, Style, Target, Way};

/// The longest line of the table's documentation, without its indent and marker.
const DOCS: usize = WIDTH - "    /// ".len();

/// How deep entries stand in the table.
const ENTRY: &str = "        ";

pub(super) fn request<'a>(
    operation: &'a Operation,
    group: &Group,
    scope: &mut Scope<'a>,
) -> String {
    let mut table = format!("{}! {{\n", scope.table("request"));
    docs(operation, group, scope).write(&mut table, "    ", "///");
    let answer = answer(&operation.answer, scope);
    let mut head = format!("    pub struct {} -> {answer} {{", operation.request);
    if head.len() > WIDTH {
        table.push_str(&format!("    pub struct {}\n", operation.request));
        head = format!("{ENTRY}-> {answer} {{");
    }
    table.push_str(&head);
    let entries = entries(operation, scope);
    match (entries.as_str(), entries.trim()) {
        ("", _) => table.push('}'),
        (_, line) if !line.contains('\n') && head.len() + line.len() + 3 <= WIDTH => {
            table.push_str(&format!(" {line} }}"));
        }
        (entries, _) => table.push_str(&format!("\n{entries}    }}")),
    }
    table.push_str("\n}\n");
    table
}

/// What it is the request of, and what comes of it.
fn docs<'a>(operation: &'a Operation, group: &Group, scope: &mut Scope<'a>) -> Docs<'a> {
    let method = link(&format!("{}::{}", group.ident, operation.module));
    let request = format!("The request of {method}.");
    let mut answer = operation.answer_docs.0.clone();
    // A link is to what the name means in the file.
    let mut names: Vec<(&str, Name<'_>)> = Vec::new();
    for ident in used(operation) {
        names.push((ident.as_str(), scope.type_name(ident)));
    }
    let stream = match &operation.answer {
        Answer::Stream => Some("Download"),
        Answer::Sequence(sequence, _) if sequence.is_events() => Some("Events"),
        Answer::Sequence(..) => Some("Lines"),
        _ => None,
    };
    if let Some(name) = stream {
        names.push((name, scope.root_name(name)));
    }
    for (plain, name) in names {
        let (short, name) = (link(plain), name.to_string());
        if name != plain {
            for line in &mut answer {
                *line = line.replace(&short, &format!("{short}({name})"));
            }
        }
    }
    let mut lines = answer.into_iter();
    let first = lines.next().unwrap_or_default();
    let mut docs = if request.len() + first.len() < DOCS {
        Docs::line(format!("{request} {first}").trim_end().to_owned())
    } else {
        let mut docs = Docs::line(request);
        docs.push(first);
        docs
    };
    lines.for_each(|line| docs.push(line));
    docs
}

fn entries<'a>(operation: &'a Operation, scope: &mut Scope<'a>) -> String {
    let mut entries = String::new();
    write_shared(operation, &mut entries);
    for input in &operation.options {
        let ty = spelled(unboxed(&input.ty), scope);
        write_option(input, &ty, &mut entries);
        entries.push_str(",\n");
    }
    for Way {
        ident,
        media_type,
        parts,
    } in &operation.ways
    {
        let (read, brought) = match parts {
            Some((sequence, ty)) => super::sequence(*sequence, ty, scope),
            None => ("stream", scope.root_name("Download").to_string()),
        };
        let (call, media_type) = (scope.root_name("Call"), quoted(media_type));
        entries.push_str(&format!(
            "{ENTRY}{read} {ident} -> {call}<{brought}> = {media_type},\n"
        ));
    }
    entries
}

/// `use a, b;`, broken where it is too long.
fn write_shared(operation: &Operation, entries: &mut String) {
    if operation.shared.is_empty() {
        return;
    }
    let mut line = format!("{ENTRY}use");
    for (index, name) in operation.shared.iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        if line.len() + name.as_str().len() + 2 > WIDTH {
            entries.push_str(&line);
            line = format!("\n{ENTRY}   ");
        }
        line.push_str(&format!(" {name}"));
    }
    entries.push_str(&line);
    entries.push_str(";\n");
}

/// One entry with its documentation, without what ends it.
pub(super) fn write_option(input: &Input, ty: &str, entries: &mut String) {
    Docs::of(&input.docs).write(entries, ENTRY, "///");
    let name = &input.ident;
    let styled = |way: &str, style: Style, usual: Style| match style == usual {
        true => way.to_owned(),
        false => format!("{way}({})", table::style(style)),
    };
    let (way, wire) = match &input.target {
        Target::Query {
            wire,
            style,
            reserved,
        } => {
            let way = handle::query(*reserved);
            (styled(way, *style, Style::FormExploded), wire)
        }
        Target::Header { wire, style } => (styled("header", *style, Style::Simple), wire),
        Target::Cookie { wire, style } => (styled("cookie", *style, Style::FormExploded), wire),
        // What is in the path is never left out.
        Target::Path { wire, .. } => ("path".to_owned(), wire),
        Target::Body(kind) => {
            let kind = handle::body(*kind);
            return entries.push_str(&format!("{ENTRY}{kind} {name}: {ty}"));
        }
    };
    let (entry, wire) = (format!("{ENTRY}{way} {name}: {ty} ="), quoted(wire));
    let one_line = entry.len() + wire.len() + 2 <= WIDTH;
    let space = if one_line { " " } else { "\n            " };
    entries.push_str(&format!("{entry}{space}{wire}"));
}

/// How the answer is read, and the call that brings it.
fn answer<'a>(answer: &'a Answer, scope: &mut Scope<'a>) -> String {
    let (read, ty) = match answer {
        Answer::Empty => ("empty", "()".to_owned()),
        Answer::Json(ty) => ("json", spelled(ty, scope)),
        Answer::JsonOrEmpty(ty) => ("optional", format!("Option<{}>", spelled(ty, scope))),
        Answer::ByStatus { ident, .. } => ("answers", ident.to_string()),
        Answer::Text => ("text", "String".to_owned()),
        Answer::Sequence(sequence, ty) => super::sequence(*sequence, ty, scope),
        Answer::Stream => ("stream", scope.root_name("Download").to_string()),
    };
    format!("{read} {}<{ty}>", scope.root_name("Call"))
}
