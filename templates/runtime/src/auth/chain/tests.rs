use super::*;
use crate::service::Profiles;

const NAMES: SettingNames = SettingNames {
    access_token: &["TOKEN"],
    client_id: &["ID"],
    client_secret: &["SECRET"],
    public_key: &["PUBLIC", "PUBLIC_ALIAS"],
    private_key: &["PRIVATE"],
    base_url: &["URL"],
};

const PROFILES: Profiles = Profiles {
    folder: "tool",
    file: "config.toml",
    variables: &["PROFILE", "OLD_PROFILE"],
    default: "default",
    keys: SettingNames {
        access_token: &["token"],
        client_id: &["id"],
        client_secret: &["secret"],
        public_key: &["public"],
        private_key: &["private"],
        base_url: &["url", "old_url"],
    },
    service: Some("service"),
    services: &[("usual", ""), ("gov", "https://gov.example.com")],
};

const DESCRIPTION: Description = Description {
    base_url: None,
    user_agent: "x/1",
    token_url: None,
    revoke_url: None,
    schemes: &[],
    security: &[],
    envelope: None,
    error_members: crate::service::ErrorMembers {
        code: None,
        detail: None,
        fields: None,
        field_name: None,
        field_detail: None,
        retry_after: None,
    },
    trace_headers: &[],
    client_id_prefix: Some("sa_"),
    environment: NAMES,
    profiles: Some(PROFILES),
};

fn lookup(set: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
    move |name| set.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned())
}

fn in_the_environment(set: &[(&str, &str)]) -> Result<(&'static str, String), String> {
    from_environment(&DESCRIPTION, lookup(set)).map(|given| (given.parts[0].kind.name, given.source))
}

#[test]
fn a_token_goes_before_a_service_account_and_that_before_a_key() {
    let all = [("PUBLIC_ALIAS", "p"), ("PRIVATE", "q"), ("ID", "i"), ("SECRET", "s"), ("TOKEN", "t")];
    let found = |source: &str, kind| (kind, format!("{source} in the environment"));
    assert_eq!(in_the_environment(&all).unwrap(), found("TOKEN", "access token"));
    assert_eq!(in_the_environment(&all[..4]).unwrap(), found("ID and SECRET", "service account"));
    assert_eq!(in_the_environment(&all[..2]).unwrap(), found("PUBLIC_ALIAS and PRIVATE", "API key"));
}

#[test]
fn every_other_source_has_its_reason() {
    let set = [("PUBLIC", "p"), ("PRIVATE", "q"), ("ID", "i"), ("SECRET", "s")];
    let given = find(&DESCRIPTION, lookup(&set)).unwrap();
    let expected = [
        "the environment: TOKEN is not set",
        "the environment: ID and SECRET go before PUBLIC and PRIVATE",
        "no profile was looked at, as the environment goes before",
    ];
    assert_eq!(given.passed_over, expected);
}

#[test]
fn half_a_pair_gives_way_to_a_whole_one_and_is_told_of() {
    let set = [("ID", "i"), ("PUBLIC", "p"), ("PRIVATE", "q")];
    let given = from_environment(&DESCRIPTION, lookup(&set)).unwrap();
    assert_eq!(given.parts[0].kind.name, "API key");
    let expected = ["the environment: TOKEN is not set", "the environment: ID is set without SECRET"];
    assert_eq!(given.passed_over, expected);
    let fault = in_the_environment(&[("PRIVATE", "q")]).unwrap_err();
    assert!(fault.ends_with("the environment: PRIVATE is set without PUBLIC or PUBLIC_ALIAS"), "{fault}");
}

#[test]
fn where_there_are_none_every_source_says_why() {
    let expected = "no credentials were found; the environment: TOKEN is not set; the environment: ID and SECRET are not \
                    set; the environment: PUBLIC or PUBLIC_ALIAS and PRIVATE are not set";
    assert_eq!(in_the_environment(&[]).unwrap_err(), expected);
    let fault = find(&DESCRIPTION, lookup(&[])).err().unwrap();
    assert_eq!(fault, format!("{expected}; no profile: the user's folder for configurations is not known"));
    let nameless = Description { environment: SettingNames::default(), profiles: None, ..DESCRIPTION };
    assert!(find(&nameless, lookup(&[])).is_err());
}

#[cfg(all(feature = "profiles", unix, not(target_os = "macos")))]
mod profiles {
    use super::*;

