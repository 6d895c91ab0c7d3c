//! Credentials of every kind, and which of them go with which call.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use client_runtime::{Builder, Core, Description, ErrorKind, Operation, SecurityScheme, Service, Value, http, read};

use crate::bare::BARE;
use crate::paging::Numbers;
use crate::server::{Answer, Received, Server};

#[derive(Clone, Debug)]
struct Shop {
    core: Core,
}

impl Service for Shop {
    type ErrorBody = Value;
    const DESCRIPTION: &'static Description = &Description {
        user_agent: "shop/1",
        token_url: Some("/token"),
        schemes: &[
            SecurityScheme::header("apiKey", "X-API-Key"),
            SecurityScheme::header("appKey", "X-App-Key"),
            SecurityScheme::query("key", "the key"),
            SecurityScheme::cookie("session", "sid"),
            SecurityScheme::header("whole", "Authorization"),
            SecurityScheme::basic("user"),
            SecurityScheme::bearer("token"),
            SecurityScheme::http("odd", "Token"),
            SecurityScheme::oauth2("oauth"),
        ],
        security: &[&["apiKey", "appKey"], &["token"]],
        ..BARE
    };
    const REFRESH_URL: Option<&'static str> = Some("/refresh");
    fn from_core(core: Core) -> Self {
        Self { core }
    }
}

client_runtime::credentials! {
    /// What proves to the service who is calling.
    struct Credentials for Shop {
        /// The key in the header `X-API-Key`.
        fn api_key(key) for "apiKey";
        /// The key in the header `X-App-Key`.
        fn app_key(key) for "appKey";
        /// The key in the query.
        fn key(key) for "key";
        /// The key in the cookie `sid`.
        fn session(key) for "session";
        /// The header `Authorization`.
        fn whole(key) for "whole";
        fn basic(user, password);
        fn bearer(token);
        /// What stands behind `Token`.
        fn odd(key) for "odd";
        fn service_account(id, secret);
        fn password(user, password);
        fn refresh_token(token);
    }
}

static USUAL: Operation = Operation::get("usual", "/x");
static PUBLIC: Operation = Operation::get("public", "/x").unauthenticated();
static KEY: Operation = Operation::get("key", "/x").security(&[&["key"]]);
static SESSION: Operation = Operation::get("session", "/x").security(&[&["session"]]);
static WHOLE: Operation = Operation::get("whole", "/x").security(&[&["whole"]]);
static USER: Operation = Operation::get("user", "/x").security(&[&["user"]]);
static USER_OR_NONE: Operation = Operation::get("userOrNone", "/x").security(&[&[], &["user"]]);
static ODD: Operation = Operation::get("odd", "/x").security(&[&["odd"]]);
static OAUTH: Operation = Operation::get("oauth", "/x").security(&[&["oauth"], &["key"]]);
static LIST: Operation = Operation::get("list", "/x").security(&[&["key"]]).next_link("/next");

const PLACES: [&str; 4] = ["x-api-key", "x-app-key", "authorization", "cookie"];

fn shop(server: &Server, credentials: impl Into<client_runtime::Credentials<Shop>>) -> Shop {
    Builder::new().credentials(credentials).base_url(&server.url).build().unwrap()
}

async fn fine() -> Server {
    Server::start(|_| Answer::json(200, "{}")).await
}

/// The target, and the headers that hold credentials.
fn seen(received: &Received) -> Vec<String> {
    let target = received.target().strip_prefix("GET /x").unwrap();
    let headers = PLACES.iter().filter_map(|name| Some(format!("{name}: {}", received.header(name)?)));
    (!target.is_empty()).then(|| target.to_owned()).into_iter().chain(headers).collect()
}

async fn call(shop: &Shop, operation: &'static Operation) -> Value {
    let call: client_runtime::Call<Value, Value> = read::json(shop.core.request(operation));
    call.await.unwrap()
}

/// What goes out for an operation.
async fn sent(credentials: Credentials, operation: &'static Operation) -> Vec<String> {
    let server = fine().await;
    call(&shop(&server, credentials), operation).await;
    seen(&server.received()[0])
}

