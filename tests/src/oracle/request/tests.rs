use serde_json::{Value, json};

use super::{Given, Operation, RequestChecker};
use crate::fake_atlas::RecordedRequest;
use crate::oracle::document::Document;

const DOCUMENT: &str = r#"
security: [{token: []}]
paths:
  /things/{id}:rename:
    post:
      operationId: rename
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, pattern: "^[a-f]+$"}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {from: {type: integer}, words: {type: array, items: {type: string}}}}}
        - {name: X-Fast, in: header, schema: {type: boolean}}
        - {name: session, in: cookie, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/vnd.x.2023-01-01+json: {schema: {type: object}}
          application/vnd.x.2024-01-01+json:
            schema: {type: object, required: [id, name], properties: {id: {type: string, readOnly: true}, name: {type: string}}}
      responses:
        "200":
          description: Done.
          content:
            application/vnd.x.2023-01-01+json: {schema: {type: object}}
            application/vnd.x.2024-01-01+json: {schema: {type: object}}
"#;

const TYPE: &str = "application/vnd.x.2024-01-01+json";

fn given() -> Given {
    let parameter =
        |location: &str, name: &str, value: Value| ((location.to_owned(), name.to_owned()), value);
    Given {
        parameters: [
            parameter("path", "id", json!("abc")),
            parameter("query", "limit", json!(3)),
            parameter("query", "tags", json!(["a b", "c,d"])),
            parameter("query", "pipes", json!(["1", "2"])),
            parameter("query", "filter", json!({"from": 7, "words": ["x", "y"]})),
            parameter("header", "X-Fast", json!(true)),
            parameter("cookie", "session", json!("a;b")),
        ]
        .into(),
        body: Some(json!({"name": "n"})),
    }
}

fn sent() -> RecordedRequest {
    let headers = [
        ("Accept", TYPE),
        ("Content-Type", TYPE),
        ("authorization", "Bearer token"),
        ("x-fast", "true"),
        ("cookie", "session=a%3Bb"),
    ];
    RecordedRequest {
        method: "POST".to_owned(),
        target: "/things/abc:rename?limit=3&tags=a%20b&tags=c%2Cd&pipes=1%7C2&filter%5Bfrom%5D=7\
                 &filter%5Bwords%5D%5B%5D=x&filter%5Bwords%5D%5B%5D=y"
            .to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        body: br#"{"name":"n"}"#.to_vec(),
    }
}

fn faults(given: &Given, sent: &RecordedRequest) -> String {
    let document = Document::parse(DOCUMENT);
    let operations = Operation::all(&document);
    RequestChecker::new(&document)
        .faults(&operations[0], given, sent)
        .join("\n")
}

/// The faults of a request that was changed.
fn after(change: impl FnOnce(&mut RecordedRequest)) -> String {
    let mut sent = sent();
    change(&mut sent);
    faults(&given(), &sent)
}

fn set(sent: &mut RecordedRequest, name: &str, value: Option<&str>) {
    sent.headers
        .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    sent.headers
        .extend(value.map(|value| (name.to_owned(), value.to_owned())));
}

#[test]
fn a_request_as_the_document_says_has_no_fault() {
    assert_eq!(faults(&given(), &sent()), "");
}

#[test]
fn a_path_or_method_of_something_else_is_a_fault() {
    assert!(after(|sent| sent.method = "PUT".to_owned()).contains("PUT"));
    assert!(after(|sent| sent.target = "/things/abc".to_owned()).contains("is not of"));
    let other = after(|sent| sent.target = sent.target.replace("abc", "XYZ"));
    assert!(
        other.contains("\"abc\" became \"XYZ\"") && other.contains("does not match"),
        "{other}"
    );
}

#[test]
fn parameters_are_as_they_were_given() {
    let target = |from: &str, to: &str| after(|sent| sent.target = sent.target.replace(from, to));
    for (from, to, what) in [
        ("limit=3&", "", "`limit` is missing; it was 3"),
        ("limit=3", "limit=x", "is not of the type"),
        ("limit=3", "limit=3&more=1", "`more` is not declared"),
        ("c%2Cd", "c,e", "became \"c,e\""),
        ("1%7C2", "1,2", "`pipes`"),
        ("%5Bfrom%5D=7", "%5Bto%5D=7", "`filter`"),
        ("a%20b", "a%zzb", "percent-encoded"),
    ] {
        let found = target(from, to);
        assert!(found.contains(what), "{from} → {to}: {found}");
    }
    assert!(after(|sent| set(sent, "x-fast", None)).contains("`X-Fast` is missing"));
    assert!(after(|sent| set(sent, "x-slow", Some("1"))).contains("`x-slow` is not declared"));
    assert!(after(|sent| set(sent, "cookie", None)).contains("`session` is missing"));
    let mut less = given();
    less.parameters
        .remove(&("query".to_owned(), "limit".to_owned()));
    assert!(faults(&less, &sent()).contains("was not given; it is 3"));
}

#[test]
fn media_types_are_of_the_newest_version() {
    let old = Some("application/vnd.x.2023-01-01+json");
    assert!(after(|sent| set(sent, "accept", old)).contains("Accept asks for"));
    assert!(after(|sent| set(sent, "accept", None)).contains("no Accept"));
    assert!(after(|sent| set(sent, "content-type", old)).contains("Content-Type is"));
    assert!(after(|sent| set(sent, "authorization", None)).contains("no credentials"));
}

#[test]
fn bodies_are_what_was_given_and_valid() {
    let body = |text: &str| after(|sent| sent.body = text.into());
    assert!(body("{}").contains("`name` is missing"));
    assert!(body(r#"{"name":"n","id":"1"}"#).contains("does not travel"));
    assert!(body(r#"{"name":1}"#).contains("not of the type string"));
    assert!(body("").contains("not JSON"));
    let none = Given {
        body: None,
        ..given()
    };
    assert!(faults(&none, &sent()).contains("none was given"));
}
