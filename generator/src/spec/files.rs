//! The document's files: the root, and those below its folder that a `$ref` names. Each is read once.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::overlay;
use super::parse;
use super::scope::Named;
use super::text;
use super::tree::Tree;
use crate::config::Limits;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, SpecPath};

/// The files that were read.
pub(super) struct Files<'a> {
    /// The root document's folder; none where the document is text without a file.
    folder: Option<PathBuf>,
    /// The root document's own name in the folder, which other files know it by.
    root_name: String,
    limits: &'a Limits,
    /// By path from the folder; none where the file could not be read, which was reported.
    trees: HashMap<String, Option<Arc<Tree>>>,
    /// The schemas that have names of their own, of each file where somebody asked for them.
    named: HashMap<String, Named>,
    /// The bytes of every file, in the order of reading.
    digest: Sha256,
    /// Whether a file more than allowed was asked for.
    is_full: bool,
}

impl<'a> Files<'a> {
    /// No file yet. `root` is the root document's path.
    pub(super) fn new(root: Option<&Path>, limits: &'a Limits) -> Self {
        let folder = root.map(|root| match root.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => PathBuf::from("."),
        });
        let root_name = root
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        Self {
            folder,
            root_name: root_name.unwrap_or_default(),
            limits,
            trees: HashMap::new(),
            named: HashMap::new(),
            digest: Sha256::new(),
            is_full: false,
        }
    }

    /// What a document may have.
    pub(super) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// Reads the root document, and changes it as the overlays say.
    pub(super) fn root(
        &mut self,
        bytes: Vec<u8>,
        name: &str,
        overlays: &[PathBuf],
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Tree>> {
        let tree = self.add(bytes, name, &SpecPath::root(), diagnostics)?;
        if overlays.is_empty() {
            return Some(tree);
        }
        let mut tree = Arc::unwrap_or_clone(tree);
        let digest = &mut self.digest;
        overlay::apply(&mut tree, overlays, self.limits, diagnostics, |bytes| {
            digest.update(bytes);
        });
        let tree = Arc::new(tree);
        self.trees.insert(String::new(), Some(Arc::clone(&tree)));
        Some(tree)
    }

    /// The name by which a place's file is known: the root document has none.
    pub(super) fn canonical(&self, path: SpecPath) -> SpecPath {
        if path.document() != self.root_name || self.root_name.is_empty() {
            return path;
        }
        path.tokens()
            .fold(SpecPath::root(), |root, token| root.join(&token))
    }

    /// The tree of a file, read now if it was not before; an error says why there is none.
    pub(super) fn tree(
        &mut self,
        document: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<Arc<Tree>, String> {
        if let Some(known) = self.trees.get(document) {
            return known.clone().ok_or_else(|| unread(document));
        }
        if self.trees.len() >= self.limits.files {
            self.too_many(diagnostics);
            return Err(unread(document));
        }
        let bytes = self.read(document)?;
        let name = match &self.folder {
            Some(folder) => folder.join(document).display().to_string(),
            None => document.to_owned(),
        };
        let path = SpecPath::in_document(document);
        self.add(bytes, &name, &path, diagnostics)
            .ok_or_else(|| unread(document))
    }

    /// The tree of a file that was read before.
    pub(super) fn known(&self, document: &str) -> Option<Arc<Tree>> {
        self.trees.get(document).cloned().flatten()
    }

    /// The schemas of a file, read before, that have names of their own.
    pub(super) fn named(&mut self, document: &str) -> Option<&Named> {
        if !self.named.contains_key(document) {
            let tree = self.known(document)?;
            let named = Named::of(&tree, SpecPath::in_document(document));
            self.named.insert(document.to_owned(), named);
        }
        self.named.get(document)
    }

    /// The trees of all files.
    pub(super) fn into_trees(self) -> HashMap<String, Option<Arc<Tree>>> {
        self.trees
    }

    fn add(
        &mut self,
        bytes: Vec<u8>,
        name: &str,
        path: &SpecPath,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Tree>> {
        self.digest.update(&bytes);
        let tree = match text::decode(bytes, name) {
            Ok(text) => parse::parse(&text, name, path, self.limits, diagnostics).ok(),
            Err(fault) => {
                diagnostics.push(fault);
                None
            }
        };
        let tree = tree.map(Arc::new);
        self.trees.insert(path.document().to_owned(), tree.clone());
        tree
    }

    /// Reports, once, that the document consists of too many files.
    fn too_many(&mut self, diagnostics: &mut Diagnostics) {
        if std::mem::replace(&mut self.is_full, true) {
            return;
        }
        diagnostics.push(Diagnostic {
            code: Code::Limit,
            message: format!(
                "the document consists of more than {} files",
                self.limits.files
            ),
            place: Place::Spec(SpecPath::root()),
            help: "put several files into one, or raise `limits.files` in the config".to_owned(),
        });
    }

    /// Reads a file below the folder.
    fn read(&self, document: &str) -> Result<Vec<u8>, String> {
        let folder = self
            .folder
            .as_ref()
            .ok_or("this document was not read from a file, so it has no files beside it")?;
        let file = folder.join(document);
        let inside = match (folder.canonicalize(), file.canonicalize()) {
            (Ok(folder), Ok(file)) => file.starts_with(folder),
            (_, Err(error)) | (Err(error), _) => {
                return Err(format!("`{}` can't be read: {error}", file.display()));
            }
        };
        if !inside {
            return Err(format!(
                "`{}` is a link that leads out of the document's folder",
                file.display()
            ));
        }
        read_limited(&file, self.limits).map_err(|fault| fault.message)
    }

    /// SHA-256 over the bytes of every file that was read, in order, as hexadecimal.
    pub(super) fn digest(&self) -> String {
        use std::fmt::Write;
        let mut text = String::new();
        for byte in self.digest.clone().finalize() {
            // Writing to a string can't fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

fn unread(document: &str) -> String {
    format!("`{document}` can't be read; see the message about it")
}

/// Reads a file up to the limit on bytes.
pub(super) fn read_limited(file: &Path, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
    let place = Place::WholeFile(file.display().to_string());
    let unreadable = |error: std::io::Error| Diagnostic {
        code: Code::Unreadable,
        message: format!("the file can't be read: {error}"),
        place: place.clone(),
        help: "name an OpenAPI document in YAML or JSON".to_owned(),
    };
    let opened = File::open(file).map_err(&unreadable)?;
    let length = opened.metadata().map_or(0, |metadata| metadata.len());
    let length = usize::try_from(length).unwrap_or_default();
    // One byte more, so that the end is seen without another allocation.
    let mut bytes = Vec::with_capacity(length.min(limits.bytes).saturating_add(1));
    let most = u64::try_from(limits.bytes)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    opened
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(&unreadable)?;
    if bytes.len() > limits.bytes {
        return Err(too_large(place, limits));
    }
    Ok(bytes)
}

/// What to say of a file that is over the limit on bytes.
pub(super) fn too_large(place: Place, limits: &Limits) -> Diagnostic {
    Diagnostic {
        code: Code::Limit,
        message: format!("the file is longer than {} bytes", limits.bytes),
        place,
        help: "split the document, or raise `limits.bytes` in the config".to_owned(),
    }
}
