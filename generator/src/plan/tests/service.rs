//! What the client knows of the service: addresses and settings.

use super::*;

#[test]
fn a_token_url_below_the_base_url_is_a_path() {
    let mut api = sample::api();
    api.servers.push(Server {
        path: crate::diag::SpecPath::root(),
        url: "https://example.com/api".to_owned(),
        description: String::new(),
        template: None,
    });
    let mut service = |url: &str| {
        let scheme = SecurityScheme {
            path: crate::diag::SpecPath::root(),
            description: String::new(),
            kind: SchemeKind::OAuth2(Flows {
                client_credentials_url: Some(url.to_owned()),
                ..Flows::default()
            }),
        };
        api.security.insert("oauth".to_owned(), scheme);
        planned(&api).service
    };
    assert_eq!(
        service("https://example.com/api/oauth/token")
            .token_url
            .as_deref(),
        Some("/oauth/token")
    );
    for other in [
        "https://example.com/oauth/token",
        "https://login.example.com/api/token",
    ] {
        assert_eq!(service(other).token_url.as_deref(), Some(other));
    }
    let service = service("/token");
    assert_eq!(service.token_url.as_deref(), Some("/token"));
    assert_eq!(service.refresh_url, None);
    assert_eq!(service.base_url.as_deref(), Some("https://example.com/api"));
    assert_eq!(service.environment.access_token, ["SAMPLE_ACCESS_TOKEN"]);
}

#[test]
fn refresh_tokens_go_where_the_document_says_if_that_is_elsewhere() {
    let mut api = sample::api();
    let mut refresh_url = |url: &str| {
        let scheme = SecurityScheme {
            path: crate::diag::SpecPath::root(),
            description: String::new(),
            kind: SchemeKind::OAuth2(Flows {
                authorization_code_url: Some("/token".to_owned()),
                refresh_url: Some(url.to_owned()),
                ..Flows::default()
            }),
        };
        api.security.insert("oauth".to_owned(), scheme);
        planned(&api).service.refresh_url
    };
    assert_eq!(refresh_url("/token"), None);
    assert_eq!(refresh_url("/refresh").as_deref(), Some("/refresh"));
}

#[test]
fn a_server_that_can_be_called_counts_more_than_one_that_comes_first() {
    let mut api = sample::api();
    let mut base_url = |urls: &[&str]| {
        api.servers = urls
            .iter()
            .map(|url| Server {
                path: crate::diag::SpecPath::root(),
                url: (*url).to_owned(),
                description: String::new(),
                template: None,
            })
            .collect();
        planned(&api).service.base_url
    };
    let [plain, here, safe] = [
        "http://a.example",
        "http://localhost:1",
        "https://a.example",
    ];
    assert_eq!(base_url(&[plain, safe]).as_deref(), Some(safe));
    assert_eq!(base_url(&[here, safe]).as_deref(), Some(here));
    assert_eq!(base_url(&["/v1", plain]).as_deref(), Some(plain));
}

#[test]
fn settings_that_the_config_does_not_name_have_usual_names() {
    let text = "[profiles]\nkeys.client_id = ['id']\n[environment]\nclient_id = ['MY_ID']\n";
    let config = Config::parse(text, "c.toml").unwrap();
    let api = sample::api();
    let service = planned_with(&api, &sample::facts(&api), &config).service;
    let profiles = service.profiles.unwrap();
    assert_eq!(profiles.folder, "sample");
    assert_eq!(profiles.keys.client_id, ["id"]);
    assert_eq!(profiles.keys.client_secret, ["client_secret"]);
    assert_eq!(service.environment.client_id, ["MY_ID"]);
    assert_eq!(service.environment.client_secret, ["SAMPLE_CLIENT_SECRET"]);
}
