//! Words in a run of ASCII letters and digits, by its capitals.

use std::borrow::Cow;

/// Abbreviations that stand beside one another in names, in one run of capitals: `AWSKMS`, `HTTPURL`.
const ABBREVIATIONS: &[&str] = &[
    "API", "ARN", "AWS", "CIDR", "CPU", "CSV", "DB", "DNS", "EBS", "GCP", "GPU", "HMAC", "HTML",
    "HTTP", "HTTPS", "IAM", "ID", "IP", "JSON", "JWT", "KMS", "LDAP", "MFA", "OIDC", "RSA", "SAML",
    "SDK", "SHA", "SMS", "SQL", "SSH", "SSL", "SSO", "TCP", "TLS", "TTL", "UDP", "UI", "URI",
    "URL", "UTC", "UUID", "VPC", "XML",
];

/// The longest run of capitals that is looked at: names hold no more abbreviations, and hostile ones cost nothing.
const LONGEST_RUN: usize = 16;

/// `HTTPStatus` as `http status`, `userIDs` as `user ids`.
pub(super) fn split_by_case(run: &str, words: &mut Vec<String>) {
    let run = &*part_abbreviations(run);
    for part in with_plurals(run).split('_') {
        split_part(part, words);
    }
}

/// Splits ASCII letters and digits as `heck` does, which takes several times as long, for it knows all letters: before a capital
/// behind a small letter, and before the last of several capitals that a small letter follows. A digit counts as what stands
/// before it.
pub(super) fn split_part(part: &str, words: &mut Vec<String>) {
    let mut start = 0;
    let mut before = None;
    for (at, two) in part.as_bytes().windows(2).enumerate() {
        let [this, next] = two else { continue };
        let case = if this.is_ascii_alphabetic() {
            Some(this.is_ascii_uppercase())
        } else {
            before
        };
        let end = if case == Some(false) && next.is_ascii_uppercase() {
            at + 1
        } else if before == Some(true) && this.is_ascii_uppercase() && next.is_ascii_lowercase() {
            at
        } else {
            before = case;
            continue;
        };
        words.extend(part.get(start..end).map(str::to_ascii_lowercase));
        start = end;
        before = None;
    }
    let last = part.get(start..).filter(|last| !last.is_empty());
    words.extend(last.map(str::to_ascii_lowercase));
}

/// In `IDs` the `s` belongs to the word before it: written `Ids`, it stays there.
fn with_plurals(run: &str) -> String {
    let bytes = run.as_bytes();
    let mut plain = String::with_capacity(run.len());
    let mut at = 0;
    while let Some(rest) = run.get(at..).filter(|rest| !rest.is_empty()) {
        let capitals = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let (head, tail) = rest.split_at(capitals);
        if is_plural_s(bytes, at + capitals) {
            let (first, others) = head.split_at(capitals.min(1));
            plain.push_str(first);
            plain.push_str(&others.to_ascii_lowercase());
        } else {
            plain.push_str(head);
        }
        let others = tail
            .bytes()
            .take_while(|byte| !byte.is_ascii_uppercase())
            .count();
        plain.push_str(tail.get(..others).unwrap_or_default());
        at += capitals + others;
    }
    plain
}

/// Puts an underscore between abbreviations where a run of capitals is made of nothing else: `AWSKMSKey` as `AWS_KMSKey`.
fn part_abbreviations(run: &str) -> Cow<'_, str> {
    let four_capitals = |four: &[u8]| four.iter().all(u8::is_ascii_uppercase);
    if !run.as_bytes().windows(4).any(four_capitals) {
        return Cow::Borrowed(run);
    }
    let mut parted = String::with_capacity(run.len() + 4);
    let mut rest = run;
    while !rest.is_empty() {
        let capitals = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let (mut head, mut tail) = rest.split_at(capitals);
        // The last capital begins the word behind it, unless that is the `s` of a plural.
        if tail.starts_with(|next: char| next.is_ascii_lowercase())
            && !is_plural_s(rest.as_bytes(), capitals)
        {
            (head, tail) = rest.split_at(capitals.saturating_sub(1));
        }
        let parts = (4..=LONGEST_RUN).contains(&head.len());
        match parts.then(|| abbreviations(head)).flatten() {
            Some(parts) => parted.push_str(&parts.join("_")),
            None => parted.push_str(head),
        }
        // Up to the next run of capitals.
        let first = tail.chars().next().map_or(0, char::len_utf8);
        let end = tail
            .get(first..)
            .and_then(|text| text.find(|c: char| c.is_ascii_uppercase()))
            .map_or(tail.len(), |at| at + first);
        let (between, after) = tail.split_at(end);
        parted.push_str(between);
        rest = after;
    }
    Cow::Owned(parted)
}

/// A run of capitals as abbreviations; none where something else is left. Of two ways to read it, the one with the longer first
/// part is taken.
fn abbreviations(run: &str) -> Option<Vec<&'static str>> {
    if run.is_empty() {
        return Some(Vec::new());
    }
    let mut fitting: Vec<&&str> = ABBREVIATIONS
        .iter()
        .filter(|part| run.starts_with(**part))
        .collect();
    fitting.sort_by_key(|part| std::cmp::Reverse(part.len()));
    fitting.into_iter().find_map(|part| {
        let mut parts = abbreviations(run.get(part.len()..)?)?;
        parts.insert(0, part);
        Some(parts)
    })
}

/// Whether the `s` of a plural such as `IDs` stands at `at`.
pub(super) fn is_plural_s(run: &[u8], at: usize) -> bool {
    run.get(at) == Some(&b's') && !run.get(at + 1).is_some_and(u8::is_ascii_lowercase)
}
