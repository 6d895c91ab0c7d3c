//! Answers of every form that the exchange document has.

use std::error::Error as _;

use atlas_codegen_tests::fake_atlas::Answer;
use exchange_client::operations::jobs::StartJobAnswer;
use exchange_client::types::{Job, JobState, Ticket};
use exchange_client::{Bytes, ErrorKind};
use serde_json::json;

use crate::exchange::Exchange;

fn json_answer(status: u16, body: &serde_json::Value) -> Answer {
    Answer::json(status, "application/json", body)
}

#[tokio::test]
async fn a_body_or_none_is_an_option() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!({"id": "7", "state": "RUNNING"}));
    let job = exchange.client.jobs().read_job("7").send().await.unwrap();
    let job = job.expect("there is one");
    assert_eq!((&*job.id, job.state), ("7", Some(JobState::Running)));
    assert_eq!(exchange.last().target, "/jobs/7");

    exchange.answer_status(204);
    let job = exchange.client.jobs().read_job("8").send().await.unwrap();
    assert_eq!(job, None);
}

#[tokio::test]
async fn one_of_several_answers_is_chosen_by_status() {
    let exchange = Exchange::start().await;
    let ticket = Ticket::new(3);
    for (answer, expected) in [
        (
            json_answer(201, &json!({"id": "7"})),
            StartJobAnswer::Created(Job::new("7")),
        ),
        (
            json_answer(202, &json!({"number": 3})),
            StartJobAnswer::Accepted(ticket),
        ),
        (Answer::new(204), StartJobAnswer::NoContent),
        (
            Answer::new(207).with_body("text/plain", "odd"),
            StartJobAnswer::Unknown(207, Bytes::from_static(b"odd")),
        ),
        // A status that is promised to no body is not read as another's.
        (
            json_answer(200, &json!({"id": "7"})),
            StartJobAnswer::Unknown(200, Bytes::from_static(br#"{"id":"7"}"#)),
        ),
    ] {
        exchange.answer(answer);
        let call = exchange.client.jobs().start_job("7").send();
        assert_eq!(call.await.unwrap(), expected);
        let request = exchange.last();
        assert_eq!((&*request.method, &*request.target), ("POST", "/jobs/7"));
    }
}

#[tokio::test]
async fn an_answer_of_several_that_breaks_its_promise_is_an_error() {
    let exchange = Exchange::start().await;
    exchange.answer(json_answer(202, &json!({"id": "7"})));
    let call = exchange.client.jobs().start_job("7").send();
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let cause = error.source().unwrap().to_string();
    assert!(cause.starts_with("number: missing"), "{cause}");
}

#[tokio::test]
async fn nothing_is_the_unit_whatever_the_body() {
    let exchange = Exchange::start().await;
    for answer in [
        Answer::new(204),
        Answer::new(200).with_body("text/html", "<p>gone</p>"),
    ] {
        exchange.answer(answer);
        let call = exchange.client.jobs().delete_job("7").send();
        let () = call.await.unwrap();
        let request = exchange.last();
        assert_eq!((&*request.method, &*request.target), ("DELETE", "/jobs/7"));
        assert_eq!(request.header("content-length"), None);
    }
}

#[tokio::test]
async fn text_is_a_string() {
    let exchange = Exchange::start().await;
    let text = "line 1\r\nü\u{feff}\n";
    exchange.answer(Answer::new(200).with_body("text/plain", text));
    let call = exchange.client.jobs().read_log("a/b").send();
    assert_eq!(call.await.unwrap(), text);
    assert_eq!(exchange.last().target, "/jobs/a%2Fb/log");
    assert_eq!(exchange.last().header("accept"), Some("text/plain"));

    exchange.answer(Answer::new(200).with_body("text/plain", [b'a', 0xff]));
    let call = exchange.client.jobs().read_log("7").send();
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body().unwrap().as_ref(), [b'a', 0xff]);
}

#[tokio::test]
async fn bytes_are_brought_as_they_came() {
    let exchange = Exchange::start().await;
    let archive = [0x1f, 0x8b, 8, 0, 255, 0];
    exchange.answer(Answer::new(200).with_body("application/gzip", archive));
    let call = exchange.client.jobs().read_archive("7").send();
    let response = call.response().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/gzip");
    assert_eq!(
        response.into_value().bytes().await.unwrap().as_ref(),
        archive
    );
    assert_eq!(exchange.last().header("accept"), Some("application/gzip"));
    // Nobody asked for a coding that would have to be undone.
    assert_eq!(exchange.last().header("accept-encoding"), None);
}

#[tokio::test]
async fn errors_have_the_documents_own_shape() {
    let exchange = Exchange::start().await;
    let problem = json!({"code": "TOO_LARGE", "message": "It does not fit."});
    for status in [400, 404, 500] {
        exchange.answer(json_answer(status, &problem));
        let call = exchange.client.jobs().read_archive("7").send();
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.code(), Some("TOO_LARGE"));
        assert_eq!(error.detail(), Some("It does not fit."));
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.api().unwrap().code, "TOO_LARGE");
        // The document names no place for fields.
        assert!(error.field_errors().is_empty());
    }
}

#[tokio::test]
async fn an_envelope_is_nothing_to_a_service_without_one() {
    let exchange = Exchange::start().await;
    exchange.answer_json(&json!({"status": 500, "content": {}, "id": "7"}));
    let job = exchange.client.jobs().read_job("7").send().await.unwrap();
    assert_eq!(job.unwrap().id, "7");
}
