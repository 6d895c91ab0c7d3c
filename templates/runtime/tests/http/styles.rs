//! Parameters in every style at every place, read back from what arrives by a reader that follows the standard's table
//! ("Style Examples" of OpenAPI 3.0.3, RFC 6570) and shares nothing with the writer.

use client_runtime::{ErrorKind, Operation, RequestBuilder, Style, Value, read};
use serde_json::json;

use crate::client::{Client, client};
use crate::server::{Answer, Server};

static IN_PATH: Operation = Operation::get("inPath", "/x/{color}/y");
static ELSEWHERE: Operation = Operation::get("elsewhere", "/x");

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Path,
    Query,
    Reserved,
    Header,
    Cookie,
}

/// All that the standard allows: a place, a style, and whether it is exploded.
const FORMS: [(Place, &str, bool, Style); 21] = [
    (Place::Path, "simple", false, Style::Simple),
    (Place::Path, "simple", true, Style::SimpleExploded),
    (Place::Path, "label", false, Style::Label),
    (Place::Path, "label", true, Style::LabelExploded),
    (Place::Path, "matrix", false, Style::Matrix),
    (Place::Path, "matrix", true, Style::MatrixExploded),
    (Place::Query, "form", false, Style::Form),
    (Place::Query, "form", true, Style::FormExploded),
    (Place::Query, "spaceDelimited", false, Style::SpaceDelimited),
    (Place::Query, "spaceDelimited", true, Style::FormExploded),
    (Place::Query, "pipeDelimited", false, Style::PipeDelimited),
    (Place::Query, "pipeDelimited", true, Style::FormExploded),
    (Place::Query, "deepObject", true, Style::DeepObject),
    (Place::Reserved, "form", false, Style::Form),
    (Place::Reserved, "form", true, Style::FormExploded),
    (Place::Reserved, "deepObject", true, Style::DeepObject),
    (Place::Reserved, "pipeDelimited", false, Style::PipeDelimited),
    (Place::Header, "simple", false, Style::Simple),
    (Place::Header, "simple", true, Style::SimpleExploded),
    (Place::Cookie, "form", false, Style::Form),
    (Place::Cookie, "form", true, Style::FormExploded),
];

fn values() -> Vec<Value> {
    let texts = ["blue", "a b", "1.5", "a,b", "a|b", "a;b=c&d", "ü/?#[]@", "+%25", "\"q\"", "..."];
    let scalars = texts.iter().map(|text| json!(text)).chain([json!(12), json!(-1.5), json!(true), json!(u64::MAX)]);
    let lists = texts.iter().map(|text| json!([text, "x"]));
    let objects = texts.iter().map(|text| json!({"R": text, "k y": 1}));
    let more = [
        json!(""),
        json!(["only"]),
        json!([1, null, 2.5, false]),
        json!([]),
        json!([null]),
        json!({}),
        json!({"R": null}),
        json!({"R": 1, "none": null}),
        json!(null),
    ];
    scalars.chain(lists).chain(objects).chain(more).collect()
}

fn request(client: &Client, place: Place, style: Style, value: &Value) -> RequestBuilder {
    let elsewhere = || client.core.request(&ELSEWHERE);
    match place {
        Place::Path => client.core.request(&IN_PATH).path_as(style, "color", value),
        Place::Query => elsewhere().query_as(style, "color", value),
        Place::Reserved => elsewhere().query_reserved_as(style, "color", value),
        Place::Header => elsewhere().header_as(style, "color", value),
        Place::Cookie => elsewhere().cookie_as(style, "color", value),
    }
}

/// The value with texts for all that is single, and without what is null; none for nothing.
fn meant(value: &Value) -> Option<Value> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Some(match value {
        Value::Null => return None,
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter(|item| !item.is_null()).map(|item| json!(text(item))).collect();
            (!items.is_empty()).then_some(Value::Array(items))?
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            let members: serde_json::Map<_, _> =
                members.map(|(name, value)| (name.clone(), json!(text(value)))).collect();
            (!members.is_empty()).then_some(Value::Object(members))?
        }
        value => json!(text(value)),
    })
}

