//! A process that can neither hang nor eat the machine.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long one document may take.
const TIME: Duration = Duration::from_secs(600);
/// How much memory its process may ask for, in KiB.
const MEMORY: u64 = 6 << 20;

/// How a process ended.
pub(super) enum End {
    /// By itself, with this on its output.
    Done(String),
    /// Not well.
    Fault(String),
}

/// Runs a program with limits on time and memory. What it writes goes to files beside `log`.
pub(super) fn run(program: &Path, arguments: &[String], log: &Path) -> End {
    match start(program, arguments, log) {
        Ok(end) => end,
        Err(error) => End::Fault(format!("cannot be run: {error}")),
    }
}

fn start(program: &Path, arguments: &[String], log: &Path) -> std::io::Result<End> {
    let (out, errors) = (log.with_extension("out"), log.with_extension("err"));
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell
            .arg("-c")
            .arg(format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""))
            .arg(program);
        shell
    } else {
        Command::new(program)
    };
    let mut child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(File::create(&out)?)
        .stderr(File::create(&errors)?)
        .spawn()?;
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if start.elapsed() > TIME {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    };
    let end = match status {
        Some(status) if status.success() => End::Done(std::fs::read_to_string(&out)?),
        Some(status) => End::Fault(format!("{status}: {}", last_line(&errors))),
        None => End::Fault(format!("took longer than {} s", TIME.as_secs())),
    };
    let _ = std::fs::remove_file(&out);
    let _ = std::fs::remove_file(&errors);
    Ok(end)
}

/// What a process said last, for people.
fn last_line(file: &Path) -> String {
    let mut text = String::new();
    let read = File::open(file).and_then(|file| file.take(100_000).read_to_string(&mut text));
    let mut lines = text.lines().rev();
    let last = lines.find(|line| !line.trim().is_empty());
    match (read, last) {
        (Ok(_), Some(line)) => line.to_owned(),
        _ => "it said nothing".to_owned(),
    }
}
