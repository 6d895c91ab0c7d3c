//! Dated versions: which of those that an operation is offered in are asked for.

use std::collections::BTreeSet;

use openapiv3::{RequestBody, Response};

use super::context::Context;
use super::media;
use crate::config::{Older, Preview, Versions, is_date};
use crate::diag::{Code, Diagnostic, Place, SpecPath};
use crate::ir::{Operation, Status};

/// A version in a media type such as `application/vnd.name.2025-02-19+json`, oldest first, stable ones before the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// `2025-02-19`
    Dated(String),
    /// `2025-02-19.upcoming`
    Upcoming(String),
    /// `preview`
    Preview,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dated(date) => f.write_str(date),
            Self::Upcoming(date) => write!(f, "{date}.upcoming"),
            Self::Preview => f.write_str("preview"),
        }
    }
}

impl Version {
    /// The version that a media type names, recognised by its form alone.
    pub(super) fn of(media_type: &str) -> Option<Self> {
        let (_, vendor) = media::essence(media_type).split_once("/vnd.")?;
        let name = vendor.split('+').next()?;
        let (_, version) = name.split_once('.')?;
        let mut labels = version.rsplit('.');
        match labels.next()? {
            "preview" => Some(Self::Preview),
            "upcoming" => labels
                .next()
                .filter(|label| is_date(label))
                .map(|label| Self::Upcoming(label.to_owned())),
            date if is_date(date) => Some(Self::Dated(date.to_owned())),
            _ => None,
        }
    }

    fn is_stable(&self) -> bool {
        matches!(self, Self::Dated(_))
    }

    /// The newest stable version, else the newest.
    pub(super) fn newest(all: &BTreeSet<Self>) -> Option<&Self> {
        let stable = all.iter().rev().find(|version| version.is_stable());
        stable.or_else(|| all.last())
    }

    /// The version that an operation stands for: the newest stable one up to the pin; one that is not stable where there is no
    /// other, or the config prefers it.
    pub(super) fn choose(all: &BTreeSet<Self>, config: &Versions) -> Option<Self> {
        let newest = all.last().cloned();
        if config.preview == Preview::Preferred {
            return newest;
        }
        let stable = || all.iter().filter(|version| version.is_stable());
        let pinned = stable().rev().find(|version| match (version, &config.pin) {
            (Self::Dated(date), Some(pin)) => date <= pin,
            _ => true,
        });
        pinned.or_else(|| stable().next()).cloned().or(newest)
    }

    /// The versions that become operations of their own beside the chosen one, newest first.
    pub(super) fn beside(all: &BTreeSet<Self>, chosen: &Self, config: &Versions) -> Vec<Self> {
        let is_wanted = |version: &&Self| match version {
            Self::Dated(date) => match &config.older {
                Older::None => false,
                Older::All => {
                    *version < chosen && config.pin.as_ref().is_none_or(|pin| date <= pin)
                }
                Older::Listed(dates) => dates.contains(date),
            },
            Self::Upcoming(_) | Self::Preview => config.preview == Preview::Beside,
        };
        let others = all.iter().rev().filter(|version| *version != chosen);
        others.filter(is_wanted).cloned().collect()
    }
}

/// The versions that an operation is offered in: those of its successes, else those of its body.
pub(super) fn offered(
    responses: &[(Status, &Response, SpecPath)],
    body: Option<&(&RequestBody, SpecPath)>,
) -> BTreeSet<Version> {
    let successes: BTreeSet<Version> = responses
        .iter()
        .filter(|(status, ..)| status.is_success())
        .flat_map(|(_, response, _)| response.content.keys())
        .filter_map(|media_type| Version::of(media_type))
        .collect();
    if !successes.is_empty() {
        return successes;
    }
    body.iter()
        .flat_map(|(body, _)| body.content.keys())
        .filter_map(|media_type| Version::of(media_type))
        .collect()
}

