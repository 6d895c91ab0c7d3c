//! Answers that come late, in part, not at all, or from elsewhere.

use std::time::{Duration, Instant};

use atlas_client::{Client, Credentials, ErrorKind};
use atlas_codegen_tests::fake_atlas::{Answer, Delivery, FakeAtlas, Scripted};

use crate::operations::{ALL, GROUP, Operation, PLAIN, api_key, client, fake, service_account};

const CALL: Operation = Operation::AddOrgTeamUser;
/// Longer than any test waits.
const LONG: Duration = Duration::from_secs(30);
const SHORT: Duration = Duration::from_millis(150);

fn hasty(atlas: &FakeAtlas, attempt: Duration, total: Duration) -> Client {
    Client::builder()
        .credentials(Credentials::access_token(&*atlas.options().access_token))
        .base_url(atlas.base_url())
        .attempt_timeout(attempt)
        .timeout(total)
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_with_what_came() {
    let atlas = fake().await;
    for operation in ALL {
        atlas.answer_next(Scripted::truncated());
        let error = operation.fail(&client(&atlas), PLAIN).await;
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:#}");
        assert!(error.status().unwrap().is_success());
        let came = error.body().unwrap();
        assert!(came.starts_with(b"{") && !came.ends_with(b"}"));
        let text = format!("{error:#}");
        assert!(text.contains("broke off within the answer"), "{text}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_an_error() {
    let atlas = fake().await;
    let hung_up = Answer::new(200).delivered(Delivery::HangUp);
    atlas.answer_next(Scripted::Answer(hung_up));
    let error = CALL.fail(&client(&atlas), PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status(), None);
    // A POST that may have been carried out is not sent again.
    assert_eq!(atlas.requests().len(), 1);
}

#[tokio::test]
async fn nobody_listening_is_a_connect_error() {
    // Bound, so that no other server takes the port, and deaf.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let client = Client::builder()
        .credentials(Credentials::access_token("a-token"))
        .base_url(format!("http://{}", socket.local_addr().unwrap()))
        .build()
        .unwrap();
    let error = CALL.fail(&client, PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:#}");
}

#[tokio::test]
async fn slow_headers_and_slow_bodies_end_with_the_attempt_timeout() {
    for scripted in [Scripted::slow_headers(LONG), Scripted::slow_body(LONG)] {
        let atlas = fake().await;
        atlas.answer_next(scripted);
        let start = Instant::now();
        let error = CALL.fail(&hasty(&atlas, SHORT, LONG), PLAIN).await;
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.is_timeout());
        assert_eq!(
            error.to_string(),
            "addOrgTeamUser: the attempt took longer than 150ms"
        );
        assert!((SHORT..LONG / 3).contains(&start.elapsed()));
    }
}

#[tokio::test]
async fn the_total_timeout_covers_the_token_too() {
    let atlas = fake().await;
    atlas.answer_next_token(Scripted::slow_headers(LONG));
    let options = atlas.options();
    let client = Client::builder()
        .credentials(Credentials::service_account(
            &*options.client_id,
            &*options.client_secret,
        ))
        .base_url(atlas.base_url())
        .timeout(SHORT)
        .build()
        .unwrap();
    let error = CALL.fail(&client, PLAIN).await;
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "addOrgTeamUser: the call took longer than 150ms"
    );
}

#[tokio::test]
async fn one_call_may_have_a_timeout_of_its_own() {
    let atlas = fake().await;
    atlas.answer_next(Scripted::slow_body(LONG));
    let call = client(&atlas)
        .projects()
        .create_project_invitation(GROUP, crate::operations::invitation())
        .send()
        .timeout(SHORT);
    assert!(call.await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_slow_answer_within_the_time_is_an_answer() {
    let atlas = fake().await;
    atlas.answer_next(Scripted::slow_body(SHORT));
    CALL.call(&client(&atlas), PLAIN).await.unwrap();
}

#[tokio::test]
async fn an_answer_over_the_limit_is_refused() {
    let atlas = fake().await;
    let client = Client::builder()
        .credentials(Credentials::access_token(&*atlas.options().access_token))
        .base_url(atlas.base_url())
        .response_limit(64)
        .build()
        .unwrap();
    let error = CALL.fail(&client, PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_takes_no_credentials_elsewhere() {
    let (atlas, other) = (fake().await, fake().await);
    for status in [301, 302, 303, 307, 308] {
        for client in [client(&atlas), service_account(&atlas), api_key(&atlas)] {
            atlas.answer_next(Scripted::Redirect {
                status,
                location: format!("{}/elsewhere?token=abc", other.base_url()),
            });
            let error = CALL.fail(&client, PLAIN).await;
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_eq!(error.status().unwrap().as_u16(), status);
            let text = error.to_string();
            let place = format!("a redirect to {}/elsewhere, ", other.base_url());
            assert!(text.contains(&place), "{text}");
        }
    }
    assert_eq!(other.requests(), []);
}

#[tokio::test]
async fn a_redirect_of_the_token_endpoint_is_not_followed_either() {
    let (atlas, other) = (fake().await, fake().await);
    atlas.answer_next_token(Scripted::Redirect {
        status: 307,
        location: format!("{}/api/oauth/token", other.base_url()),
    });
    let error = CALL.fail(&service_account(&atlas), PLAIN).await;
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(other.requests(), []);
    assert_eq!(atlas.operation_requests(), []);
}
