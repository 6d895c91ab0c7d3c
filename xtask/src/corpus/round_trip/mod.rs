//! Random instances of every component schema, through its type and back.

mod answers;
mod probe;
pub(super) mod questions;

use anyhow::Result;

use self::answers::Judge;
use self::probe::Probe;
use self::questions::Question;
use super::Slot;
use super::row::Row;
use super::workspace::Batch;

/// Asks everything that can be asked of the crates of a batch, and notes in each row what came of it.
pub(super) fn run(batch: &Batch, slots: &[Slot<'_>], rows: &mut [Row]) -> Result<()> {
    let mut packages = Vec::new();
    let mut asked: Vec<Vec<Question>> = Vec::new();
    for (slot, row) in slots.iter().zip(rows.iter_mut()) {
        if let Some(reason) = &row.refused {
            row.schemas = Some(questions::unasked(&slot.document.file, reason));
        }
        let file = batch.file(&questions::file_name(&slot.package));
        let list = match row.refused {
            None => questions::read(&file)?,
            Some(_) => Vec::new(),
        };
        if !list.is_empty() {
            packages.push(slot.package.as_str());
        }
        asked.push(list);
    }
    let all: Vec<&Question> = asked.iter().flatten().collect();
    let probe = Probe::build(batch, &packages, &all)?;
    for ((slot, row), questions) in slots.iter().zip(rows.iter_mut()).zip(&asked) {
        let mut judge = Judge::default();
        let answers = probe.ask(questions)?;
        for (question, answer) in questions.iter().zip(answers) {
            judge.hear(question, answer);
        }
        row.check = probe.said.get(&slot.package).cloned();
        if let Some(schemas) = row.schemas.as_mut().filter(|_| row.refused.is_none()) {
            judge.conclude(schemas);
        }
    }
    Ok(())
}