/// Reports the dates that the config lists and no operation has.
pub(super) fn check_listed(context: &mut Context<'_>, operations: &[Operation]) {
    let Older::Listed(dates) = &context.config.versions.older else {
        return;
    };
    let config = context.config;
    for date in dates {
        let has_it = |operation: &Operation| {
            operation.version.as_ref() == Some(date) || operation.other_versions.contains(date)
        };
        if operations.iter().any(has_it) {
            continue;
        }
        let file = config.file.as_ref().map(|file| file.display().to_string());
        let spot = config.spots.get(&format!("versions.older.{date}"));
        let place = match (file, spot) {
            (Some(file), Some(spot)) => Place::File {
                file,
                line: spot.line,
                column: spot.column,
            },
            (Some(file), None) => Place::WholeFile(file),
            (None, _) => Place::Nowhere,
        };
        context.diagnostics.push(Diagnostic {
            code: Code::Config,
            message: format!("no operation is offered in the version `{date}`"),
            place,
            help: "correct the date, or remove it".to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Version;
    use crate::config::{Older, Preview, Versions};

    #[test]
    fn a_version_is_recognised_by_its_form() {
        let version = |text| Version::of(text).map(|version| version.to_string());
        assert_eq!(
            version("application/vnd.atlas.2025-02-19+json").as_deref(),
            Some("2025-02-19")
        );
        assert_eq!(
            version("application/vnd.my.api.2025-02-19.upcoming+json; charset=utf-8").as_deref(),
            Some("2025-02-19.upcoming")
        );
        assert_eq!(
            version("application/vnd.a.preview+json").as_deref(),
            Some("preview")
        );
        for other in [
            "application/json",
            "application/vnd.github.v3+json",
            "application/vnd.2025-02-19+json",
            "application/vnd.a.2025-2-19+json",
        ] {
            assert_eq!(version(other), None, "{other}");
        }
    }

    fn all() -> BTreeSet<Version> {
        [
            "application/vnd.a.2023-01-01+json",
            "application/vnd.a.2024-08-05+json",
            "application/vnd.a.2025-02-19.upcoming+json",
            "application/vnd.a.preview+json",
        ]
        .iter()
        .filter_map(|text| Version::of(text))
        .collect()
    }

    #[test]
    fn the_newest_stable_version_up_to_the_pin_is_chosen() {
        let choose = |pin: Option<&str>, preview| {
            let config = Versions {
                pin: pin.map(str::to_owned),
                preview,
                older: Older::None,
            };
            Version::choose(&all(), &config).map(|version| version.to_string())
        };
        assert_eq!(
            choose(None, Preview::Fallback).as_deref(),
            Some("2024-08-05")
        );
        assert_eq!(
            choose(Some("2024-01-01"), Preview::Fallback).as_deref(),
            Some("2023-01-01")
        );
        assert_eq!(
            choose(Some("2020-01-01"), Preview::Fallback).as_deref(),
            Some("2023-01-01")
        );
        assert_eq!(choose(None, Preview::Preferred).as_deref(), Some("preview"));
    }

    #[test]
    fn what_exists_only_as_preview_is_asked_for_as_preview() {
        let all = [Version::Preview].into();
        let chosen = Version::choose(&all, &Versions::default());
        assert_eq!(chosen, Some(Version::Preview));
    }

    #[test]
    fn versions_beside_the_chosen_one_are_those_that_the_config_names() {
        let beside = |pin: Option<&str>, preview, older| {
            let config = Versions {
                pin: pin.map(str::to_owned),
                preview,
                older,
            };
            let chosen = Version::choose(&all(), &config).unwrap();
            let beside = Version::beside(&all(), &chosen, &config);
            beside.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let listed =
            |dates: &[&str]| Older::Listed(dates.iter().map(ToString::to_string).collect());
        assert!(beside(None, Preview::Fallback, Older::None).is_empty());
        assert_eq!(beside(None, Preview::Fallback, Older::All), ["2023-01-01"]);
        assert!(beside(Some("2023-06-01"), Preview::Fallback, Older::All).is_empty());
        assert_eq!(
            beside(None, Preview::Beside, listed(&["2023-01-01", "2024-08-05"])),
            ["preview", "2025-02-19.upcoming", "2023-01-01"]
        );
        assert_eq!(
            beside(None, Preview::Preferred, Older::All),
            ["2024-08-05", "2023-01-01"]
        );
    }
}
