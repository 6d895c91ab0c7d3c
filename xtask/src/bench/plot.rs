//! The figures as a picture.

use std::path::Path;

use anyhow::{Context, Result};
use plotters::prelude::*;

use super::table::Figures;

const WIDTH: u32 = 860;
const BAR: u32 = 26;
const MARGIN: u32 = 16;
const LABELS: u32 = 190;

/// A figure's title, and its value for one generator.
type Panel = (&'static str, &'static str, fn(&Figures) -> Option<f64>);

const PANELS: [Panel; 4] = [
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

/// Draws a panel of bars for each figure that more than one generator has.
///
/// # Errors
///
/// The file cannot be written.
pub(super) fn draw(file: &Path, ours: &Figures, rivals: &[Figures]) -> Result<()> {
    let all: Vec<&Figures> = std::iter::once(ours).chain(rivals).collect();
    let panels: Vec<(&Panel, Vec<(&Figures, f64)>)> = PANELS
        .iter()
        .map(|panel| {
            let bars = all.iter().filter_map(|f| Some((*f, panel.2(f)?)));
            (panel, bars.collect::<Vec<_>>())
        })
        .filter(|(_, bars)| !bars.is_empty())
        .collect();
    let rows = panels.iter().map(|(_, bars)| bars.len() + 2).sum::<usize>();
    let height = BAR * u32::try_from(rows).unwrap_or(u32::MAX / BAR) + MARGIN;
    let area = SVGBackend::new(file, (WIDTH, height)).into_drawing_area();
    let drawn = (|| {
        area.fill(&WHITE)?;
        let mut top = MARGIN;
        for (panel, bars) in &panels {
            top = draw_panel(&area, top, panel, bars)?;
        }
        area.present()
    })();
    drawn.with_context(|| format!("cannot draw {}", file.display()))
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn<T> = Result<T, DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>>;

/// Draws the bars of one figure below `top`, and tells where the next may begin.
fn draw_panel(area: &Area<'_>, top: u32, panel: &Panel, bars: &[(&Figures, f64)]) -> Drawn<u32> {
    let (title, unit, _) = panel;
    let bold = ("sans-serif", 16, FontStyle::Bold)
        .into_font()
        .color(&BLACK);
    let plain = ("sans-serif", 14).into_font().color(&BLACK);
    area.draw_text(title, &bold, at(MARGIN, top))?;
    let longest = bars
        .iter()
        .map(|(_, value)| *value)
        .fold(f64::EPSILON, f64::max);
    let room = f64::from(WIDTH - LABELS - 140);
    let mut y = top + BAR;
    for (index, (figures, value)) in bars.iter().enumerate() {
        // A bar is as many pixels long as the picture is wide, at most.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let length = (room * value / longest).max(1.0) as u32;
        let color = if index == 0 {
            RGBColor(0, 104, 74)
        } else {
            RGBColor(150, 158, 168)
        };
        area.draw_text(&figures.name, &plain, at(MARGIN, y))?;
        area.draw(&Rectangle::new(
            [at(LABELS, y), at(LABELS + length, y + BAR - 8)],
            color.filled(),
        ))?;
        area.draw_text(
            &format!("{value:.2} {unit}"),
            &plain,
            at(LABELS + length + 8, y),
        )?;
        y += BAR;
    }
    Ok(y + BAR)
}

fn at(x: u32, y: u32) -> (i32, i32) {
    (x.cast_signed(), y.cast_signed())
}
