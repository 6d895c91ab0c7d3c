//! What tests of several rooms share.

use std::time::{Duration, Instant};

/// Many times as long as work takes that grows as its input does, and less than it takes if it grows with the square.
const SOON: Duration = Duration::from_secs(10);

/// Whether some work is done soon. A machine may stall, so it has three tries; what is slow by itself is so in each.
pub(crate) fn is_soon(work: impl Fn()) -> bool {
    (0..3).any(|_| {
        let start = Instant::now();
        work();
        start.elapsed() < SOON
    })
}
