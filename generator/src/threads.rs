//! Work by several threads at once. What comes out never depends on how many there are.

use std::num::NonZero;
use std::thread::{self, ScopedJoinHandle};

/// As much stack as the first thread of a program usually has, in bytes: what walks a document's depth may run in any thread.
const STACK: usize = 8 << 20;

/// Fewer items than this are not worth a thread.
const FEWEST: usize = 16;

/// Does two things at once; where the system has no thread to give, one after the other.
pub(crate) fn both<A: Send, B>(first: impl Fn() -> A + Sync, second: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let aside = thread::Builder::new().stack_size(STACK);
        let aside = aside.spawn_scoped(scope, &first);
        let second = second();
        (aside.map_or_else(|_| first(), joined), second)
    })
}

/// Does something for every item, by as many threads as the machine runs at once; the results are in the order of the items.
pub(crate) fn for_each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let size = items.len().div_ceil(threads).max(FEWEST);
    let mut chunks = items.chunks(size);
    let first = chunks.next().unwrap_or_default();
    let part = |chunk: &[T]| -> Vec<R> { chunk.iter().map(&work).collect() };
    thread::scope(|scope| {
        let start = |chunk| {
            let aside = thread::Builder::new().stack_size(STACK);
            (chunk, aside.spawn_scoped(scope, move || part(chunk)))
        };
        let others: Vec<_> = chunks.map(start).collect();
        let mut results = part(first);
        for (chunk, other) in others {
            results.extend(other.map_or_else(|_| part(chunk), joined));
        }
        results
    })
}

/// Drops a value while the run goes on: the many small parts of a large document take a while, and nothing waits for them.
pub(crate) fn drop_aside(value: impl Send + 'static) {
    // Where the system has no thread to give, the value is dropped here.
    let _ = thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || drop(value));
}

/// What a thread brings; its panic goes on here.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    match thread.join() {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

#[cfg(test)]
mod tests {
    use super::{both, for_each};

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0_usize, 1, 15, 16, 17, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(for_each(&items, |item| item * 2), doubled);
        }
    }

    #[test]
    fn each_of_two_brings_its_own() {
        let text = "shared".to_owned();
        assert_eq!(both(|| text.len(), || text.clone()), (6, text.clone()));
    }
}
