//! The places that are asked for, as a tree that is walked along with the file.

use std::collections::HashMap;

use crate::diag::SpecPath;

/// A node on the way to a place that is asked for.
#[derive(Default)]
pub(super) struct Wanted {
    children: HashMap<String, Wanted>,
    /// Line and column from 1; of the last one where a key is there twice, since that is the one complained of.
    position: Option<(usize, usize)>,
}

impl Wanted {
    /// Asks for a place.
    pub(super) fn add(&mut self, path: &SpecPath) {
        let mut node = self;
        for token in path.tokens() {
            node = node.children.entry(token.into_owned()).or_default();
        }
    }

    /// What is asked for below this node, under a key or an index.
    pub(super) fn child(&mut self, token: &str) -> Option<&mut Self> {
        self.children.get_mut(token)
    }

    /// Whether nothing below this node is asked for.
    pub(super) fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    /// Notes where this node stands.
    pub(super) fn found(&mut self, line: usize, column: usize) {
        self.position = Some((line, column));
    }

    /// Where a place stands; where it is not in the file, its nearest ancestor that is.
    pub(super) fn position(&self, path: &SpecPath) -> Option<(usize, usize)> {
        let mut node = self;
        let mut position = node.position;
        for token in path.tokens() {
            match node.children.get(&*token) {
                Some(child) if child.position.is_some() => {
                    node = child;
                    position = child.position;
                }
                _ => break,
            }
        }
        position
    }
}
