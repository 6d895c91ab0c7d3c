//! Waiting for a change.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use client_runtime::{ErrorKind, Retry, Waiter};
use tokio::time::Instant;

use crate::client::{Call, Client, Error, User};
use crate::scripted::{Script, Scripted};

/// A service that gives these answers in turn, and the last one again and again.
fn script(answers: impl Fn(usize) -> Scripted + Send + Sync + 'static) -> Script {
    let number = AtomicUsize::new(0);
    Script::new(move |_, _| answers(number.fetch_add(1, Ordering::SeqCst)))
}

/// A service whose user has these names in turn.
fn names(names: &'static [&'static str]) -> Script {
    script(move |number| named(names[number.min(names.len() - 1)]))
}

fn named(name: &str) -> Scripted {
    Scripted::new(200, format!(r#"{{"id":"7","username":"{name}"}}"#))
}

/// A call that is sent once.
fn call(script: &Script) -> Call<User> {
    Client::builder().transport(script.clone()).retry(Retry::disabled()).build().unwrap().get_user("7")
}

type UserWaiter = Waiter<User, crate::client::ApiError>;

fn ready(script: &Script) -> UserWaiter {
    Waiter::until_state(call(script), "/username", &["ready"]).failing_states(&["failed"])
}

/// What came of it, how many requests were sent, after how many seconds.
async fn run<O>(waiter: impl IntoFuture<Output = Result<O, Error>>, script: &Script) -> (Result<O, Error>, usize, u64) {
    let start = Instant::now();
    let outcome = waiter.await;
    (outcome, script.count("/users/7"), start.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn a_call_is_made_again_after_each_pause_until_the_value_is_as_wanted() {
    let script = names(&["new", "busy", "ready"]);
    let (user, count, seconds) = run(ready(&script), &script).await;
    assert_eq!((user.unwrap().username.as_deref(), count, seconds), (Some("ready"), 3, 60));

    let script = names(&["new", "busy", "ready"]);
    let waiter = Waiter::until(call(&script), |user| user.username.as_deref() == Some("ready"));
    let (user, count, seconds) = run(waiter.every(Duration::from_secs(5)), &script).await;
    assert_eq!((user.unwrap().username.as_deref(), count, seconds), (Some("ready"), 3, 10));
}

#[tokio::test(start_paused = true)]
async fn what_is_there_already_is_not_waited_for() {
    let script = names(&["ready"]);
    let (user, count, seconds) = run(ready(&script), &script).await;
    assert_eq!((user.unwrap().id.as_str(), count, seconds), ("7", 1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_state_that_cannot_be_left_is_an_error_that_names_it() {
    let script = names(&["busy", "failed"]);
    let (outcome, count, _) = run(ready(&script), &script).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), count), (ErrorKind::WaitFailed, 2));
    assert_eq!(error.to_string(), "getUser: what is waited for has failed: the state is failed");
    assert_eq!(error.body().unwrap(), r#"{"id":"7","username":"failed"}"#);

    let script = names(&["failed"]);
    let waiter = Waiter::until(call(&script), |_| true).failing(|user| user.username.as_deref() == Some("failed"));
    assert_eq!(run(waiter, &script).await.0.unwrap_err().kind(), ErrorKind::WaitFailed);
}

#[tokio::test(start_paused = true)]
async fn conditions_add_up_whatever_their_order() {
    let named = |name: &'static str| move |user: &User| user.username.as_deref() == Some(name);
    let waiters: [fn(&Script) -> UserWaiter; 2] = [
        |script| Waiter::until(call(script), |_| false).failing_states(&["lost", "failed"]).state("/username"),
        |script| Waiter::until_state(call(script), "/username", &["ready"]),
    ];
    for (waiter, last) in [(waiters[0], "lost"), (waiters[0], "failed"), (waiters[1], "broken")] {
        let script = Script::new(move |_, _| self::named(last));
        let waiter = waiter(&script).failing(named("odd")).failing(named("broken")).failing_states(&["other"]);
        let error = run(waiter, &script).await.0.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WaitFailed);
        assert_eq!(error.to_string(), format!("getUser: what is waited for has failed: the state is {last}"));
    }

    let script = names(&["first", "second", "third"]);
    let waiter = Waiter::until(call(&script), |_| true).leaving(named("first")).leaving_states(&["second"]);
    let (user, count, _) = run(waiter.state("/username"), &script).await;
    assert_eq!((user.unwrap().username.as_deref(), count), (Some("third"), 3));
}

#[tokio::test(start_paused = true)]
async fn states_are_looked_for_where_it_was_said_last() {
    let script = names(&["ready"]);
    let waiter = Waiter::until_state(call(&script), "/other", &["ready"]).state("/username");
    let (user, count, _) = run(waiter.deadline(Duration::from_secs(9)), &script).await;
    assert_eq!((user.is_ok(), count), (true, 1));
}

#[tokio::test(start_paused = true)]
async fn states_of_which_nobody_says_where_they_are_are_an_error_before_anything_is_sent() {
    let waiters: [fn(&Script) -> UserWaiter; 2] = [
        |script| Waiter::until(call(script), |_| true).failing_states(&["failed"]),
        |script| Waiter::until(call(script), |_| true).leaving_states(&["ready"]),
    ];
    for waiter in waiters {
        let script = names(&["ready"]);
        let (outcome, count, _) = run(waiter(&script), &script).await;
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.operation(), count), (ErrorKind::Configuration, Some("getUser"), 0));
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_tells_what_stood_in_the_way() {
    let script = script(|number| if number == 0 { named("busy") } else { Scripted::refused() });
    let (outcome, _, seconds) = run(ready(&script).deadline(Duration::from_secs(100)), &script).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.is_timeout(), error.status().unwrap().as_u16(), seconds), (true, 200, 100));
    let text = format!("{error:#}");
    assert!(text.contains("within 100s: the state is busy: getUser: no connection"), "{text}");
    assert!(text.ends_with(": refused"), "{text}");

    // What is over by the last answer is no cause.
    let script = self::script(|number| if number == 0 { Scripted::refused() } else { named("busy") });
    let error = run(ready(&script).deadline(Duration::from_secs(100)), &script).await.0.unwrap_err();
    assert!(std::error::Error::source(&error).is_none(), "{error:#}");
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_the_wait_with_the_last_state() {
    let script = names(&["new", "busy"]);
    let (outcome, count, seconds) = run(ready(&script).deadline(Duration::from_secs(100)), &script).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.is_timeout(), count, seconds), (true, 4, 100));
    assert_eq!(error.to_string(), "getUser: what is waited for did not come within 100s: the state is busy");
    assert_eq!(error.status().unwrap().as_u16(), 200);

    // It holds for a call that is under way, too.
    let script = script_of_slow_answers();
    let (outcome, _, seconds) = run(ready(&script).deadline(Duration::from_secs(7)), &script).await;
    assert_eq!((outcome.unwrap_err().is_timeout(), seconds), (true, 7));
}

fn script_of_slow_answers() -> Script {
    script(|_| named("new").after(Duration::from_secs(50)))
}

#[tokio::test(start_paused = true)]
async fn a_change_that_ends_as_it_began_must_be_seen_to_begin() {
    let script = names(&["ready", "ready", "busy", "ready"]);
    let (user, count, seconds) = run(ready(&script).leaving_states(&["ready"]), &script).await;
    assert_eq!((user.unwrap().username.as_deref(), count, seconds), (Some("ready"), 4, 90));

    // It may have been over between two requests: then it is not waited for any longer.
    let script = names(&["ready"]);
    let waiter = ready(&script).leaving(|user| user.username.as_deref() == Some("ready"));
    let (user, count, seconds) = run(waiter.leaving_within(Duration::from_secs(60)), &script).await;
    assert_eq!((user.is_ok(), count, seconds), (true, 3, 60));
}

#[tokio::test(start_paused = true)]
async fn failures_in_passing_are_tolerated_a_few_in_a_row() {
    let failures: [fn() -> Scripted; 5] = [
        || Scripted::new(503, "<html>"),
        || Scripted::new(502, ""),
        || Scripted::new(504, ""),
        Scripted::refused,
        Scripted::broken,
    ];
    let bumpy = script(move |number| match number {
        0..5 => failures[number](),
        5 => named("busy"),
        6..11 => failures[number - 6](),
        _ => named("ready"),
    });
    let (user, count, _) = run(ready(&bumpy), &bumpy).await;
    assert_eq!((user.is_ok(), count), (true, 12));

    let down = script(|_| Scripted::new(503, ""));
    let (outcome, count, seconds) = run(ready(&down), &down).await;
    assert_eq!((outcome.unwrap_err().status().unwrap().as_u16(), count, seconds), (503, 6, 150));

    let down = script(|_| Scripted::refused());
    let (outcome, count, _) = run(ready(&down).tolerating(0), &down).await;
    assert_eq!((outcome.unwrap_err().kind(), count), (ErrorKind::Connect, 1));
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_as_long_as_the_service_asks() {
    let script = script(|number| match number {
        0 => Scripted::new(429, "").header("retry-after", "90"),
        _ => named("ready"),
    });
    let (user, count, seconds) = run(ready(&script), &script).await;
    assert_eq!((user.is_ok(), count, seconds), (true, 2, 90));
}

#[tokio::test(start_paused = true)]
async fn every_other_error_ends_the_wait() {
    for status in [400, 401, 404, 500] {
        let script = script(move |_| Scripted::new(status, ""));
        let (outcome, count, _) = run(ready(&script), &script).await;
        assert_eq!((outcome.unwrap_err().status().unwrap().as_u16(), count), (status, 1));
    }
    let odd = script(|_| Scripted::new(200, "[]"));
    assert_eq!(run(ready(&odd), &odd).await.0.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test(start_paused = true)]
async fn what_is_gone_was_waited_for() {
    for status in [404, 410] {
        let script = script(move |number| match number {
            0 => named("leaving"),
            1 => Scripted::new(503, ""),
            _ => Scripted::new(status, r#"{"error":404,"errorCode":"NOT_FOUND"}"#),
        });
        let (outcome, count, seconds) = run(Waiter::until_gone(call(&script)), &script).await;
        assert_eq!((outcome.is_ok(), count, seconds), (true, 3, 60));
    }
    let script = names(&["leaving", "failed"]);
    let waiter = Waiter::until_gone(call(&script)).state("/username").failing_states(&["failed"]);
    assert_eq!(run(waiter, &script).await.0.unwrap_err().kind(), ErrorKind::WaitFailed);
}

#[tokio::test(start_paused = true)]
async fn a_waiter_can_be_spawned_and_shows_no_secret() {
    let script = names(&["new", "ready"]);
    let waiter = ready(&script);
    let shown = r#"Waiter { operation: "getUser", interval: 30s, deadline: 3600s, .. }"#;
    assert_eq!(format!("{waiter:?}"), shown);
    assert!(tokio::spawn(async move { waiter.await }).await.unwrap().is_ok());
}
