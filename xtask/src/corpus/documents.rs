//! Which documents there are.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Plan;
use crate::table;

/// A batch has at most so many documents, and so many bytes of them.
const BATCH: usize = 80;
const BATCH_BYTES: u64 = 12_000_000;

/// A document of the corpus.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Where it stands in the corpus, with `/`.
    pub(super) path: String,
    /// The file.
    pub(super) file: PathBuf,
    /// The first folder of its path.
    pub(super) group: String,
    /// Whether the corpus says that nothing is wrong with it.
    pub(super) clean: bool,
    /// The bytes of all its files.
    pub(super) bytes: u64,
    /// What tells it from all others: letters and digits made from its path.
    pub(super) key: String,
}

/// The documents that the plan asks for, in the order of the corpus.
///
/// # Errors
///
/// The index of the corpus cannot be read.
pub(super) fn choose(folder: &Path, plan: &Plan) -> Result<Vec<Document>> {
    let mut documents = if folder.is_dir() {
        index(folder)?
    } else {
        Vec::new()
    };
    documents.retain(|document| {
        let of_group = if plan.group.is_empty() {
            document.group != "negative"
        } else {
            plan.group.contains(&document.group)
        };
        of_group
            // Instances of a faulty document mean nothing.
            && (document.clean || !plan.round_trip)
            && (!plan.tenth || in_tenth(document))
            && plan
                .filter
                .as_ref()
                .is_none_or(|text| document.path.contains(text.as_str()))
    });
    if !plan.files.is_empty() && plan.group.is_empty() && plan.filter.is_none() {
        documents.clear();
    }
    documents.extend(plan.files.iter().map(|file| given(file)));
    Ok(documents)
}

fn index(folder: &Path) -> Result<Vec<Document>> {
    let rows = table::read(&folder.join("INDEX.tsv"), ["path", "clean", "total_bytes"])?;
    let documents = rows.into_iter().map(|[path, clean, bytes]| Document {
        file: folder.join(&path),
        group: path.split('/').next().unwrap_or_default().to_owned(),
        clean: clean == "yes",
        bytes: bytes.parse().unwrap_or(0),
        key: key(&path),
        path,
    });
    // A revision can be listed twice: as itself and as the newest.
    let mut documents: Vec<Document> = documents.collect();
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    documents.dedup_by(|a, b| a.path == b.path);
    Ok(documents)
}

fn given(file: &Path) -> Document {
    let path = file.display().to_string();
    Document {
        file: file.to_path_buf(),
        group: "given".to_owned(),
        clean: true,
        bytes: fs::metadata(file).map_or(0, |data| data.len()),
        key: key(&path),
        path,
    }
}

/// Whether a document is in the tenth: by its path alone, so that a new document moves no other.
fn in_tenth(document: &Document) -> bool {
    hash(&document.path) % 10 == 7
}

fn key(path: &str) -> String {
    format!("k{:016x}", hash(path))
}

/// FNV-1a, 64 bits, mixed once more: the low digits alone would follow the last letter.
fn hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 16
}

/// The documents in portions that fit the disk.
pub(super) fn batches(documents: &[Document]) -> Vec<&[Document]> {
    let mut batches = Vec::new();
    let mut rest = documents;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fitting = rest.iter().take(BATCH).take_while(|document| {
            bytes += document.bytes;
            bytes <= BATCH_BYTES
        });
        let (batch, others) = rest.split_at(fitting.count().max(1));
        batches.push(batch);
        rest = others;
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(path: &str, bytes: u64) -> Document {
        Document {
            bytes,
            ..given(Path::new(path))
        }
    }

    #[test]
    fn a_tenth_is_about_a_tenth() {
        let documents: Vec<Document> = (0..1000)
            .map(|index| document(&format!("feature/a{index}.yaml"), 1))
            .collect();
        let tenth = documents.iter().filter(|document| in_tenth(document));
        assert!((70..130).contains(&tenth.count()));
    }

    #[test]
    fn batches_hold_every_document_once_and_large_ones_alone() {
        let documents: Vec<Document> = [1, BATCH_BYTES, BATCH_BYTES * 2, 5, 5]
            .into_iter()
            .map(|bytes| document("a", bytes))
            .collect();
        let lengths: Vec<usize> = batches(&documents)
            .iter()
            .map(|batch| batch.len())
            .collect();
        assert_eq!(lengths, [1, 1, 1, 2]);
    }
}