#[tokio::test]
async fn each_kind_has_its_place_and_its_form() {
    let both = Credentials::app_key("b").and(Credentials::api_key("a"));
    assert_eq!(sent(both, &USUAL).await, ["x-api-key: a", "x-app-key: b"]);
    assert_eq!(sent(Credentials::key("a b&c=ü"), &KEY).await, ["?the%20key=a%20b%26c%3D%C3%BC"]);
    assert_eq!(sent(Credentials::session("s%3A1"), &SESSION).await, ["cookie: sid=s%3A1"]);
    assert_eq!(sent(Credentials::whole("Token token=7"), &WHOLE).await, ["authorization: Token token=7"]);
    assert_eq!(sent(Credentials::odd("7"), &ODD).await, ["authorization: Token 7"]);
    assert_eq!(sent(Credentials::bearer("t"), &USUAL).await, ["authorization: Bearer t"]);
    assert_eq!(sent(Credentials::access_token("t"), &OAUTH).await, ["authorization: Bearer t"]);
    let basic = |pair: &str| [format!("authorization: Basic {}", STANDARD.encode(pair))];
    assert_eq!(sent(Credentials::basic("Aladdin", "öpen: sesame"), &USER).await, basic("Aladdin:öpen: sesame"));
    // The example of RFC 7617 section 2.1.
    assert_eq!(sent(Credentials::basic("test", "123£"), &USER).await, ["authorization: Basic dGVzdDoxMjPCow=="]);
    assert_eq!(sent(Credentials::basic("sk_1", ""), &USER).await, basic("sk_1:"));
}

#[tokio::test]
async fn the_first_alternative_for_which_all_is_there_goes_and_no_more() {
    let all = || {
        let keys = Credentials::api_key("a").and(Credentials::app_key("b")).and(Credentials::key("k"));
        keys.and(Credentials::bearer("t")).and(Credentials::basic("u", "p")).and(Credentials::session("s"))
    };
    assert_eq!(sent(all(), &USUAL).await, ["x-api-key: a", "x-app-key: b"]);
    assert_eq!(sent(all(), &KEY).await, ["?the%20key=k"]);
    assert_eq!(sent(all(), &OAUTH).await, ["authorization: Bearer t"]);
    assert_eq!(sent(all(), &USER_OR_NONE).await, ["authorization: Basic dTpw"]);
    assert_eq!(sent(all(), &PUBLIC).await, [""; 0]);
    // The second alternative is whole, the first is not.
    let some = Credentials::api_key("a").and(Credentials::bearer("t"));
    assert_eq!(sent(some, &USUAL).await, ["authorization: Bearer t"]);
    assert_eq!(sent(Credentials::key("k"), &OAUTH).await, ["?the%20key=k"]);
}

#[tokio::test]
async fn where_no_alternative_is_whole_the_service_judges_what_there_is() {
    assert_eq!(sent(Credentials::api_key("a").and(Credentials::key("k")), &USUAL).await, ["x-api-key: a"]);
    // A key that is made for a scheme stays where its scheme is named.
    assert_eq!(sent(Credentials::key("k"), &USUAL).await, [""; 0]);
    // What is made for no scheme goes, unless the call may do without.
    assert_eq!(sent(Credentials::bearer("t"), &USER).await, ["authorization: Bearer t"]);
    assert_eq!(sent(Credentials::bearer("t"), &USER_OR_NONE).await, [""; 0]);
    assert_eq!(
        sent(Credentials::bearer("t").and(Credentials::basic("u", "p")), &USER).await,
        ["authorization: Basic dTpw"]
    );
}

