//! The public surface of a crate, flat.

/// The public surface of a crate with its facts of the wire: a list of entries, each of which is one line of a `surface.lock`.
///
/// Documentation is no part of it: a changed sentence is no change of the surface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Sorted by [`Entry::key`]: what belongs to a type or an operation stands behind it.
    pub(super) entries: Vec<Entry>,
}

/// One thing that a user of the crate can name, or that the client knows of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path. A member's begins with that of its owner: `types::Team.size`, `operations::teams::list_teams(org_id)`.
    pub(super) place: String,
    /// What it is.
    pub(super) kind: Kind,
    /// What is known of it, in a fixed order; no name stands twice.
    pub(super) facts: Vec<(String, String)>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal $separator:literal,)*) => {
        /// What an entry is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// The word in a line.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// What parts it from its owner; empty for what has none.
            pub(super) fn separator(self) -> &'static str {
                match self {
                    $(Self::$name => $separator,)*
                }
            }

            /// The kind of a word.
            pub(super) fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// The crate itself, and what made it.
    Crate = "crate" "",
    /// What stands at the crate's root.
    Export = "export" "",
    /// A Cargo feature.
    Feature = "feature" "",
    /// A group of operations.
    Group = "group" "",
    /// An operation: the method of its group's handle, its request and how it stands on the wire.
    Operation = "operation" "",
    /// What an operation must be given.
    Argument = "argument" "(",
    /// What an operation may be given: a setter of its request.
    Setter = "setter" ".",
    /// One of several answers of an operation.
    Status = "status" "::",
    /// Another way to send a request.
    Way = "way" ">",
    /// A method that waits.
    Waiter = "waiter" "~",
    /// A setter that several operations have from one place of the document.
    Shared = "shared" "",
    /// Something that the client knows of the service.
    Service = "service" "",
    /// A JSON object.
    Struct = "struct" "",
    /// A property.
    Field = "field" ".",
    /// The properties that are not declared.
    Rest = "rest" ".",
    /// `new`, with its arguments.
    Constructor = "constructor" "::",
    /// What it can be made from.
    Conversion = "conversion" "::",
    /// The list in a page.
    Page = "page" "::",
    /// A list of strings.
    TextEnum = "enum" "",
    /// A list of integers.
    IntegerEnum = "integer-enum" "",
    /// A value of a list.
    Value = "value" "::",
    /// One of several types.
    Union = "union" "",
    /// One type of a union.
    Variant = "variant" "::",
    /// A method of a union for a field that all its variants have.
    Accessor = "accessor" ".",
    /// Another name for a type.
    Alias = "alias" "",
}

impl Kind {
    /// Whether it is a type of `types`.
    pub(super) fn is_type(self) -> bool {
        matches!(
            self,
            Self::Struct | Self::TextEnum | Self::IntegerEnum | Self::Union | Self::Alias
        )
    }

    /// Whether it belongs to another entry.
    pub(super) fn is_member(self) -> bool {
        !self.separator().is_empty()
    }
}

impl Entry {
    pub(super) fn new(kind: Kind, place: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            kind,
            facts: Vec::new(),
        }
    }

    /// Adds a fact; an empty one says nothing and is left out.
    #[must_use]
    pub(super) fn with(mut self, name: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.facts.push((name.to_owned(), text));
        }
        self
    }

    /// A fact; empty where it is not known.
    pub(super) fn fact(&self, name: &str) -> &str {
        let found = self.facts.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, text)| text)
    }

    /// Where it stands in the document: a document and a JSON pointer, `#/components/schemas/Team`.
    pub fn at(&self) -> &str {
        self.fact("at")
    }

    /// The entry that it belongs to; itself where it is nobody's.
    pub(super) fn owner(&self) -> &str {
        let separator = self.kind.separator();
        if separator.is_empty() {
            return &self.place;
        }
        let parted = parted(&self.place, separator);
        parted.map_or(self.place.as_str(), |(owner, _)| owner)
    }

    /// The last part of its path.
    pub(super) fn name(&self) -> &str {
        let separator = match self.kind.separator() {
            "" => "::",
            separator => separator,
        };
        let parted = parted(&self.place, separator);
        let name = parted.map_or(self.place.as_str(), |(_, name)| name);
        name.strip_suffix(')').unwrap_or(name)
    }

    /// What entries are sorted by: their owner, then they themselves.
    fn key(&self) -> (String, bool, String) {
        let owner = self.owner().to_owned();
        (owner, self.kind.is_member(), self.place.clone())
    }
}

/// A path before and behind its last separator. There are many paths, and letters are found faster than texts.
fn parted<'p>(place: &'p str, separator: &str) -> Option<(&'p str, &'p str)> {
    let mut letters = separator.chars();
    let last = letters.next_back()?;
    let (before, behind) = place.rsplit_once(last)?;
    match letters.as_str() {
        "" => Some((before, behind)),
        first => match before.strip_suffix(first) {
            Some(owner) => Some((owner, behind)),
            None => place.rsplit_once(separator),
        },
    }
}

impl Outline {
    /// Sorts the entries.
    pub(super) fn from_entries(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_cached_key(Entry::key);
        Self { entries }
    }

    /// All entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of the crate itself.
    fn krate(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.kind == Kind::Crate)
    }

    fn about_crate(&self, fact: &str) -> &str {
        self.krate().map_or("", |krate| krate.fact(fact))
    }

    /// The package's version; empty where the surface names none.
    pub fn version(&self) -> &str {
        self.about_crate("version")
    }

    /// The version of the generator that made it.
    pub fn generator(&self) -> &str {
        self.about_crate("generator")
    }

    /// A digest of the config that it was made with.
    pub fn config(&self) -> &str {
        self.about_crate("config")
    }

    /// The package's name.
    pub fn package(&self) -> &str {
        self.about_crate("package")
    }
}
