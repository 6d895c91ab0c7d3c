//! What a command costs, as the operating system counts it.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

/// What a command cost, with all that it started and waited for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// From start to end.
    pub(crate) wall: Duration,
    /// User and system time of all processes.
    pub(crate) cpu: Duration,
    /// User time alone: what the file system does is not in it.
    pub(crate) user: Duration,
    /// The largest process, in bytes. The system counts what this process has when it starts another one, so it must be small.
    pub(crate) peak: u64,
}

impl Cost {
    /// The time on the clock, in seconds.
    pub(crate) fn wall_seconds(&self) -> f64 {
        self.wall.as_secs_f64()
    }

    /// The processors' time, in seconds.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        self.cpu.as_secs_f64()
    }

    /// The user time, in seconds.
    pub(crate) fn user_seconds(&self) -> f64 {
        self.user.as_secs_f64()
    }

    /// The peak in MiB.
    pub(crate) fn peak_mebibytes(&self) -> f64 {
        // No peak comes near the 52 bits that a float keeps.
        #[allow(clippy::cast_precision_loss)]
        let bytes = self.peak as f64;
        bytes / f64::from(1 << 20)
    }
}

/// Runs a command once.
///
/// # Errors
///
/// It cannot be started, or it fails; its error output is part of the message.
pub(crate) fn once(command: &mut Command) -> Result<Cost> {
    let shown = format!("{command:?}");
    let errors = tempfile()?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(errors.writer()?)
        .spawn()
        .with_context(|| format!("cannot start {shown}"))?;
    let used = child
        .wait4()
        .with_context(|| format!("cannot wait for {shown}"))?;
    let wall = start.elapsed();
    ensure!(
        used.status.success(),
        "{shown} failed:\n{}",
        errors.text().trim_end()
    );
    Ok(Cost {
        wall,
        cpu: used.rusage.utime + used.rusage.stime,
        user: used.rusage.utime,
        peak: used.rusage.maxrss,
    })
}

/// The median of several runs, each figure for itself. `prepare` runs before each, unmeasured.
///
/// # Errors
///
/// As [`once`], and those of `prepare`.
pub(crate) fn median(
    runs: usize,
    mut prepare: impl FnMut() -> Result<()>,
    mut command: impl FnMut() -> Command,
) -> Result<Cost> {
    let mut costs = Vec::new();
    for _ in 0..runs {
        prepare()?;
        costs.push(once(&mut command())?);
    }
    Ok(Cost {
        wall: middle(costs.iter().map(|cost| cost.wall)),
        cpu: middle(costs.iter().map(|cost| cost.cpu)),
        user: middle(costs.iter().map(|cost| cost.user)),
        peak: middle(costs.iter().map(|cost| cost.peak)),
    })
}

/// The middle one of some values.
pub(crate) fn middle<T: PartialOrd + Copy + Default>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A file for a command's error output: a pipe would have to be read while the command runs.
struct Errors(std::path::PathBuf);

fn tempfile() -> Result<Errors> {
    let path = std::env::temp_dir().join(format!("xtask-{}.log", std::process::id()));
    Ok(Errors(path))
}

impl Errors {
    fn writer(&self) -> Result<std::fs::File> {
        Ok(std::fs::File::create(&self.0)?)
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).unwrap_or_default()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        // A file left behind in the temporary folder harms nobody.
        let _ = std::fs::remove_file(&self.0);
    }
}
