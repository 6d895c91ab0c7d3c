//! The same calls without async (feature `blocking`).
//!
//! [`Call::wait`] is a call's `await` and [`Waiter::wait`] a waiter's, [`Items::wait`], [`Pages::wait`],
//! [`Events::wait`] and [`Lines::wait`] make iterators, a [`Download`] is a [`Read`], and [`wait`] waits for whatever else is async here:
//!
//! ```
//! # use client_runtime::{Call, Download, Error, Value, blocking};
//! # fn example(count: Call<i64, Value>, log: Call<Download<Value>, Value>, raw: Call<(), Value>)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! let count: i64 = count.wait()?;
//! let mut log: Download<_> = log.wait()?;
//! std::io::copy(&mut log, &mut std::io::stdout())?;
//! let status = blocking::wait(raw.send_raw())?.status();
//! # Ok(())
//! # }
//! ```
//!
//! The caller's thread does the work. A background thread, one in a process and started when it is first needed, has the
//! timer, the sockets, and the connections, which therefore stay alive between calls. The program needs no tokio of its
//! own.
//!
//! In an async program this works too, but it holds up the thread that it is called on: better await the call, or wait
//! within `spawn_blocking`. Only on the background thread itself, where a transport or a body of your own might be polled,
//! is waiting an error, as it would never end.

use std::fmt;
use std::future::{IntoFuture, pending, poll_fn};
use std::io::{self, Read};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread, ThreadId};

use futures_core::Stream;
use tokio::runtime::{self, Handle};
use tokio::task::unconstrained;

use crate::call::Call;
use crate::codec::Decode;
use crate::download::Download;
use crate::error::{Error, Failure};
use crate::events::{Events, Lines};
use crate::paging::{Items, Page, Pages};
use crate::waiter::Waiter;

/// Waits for what is async otherwise: [`Call::response`], [`Call::send_raw`], [`Download::bytes`].
///
/// # Errors
///
/// The future's own; and one of the kind [`Configuration`](crate::ErrorKind::Configuration) where the background thread
/// cannot be started, or is the one that would wait.
pub fn wait<T, E: Decode>(future: impl IntoFuture<Output = Result<T, Error<E>>>) -> Result<T, Error<E>> {
    let background = background().map_err(|fault| Error::new(Failure::configuration(fault)))?;
    // What the future starts (timers, sockets, tasks) belongs to the background thread.
    let _context = background.handle.enter();
    let wakeup = Arc::new(Wakeup { thread: thread::current(), is_due: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&wakeup));
    // Within a task of the caller's own, tokio would let it do only so much before the task pauses, which it cannot.
    let mut future = pin!(unconstrained(future.into_future()));
    loop {
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return result;
        }
        while !wakeup.is_due.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Wakes the thread that waits.
struct Wakeup {
    thread: Thread,
    /// Set apart from the thread's own mark, which others may use meanwhile.
    is_due: AtomicBool,
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        self.is_due.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

struct Background {
    handle: Handle,
    thread: ThreadId,
}

fn background() -> Result<&'static Background, String> {
    static BACKGROUND: OnceLock<io::Result<Background>> = OnceLock::new();
    match BACKGROUND.get_or_init(start) {
        Ok(background) if background.thread == thread::current().id() => {
            Err("the background thread may not wait for a call, which it would have to carry itself".to_owned())
        }
        Ok(background) => Ok(background),
        Err(error) => Err(format!("the background thread cannot be started: {error}")),
    }
}

fn start() -> io::Result<Background> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name("client-runtime".to_owned());
    let thread = thread.spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(Background { handle, thread: thread.thread().id() })
}

impl<T, E: Decode> Call<T, E> {
    /// Sends the request and waits for its value: `await` without async (feature `blocking`).
    ///
    /// # Errors
    ///
    /// As [`response`](Self::response); and as [`blocking::wait`](wait).
    pub fn wait(self) -> Result<T, Error<E>> {
        wait(async { self.response().await.map(crate::Response::into_value) })
    }
}

impl<T: 'static, E: Decode + 'static, O: 'static> Waiter<T, E, O> {
    /// Waits for the change: `await` without async (feature `blocking`).
    ///
    /// # Errors
    ///
    /// Those of the wait; and as [`blocking::wait`](wait).
    pub fn wait(self) -> Result<O, Error<E>> {
        wait(self)
    }
}

impl<T: Page + 'static, E: Decode + 'static> Pages<T, E> {
    /// The pages as an iterator, which waits for each (feature `blocking`).
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

impl<T: Page + 'static, E: Decode + 'static> Items<T, E> {
    /// The elements as an iterator, which waits for each page (feature `blocking`).
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

impl<T: Decode, E: Decode> Events<T, E> {
    /// The events as an iterator, which waits for each (feature `blocking`). Its
    /// [`get_ref`](BlockingIter::get_ref) knows where to begin anew.
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

impl<T: Decode, E: Decode> Lines<T, E> {
    /// The values as an iterator, which waits for each (feature `blocking`).
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(self)
    }
}

/// [`Pages`], [`Items`], [`Events`] or [`Lines`] as an iterator. It is a type of its own because what is both a stream and an iterator has
/// every method twice.
#[derive(Debug)]
#[must_use = "nothing is sent until something is asked for"]
pub struct BlockingIter<S>(S);

impl<S> BlockingIter<S> {
    /// What it iterates over.
    pub fn get_ref(&self) -> &S {
        &self.0
    }
}

impl<T, E: Decode, S: Stream<Item = Result<T, Error<E>>> + Unpin> Iterator for BlockingIter<S> {
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = poll_fn(|context| Pin::new(&mut self.0).poll_next(context));
        wait(async { next.await.transpose() }).transpose()
    }
}

/// Reads the body as it comes (feature `blocking`). The client's idle timeout is the kind
/// [`TimedOut`](io::ErrorKind::TimedOut); all else is [`Other`](io::ErrorKind::Other), with the [`Error`] inside.
impl<E: Decode + fmt::Debug + Send + Sync + 'static> Read for Download<E> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match wait(self.next_chunk()).map_err(io_error)? {
                None => return Ok(0),
                Some(chunk) if chunk.is_empty() => {}
                Some(mut chunk) => {
                    let rest = chunk.split_off(chunk.len().min(buffer.len()));
                    let (front, _) = buffer.split_at_mut(chunk.len());
                    front.copy_from_slice(&chunk);
                    self.put_back(rest);
                    return Ok(chunk.len());
                }
            }
        }
    }
}

fn io_error<E: fmt::Debug + Send + Sync + 'static>(error: Error<E>) -> io::Error {
    match error.is_timeout() {
        true => io::Error::new(io::ErrorKind::TimedOut, error),
        false => io::Error::other(error),
    }
}
