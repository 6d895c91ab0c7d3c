//! Figures as bars.

use std::path::Path;

use anyhow::{Context, Result};
use plotters::prelude::*;

const WIDTH: u32 = 860;
const BAR: u32 = 26;
const MARGIN: u32 = 16;
const LABELS: u32 = 190;

/// The bars of one figure.
pub(crate) struct Panel {
    pub(crate) title: String,
    pub(crate) unit: &'static str,
    pub(crate) bars: Vec<Bar>,
}

/// A bar.
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: f64,
    /// Whether it is what the picture is about.
    pub(crate) stands_out: bool,
}

/// Draws panels, one below the other; those without bars are left out.
///
/// # Errors
///
/// The file cannot be written.
pub(crate) fn draw(file: &Path, panels: &[Panel]) -> Result<()> {
    let panels = || panels.iter().filter(|panel| !panel.bars.is_empty());
    let rows = panels().map(|panel| panel.bars.len() + 2).sum::<usize>();
    let height = BAR * u32::try_from(rows).unwrap_or(u32::MAX / BAR) + MARGIN;
    let area = SVGBackend::new(file, (WIDTH, height)).into_drawing_area();
    let drawn = (|| {
        area.fill(&WHITE)?;
        let mut top = MARGIN;
        for panel in panels() {
            top = draw_panel(&area, top, panel)?;
        }
        area.present()
    })();
    drawn.with_context(|| format!("cannot draw {}", file.display()))
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawn<T> = Result<T, DrawingAreaErrorKind<<SVGBackend<'static> as DrawingBackend>::ErrorType>>;

/// Draws the bars of one figure below `top`, and tells where the next may begin.
fn draw_panel(area: &Area<'_>, top: u32, panel: &Panel) -> Drawn<u32> {
    let bold = ("sans-serif", 16, FontStyle::Bold)
        .into_font()
        .color(&BLACK);
    let plain = ("sans-serif", 14).into_font().color(&BLACK);
    area.draw_text(&panel.title, &bold, at(MARGIN, top))?;
    let longest = panel
        .bars
        .iter()
        .map(|bar| bar.value)
        .fold(f64::EPSILON, f64::max);
    let room = f64::from(WIDTH - LABELS - 140);
    let mut y = top + BAR;
    for bar in &panel.bars {
        // A bar is as many pixels long as the picture is wide, at most.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let length = (room * bar.value / longest).max(1.0) as u32;
        let color = if bar.stands_out {
            RGBColor(0, 104, 74)
        } else {
            RGBColor(150, 158, 168)
        };
        area.draw_text(&bar.name, &plain, at(MARGIN, y))?;
        area.draw(&Rectangle::new(
            [at(LABELS, y), at(LABELS + length, y + BAR - 8)],
            color.filled(),
        ))?;
        area.draw_text(
            &format!("{:.2} {}", bar.value, panel.unit),
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
