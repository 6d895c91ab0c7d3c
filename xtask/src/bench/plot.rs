//! The figures as a picture.

use std::path::Path;

use anyhow::Result;

use super::table::Figures;
use crate::bars::{self, Bar, Panel};

/// A figure's title, its unit, and its value for one generator.
type Figure = (&'static str, &'static str, fn(&Figures) -> Option<f64>);

const FIGURES: [Figure; 4] = [
    ("generate the whole Atlas document", "s", |f| {
        Some(f.generate?.wall_seconds())
    }),
    ("cargo check of the crate, all features", "s CPU", |f| {
        Some(f.check?.cpu_seconds())
    }),
    ("release build of the crate, all features", "s CPU", |f| {
        Some(f.release?.cpu_seconds())
    }),
    ("lines written", "k", |f| {
        // Line counts are small numbers.
        #[allow(clippy::cast_precision_loss)]
        Some(f.size?.lines as f64 / 1000.0)
    }),
];

/// Draws a panel of bars for each figure that a generator has.
///
/// # Errors
///
/// The file cannot be written.
pub(super) fn draw(file: &Path, ours: &Figures, rivals: &[Figures]) -> Result<()> {
    let panels: Vec<Panel> = FIGURES
        .iter()
        .map(|(title, unit, value)| {
            let all = std::iter::once(ours).chain(rivals).enumerate();
            let bars = all.filter_map(|(index, figures)| {
                Some(Bar {
                    name: figures.name.clone(),
                    value: value(figures)?,
                    stands_out: index == 0,
                })
            });
            Panel {
                title: (*title).to_owned(),
                unit,
                bars: bars.collect(),
            }
        })
        .collect();
    bars::draw(file, &panels)
}
