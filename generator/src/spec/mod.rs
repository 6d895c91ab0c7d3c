//! From bytes to a checked document.
//!
//! A file becomes text (`text`), a value tree (`parse`), and, once its outer structure holds (`check`), the types of
//! `openapiv3` (`read`), every schema rewritten to OpenAPI 3.0 on the way (`normalise`). References are followed
//! through the trees (`resolve`), in this file and in files below its folder (`files`). What can be read and yet misleads
//! is reported (`faults`). Lines and columns are found afterwards, when a message is printed ([`Locator`]).

mod block;
mod check;
mod document;
mod faults;
mod files;
mod kept;
mod locate;
mod normalise;
mod overlay;
mod parse;
mod place;
mod read;
mod reference;
mod resolve;
mod scope;
#[cfg(test)]
mod tests;
mod text;
mod tree;

use std::path::Path;
use std::sync::Arc;

pub use document::{Document, Target};
pub use locate::Locator;
pub use normalise::is_tuple;

use self::files::Files;
use self::tree::Tree;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::threads;

/// The document can't be read; the diagnostics say why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Reads a document and the files that it refers to.
///
/// # Errors
///
/// The root document is unreadable, is not YAML, JSON or OpenAPI 3.0 to 3.2, is over a limit, or its outer structure is wrong; or
/// the config names a place that the document does not have. Everything else that is wrong is reported and left out.
pub fn load(
    file: &Path,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Refused> {
    let bytes = files::read_limited(file, &config.limits).map_err(|fault| {
        diagnostics.push(fault);
        Refused
    })?;
    let files = Files::new(Some(file), &config.limits);
    let title = file.file_stem().map_or_else(
        || "API".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    );
    document(
        files,
        bytes,
        &file.display().to_string(),
        &title,
        config,
        diagnostics,
    )
}

/// Reads a document from text that is in no file, so that nothing beside it can be referred to; `name` stands in messages.
///
/// # Errors
///
/// As [`load`].
pub fn parse(
    text: &str,
    name: &str,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Refused> {
    parse_bytes(text.as_bytes().to_vec(), name, config, diagnostics)
}

/// Reads a document as [`parse()`] does, from bytes in any encoding that YAML and JSON allow.
///
/// # Errors
///
/// As [`load`], or the bytes are no text.
pub fn parse_bytes(
    bytes: Vec<u8>,
    name: &str,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Refused> {
    if bytes.len() > config.limits.bytes {
        diagnostics.push(files::too_large(
            Place::WholeFile(name.to_owned()),
            &config.limits,
        ));
        return Err(Refused);
    }
    let files = Files::new(None, &config.limits);
    document(files, bytes, name, "API", config, diagnostics)
}

fn document(
    mut files: Files<'_>,
    bytes: Vec<u8>,
    name: &str,
    title: &str,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Refused> {
    let tree = files
        .root(bytes, name, &config.overlays, diagnostics)
        .ok_or(Refused)?;
    // Of a document that is not changed as it should be, nothing more can be said.
    if diagnostics.has_errors() {
        return Err(Refused);
    }
    let root = check::check(&tree, diagnostics).ok_or(Refused)?;
    let left_out = kept::left_out(&mut files, root, config, diagnostics);
    let reading = read::read(files, root, title, &left_out, diagnostics);
    faults::report(root, &left_out, diagnostics);
    faults::report_elsewhere(&reading.targets, &reading.files, &left_out, diagnostics);
    check_config(&reading.files, config, diagnostics);
    if diagnostics.has_errors() {
        return Err(Refused);
    }
    let document = Document {
        openapi: reading.openapi,
        webhooks: reading.webhooks,
        targets: reading.targets,
        digest: reading.files.digest(),
        own_operations: read::own_operations(root).saturating_sub(left_out.own),
        left_out,
    };
    let trees = (tree, reading.files.into_trees());
    threads::drop_aside(trees);
    Ok(document)
}

/// Reports config entries that name a place that is not there.
fn check_config(files: &Files<'_>, config: &Config, diagnostics: &mut Diagnostics) {
    for (key, path) in config.pointers() {
        let tree: Option<Arc<Tree>> = files.known(path.document());
        let node = tree.as_ref().and_then(|tree| resolve::node(tree, path));
        if node.is_some() {
            continue;
        }
        let near = tree.and_then(|tree| resolve::nearest_place(&tree, path));
        diagnostics.push(Diagnostic {
            code: Code::Config,
            message: format!("the document has nothing at `{path}`"),
            place: config.place(&key),
            help: match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct the entry, or remove it".to_owned(),
            },
        });
    }
}
