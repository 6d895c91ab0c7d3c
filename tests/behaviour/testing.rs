//! What users of a generated client do with the features `testing` and `blocking`: they test their own code without a
//! network.

use std::time::Duration;

use exchange_client::client_runtime::http::Method;
use exchange_client::client_runtime::testing::{Answer, Playback, Recorder, Script};
use exchange_client::client_runtime::{Retry, Transport};
use exchange_client::types::{Form, Job, Problem};
use exchange_client::{Client, Credentials, Error, ErrorKind, Upload, Value};

/// A user's own code: makes sure that there is a job, and says whether it is new.
async fn ensure_job(client: &Client, id: &str) -> Result<bool, Error> {
    match client.jobs().read_job(id).send().await {
        Ok(_) => Ok(false),
        Err(error) if error.is_not_found() => {
            client.jobs().start_job(id).send().await?;
            Ok(true)
        }
        Err(error) => Err(error),
    }
}

fn client(transport: impl Transport) -> Client {
    let credentials = Credentials::bearer("secret-token");
    let builder = Client::builder().base_url("https://exchange.example.com");
    let builder = builder.credentials(credentials).transport(transport);
    builder.build().expect("the client can be made")
}

#[tokio::test]
async fn a_script_plays_the_service() {
    let script = Script::new();
    let read = script.expect("readJob").method(Method::GET);
    read.path("/jobs/7")
        .answer(Answer::json(404, &Problem::new("NO_JOB")));
    let start = script.expect("startJob").path("/jobs/7");
    start.answer(Answer::json(201, &Job::new("7")));
    script
        .expect("readJob")
        .answer(Answer::json(200, &Job::new("7")));

    let client = client(script.clone());
    assert!(ensure_job(&client, "7").await.unwrap());
    assert!(!ensure_job(&client, "7").await.unwrap());

    script.verify().unwrap();
    assert_eq!(script.requests().len(), 3);
    assert!(!format!("{:?}", script.requests()).contains("secret-token"));
}

#[tokio::test]
async fn a_script_tells_what_did_not_go_as_expected() {
    let script = Script::new();
    script
        .expect("readJob")
        .answer(Answer::json(404, &Problem::new("NO_JOB")));
    script.expect("deleteJob").answer(Answer::status(204));
    let error = ensure_job(&client(script.clone()), "7").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    let surprise = "not expected: startJob (POST /jobs/7); expected was deleteJob";
    assert!(format!("{error:?}").ends_with(surprise), "{error:?}");
    let text = script.verify().unwrap_err().to_string();
    assert_eq!(text, format!("did not come: deleteJob\n{surprise}"));
}

#[tokio::test(start_paused = true)]
async fn outages_take_no_time() {
    let script = Script::new();
    script
        .expect("readJob")
        .times(2)
        .answer(Answer::status(503));
    let limited = Answer::status(429).header("retry-after", "60");
    script.expect("readJob").answer(limited);
    script.expect("readJob").answer(Answer::no_connection());
    script
        .expect("readJob")
        .answer(Answer::json(200, &Job::new("7")));
    let began = std::time::Instant::now();
    assert!(!ensure_job(&client(script.clone()), "7").await.unwrap());
    assert!(began.elapsed() < Duration::from_secs(30));
    script.verify().unwrap();
}

#[tokio::test]
async fn what_was_recorded_plays_back() {
    let service = Script::new();
    service
        .expect("readJob")
        .answer(Answer::json(404, &Problem::new("NO_JOB")));
    service
        .expect("startJob")
        .answer(Answer::json(201, &Job::new("7")));
    // In earnest this is a `ReqwestTransport`.
    let recorder = Recorder::new(service);
    assert!(ensure_job(&client(recorder.clone()), "7").await.unwrap());
    let recorded = recorder.to_json();
    assert!(!recorded.contains("secret-token"), "{recorded}");

    let playback = client(Playback::from_json(&recorded).unwrap());
    assert!(ensure_job(&playback, "7").await.unwrap());
    let error = ensure_job(&playback, "8").await.unwrap_err();
    assert!(
        format!("{error:#}").contains("the nearest, readJob (GET /jobs/7), has another path"),
        "{error:#}"
    );
}

#[test]
fn the_same_calls_without_async() {
    let script = Script::new();
    script.expect("sendForm").answer(Answer::status(503));
    script
        .expect("readJob")
        .answer(Answer::json(200, &Job::new("7")));
    let builder = Client::builder().base_url("https://exchange.example.com");
    let client = builder.transport(script.clone()).build().unwrap();
    let error = client.bodies().send_form(Form::new("a")).send().wait();
    assert_eq!(error.unwrap_err().status().unwrap(), 503);
    let job = client.jobs().read_job("7").send().retry(Retry::disabled());
    assert_eq!(job.wait().unwrap(), Some(Job::new("7")));
    script.verify().unwrap();
}

#[tokio::test]
async fn what_the_document_lacks_can_be_called() {
    let script = Script::new();
    let expected = script.expect("untyped").path("/jobs/5f%2F0f/notes");
    expected
        .query("all", true)
        .answer(Answer::json(200, &["a note"]));
    script
        .expect("untyped")
        .answer(Answer::json(409, &Problem::new("TAKEN")));
    let client = client(script.clone());
    let notes = || {
        let notes = client.untyped(Method::GET, "/jobs/{id}/notes");
        notes.path("id", "5f/0f").query("all", true).send::<Value>()
    };
    assert_eq!(notes().await.unwrap()[0], "a note");
    let error = notes().await.unwrap_err();
    assert_eq!(error.api(), Some(&Problem::new("TAKEN")));
    script.verify().unwrap();
}

#[tokio::test]
async fn a_file_is_uploaded_as_it_is_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "the file").unwrap();
    let script = Script::new();
    script.expect("sendBytes").answer(Answer::status(204));
    let upload = Upload::file(file.path()).unwrap();
    let call = client(script.clone()).bodies().send_bytes(upload).send();
    call.await.unwrap();
    assert_eq!(&script.requests()[0].body()[..], b"the file");
}
