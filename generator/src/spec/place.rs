//! Places while walking a tree: a chain on the stack, made into a pointer only when somebody asks.

use crate::diag::SpecPath;

/// A node's place, as a link to its parent's.
#[derive(Clone, Copy)]
pub(super) enum Spot<'a> {
    Root(&'a SpecPath),
    Key(&'a Spot<'a>, &'a str),
    Index(&'a Spot<'a>, usize),
}

impl<'a> Spot<'a> {
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    pub(super) fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }

    /// The place as a pointer.
    pub(super) fn path(&self) -> SpecPath {
        match self {
            Self::Root(path) => (*path).clone(),
            Self::Key(parent, key) => parent.path().join(key),
            Self::Index(parent, index) => parent.path().index(*index),
        }
    }

    /// The file that the place is in.
    pub(super) fn document(&self) -> &'a str {
        let mut spot = self;
        loop {
            match spot {
                Self::Root(path) => return path.document(),
                Self::Key(parent, _) | Self::Index(parent, _) => spot = parent,
            }
        }
    }
}