#[tokio::test]
async fn what_the_caller_sets_stands() {
    let server = fine().await;
    let all = Credentials::key("k").and(Credentials::session("s")).and(Credentials::bearer("t"));
    let shop = shop(&server, all);
    let get = || shop.core.untyped::<Value>(http::Method::GET, "/x");
    let own = get().header("authorization", "mine").query("a", "1");
    own.send::<Value>().await.unwrap();
    let request = shop.core.request(&KEY).query("the key", "mine");
    let key: client_runtime::Call<Value, Value> = read::json(request);
    key.await.unwrap();
    let request = shop.core.request(&SESSION).cookie("other", "1");
    let beside: client_runtime::Call<Value, Value> = read::json(request);
    beside.await.unwrap();
    let request = shop.core.request(&SESSION).cookie("sid", "mine");
    let cookie: client_runtime::Call<Value, Value> = read::json(request);
    cookie.await.unwrap();
    get().send::<Value>().await.unwrap();
    let seen: Vec<_> = server.received().iter().map(seen).collect();
    let expected: [&[&str]; 5] = [
        &["?a=1", "authorization: mine"],
        &["?the%20key=mine"],
        &["cookie: other=1; sid=s"],
        &["cookie: sid=mine"],
        &["authorization: Bearer t"],
    ];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_key_goes_with_every_attempt_and_every_page_and_to_no_other_origin() {
    let other = fine().await;
    let elsewhere = format!("{}/x?page=3", other.url);
    // The first link does not repeat the key, the second does.
    let server = Server::start(move |received| match received.target() {
        "GET /x?the%20key=k" => Answer::json(200, r#"{"results":[1],"next":"/x?page=2"}"#),
        "GET /x?page=2&the%20key=k" => Answer::json(200, r#"{"results":[2],"next":"/x?the+key=k&page=3"}"#),
        "GET /x?the+key=k&page=3" => Answer::json(200, &format!(r#"{{"results":[3],"next":"{elsewhere}"}}"#)),
        target => Answer::json(400, &format!("\"{target}\"")),
    })
    .await;
    let list: client_runtime::Call<Numbers, Value> =
        read::json(shop(&server, Credentials::key("k")).core.request(&LIST));
    let error = list.collect_all(10).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert_eq!(server.received().len(), 3);
    let redirect = Server::with([
        Answer::new(503, &[("retry-after", "0")], ""),
        Answer::new(307, &[("location", &format!("{}/x", other.url))], ""),
    ])
    .await;
    let shop = shop(&redirect, Credentials::key("k"));
    let call: client_runtime::Call<Value, Value> = read::json(shop.core.request(&KEY));
    assert_eq!(call.await.unwrap_err().status().unwrap(), 307);
    let seen: Vec<_> = redirect.received().iter().flat_map(seen).collect();
    assert_eq!(seen, ["?the%20key=k", "?the%20key=k"]);
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn a_password_and_a_refresh_token_are_changed_for_tokens() {
    let server = Server::start(|received| match received.body.as_str() {
        "" => Answer::json(if received.header("authorization") == Some("Bearer t1") { 401 } else { 200 }, "{}"),
        body if body.contains("refresh_token=r1") => {
            Answer::json(200, r#"{"access_token":"t1","token_type":"bearer","refresh_token":"r2"}"#)
        }
        _ => Answer::json(200, r#"{"access_token":"t2","token_type":"bearer"}"#),
    })
    .await;
    let user: client_runtime::Credentials<Shop> = Credentials::password("me & you", "p%").into();
    call(&shop(&server, user.scope("read write").client_id("app")), &OAUTH).await;
    let refresh: client_runtime::Credentials<Shop> = Credentials::refresh_token("r1").into();
    call(&shop(&server, refresh.client_secret("app", "s")), &OAUTH).await;

    let received = server.received();
    let bodies: Vec<_> = received.iter().map(|received| received.body.as_str()).collect();
    assert_eq!(
        bodies,
        [
            "grant_type=password&username=me+%26+you&password=p%25&scope=read+write&client_id=app",
            "",
            "grant_type=refresh_token&refresh_token=r1",
            "",
            // The token is refused, and the refresh token that came with it counts.
            "grant_type=refresh_token&refresh_token=r2",
            "",
        ]
    );
    let targets: Vec<_> = received.iter().map(Received::target).collect();
    let [token, refresh, x] = ["POST /token", "POST /refresh", "GET /x"];
    assert_eq!(targets, [token, x, refresh, x, refresh, x]);
    assert_eq!(received[0].header("authorization"), None);
    assert_eq!(received[2].header("authorization"), Some("Basic YXBwOnM="));
    assert_eq!(received[5].header("authorization"), Some("Bearer t2"));
}

#[test]
fn what_cannot_be_sent_is_told_when_the_client_is_built() {
    let fault = |credentials: client_runtime::Credentials<Shop>| {
        let error = Builder::<Shop>::new().credentials(credentials).base_url("http://localhost:9").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        error.to_string()
    };
    assert!(fault(Credentials::session("a;b").into()).contains("no cookie may hold"));
    assert!(fault(Credentials::api_key("a\nb").into()).contains("line ends"));
    assert!(fault(Credentials::api_key("").into()).contains("the key is empty"));
    assert!(fault(Credentials::basic("a:b", "c").into()).contains("colon"));
    assert!(fault(client_runtime::Credentials::key("nowhere", "a")).contains("no security scheme `nowhere`"));
    assert!(fault(client_runtime::Credentials::key("user", "a")).contains("no scheme for such a key"));
}

#[tokio::test]
async fn no_key_shows_wherever_it_stands() {
    let log = crate::recorder::Recorder::begin(tracing::Level::TRACE);
    let server = Server::start(|received| match received.target().contains('?') {
        true => Answer::json(500, r#""planted-key""#),
        false => Answer::raw(""),
    })
    .await;
    let all = [
        (Credentials::key("planted-key"), &KEY),
        (Credentials::session("planted-key"), &SESSION),
        (Credentials::api_key("planted-key"), &USUAL),
        (Credentials::whole("planted-key"), &WHOLE),
        (Credentials::odd("planted-key"), &ODD),
        (Credentials::basic("me", "planted-key"), &USER),
        (Credentials::password("me", "planted-key"), &OAUTH),
        (Credentials::refresh_token("planted-key"), &OAUTH),
    ];
    for (credentials, operation) in all {
        let mut shown = format!("{credentials:?} {credentials:#?}");
        let builder = Builder::<Shop>::new().credentials(credentials).base_url(&server.url);
        shown.push_str(&format!("{builder:?}"));
        let shop = builder.retry(client_runtime::Retry::disabled()).build().unwrap();
        let call: client_runtime::Call<Value, Value> = read::json(shop.core.request(operation));
        shown.push_str(&format!("{shop:?} {shop:#?} {call:?}"));
        let error = call.await.unwrap_err();
        shown.push_str(&format!("{error} {error:#} {error:?} {error:#?}"));
        let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(&error);
        while let Some(error) = cause {
            shown.push_str(&format!("{error} {error:?}"));
            cause = error.source();
        }
        assert!(!shown.contains("planted") && !shown.contains("cGxhbnRlZ"), "{shown}");
    }
    let text = log.0.text();
    assert!(!text.contains("planted") && !text.contains("cGxhbnRlZ"), "{text}");
}

/// A key in the query is no part of a recording, so a client without credentials finds its answer in it.
#[cfg(feature = "testing")]
#[tokio::test]
async fn a_recording_has_no_key_and_needs_none() {
    use client_runtime::ReqwestTransport;
    use client_runtime::testing::{Answer, Playback, Recorder, Script};

    let server = fine().await;
    let recorder = Recorder::new(ReqwestTransport::builder().build().unwrap());
    let builder =
        Builder::<Shop>::new().credentials(Credentials::key("planted-key").and(Credentials::session("planted")));
    let shop = builder.base_url(&server.url).transport(recorder.clone()).build().unwrap();
    call(&shop, &KEY).await;
    call(&shop, &SESSION).await;
    let recorded = recorder.to_json();
    assert!(recorded.contains(r#""path": "/x""#) && !recorded.contains("planted"), "{recorded}");

    let playback = Playback::from_json(&recorded).unwrap();
    let shop = Builder::<Shop>::new().base_url("http://localhost:9").transport(playback).build().unwrap();
    call(&shop, &KEY).await;

    let script = Script::new();
    script.expect("key").query("the key", "(hidden)").answer(Answer::json(200, &Value::Null));
    let builder = Builder::<Shop>::new().credentials(Credentials::key("planted-key")).base_url("http://localhost:9");
    call(&builder.transport(script.clone()).build().unwrap(), &KEY).await;
}
