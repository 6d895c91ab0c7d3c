use super::{Config, Runtime};
use crate::diag::{Diagnostics, Place};

fn faults(text: &str) -> Vec<String> {
    let diagnostics: Diagnostics = Config::parse(text, "c.toml").unwrap_err();
    let one = |fault: &crate::diag::Diagnostic| match &fault.place {
        Place::File { line, column, .. } => {
            format!("{line}:{column} {} | {}", fault.message, fault.help)
        }
        other => format!("{other:?}"),
    };
    diagnostics.iter().map(one).collect()
}

#[test]
fn every_entry_of_the_written_template_is_known() {
    let template = include_str!("../cli/template.toml")
        .replace("{spec}", "\"a.yaml\"")
        .replace("{schema}", "#/components/schemas/A")
        .replace("{property}", "#/components/schemas/A/properties/b")
        .replace("{path}", "/things")
        .replace("{required}", "#/components/schemas/A/properties/c");
    // A commented entry begins with `#` and no space; `runtime` is there twice, as two choices.
    let entries = template
        .lines()
        .filter(|line| !line.starts_with("#runtime = { version"));
    let text: String = entries
        .map(|line| match line.strip_prefix('#') {
            Some(entry) if !entry.starts_with(' ') => format!("{entry}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let config = Config::parse(&text, "c.toml").unwrap();
    assert_eq!(config.limits, super::Limits::default());
    assert_eq!(
        config.package.runtime,
        Runtime::Path("../runtime".to_owned())
    );
    assert_eq!(config.pointers().count(), 5);
}

#[test]
fn an_empty_config_is_the_default() {
    let config = Config::parse("", "folder/c.toml").unwrap();
    assert_eq!(config.command, "atlas-codegen generate --config c.toml");
    let mut expected = Config::for_spec(std::path::Path::new(""));
    expected.command.clone_from(&config.command);
    assert_eq!(config, expected);
    assert!(config.package.standalone && !config.package.publish);
}

#[test]
fn unknown_entries_are_located_with_the_nearest_known_one() {
    assert_eq!(
        faults("spce = 1\n[package]\n  nmae = 'x'\n[colour]\n"),
        [
            "3:3 there is no config entry `package.nmae` | did you mean `name`?",
            "4:2 there is no config entry `colour` | known here: spec, overlays, output, command, package, names, include, exclude, versions, schemas, types, errors, envelope, oauth, environment, profiles, operations, paging, waiters, docs, limits",
            "1:1 there is no config entry `spce` | did you mean `spec`?",
        ]
    );
}

#[test]
fn entries_of_a_wrong_type_are_located() {
    assert_eq!(
        faults(
            "spec = 1\n[limits]\ndepth = 1000\n[names]\nwords = ['a', 1]\n[names.pins]\nx = 'y'\n"
        ),
        [
            "1:1 `spec` is not a string | write a string",
            "5:1 `names.words` is not a list of strings | write a list of strings",
            "7:1 `x` is not a JSON pointer | write `#/` and the keys from the document's root down, such as `#/components/schemas/Pet`; in a key, `~` is `~0` and `/` is `~1`",
            "3:1 `limits.depth` is not a whole number from 0 to 126 | write a whole number from 0 to 126",
        ]
    );
}

#[test]
fn versions_are_chosen_in_words_that_are_known() {
    use super::{Older, Preview};
    let versions = |text: &str| {
        let config = Config::parse(&format!("[versions]\n{text}"), "c.toml");
        config.map(|config| (config.versions.preview, config.versions.older))
    };
    let dates = Older::Listed(["2023-01-01".to_owned()].into());
    assert_eq!(
        versions("preview = 'beside'\nolder = ['2023-01-01']").unwrap(),
        (Preview::Beside, dates)
    );
    assert_eq!(
        versions("preview = true\nolder = 'all'").unwrap(),
        (Preview::Preferred, Older::All)
    );
    assert_eq!(
        faults("[versions]\npreview = 'yes'\nolder = ['2023-01-01', 'old']\n"),
        [
            "2:1 `versions.preview` is not `true`, `false` or `\"beside\"` | write `true`, `false` or `\"beside\"`",
            "3:24 this is not the date of a version | write the date as a string, such as `\"2025-02-19\"`",
        ]
    );
}

#[test]
fn profiles_have_usual_names_and_services_are_texts() {
    let profiles = |text: &str| {
        let config = Config::parse(text, "c.toml");
        config.map(|config| config.profiles)
    };
    assert_eq!(profiles("").unwrap(), None);
    let usual = profiles("[profiles]\nkeys.client_id = ['id']")
        .unwrap()
        .unwrap();
    assert_eq!((usual.folder, usual.file.as_str()), (None, "config.toml"));
    assert_eq!(usual.default, "default");
    assert_eq!(usual.keys.client_id, Some(vec!["id".to_owned()]));
    assert_eq!(usual.keys.base_url, None);
    assert_eq!(
        faults("[profiles]\nflie = 'x'\nservices = { b = 1, a = '' }\n"),
        [
            "3:14 `b` is not a base URL, or an empty text for the usual one | write a base URL, or an empty text for the usual one",
            "2:1 there is no config entry `profiles.flie` | did you mean `file`?",
        ]
    );
}

#[test]
fn a_runtime_has_one_source() {
    let runtime = |text: &str| Config::parse(text, "c.toml").map(|config| config.package.runtime);
    assert_eq!(
        runtime("package.runtime.version = '1'").unwrap(),
        Runtime::Version("1".to_owned())
    );
    assert!(runtime("package.runtime = { version = '1', path = 'x' }").is_err());
}

#[test]
fn text_that_is_not_toml_is_located() {
    assert!(
        faults("a = \n")[0].starts_with("1:"),
        "{:?}",
        faults("a = \n")
    );
}

#[test]
fn paths_in_the_file_count_from_its_folder() {
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("c.toml");
    std::fs::write(&file, "spec = 'a.yaml'\noutput = '../out'\n").unwrap();
    let config = Config::load(&file).unwrap();
    assert_eq!(config.spec, dir.path().join("a.yaml"));
    assert_eq!(config.output, Some(dir.path().join("../out")));
}

#[test]
fn paging_waiters_and_marks_are_read() {
    use super::{NextPage, Waiter};
    use std::time::Duration;
    let text = "
        operations.idempotent = ['search']
        [paging]
        first = 0
        off = ['a', 'b']
        [paging.operations.list]
        items = 'things'
        cursor = 'after'
        last = '/id'
        more = '/more'
        [waiters.wait]
        operation = 'get'
        state = '/state'
        done = ['READY']
        interval = 5
        [waiters.wait_gone]
        operation = 'get'
        gone = true
    ";
    let config = Config::parse(text, "c.toml").unwrap();
    assert!(config.operations.idempotent.contains("search"));
    assert_eq!((config.paging.first, config.paging.off.len()), (Some(0), 2));
    let list = &config.paging.operations["list"];
    assert_eq!(list.items.as_deref(), Some("things"));
    assert_eq!(
        list.next,
        NextPage::Last("after".to_owned(), "/id".to_owned())
    );
    let gone = Waiter {
        operation: "get".to_owned(),
        state: None,
        done: Vec::new(),
        failed: Vec::new(),
        leaving: Vec::new(),
        gone: true,
        interval: None,
        deadline: None,
    };
    let wait = Waiter {
        state: Some("/state".to_owned()),
        done: vec!["READY".to_owned()],
        gone: false,
        interval: Some(Duration::from_secs(5)),
        ..gone.clone()
    };
    assert_eq!(config.waiters["wait"], wait);
    assert_eq!(config.waiters["wait_gone"], gone);
}

#[test]
fn a_paged_operation_has_one_way_to_the_next_page() {
    let help = "write one of `link`, `number` and `offset`, or `cursor` with `from` or `last`";
    for way in [
        "",
        "link = '/next'\nnumber = 'page'",
        "cursor = 'after'",
        "from = '/next'",
        "cursor = 'a'\nfrom = '/b'\nlast = '/c'",
    ] {
        let text = format!("[paging.operations.list]\n{way}\n");
        let message = "`paging.operations.list` does not say how the next page is asked for";
        assert_eq!(faults(&text), [format!("1:20 {message} | {help}")], "{way}");
    }
    assert_eq!(
        faults(
            "[paging]\nfirst = 2\noperations.list = 1\n[paging.operations.other]\nlink = 'next'\n"
        )
        .len(),
        4
    );
}

#[test]
fn a_waiter_says_when_it_is_over() {
    let fault = |text: &str| {
        let faults = faults(&format!("[waiters.wait]\noperation = 'get'\n{text}\n"));
        assert_eq!(faults.len(), 1, "{faults:?}");
        faults.concat()
    };
    assert!(fault("").contains("does not say when the wait is over"));
    assert!(fault("gone = true\ndone = ['a']\nstate = '/s'").contains("when the wait is over"));
    assert!(fault("done = ['a']").contains("needs both states and the place"));
    assert!(fault("gone = true\nstate = '/s'").contains("needs both states and the place"));
    assert!(fault("gone = true\ninterval = 0").contains("asks without a pause"));
    assert!(fault("gone = true\nstates = []").contains("did you mean `state`?"));
    assert!(faults("[waiters.wait]\ngone = true\n")[0].contains("names no `operation`"));
    assert!(faults("[waiters.Wait-a]\n")[0].contains("is no name of a method"));
}

#[test]
fn types_of_ones_own_come_from_known_packages() {
    let text = "
        [types.replace]
        Money = 'money::Money'
        '#/components/schemas/Big' = 'u128'
        [types.formats]
        money = 'money::deep::Money'
        [types.derive]
        '*' = ['describe::Describe', 'Hash']
        Pet = ['Eq']
        [types.dependencies]
        money = '1.2'
        describe = { path = '../describe', features = ['full'], default-features = false }
    ";
    let types = Config::parse(text, "c.toml").unwrap().types;
    let places: Vec<String> = types.replace.keys().map(ToString::to_string).collect();
    assert_eq!(
        places,
        ["#/components/schemas/Big", "#/components/schemas/Money"]
    );
    assert_eq!(types.formats["money"], "money::deep::Money");
    assert_eq!(types.derive_all, ["describe::Describe", "Hash"]);
    assert_eq!(types.derive.len(), 1);
    assert_eq!(types.dependencies["money"].version.as_deref(), Some("1.2"));
    let describe = &types.dependencies["describe"];
    assert_eq!(describe.path.as_deref(), Some("../describe"));
    assert_eq!(
        (describe.features.len(), describe.default_features),
        (1, Some(false))
    );
}

#[test]
fn what_is_wrong_with_types_of_ones_own_is_located() {
    let path = "write it from its package on, such as `my_crate::Money`; generic arguments can't be given, an alias in that package can have them";
    for (text, expected) in [
        (
            "[types.replace]\nA = 'mony::Money'\n[types.dependencies]\nmoney = '1'",
            "2:1 there is no dependency `mony` | did you mean `money`?",
        ),
        (
            "[types.replace]\nA = 'money::Money'",
            "2:1 there is no dependency `money` | say where it comes from, under [types.dependencies]: `money = \"1\"`, or `money = { path = \"…\" }`",
        ),
        (
            "[types.replace]\nA = 'a::B<C>'",
            "2:1 `a::B<C>` is no path to it | {path}",
        ),
        (
            "[types.replace]\nA = 'a::type'",
            "2:1 `a::type` is no path to it | {path}",
        ),
        (
            "[types.replace]\nA = 'crate::B'",
            "2:1 `crate::B` is no path to it | {path}",
        ),
        (
            "[types.replace]\nA = 'std::x;evil!()'",
            "2:1 `std::x;evil!()` is no path to it | {path}",
        ),
        (
            "[types.replace]\nA = 'Money'",
            "2:1 `Money` is no path to it | {path}",
        ),
        (
            "[types.replace]\n'#x' = 'u8'",
            "2:1 `#x` is not a JSON pointer | write the name of a component, such as `Pet`, or `#/` and the keys from the document's root down",
        ),
        (
            "[types.derive]\nA = ['Hasch']",
            "2:6 `Hasch` is no path to it | did you mean `Hash`?",
        ),
        (
            "[types.derive]\n'*' = ['Debug']",
            "2:8 every type has `Debug` already | remove it",
        ),
        (
            "[types.derive]\nA = 'Hash'",
            "2:1 `A` is not a list of derive macros, such as `[\"Hash\"]` | write a list of derive macros, such as `[\"Hash\"]`",
        ),
        (
            "[types.dependencies]\nmoney = '1'",
            "2:1 no type and no derive comes from `money` | name a path that begins with it, or remove it",
        ),
        (
            "[types.dependencies]\nclient-runtime = '1'",
            "2:1 `client-runtime` can't be a dependency | write the name of a package, and not of one that is there anyway",
        ),
        (
            "[types.dependencies]\na = { features = [] }\n[types.replace]\nA = 'a::B'",
            "2:1 `types.dependencies.a` is not a version, or a table with `version` or `path` | write a version, or a table with `version` or `path`",
        ),
        (
            "[types.dependencies]\na = { versoin = '1', path = 'a' }\n[types.replace]\nA = 'a::B'",
            "2:7 there is no config entry `types.dependencies.a.versoin` | did you mean `version`?",
        ),
        (
            "[types]\nderives = 1",
            "2:1 there is no config entry `types.derives` | did you mean `derive`?",
        ),
        (
            "[versions]\npin = '2025'",
            "2:1 `versions.pin` is not a date, such as `\"2025-02-19\"` | write a date, such as `\"2025-02-19\"`",
        ),
        (
            "[limits]\nfiles = 0",
            "2:1 `limits.files` is not a whole number from 1 on | write a whole number from 1 on",
        ),
    ] {
        assert_eq!(faults(text), [expected.replace("{path}", path)], "{text}");
    }
}