/// Whether the standard leaves no way to write it, so that it is refused.
fn is_refused(place: Place, style: &str, explode: bool, value: &Value) -> bool {
    let items: Vec<String> = match value {
        Value::Array(items) => items.iter().map(ToString::to_string).collect(),
        Value::Object(members) => members.iter().flat_map(|(name, value)| [name.clone(), value.to_string()]).collect(),
        _ => Vec::new(),
    };
    let any = |what: char| items.iter().any(|item| item.trim_matches('"').contains(what));
    match (place, style) {
        (Place::Header, _) => any(','),
        (_, "pipeDelimited") if !explode => any('|'),
        (_, "spaceDelimited") if !explode => any(' '),
        (Place::Path, _) => meant(value).is_none_or(|value| value == json!("")),
        _ => false,
    }
}

fn decoded(text: &str, place: Place) -> String {
    if place == Place::Header {
        return text.to_owned();
    }
    let mut bytes = text.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(plain).unwrap()
}

/// Reads a value of the kind of `like` from what stands at a place.
fn read_back(place: Place, style: &str, explode: bool, like: &Value, text: &str) -> Value {
    let text = match style {
        "label" => text.strip_prefix('.').unwrap(),
        "matrix" => text.strip_prefix(';').unwrap(),
        _ => text,
    };
    let decode = |text: &str| decoded(text, place);
    let separator = match (place, style, explode) {
        (Place::Path, "matrix", _) => ";",
        (Place::Path, "label", true) => ".",
        (Place::Path | Place::Header, ..) => ",",
        (Place::Cookie, ..) => "; ",
        (Place::Query | Place::Reserved, ..) => "&",
    };
    let delimiter = match style {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "%7C",
        _ => ",",
    };
    let is_named = !matches!(style, "simple" | "label");
    let pairs = || text.split(separator).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let whole = || match pairs().collect::<Vec<_>>().as_slice() {
        _ if !is_named => text,
        [(name, value)] if *name == "color" => *value,
        pairs => unreachable!("one pair of the name `color`, not {pairs:?}"),
    };
    match like {
        Value::Array(_) if style == "deepObject" => {
            let items = pairs().map(|(name, item)| {
                assert_eq!(decode(name), "color[]");
                decode(item)
            });
            items.collect()
        }
        Value::Array(_) if explode && is_named => {
            let items = pairs().map(|(name, item)| {
                assert_eq!(name, "color");
                decode(item)
            });
            items.collect()
        }
        Value::Array(_) if explode => text.split(separator).map(decode).collect(),
        Value::Array(_) => whole().split(delimiter).map(decode).collect(),
        Value::Object(_) if explode => {
            let name = |name: &str| match style {
                "deepObject" => decode(name).strip_prefix("color[").unwrap().strip_suffix(']').unwrap().to_owned(),
                _ => decode(name),
            };
            pairs().map(|(member, value)| (name(member), json!(decode(value)))).collect()
        }
        Value::Object(_) => {
            let pieces: Vec<_> = whole().split(delimiter).map(decode).collect();
            pieces.chunks(2).map(|pair| (pair[0].clone(), json!(pair[1]))).collect()
        }
        _ => json!(decode(whole())),
    }
}

