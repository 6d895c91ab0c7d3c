//! Places while walking a tree: a chain on the stack, made into a pointer only when somebody asks.

use crate::diag::SpecPath;

/// A node's place, as a link to its parent's.
#[derive(Clone, Copy)]
pub(super) enum Spot<'a> {
    Root(&'a SpecPath),
    /// The root of a part that is written elsewhere, the file that it is a part of, and how deep in there it stands.
    Part(&'a SpecPath, &'a str, usize),
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
            Self::Root(path) | Self::Part(path, ..) => (*path).clone(),
            Self::Key(parent, key) => parent.path().join(key),
            Self::Index(parent, index) => parent.path().index(*index),
        }
    }

    /// The file that the place is in.
    pub(super) fn document(&self) -> &'a str {
        match self.first() {
            Self::Root(path) | Self::Part(path, ..) => path.document(),
            Self::Key(..) | Self::Index(..) => "",
        }
    }

    /// The file that a part which is written elsewhere belongs to; none where it is no such part.
    pub(super) fn part_of(&self) -> Option<&'a str> {
        match self.first() {
            Self::Part(_, outer, _) => Some(outer),
            _ => None,
        }
    }

    /// How many steps it is from where reading began.
    pub(super) fn depth(&self) -> usize {
        let mut depth = 0;
        let mut spot = self;
        loop {
            match spot {
                Self::Key(parent, _) | Self::Index(parent, _) => spot = parent,
                Self::Part(_, _, outer) => return depth + outer,
                Self::Root(_) => return depth,
            }
            depth += 1;
        }
    }

    /// The beginning of the chain.
    fn first(&self) -> &Self {
        let mut spot = self;
        while let Self::Key(parent, _) | Self::Index(parent, _) = spot {
            spot = parent;
        }
        spot
    }
}
