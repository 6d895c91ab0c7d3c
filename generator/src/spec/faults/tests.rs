use super::report;
use crate::config::Limits;
use crate::diag::{Diagnostics, SpecPath};
use crate::spec::kept::LeftOut;
use crate::spec::parse;

/// The places and messages of what is reported for a document with these paths and components.
fn faults(text: &str) -> Vec<String> {
    faults_of_all(&format!("info: {{title: T, version: '1'}}\n{text}"))
}

/// The same for a document without anything else.
fn faults_of_all(text: &str) -> Vec<String> {
    let text = format!("openapi: 3.0.3\n{text}");
    let mut diagnostics = Diagnostics::new();
    let tree = parse::parse(
        &text,
        "a.yaml",
        &SpecPath::root(),
        &Limits::default(),
        &mut diagnostics,
    );
    let tree = tree.ok().unwrap();
    report(
        tree.as_map().unwrap(),
        &LeftOut::default(),
        &mut diagnostics,
    );
    diagnostics
        .iter()
        .map(|fault| format!("{:?}: {}", fault.path().unwrap(), fault.message))
        .collect()
}

fn fault(text: &str) -> String {
    let mut found = faults(text);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_parameter_that_stands_twice() {
    let shared = "components: {parameters: {P: {name: a, in: query, schema: {}}}}";
    let twice = "paths: {/a: {get: {parameters: [{name: a, in: query, schema: {}}, {$ref: '#/components/parameters/P'}]}}}";
    assert_eq!(
        fault(&format!("{twice}\n{shared}")),
        "#/paths/~1a/get/parameters/1: the query parameter `a` stands twice"
    );
    let headers = "paths: {/a: {parameters: [{name: X-A, in: header}, {name: x-a, in: header}]}}";
    assert!(fault(headers).contains("stands twice"));
    let apart = "paths: {/a: {parameters: [{name: a, in: query}, {name: A, in: query}, {name: a, in: header}]}}";
    assert_eq!(faults(apart), [""; 0]);
}

#[test]
fn names_that_cannot_be_sent() {
    let cookie = "components: {parameters: {P: {name: 'a b', in: cookie, schema: {}}}}";
    assert_eq!(
        fault(cookie),
        "#/components/parameters/P/name: no cookie can be called `a b`"
    );
    let media = "paths: {/a: {post: {requestBody: {content: {\"text/plain\\n\": {}}}}}}";
    assert!(fault(media).ends_with("`text/plain\\n` is no media type"));
    let fine = "paths: {/a: {post: {requestBody: {content: {'*/*': {}, 'text/plain; charset=utf-8': {}}}}}}";
    assert_eq!(faults(fine), [""; 0]);
}

#[test]
fn paths_that_are_one() {
    let same = fault("paths: {'/a/{b}': {}, '/a/{c}': {}}");
    assert!(same.contains("`/a/{b}` and `/a/{c}`"), "{same}");
    assert!(fault("paths: {'/a/{b': {}}").contains("has no `}`"));
    assert_eq!(faults("paths: {'/a/{b}': {}, '/a/b': {}}"), [""; 0]);
}

#[test]
fn values_of_another_type() {
    let default = "components: {schemas: {S: {type: integer, default: one}}}";
    assert_eq!(
        fault(default),
        "#/components/schemas/S/default: the default is a string, and the type is `integer`"
    );
    let value = "components: {schemas: {S: {type: object, properties: {a: {type: integer, enum: [1, b]}}}}}";
    assert!(fault(value).starts_with("#/components/schemas/S/properties/a/enum/1: "));
    let fine = "components: {schemas: {S: {type: string, default: 1.0}, N: {type: number, nullable: true, enum: [1, null]}, I: {type: integer, default: 2.0}}}";
    assert_eq!(faults(fine), [""; 0]);
}

#[test]
fn what_is_required_is_a_property() {
    let lost = "components: {schemas: {S: {type: object, required: [a, b], properties: {a: {}}}}}";
    assert_eq!(
        fault(lost),
        "#/components/schemas/S/required/1: `b` is required, and no property"
    );
    let flag = "components: {schemas: {S: {properties: {a: {required: true}}}}}";
    assert!(fault(flag).ends_with("`required` is a truth value, not a list"));
    let elsewhere = "components: {schemas: {S: {required: [b], properties: {a: {}}, allOf: [{required: [a], properties: {}}]}}}";
    assert_eq!(faults(elsewhere), [""; 0]);
}

#[test]
fn parts_that_exclude_each_other() {
    let both = "components: {schemas: {S: {allOf: [{type: string}, {allOf: [{type: object}]}]}}}";
    assert_eq!(
        fault(both),
        "#/components/schemas/S/allOf/1: no value is both `string` and `object`"
    );
    let fine = "components: {schemas: {S: {allOf: [{type: number}, {type: integer}, {}]}}}";
    assert_eq!(faults(fine), [""; 0]);
}

#[test]
fn encodings_of_what_is_not_there() {
    let body = |encoding: &str| {
        format!(
            "paths: {{/a: {{post: {{requestBody: {{content: {{multipart/form-data: {{schema: {{properties: {{a: {{}}}}}}, encoding: {encoding}}}}}}}}}}}}}"
        )
    };
    assert!(fault(&body("{b: {}}")).ends_with("the body has no property `b`"));
    assert!(fault(&body("{a: {style: matrix}}")).contains("`matrix` is no style"));
    assert_eq!(faults(&body("{a: {style: form}}")), [""; 0]);
}

#[test]
fn schemes_that_nobody_can_use() {
    let scheme = |text: &str| format!("components: {{securitySchemes: {{A: {text}}}}}");
    assert!(fault(&scheme("{type: apiKey, in: query, name: ''}")).ends_with("has no name"));
    assert!(fault(&scheme("{type: oauth2, flows: null}")).ends_with("has no flows"));
    let url = fault(&scheme(
        "{type: oauth2, flows: {password: {tokenUrl: '-'}}}",
    ));
    assert!(url.ends_with("tokenUrl: `-` is no URL"), "{url}");
    assert_eq!(
        faults(&scheme(
            "{type: oauth2, flows: {password: {tokenUrl: /token}}}"
        )),
        [""; 0]
    );
}

#[test]
fn an_api_has_a_title_and_a_version() {
    assert_eq!(
        faults_of_all("paths: {}"),
        ["#: the document has no `info`"]
    );
    assert_eq!(
        faults_of_all("info: {version: 1.0}"),
        ["#/info: the API has no title"]
    );
    assert_eq!(
        faults_of_all("info: {title: true, version: null, license: {}}"),
        [
            "#/info: the API has no version",
            "#/info/title: `title` is a truth value, and should be text",
            "#/info/license: the licence has no name",
        ]
    );
}

#[test]
fn links_of_documentation_lead_somewhere() {
    let info = |more: &str| format!("info: {{title: T, version: '1', {more}}}");
    let fault = |text: &str| {
        let found = faults_of_all(text);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    };
    assert_eq!(
        fault(&info("termsOfService: 'ht<p://a'")),
        "#/info/termsOfService: `ht<p://a` is no URL"
    );
    assert_eq!(
        fault(&info("contact: {url: 1.5}")),
        "#/info/contact/url: `url` is a number, and should be a URL"
    );
    assert!(fault(&info("contact: {email: me}")).ends_with("`me` is no e-mail address"));
    assert!(fault(&info("license: {name: L, url: 'a b'}")).ends_with("`a b` is no URL"));
    let tags = "tags: [{name: A, externalDocs: {description: D}}]";
    assert_eq!(
        fault(&format!("{}\n{tags}", info("x-a: 1"))),
        "#/tags/0/externalDocs: the link to documentation has no `url`"
    );
    let fine = "contact: {email: a@b, url: /contact, name: 1}, license: {name: MIT, url: 'https://ä.example/{a}?b=c#d'}";
    assert_eq!(faults_of_all(&info(fine)), [""; 0]);
}

#[test]
fn servers_that_are_nowhere() {
    let found = faults(
        "servers: [{url: 'a b'}, {url: 'https://{a}.example/b'}]\npaths: {/a: {servers: [{url: '<a>'}]}}",
    );
    assert_eq!(
        found,
        [
            "#/servers/0/url: `a b` is no URL",
            "#/paths/~1a/servers/0/url: `<a>` is no URL"
        ]
    );
}

#[test]
fn headers_that_cannot_come() {
    let header = |text: &str| {
        format!("components: {{responses: {{R: {{description: '', headers: {{{text}}}}}}}}}")
    };
    assert_eq!(
        fault(&header("\"a\\n\": {}")),
        "#/components/responses/R/headers/a\n: no header can be called `a\\n`"
    );
    assert!(fault(&header("A: {style: matrix}")).ends_with("`matrix` is no style for a header"));
    assert!(fault(&header("A: {content: {}}")).ends_with("has 0 media types"));
    assert!(fault(&header("A: {content: {';': {}}}")).ends_with("`;` is no media type"));
    assert_eq!(
        faults(&header(
            "A: {style: simple, schema: {}}, B: {content: {text/plain: {}}}"
        )),
        [""; 0]
    );
}

#[test]
fn paths_that_nobody_can_ask_for() {
    assert!(fault("paths: {\"/a\\nb\": {}}").ends_with("`/a\\nb` is no path"));
}
