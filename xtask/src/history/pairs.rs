//! Which documents follow which.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A document and its successor.
pub(super) struct Revision {
    pub(super) group: String,
    pub(super) name: String,
    pub(super) old: PathBuf,
    pub(super) new: PathBuf,
    pub(super) bytes: u64,
}

/// All pairs: those of Atlas by date, then the small ones.
pub(super) fn all(corpus: &Path) -> Result<Vec<Revision>> {
    let mut pairs = Vec::new();
    let history = corpus.join("atlas/history");
    for family in listed(&history)? {
        let mut files: Vec<PathBuf> = listed(&history.join(&family))?
            .iter()
            .map(|name| history.join(&family).join(name))
            .collect();
        // The second one of a day stands behind the first.
        files.sort_by_key(|file| file.with_extension("").display().to_string());
        for two in files.windows(2) {
            let [old, new] = two else { continue };
            let day = |file: &Path| {
                file.file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            };
            let name = format!("{family} {} → {}", day(old), day(new));
            pairs.push(Revision::new("atlas", name, old, new));
        }
    }
    let folder = corpus.join("diff-pairs");
    let mut known = BTreeSet::new();
    for (old, new) in expected(&folder)? {
        let is_there = folder.join(&old).is_file() && folder.join(&new).is_file();
        if old != new && is_there && known.insert((old.clone(), new.clone())) {
            let name = format!("{old} → {new}");
            pairs.push(Revision::new(
                "diff-pairs",
                name,
                &folder.join(&old),
                &folder.join(&new),
            ));
        }
    }
    Ok(pairs)
}

impl Revision {
    fn new(group: &str, name: String, old: &Path, new: &Path) -> Self {
        let bytes = |file: &Path| fs::metadata(file).map_or(0, |data| data.len());
        Self {
            group: group.to_owned(),
            name,
            bytes: bytes(old).max(bytes(new)),
            old: old.to_path_buf(),
            new: new.to_path_buf(),
        }
    }
}

fn listed(folder: &Path) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}

/// The pairs that stand in the table of what is expected.
fn expected(folder: &Path) -> Result<Vec<(String, String)>> {
    let file = folder.join("EXPECT.tsv");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().skip(1);
    let pairs = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    Ok(pairs.collect())
}
