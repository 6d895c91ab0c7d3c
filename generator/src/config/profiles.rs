//! The profiles of another program, which credentials may come from.

use super::options::Environment;
use super::read::{setting_names, texts};
use super::table::{Section, Source, wrong};

/// A file of profiles that another program of the service keeps: TOML with a table for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    /// The program's folder in the user's folder for configurations; none: named like the package.
    pub folder: Option<String>,
    /// The file in it.
    pub file: String,
    /// The environment variables that name the profile, the first that is set counts.
    pub variables: Vec<String>,
    /// The profile that counts where none is named.
    pub default: String,
    /// The keys of a profile; none: the names of the entries here.
    pub keys: Environment,
    /// The key that says which of several services a profile is for.
    pub service: Option<String>,
    /// The values of that key, and the base URL that each stands for; an empty one for the usual one.
    pub services: Vec<(String, String)>,
}

pub(super) fn profiles(source: &mut Source<'_>, parent: &mut Section<'_>) -> Option<Profiles> {
    let mut section = parent.section(source, "profiles");
    let exists = section.exists();
    let default = |text: Option<String>, usual: &str| text.unwrap_or_else(|| usual.to_owned());
    let profiles = Profiles {
        folder: section.text(source, "folder"),
        file: default(section.text(source, "file"), "config.toml"),
        variables: texts(source, &mut section, "variables").unwrap_or_default(),
        default: default(section.text(source, "default"), "default"),
        keys: setting_names(source, &mut section, "keys"),
        service: section.text(source, "service"),
        services: services(source, &mut section),
    };
    section.finish(source);
    exists.then_some(profiles)
}

fn services(source: &mut Source<'_>, parent: &mut Section<'_>) -> Vec<(String, String)> {
    let section = parent.section(source, "services");
    let mut services = Vec::new();
    for entry in section.all() {
        match entry.value.as_str() {
            Some(url) => services.push((entry.key, url.to_owned())),
            None => wrong(
                source,
                &entry,
                "a base URL, or an empty text for the usual one",
            ),
        }
    }
    services
}
