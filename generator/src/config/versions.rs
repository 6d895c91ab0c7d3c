//! Which versions of operations there are to be.

use std::collections::BTreeSet;

use super::options::{Older, Preview, Versions};
use super::table::{Section, Source, wrong};

/// The table `versions`.
pub(super) fn versions(source: &mut Source<'_>, parent: &mut Section<'_>) -> Versions {
    let mut section = parent.section(source, "versions");
    let versions = Versions {
        pin: pin(source, &mut section),
        preview: preview(source, &mut section),
        older: older(source, &mut section),
    };
    section.finish(source);
    versions
}

fn pin(source: &mut Source<'_>, section: &mut Section<'_>) -> Option<String> {
    let entry = section.take(source, "pin")?;
    let date = entry.value.as_str().filter(|text| is_date(text));
    if date.is_none() {
        wrong(source, &entry, "a date, such as `\"2025-02-19\"`");
    }
    date.map(str::to_owned)
}

fn preview(source: &mut Source<'_>, section: &mut Section<'_>) -> Preview {
    let Some(entry) = section.take(source, "preview") else {
        return Preview::default();
    };
    match (entry.value.as_bool(), entry.value.as_str()) {
        (Some(true), _) => Preview::Preferred,
        (Some(false), _) => Preview::Fallback,
        (None, Some("beside")) => Preview::Beside,
        (None, _) => {
            wrong(source, &entry, "`true`, `false` or `\"beside\"`");
            Preview::default()
        }
    }
}

fn older(source: &mut Source<'_>, section: &mut Section<'_>) -> Older {
    let Some(entry) = section.take(source, "older") else {
        return Older::default();
    };
    if entry.value.as_str() == Some("all") {
        return Older::All;
    }
    let Some(list) = entry.value.as_array() else {
        wrong(source, &entry, "`\"all\"` or a list of dates");
        return Older::default();
    };
    let mut dates = BTreeSet::new();
    for item in list {
        match item.get_ref().as_str().filter(|text| is_date(text)) {
            Some(date) => {
                let spot = source.spot(item.span().start);
                source.spots.insert(format!("versions.older.{date}"), spot);
                dates.insert(date.to_owned());
            }
            None => source.fault(
                &item.span(),
                "this is not the date of a version".to_owned(),
                "write the date as a string, such as `\"2025-02-19\"`".to_owned(),
            ),
        }
    }
    Older::Listed(dates)
}

/// Whether a text is a date in the form `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
