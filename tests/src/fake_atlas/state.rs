//! What the connections of one service share: its options, the script, what came in, and the tokens
//! and nonces that are good.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::options::Options;
use super::recorded::RecordedRequest;
use super::script::Scripted;

/// Which requests a scripted answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The next request of all.
    Anything,
    /// The next request for a token.
    Token,
    /// The next operation call that is in order.
    Operation,
}

/// What one digest nonce has been used for.
#[derive(Clone, Debug, Default)]
pub(super) struct NonceRecord {
    /// How often it was used.
    pub(super) uses: u32,
    /// The values of `nc` that it was used with.
    pub(super) counts: BTreeSet<u32>,
    /// Whether the nonce was declared out of date.
    pub(super) aged: bool,
}

#[derive(Debug, Default)]
pub(super) struct State {
    script: Vec<(Slot, VecDeque<Scripted>)>,
    requests: Vec<RecordedRequest>,
    /// Issued tokens and when they end.
    pub(super) tokens: BTreeMap<String, Instant>,
    pub(super) nonces: BTreeMap<String, NonceRecord>,
    /// Makes tokens and nonces distinct.
    pub(super) serial: u64,
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) options: Options,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn new(options: Options) -> Self {
        Self {
            options,
            state: Mutex::default(),
        }
    }

    /// The state, locked. A panic elsewhere leaves nothing half-written, so poison is no matter.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, slot: Slot, scripted: Scripted) {
        let script = &mut self.state().script;
        match script.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, queue)) => queue.push_back(scripted),
            None => script.push((slot, VecDeque::from([scripted]))),
        }
    }

    /// Takes the next scripted answer for such requests.
    pub(super) fn pop(&self, slot: Slot) -> Option<Scripted> {
        let script = &mut self.state().script;
        let (_, queue) = script.iter_mut().find(|(known, _)| *known == slot)?;
        queue.pop_front()
    }

    pub(super) fn unused(&self) -> usize {
        self.state()
            .script
            .iter()
            .map(|(_, queue)| queue.len())
            .sum()
    }

    pub(super) fn record(&self, request: RecordedRequest) {
        self.state().requests.push(request);
    }

    pub(super) fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    pub(super) fn forget_tokens(&self) {
        self.state().tokens.clear();
    }

    pub(super) fn age_nonces(&self) {
        for record in self.state().nonces.values_mut() {
            record.aged = true;
        }
    }
}