#[tokio::test]
async fn what_arrives_is_what_was_given_in_every_style_at_every_place() {
    let server = Server::start(|_| Answer::new(204, &[], "")).await;
    let client = client(&server.url);
    let mut count = 0;
    for (place, style, explode, form) in FORMS {
        for value in values() {
            let case = format!("{place:?} {style} {explode} {value}");
            server.forget();
            let sent = read::empty::<Value>(request(&client, place, form, &value)).await;
            if is_refused(place, style, explode, &value) {
                assert_eq!(sent.expect_err(&case).kind(), ErrorKind::Request, "{case}");
                assert!(server.received().is_empty(), "{case}");
                continue;
            }
            sent.unwrap_or_else(|error| panic!("{case}: {error:?}"));
            let received = &server.received()[0];
            let target = received.target().strip_prefix("GET ").unwrap();
            let text = match place {
                Place::Path => target.strip_prefix("/x/").and_then(|rest| rest.strip_suffix("/y")),
                Place::Query | Place::Reserved => target.strip_prefix("/x?"),
                Place::Header => received.header("color"),
                Place::Cookie => received.header("cookie"),
            };
            let read = text.map(|text| read_back(place, style, explode, &value, text));
            let meant = meant(&value).map(|meant| match place {
                // What looks like an escape is one (RFC 6570 section 3.2.3).
                Place::Reserved => serde_json::from_str(&meant.to_string().replace("%25", "%")).unwrap(),
                _ => meant,
            });
            assert_eq!(read, meant, "{case}: {text:?}");
            assert!(target.bytes().all(|byte| byte.is_ascii_graphic()), "{case}: {target}");
            count += 1;
        }
    }
    assert!(count > 700, "{count}");
}

/// The standard is silent on these; this is how most servers read them.
#[tokio::test]
async fn what_is_nested_is_written_as_servers_read_it() {
    let server = Server::start(|_| Answer::new(204, &[], "")).await;
    let client = client(&server.url);
    let value = json!({"a": {"b": {"c": 1}}, "l": ["x", "y"], "o": [{"p": 1, "q": [2]}, {"p": 3}], "e": [], "f": {}});
    for (form, expected) in [
        (
            Style::DeepObject,
            "color[a][b][c]=1&color[l][]=x&color[l][]=y&color[o][0][p]=1&color[o][0][q][]=2&color[o][1][p]=3",
        ),
        (Style::FormExploded, r#"a={"b":{"c":1}}&f={}&l=x&l=y&o={"p":1,"q":[2]}&o={"p":3}"#),
        (Style::Json, r#"color={"a":{"b":{"c":1}},"e":[],"f":{},"l":["x","y"],"o":[{"p":1,"q":[2]},{"p":3}]}"#),
    ] {
        server.forget();
        read::empty::<Value>(request(&client, Place::Query, form, &value)).await.unwrap();
        let received = &server.received()[0];
        assert_eq!(decoded(received.target(), Place::Query), format!("GET /x?{expected}"), "{form:?}");
    }
}

#[tokio::test]
async fn names_and_values_that_no_header_or_cookie_may_have_are_refused() {
    let server = Server::start(|_| Answer::new(204, &[], "")).await;
    let client = client(&server.url);
    let elsewhere = || client.core.request(&ELSEWHERE);
    for (request, part) in [
        (elsewhere().header("a b", "1"), "`a b` is no header's name"),
        (elsewhere().header("", "1"), "`` is no header's name"),
        (elsewhere().header("a", "x\ny"), "the header `a` holds what no header may hold"),
        (elsewhere().header("a", " x"), "the header `a` holds what no header may hold"),
        (elsewhere().header("a", "x\t"), "the header `a` holds what no header may hold"),
        (elsewhere().cookie("a;b", "1"), "the cookie `a;b` has a name that no cookie may have"),
    ] {
        let error = read::empty::<Value>(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(error.to_string(), format!("elsewhere: {part}"));
    }
    assert!(server.received().is_empty());
    let odd = elsewhere().cookie("a|b", "\"x; y\",\\ü").cookie("$c", &1).header("Cookie", "own=1");
    read::empty::<Value>(odd).await.unwrap();
    let received = &server.received()[0];
    assert_eq!(received.header("cookie"), Some("own=1; a|b=%22x%3B%20y%22%2C%5C%C3%BC; $c=1"));
}
