//! Media types in one word, for names.

/// A media type without its parameters (RFC 9110, section 8.3.1).
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The word of a media type that says what a body is: `csv` of `text/csv` and of `application/vnd.name.2025-02-19+csv`
/// (RFC 6838, section 4.2.8).
pub fn format_of(media_type: &str) -> &str {
    let essence = essence(media_type);
    let subtype = essence
        .split_once('/')
        .map_or(essence, |(_, subtype)| subtype);
    let format = subtype.rsplit('+').next().unwrap_or(subtype);
    match format {
        "plain" => "text",
        "octet-stream" => "bytes",
        "event-stream" => "events",
        _ => format.strip_prefix("x-").unwrap_or(format),
    }
}

/// The word that tells one body of a request from others: as [`format_of`], but what JSON is of, and forms by their usual names.
pub fn body_of(media_type: &str) -> &str {
    match essence(media_type) {
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        essence => match essence
            .split_once('/')
            .map(|(_, subtype)| subtype.rsplit_once('+'))
        {
            Some(Some((of, "json"))) => of,
            _ => format_of(media_type),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{body_of, format_of};

    #[test]
    fn a_media_type_has_a_word() {
        for (media_type, format, body) in [
            ("application/json; charset=utf-8", "json", "json"),
            ("application/merge-patch+json", "json", "merge-patch"),
            (
                "application/x-www-form-urlencoded",
                "www-form-urlencoded",
                "form",
            ),
            ("multipart/form-data", "form-data", "multipart"),
            ("multipart/mixed", "mixed", "mixed"),
            ("application/vnd.a.2025-02-19+csv", "csv", "csv"),
            ("application/octet-stream", "bytes", "bytes"),
            ("text/event-stream", "events", "events"),
            ("application/x-yaml", "yaml", "yaml"),
            ("text/plain", "text", "text"),
            ("odd", "odd", "odd"),
        ] {
            assert_eq!(
                (format_of(media_type), body_of(media_type)),
                (format, body),
                "{media_type}"
            );
        }
    }
}
