//! Time that goes fast, and only as fast as the machine: for tests of waits and timeouts on real sockets.

use std::time::Duration;

/// How far the clock goes at a time.
const STEP: Duration = Duration::from_millis(500);
/// How often the runtime looks for bytes between two steps.
const TURNS: u32 = 10;
const TURN: Duration = Duration::from_micros(500);

/// Lets the paused clock run a hundred times as fast as outside. The clock of a runtime that has nothing to do jumps to
/// the next timer, and it does not know that bytes are on their way; it stands still while another thread is at work.
///
/// Steps follow each other by turns that the runtime has taken, not by time alone. On a machine that stalls, the clock
/// stands still too, and what is to happen between two steps happens there.
pub(crate) fn hurry() {
    tokio::spawn(async {
        loop {
            for _ in 0..TURNS {
                tokio::task::spawn_blocking(|| std::thread::sleep(TURN)).await.unwrap();
            }
            tokio::time::sleep(STEP).await;
        }
    });
}
