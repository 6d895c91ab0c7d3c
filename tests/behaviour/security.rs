//! Credentials under the document's names, through a generated client.

use exchange_client::{Client, Credentials};
use serde_json::json;

use crate::exchange::Exchange;

/// The target, and what is in the headers, of a call with these credentials.
async fn sent(credentials: Credentials) -> (String, Option<String>, Option<String>) {
    let exchange = Exchange::start().await;
    let client = Client::builder()
        .credentials(credentials)
        .base_url(exchange.base_url())
        .build()
        .unwrap();
    exchange.answer_json(&json!({"name": "x"}));
    client.files().read_guarded().send().await.unwrap();
    let request = exchange.last();
    let header = |name| request.header(name).map(str::to_owned);
    (
        request.target.clone(),
        header("x-api-key"),
        header("authorization"),
    )
}

#[tokio::test]
async fn a_call_has_the_first_alternative_that_is_whole() {
    let keys = || Credentials::api_key("k1").and(Credentials::query_key("k 2"));
    let user = || Credentials::basic("me", "secret");
    let both = ("/guarded?key=k%202".to_owned(), Some("k1".to_owned()), None);
    assert_eq!(sent(keys()).await, both);
    assert_eq!(sent(user().and(keys())).await, both);
    let basic = Some("Basic bWU6c2VjcmV0".to_owned());
    let one_key = user().and(Credentials::api_key("k1"));
    assert_eq!(
        sent(one_key).await,
        ("/guarded".to_owned(), None, basic.clone())
    );
    assert_eq!(sent(user()).await, ("/guarded".to_owned(), None, basic));
}

#[test]
fn credentials_show_their_kinds_alone() {
    let all = Credentials::api_key("planted")
        .and(Credentials::query_key("planted"))
        .and(Credentials::basic("me", "planted"));
    assert_eq!(
        format!("{all:?}"),
        "Credentials(key for apiKey and key for query-key and user from the program)"
    );
}
