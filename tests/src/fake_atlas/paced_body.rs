//! A response body that can pause, and can break off.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

use super::answer::Delivery;

/// How long a broken body waits before it breaks, so that what came before has left the machine.
const BEFORE_BREAK: Duration = Duration::from_millis(50);

enum Step {
    Send(Bytes),
    Wait(Pin<Box<Sleep>>),
    Break,
}

/// The steps of sending one body.
pub(super) struct PacedBody {
    steps: VecDeque<Step>,
    length: u64,
}

impl PacedBody {
    /// Must be called within the server's event loop, which has the clock.
    pub(super) fn new(body: Vec<u8>, delivery: &Delivery) -> Self {
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        let mut first = Bytes::from(body);
        let half = first.len() / 2;
        let wait = |time| Step::Wait(Box::pin(tokio::time::sleep(time)));
        let steps = match delivery {
            Delivery::SlowBody(pause) => {
                let second = first.split_off(half);
                VecDeque::from([Step::Send(first), wait(*pause), Step::Send(second)])
            }
            Delivery::CutOff => {
                first.truncate(half);
                VecDeque::from([Step::Send(first), wait(BEFORE_BREAK), Step::Break])
            }
            _ => VecDeque::from([Step::Send(first)]),
        };
        Self { steps, length }
    }
}

impl Body for PacedBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            if let Some(Step::Wait(sleep)) = self.steps.front_mut() {
                ready!(sleep.as_mut().poll(context));
            }
            match self.steps.pop_front() {
                None => return Poll::Ready(None),
                Some(Step::Wait(_)) => {}
                Some(Step::Send(bytes)) if bytes.is_empty() => {}
                Some(Step::Send(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Step::Break) => {
                    let error = io::Error::other("the script ends the body here");
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.length == 0 || self.steps.is_empty()
    }

    /// The promised length, also for a body that will break off.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
