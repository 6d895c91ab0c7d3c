//! Splitting, case and reserved names.

use super::*;

#[test]
fn names_split_by_case_digits_and_punctuation() {
    for (wire, expected) in [
        ("orgId", "org_id"),
        ("snake_case", "snake_case"),
        ("kebab-case", "kebab_case"),
        ("SCREAMING_CASE", "screaming_case"),
        ("dotted.names", "dotted_names"),
        ("Title Case", "title_case"),
        ("$special", "special"),
        ("HTTPStatus", "http_status"),
        ("teamIDs", "team_ids"),
        ("URLsFor", "urls_for"),
        ("ipV4", "ip_v4"),
        ("ipv4Address", "ipv4_address"),
        ("X509Certificate", "x509_certificate"),
        ("sha256Hash", "sha256_hash"),
        ("oauth2token", "oauth2token"),
        ("orgs/list-for-user", "orgs_list_for_user"),
        ("users.get", "users_get"),
        ("us-east-1", "us_east_1"),
        ("reactions-+1", "reactions_plus_1"),
        ("reactions--1", "reactions_minus_1"),
        ("éclairÜber", "eclair_uber"),
        ("名前", "ming_qian"),
        ("a🦄b", "aunicorn_b"),
    ] {
        assert_eq!(snake(wire), expected, "{wire}");
    }
}

#[test]
fn known_words_are_never_split() {
    for (wire, expected) in [
        ("MongoDB Cloud Users", "mongodb_cloud_users"),
        ("mongoDBEmployeeAccess", "mongodb_employee_access"),
        ("AWSKMSKey", "aws_kms_key"),
        ("AWSome", "aw_some"),
        ("getMongoDbVersions", "get_mongodb_versions"),
        ("mongoDbs", "mongodbs"),
        ("NDSLabels", "nds_labels"),
        ("OAuth2Token", "oauth2_token"),
    ] {
        assert_eq!(snake(wire), expected, "{wire}");
    }
    assert_eq!(
        splitter().split("MongoDB Cloud Users").pascal(),
        "MongodbCloudUsers"
    );
    assert_eq!(
        splitter().split("MongoDB Cloud Users").kebab(),
        "mongodb-cloud-users"
    );
}

#[test]
fn abbreviations_part_where_a_run_of_capitals_holds_nothing_else() {
    let plain = super::super::words::Splitter::new([]);
    for (wire, expected) in [
        ("AWSKMSConfiguration", "aws_kms_configuration"),
        ("cloudAWSIAMRole", "cloud_aws_iam_role"),
        ("HTTPURL", "http_url"),
        ("HTTPSURLs", "https_urls"),
        ("DataLakeHTTPStore", "data_lake_http_store"),
        ("DBUserTLSX509Settings", "db_user_tls_x509_settings"),
        ("AWSKMSQQ", "awskmsqq"),
        ("AWS_KMS", "aws_kms"),
        ("CIDRBLOCK", "cidrblock"),
    ] {
        assert_eq!(plain.split(wire).snake(), expected, "{wire}");
    }
    let long = "API".repeat(100_000);
    assert_eq!(plain.split(&long).snake(), long.to_lowercase());
}

#[test]
fn digits_of_two_words_stay_apart_in_pascal_case() {
    assert_eq!(splitter().split("1.2.13").pascal(), "1_2_13");
    assert_eq!(splitter().split("US_EAST_1").pascal(), "UsEast1");
}

#[test]
fn a_name_never_begins_with_a_digit() {
    assert_eq!(named(Form::Type, "2fa"), "Type2fa");
    assert_eq!(named(Form::Field, "2fa"), "field_2fa");
    assert_eq!(named(Form::Parameter, "2fa"), "parameter_2fa");
    assert_eq!(named(Form::Variant, "2"), "V2");
    assert_eq!(named(Form::Variant, "4.4"), "V4_4");
    assert_eq!(named(Form::Operation, "2fa"), "operation_2fa");
    assert_eq!(named(Form::Request, "2fa"), "Operation2fa");
    assert_eq!(named(Form::Group, "2fa"), "group_2fa");
    assert_eq!(named(Form::Group, "Parameters"), "parameters_group");
    assert_eq!(named(Form::Handle, "2fa"), "Group2fa");
}

#[test]
fn keywords_are_raw_or_get_an_underscore() {
    let (fields, _) = fields(&["type", "self", "Self", "crate", "gen", "async"]);
    assert_eq!(
        fields,
        [
            "r#type",
            "self_",
            "self_pascal_case",
            "crate_",
            "r#gen",
            "r#async"
        ]
    );
}

#[test]
fn prelude_names_are_no_type_names() {
    for (wire, expected) in [
        ("String", "StringType"),
        ("option", "OptionType"),
        ("Self", "SelfType"),
        ("Error", "Error"),
    ] {
        assert_eq!(named(Form::Type, wire), expected);
    }
}

#[test]
fn letters_and_digits_are_split_as_heck_splits_them() {
    use heck::ToSnakeCase;
    let mut parts = vec![String::new()];
    for _ in 0..7 {
        let longer = |part: &String| ["a", "b", "C", "1"].map(|letter| format!("{part}{letter}"));
        parts = parts.iter().flat_map(longer).collect();
        for part in &parts {
            let mut words = Vec::new();
            super::super::case::split_part(part, &mut words);
            assert_eq!(words.join("_"), part.to_snake_case(), "{part}");
        }
    }
}

#[test]
fn a_word_of_the_config_that_stands_in_no_name_is_refused() {
    let mut config = Config::default();
    let words = ["GizmoDB", "gizmo", "GizmDB", "Else-Where", "IDs", ""];
    config.names.words = words.map(str::to_owned).to_vec();
    let api = sample::api_of(vec![component(
        "aGizmoDBUserIDs",
        object(vec![field("gizmo_id")]),
    )]);
    let (_, faults) = names_with(&api, &config);
    let faults: Vec<String> = faults
        .iter()
        .map(|fault| format!("{:?} {} | {}", fault.code, fault.message, fault.help))
        .collect();
    assert_eq!(
        faults,
        [
            "Config the word `GizmDB` stands in no name of the document | did you mean `GizmoDB`?",
            "Config the word `Else-Where` stands in no name of the document | correct the entry, or remove it",
            "Config the word `` stands in no name of the document | correct the entry, or remove it",
        ]
    );
}
