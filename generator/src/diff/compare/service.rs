//! The crate as a whole, and what the client knows of the service.

use super::super::change::Flow;
use super::super::collect::texts;
use super::super::outline::Entry;
use super::super::rules;
use super::super::verdict::Wire;
use super::side::Side;
use super::{Compare, Finding, plain};

/// What stands where there is nothing.
pub(super) const NOTHING: &str = "nothing";

impl Compare<'_, '_> {
    pub(super) fn service(&mut self) {
        if let (Some(old), Some(new)) = (self.old.krate, self.new.krate)
            && old.fact("library") != new.fact("library")
        {
            self.push(Finding {
                before: old.fact("package").to_owned(),
                after: new.fact("package").to_owned(),
                ..Finding::of(&rules::CRATE_RENAMED, new.fact("library"))
            });
        }
        self.exports();
        let (old, new) = (&self.old.service, &self.new.service);
        let mut names: Vec<&str> = old.keys().chain(new.keys()).copied().collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.setting(name, old.get(name).copied(), new.get(name).copied());
        }
    }

    fn exports(&mut self) {
        let (old, new) = (&self.old.exports, &self.new.exports);
        if old.is_empty() || new.is_empty() {
            return;
        }
        for export in old.difference(new) {
            self.push(Finding::of(&rules::EXPORT_REMOVED, *export));
        }
        for export in new.difference(old) {
            self.push(Finding::of(&rules::EXPORT_ADDED, *export));
        }
    }

    fn setting(&mut self, name: &str, old: Option<&Entry>, new: Option<&Entry>) {
        if name == "error_body" {
            return self.error_body(old, new);
        }
        let text = |entry: Option<&Entry>| entry.map_or("", |entry| entry.fact("is")).to_owned();
        let (before, after) = (text(old), text(new));
        if before == after {
            return;
        }
        if name.starts_with("credentials") {
            match (name == "credentials", self.has_other_credentials()) {
                (true, true) => return self.credentials(),
                // The constructors are told with the type.
                (false, true) => return,
                // A surface of an older format has no line for the type.
                (true, false) if before.is_empty() || after.is_empty() => return,
                _ => {}
            }
        }
        let rule = match (name, before.is_empty(), after.is_empty()) {
            ("base_url", ..) => &rules::BASE_URL_CHANGED,
            ("revoke_url", true, _) => &rules::REVOKE_ADDED,
            ("revoke_url", _, true) => &rules::REVOKE_REMOVED,
            ("revoke_url" | "refresh_url" | "token_url", ..) => &rules::SIGN_IN_CHANGED,
            ("security", ..) => &rules::DEFAULT_AUTHENTICATION,
            ("schemes" | "mutual_tls", ..) => &rules::SCHEMES_CHANGED,
            (name, was, is) if name.starts_with("credentials::") => match (was, is) {
                (true, _) => &rules::CREDENTIALS_ADDED,
                (_, true) => &rules::CREDENTIALS_REMOVED,
                _ => &rules::CREDENTIALS_CHANGED,
            },
            (name, ..) if name.starts_with("servers::") => &rules::SERVERS_CHANGED,
            _ => &rules::SETTING_CHANGED,
        };
        let shown = |text: String| match text.is_empty() {
            true => NOTHING.to_owned(),
            false if name == "security" => plain::requirements(&text),
            false if texts::is_setting(name) => text,
            false => plain::plain(&text),
        };
        // Where nothing was known before, no program relies on it; nor on a way to say who one is that comes beside those there were.
        let is_more = name == "schemes" && holds(&after, &before);
        let wire = (before.is_empty() || is_more).then_some(Wire::Compatible);
        self.push(Finding {
            before: shown(before),
            after: shown(after),
            wire,
            ..Finding::of(rule, name)
        });
    }

    /// Whether credentials are the runtime's on one side, and a type of the crate's own on the other.
    fn has_other_credentials(&self) -> bool {
        let is_own = |side: &Side<'_>| {
            let mut names = side.service.keys();
            names.any(|name| name.starts_with("credentials"))
        };
        is_own(self.old) != is_own(self.new)
    }

    fn credentials(&mut self) {
        let about = |side: &Side<'_>| {
            let names = side.service.keys();
            let names = names.filter_map(|name| name.strip_prefix("credentials::"));
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            match names.is_empty() {
                true => "the runtime's type".to_owned(),
                false => format!("a type of its own, made by {}", names.join(", ")),
            }
        };
        self.push(Finding {
            before: about(self.old),
            after: about(self.new),
            ..Finding::of(&rules::CREDENTIALS_TYPE_CHANGED, "Credentials")
        });
    }

    fn error_body(&mut self, old: Option<&Entry>, new: Option<&Entry>) {
        // Without a type of their own, error bodies are any JSON.
        let ty =
            |entry: Option<&Entry>| entry.map_or("Value", |entry| entry.fact("type")).to_owned();
        let (before, after) = (self.pairs.spelled(&ty(old)), ty(new));
        if before == after {
            return;
        }
        let wire = self.wire(&ty(old), &after, Flow::Received);
        self.push(Finding {
            before: ty(old),
            after,
            flow: Flow::Received,
            wire: Some(wire),
            ..Finding::of(&rules::ERROR_BODY_CHANGED, "Error")
        });
    }
}

/// Whether a list, as JSON, has all elements of another.
fn holds(list: &str, other: &str) -> bool {
    let read =
        |text: &str| serde_json::from_str::<Vec<serde_json::Value>>(text).unwrap_or_default();
    let list = read(list);
    read(other).iter().all(|element| list.contains(element))
}