    /// What is found with this file, these variables, and a folder for configurations in its usual place.
    fn found(file: &str, variables: &[(&str, &str)]) -> Result<Given, String> {
        let home = std::env::temp_dir().join(format!("client-runtime-{}", super::super::super::random_hex()));
        let folder = home.join(".config/tool");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), file).unwrap();
        let home_text = home.to_str().unwrap();
        let all: Vec<_> =
            variables.iter().copied().chain([("HOME", home_text), ("XDG_CONFIG_HOME", "relative")]).collect();
        let found = find(&DESCRIPTION, lookup(&all));
        std::fs::remove_dir_all(&home).unwrap();
        let short = |text: String| text.replace(home_text, "~");
        match found {
            Ok(given) => {
                let passed_over = given.passed_over.into_iter().map(short).collect();
                Ok(Given { source: short(given.source), passed_over, ..given })
            }
            Err(fault) => Err(short(fault)),
        }
    }

    const TWO: &str = "version = 2\n[default]\npublic = 'p'\nprivate = 'q'\n[Other]\nid = 'sa_1'\nsecret = 's'\n";

    #[test]
    fn a_profile_is_the_one_named_or_the_usual_one_or_the_only_one() {
        let source =
            |file, variables: &[_]| found(file, variables).map(|given| (given.parts[0].kind.name, given.source));
        let expected = |kind, name: &str| Ok((kind, format!("the profile `{name}` in ~/.config/tool/config.toml")));
        assert_eq!(source(TWO, &[]), expected("API key", "default"));
        assert_eq!(source(TWO, &[("PROFILE", "other")]), expected("service account", "other"));
        assert_eq!(source(TWO, &[("OLD_PROFILE", "Other")]), expected("service account", "Other"));
        assert_eq!(source("[mine]\ntoken = 't'\n", &[]), expected("access token", "mine"));
        let fault = source(TWO, &[("PROFILE", "none")]).unwrap_err();
        assert!(fault.ends_with("; the profile `none` in ~/.config/tool/config.toml: there is none"), "{fault}");
    }

    #[test]
    fn the_environment_goes_before_a_profile_and_says_why_it_did_not() {
        let given = found(TWO, &[("TOKEN", "t")]).unwrap();
        assert_eq!(given.source, "TOKEN in the environment");
        let given = found(TWO, &[("ID", "i"), ("PROFILE", "other")]).unwrap();
        let profile = "the profile `other` in ~/.config/tool/config.toml";
        let expected = [
            "the environment: TOKEN is not set".to_owned(),
            "the environment: ID is set without SECRET".to_owned(),
            "the environment: PUBLIC or PUBLIC_ALIAS and PRIVATE are not set".to_owned(),
            format!("{profile}: public and private are not set"),
            format!("{profile}: token is not set"),
        ];
        assert_eq!((given.source.as_str(), given.passed_over), (profile, expected.to_vec()));
    }

    #[test]
    fn a_profiles_token_counts_last_and_empty_values_do_not_count() {
        let kind = |file| found(file, &[]).map(|given| given.parts[0].kind.name);
        assert_eq!(kind("[a]\ntoken = 't'\npublic = 'p'\nprivate = 'q'\n"), Ok("API key"));
        assert_eq!(kind("[a]\ntoken = 't'\npublic = ''\nprivate = 'q'\nid = 1\n"), Ok("access token"));
    }

    #[test]
    fn a_profile_says_where_the_service_is() {
        let base_url = |more: &str| found(&format!("[a]\ntoken = 't'\n{more}"), &[]).map(|given| given.base_url);
        assert_eq!(base_url(""), Ok(None));
        assert_eq!(base_url("service = 'usual'"), Ok(None));
        assert_eq!(base_url("service = 'gov'"), Ok(Some("https://gov.example.com".to_owned())));
        let own = "service = 'gov'\nold_url = 'https://dev.example.com'";
        assert_eq!(base_url(own), Ok(Some("https://dev.example.com".to_owned())));
        let fault = base_url("service = 'planted'").unwrap_err();
        assert!(fault.ends_with("config.toml: it is for another service") && !fault.contains("planted"), "{fault}");
    }

    #[test]
    fn what_is_wrong_with_the_file_is_told_without_its_text() {
        let fault = found("[default]\ntoken = 'planted\nid = 1\n", &[]).err().unwrap();
        assert!(fault.ends_with("; ~/.config/tool/config.toml: line 2 is not TOML"), "{fault}");
        let fault = found("", &[]).err().unwrap();
        assert!(fault.ends_with("the profile `default` in ~/.config/tool/config.toml: there is none"), "{fault}");
        let fault = find(&DESCRIPTION, lookup(&[("HOME", "/nowhere")])).err().unwrap();
        assert!(fault.contains("/nowhere/.config/tool/config.toml cannot be read: "), "{fault}");
    }

    #[test]
    fn the_folder_for_configurations_is_where_the_system_says() {
        let fault = find(&DESCRIPTION, lookup(&[("HOME", "/nowhere"), ("XDG_CONFIG_HOME", "/else")])).err().unwrap();
        assert!(fault.contains("/else/tool/config.toml cannot be read: "), "{fault}");
    }
}
