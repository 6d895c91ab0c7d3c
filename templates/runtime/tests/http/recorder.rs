//! A subscriber that keeps all that is told, and a logger that does the same for crates that use `log`.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, Once, OnceLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

#[derive(Clone, Debug)]
pub(crate) struct SpanRecord {
    pub(crate) name: &'static str,
    /// The place of the span around it.
    pub(crate) parent: Option<usize>,
    pub(crate) fields: BTreeMap<&'static str, String>,
    pub(crate) is_closed: bool,
    handles: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct EventRecord {
    pub(crate) level: Level,
    pub(crate) fields: BTreeMap<&'static str, String>,
}

impl EventRecord {
    pub(crate) fn message(&self) -> &str {
        &self.fields["message"]
    }
}

#[derive(Default)]
struct Records {
    /// Those of other crates have no name.
    spans: Vec<SpanRecord>,
    entered: Vec<usize>,
    /// Those of this crate.
    events: Vec<EventRecord>,
    /// What every crate has told.
    text: String,
}

/// Keeps what is told on this thread.
#[derive(Clone)]
pub(crate) struct Recorder {
    level: Level,
    records: Arc<Mutex<Records>>,
}

impl Recorder {
    /// Begins to record what is of this level or a graver one; until the guard is dropped.
    pub(crate) fn begin(level: Level) -> (Self, DefaultGuard) {
        install_logger();
        listen();
        let recorder = Self { level, records: Arc::default() };
        LOGGED.set(String::new());
        let guard = tracing::subscriber::set_default(recorder.clone());
        (recorder, guard)
    }

    /// The spans of the runtime.
    pub(crate) fn spans(&self) -> Vec<SpanRecord> {
        self.records().spans.iter().filter(|span| !span.name.is_empty()).cloned().collect()
    }

    /// The events of the runtime.
    pub(crate) fn events(&self) -> Vec<EventRecord> {
        self.records().events.clone()
    }

    /// All that was told, by whatever crate.
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.records().text, LOGGED.take())
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap()
    }
}

fn is_own(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with("client_runtime")
}

/// Fields as texts.
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let (mut fields, metadata) = (Fields(BTreeMap::new()), attributes.metadata());
        attributes.record(&mut fields);
        let mut records = self.records();
        writeln!(records.text, "{} {} {:?}", metadata.target(), metadata.name(), fields.0).unwrap();
        let parent = attributes.is_contextual().then(|| records.entered.last().copied()).flatten();
        let name = if is_own(metadata) { metadata.name() } else { "" };
        records.spans.push(SpanRecord { name, parent, fields: fields.0, is_closed: false, handles: 1 });
        Id::from_u64(records.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Fields(BTreeMap::new());
        values.record(&mut fields);
        let mut records = self.records();
        writeln!(records.text, "{:?}", fields.0).unwrap();
        records.spans[place(span)].fields.extend(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let (mut fields, metadata) = (Fields(BTreeMap::new()), event.metadata());
        event.record(&mut fields);
        let mut records = self.records();
        writeln!(records.text, "{} {:?}", metadata.target(), fields.0).unwrap();
        if is_own(metadata) {
            records.events.push(EventRecord { level: *metadata.level(), fields: fields.0 });
        }
    }

    fn enter(&self, span: &Id) {
        self.records().entered.push(place(span));
    }

    fn exit(&self, _: &Id) {
        self.records().entered.pop();
    }

    fn clone_span(&self, span: &Id) -> Id {
        self.records().spans[place(span)].handles += 1;
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        let mut records = self.records();
        let span = &mut records.spans[place(&span)];
        span.handles -= 1;
        span.is_closed = span.handles == 0;
        span.is_closed
    }
}

fn place(span: &Id) -> usize {
    span.into_u64() as usize - 1
}

thread_local! {
    static LOGGED: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LOGGED.with_borrow_mut(|text| writeln!(text, "log {} {}", record.target(), record.args()).unwrap());
    }

    fn flush(&self) {}
}

/// Has `tracing` ask all subscribers whether a place in the code is of interest. Where there is one alone, it asks that of
/// the thread that comes there first, and if that thread has none, nobody hears of the place again.
pub(crate) fn listen() {
    static DEAF: OnceLock<Dispatch> = OnceLock::new();
    DEAF.get_or_init(|| Dispatch::new(Recorder { level: Level::ERROR, records: Arc::default() }));
}

fn install_logger() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Logger).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

#[test]
fn what_was_told_elsewhere_first_is_recorded_here() {
    let tell = || tracing::info!("told");
    let (recorder, _guard) = Recorder::begin(Level::INFO);
    std::thread::spawn(tell).join().unwrap();
    tell();
    assert_eq!(recorder.text().matches("told").count(), 1);
}
