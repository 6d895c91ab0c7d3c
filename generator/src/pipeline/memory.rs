//! A crate that goes to no disk.

use super::{Run, threads};
use crate::config::Config;
use crate::diag::Message;
use crate::spec;
use crate::surface::File;

/// The files of the crate that a document in memory becomes, none where it is refused; and what there is to complain of.
///
/// `name` stands in messages, and tells JSON from YAML. The document can refer to no other file.
pub fn files(document: &[u8], name: &str, config: &Config) -> (Option<Vec<File>>, Vec<Message>) {
    let mut run = Run::new(false);
    let locator = spec::Locator::text(name, &String::from_utf8_lossy(document));
    let files = run.in_memory(document, name, config, &locator);
    (files, run.messages(&locator))
}

impl Run {
    fn in_memory(
        &mut self,
        document: &[u8],
        name: &str,
        config: &Config,
        locator: &spec::Locator,
    ) -> Option<Vec<File>> {
        let built = self.build(config, locator, |diagnostics| {
            spec::parse_bytes(document.to_vec(), name, config, diagnostics)
        });
        let built = built.ok()?;
        let files = self.files(&built.krate, config).ok();
        threads::drop_aside(built);
        files
    }
}
