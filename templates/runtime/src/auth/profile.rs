//! The profiles that another program of the service keeps, in a file of TOML.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::chain::first_set;
use crate::service::Profiles;

/// A profile. Its settings may be secrets, so it has no `Debug`.
pub(super) struct Profile {
    pub(super) source: String,
    /// Where it says that the service is.
    pub(super) base_url: Option<String>,
    settings: Settings,
}

type Settings = BTreeMap<String, String>;

impl Profile {
    pub(super) fn read(profiles: &Profiles, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let folder = configurations(&lookup).ok_or("no profile: the user's folder for configurations is not known")?;
        let file = folder.join(profiles.folder).join(profiles.file);
        let place = file.display();
        // Whatever is wrong with the file, no part of it is shown: it holds secrets.
        let text = std::fs::read_to_string(&file).map_err(|error| format!("{place} cannot be read: {error}"))?;
        let mut all = tables(&text).map_err(|fault| format!("{place}: {fault}"))?;
        let name = match first_set(profiles.variables, &lookup) {
            Some((_, name)) => name,
            None if all.len() == 1 => all.keys().next().cloned().unwrap_or_default(),
            None => profiles.default.to_owned(),
        };
        let source = format!("the profile `{name}` in {place}");
        let found = all.keys().find(|given| given.eq_ignore_ascii_case(&name)).cloned();
        let settings = found.and_then(|name| all.remove(&name)).ok_or_else(|| format!("{source}: there is none"))?;
        let mut profile = Self { source, base_url: None, settings };
        profile.base_url = profile.find_base_url(profiles)?;
        Ok(profile)
    }

    /// The value of a key; `None` if it is not there, or empty.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        self.settings.get(key).filter(|value| !value.is_empty()).cloned()
    }

    fn find_base_url(&self, profiles: &Profiles) -> Result<Option<String>, String> {
        let of_service = match profiles.service.and_then(|key| self.value(key)) {
            None => "",
            Some(service) => {
                let known = profiles.services.iter().find(|(name, _)| *name == service);
                known.ok_or_else(|| format!("{}: it is for another service", self.source))?.1
            }
        };
        let own = first_set(profiles.keys.base_url, |key| self.value(key)).map(|(_, url)| url);
        Ok(own.or_else(|| (!of_service.is_empty()).then(|| of_service.to_owned())))
    }
}

/// The user's folder for configurations, as the system has it.
fn configurations(lookup: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    // A path that is not absolute means nothing here (XDG Base Directory Specification, section 3).
    let folder = |name| lookup(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return folder("AppData");
    }
    if cfg!(target_os = "macos") {
        return Some(folder("HOME")?.join("Library/Application Support"));
    }
    folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))
}

/// The tables of a file, and the texts in each.
#[cfg(feature = "profiles")]
fn tables(text: &str) -> Result<BTreeMap<String, Settings>, String> {
    let document = toml::de::DeTable::parse(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("line {} is not TOML", before.matches('\n').count() + 1)
    })?;
    let tables = document.get_ref().iter().filter_map(|(name, table)| {
        let settings = table.get_ref().as_table()?.iter();
        let texts = settings.filter_map(|(key, value)| {
            let text = value.get_ref().as_str()?;
            Some((key.get_ref().to_string(), text.to_owned()))
        });
        Some((name.get_ref().to_string(), texts.collect()))
    });
    Ok(tables.collect())
}

#[cfg(not(feature = "profiles"))]
fn tables(_: &str) -> Result<BTreeMap<String, Settings>, String> {
    Err("profiles are not read, as the feature `profiles` is off".to_owned())
}
