//! How many calls a second a client makes on loopback, and how much memory it asks for, against the same call by hand.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use atlas_codegen_tests::oracle::document::Document;

use super::Plan;
use super::decode::{answer, list_of, surface, type_of};
use super::derived::derived;
use super::program::requirement;
use crate::workbench;

/// The operation that is called.
const OPERATION: &str = "listGroupClusters";
/// How many bytes of clusters it brings.
const BYTES: usize = 4_000;

/// What one way to call an operation does.
#[derive(Clone, Debug)]
pub(crate) struct Throughput {
    pub(crate) name: String,
    /// Calls a second.
    pub(crate) calls: f64,
    /// How often each call asks for memory.
    pub(crate) allocations: f64,
}

/// Calls with the client, by hand, and with the rival's client where there is one, in turn.
pub(super) fn throughput(
    plan: &Plan,
    krate: &Path,
    rival: Option<&Path>,
) -> Result<Vec<Throughput>> {
    let surface = surface(plan)?;
    let Some(list) = answer(&surface, OPERATION) else {
        return Ok(Vec::new());
    };
    let pointer = type_of(&surface, &list)?.path.to_string();
    let document = Document::load(&plan.spec);
    let folder = workbench::folder("bench")?.join("calls");
    fs::create_dir_all(folder.join("src"))?;
    fs::write(
        folder.join("answer.json"),
        list_of(&document, "calls", &pointer, BYTES)?,
    )?;
    let types = derived(&surface, &list);
    let mut program =
        format!("{PROGRAM}\n#[allow(dead_code, clippy::all)]\nmod derived {{\n{types}}}\n");
    let mut manifest = MANIFEST
        .replace("REQWEST", &requirement(krate, "reqwest")?)
        .replace("RUSTLS", &requirement(krate, "rustls")?);
    if let Some(rival) = rival {
        let place = rival.display();
        manifest = manifest.replace("RIVAL", &format!("atlas-ploidy = {{ path = \"{place}\" }}"));
        program = program.replace("    // RIVAL\n", RIVAL);
    }
    fs::write(folder.join("Cargo.toml"), manifest.replace("RIVAL\n", ""))?;
    fs::write(
        folder.join("src/main.rs"),
        program.replace("derived::LIST", &format!("derived::{list}")),
    )?;
    let mut run = workbench::cargo(&folder, &["run", "--release", "--quiet"]);
    workbench::run(&mut run)?.lines().map(line).collect()
}

fn line(line: &str) -> Result<Throughput> {
    let mut words = line.rsplitn(3, ' ');
    let mut number =
        || -> Result<f64> { Ok(words.next().context("a figure is missing")?.parse()?) };
    let (allocations, calls) = (number()?, number()?);
    Ok(Throughput {
        name: words.next().unwrap_or_default().to_owned(),
        calls,
        allocations,
    })
}

const MANIFEST: &str = r#"[package]
name = "calls"
version = "0.0.0"
edition = "2024"

[dependencies]
atlas-admin = { path = "../atlas-admin" }
RIVAL
REQWEST
RUSTLS
serde = { version = "1", features = ["derive"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }

[workspace]
"#;

const RIVAL: &str = r#"    let rival = atlas_ploidy::Client::new(&url)
        .unwrap()
        .with_header("accept", "application/vnd.atlas.2024-08-05+json")
        .unwrap()
        .with_sensitive_header("authorization", "Bearer token")
        .unwrap();
    ways.push(Way::new("ploidy (untyped)", move || {
        let rival = rival.clone();
        Box::pin(async move {
            let query = Default::default();
            std::hint::black_box(rival.list_group_clusters(GROUP, &query).await.unwrap());
        })
    }));
"#;

const PROGRAM: &str = r##"use std::alloc::{GlobalAlloc, Layout, System};
use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const GROUP: &str = "32b6e34b3d91647abb20e7b8";
/// How many calls are on their way at a time.
const SIDE_BY_SIDE: usize = 8;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Way {
    name: &'static str,
    call: Arc<dyn Fn() -> Work + Send + Sync>,
    rounds: Vec<(f64, f64)>,
}

impl Way {
    fn new(name: &'static str, call: impl Fn() -> Work + Send + Sync + 'static) -> Self {
        Self { name, call: Arc::new(call), rounds: Vec::new() }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = serve();
    let mut ways = Vec::new();
    let client = atlas_admin::Client::builder()
        .base_url(&url)
        .credentials(atlas_admin::Credentials::access_token("token"))
        .build()
        .unwrap();
    ways.push(Way::new("client", move || {
        let clusters = client.clusters();
        Box::pin(async move {
            std::hint::black_box(clusters.list_group_clusters(GROUP).send().await.unwrap());
        })
    }));
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let by_hand = reqwest::Client::builder().no_proxy().build().unwrap();
    let base = url.clone();
    ways.push(Way::new("by hand", move || {
        let (by_hand, base) = (by_hand.clone(), base.clone());
        Box::pin(async move {
            let answer = by_hand
                .get(format!("{base}/api/atlas/v2/groups/{GROUP}/clusters"))
                .header("accept", "application/vnd.atlas.2024-08-05+json")
                .header("user-agent", "by-hand/1.0")
                .bearer_auth("token")
                .timeout(Duration::from_secs(60))
                .send()
                .await
                .unwrap();
            assert!(answer.status().is_success());
            let body = answer.bytes().await.unwrap();
            let list: derived::LIST = serde_json::from_slice(&body).unwrap();
            std::hint::black_box(list);
        })
    }));
    // RIVAL
    for number in 0..16 {
        for way in &mut ways {
            let round = round(&way.call).await;
            // The first one opens connections.
            if number > 0 {
                way.rounds.push(round);
            }
        }
    }
    for mut way in ways {
        way.rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (calls, _) = way.rounds[way.rounds.len() / 2];
        way.rounds.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (_, allocations) = way.rounds[way.rounds.len() / 2];
        println!("{} {calls:.0} {allocations:.1}", way.name);
    }
}

/// Calls for a while: how many a second, and how often each asked for memory.
async fn round(call: &Arc<dyn Fn() -> Work + Send + Sync>) -> (f64, f64) {
    let (start, before) = (Instant::now(), ALLOCATIONS.load(Ordering::Relaxed));
    let tasks = (0..SIDE_BY_SIDE).map(|_| {
        let call = call.clone();
        tokio::spawn(async move {
            let mut made = 0u32;
            while start.elapsed() < Duration::from_millis(400) {
                call().await;
                made += 1;
            }
            made
        })
    });
    let mut made = 0;
    for task in tasks.collect::<Vec<_>>() {
        made += task.await.unwrap();
    }
    let allocations = ALLOCATIONS.load(Ordering::Relaxed) - before;
    (f64::from(made) / start.elapsed().as_secs_f64(), allocations as f64 / f64::from(made))
}

/// A server that answers every request alike, and that asks for no memory while it does.
fn serve() -> String {
    let body = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/answer.json")).unwrap();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    let answer = Arc::new([head.into_bytes(), body].concat());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, answer) = (stream.unwrap(), answer.clone());
            std::thread::spawn(move || answer_all(stream, &answer));
        }
    });
    url
}

fn answer_all(mut stream: TcpStream, answer: &[u8]) {
    stream.set_nodelay(true).unwrap();
    let mut buffer = [0; 4096];
    let mut filled = 0;
    loop {
        match stream.read(&mut buffer[filled..]) {
            Ok(0) | Err(_) => return,
            Ok(count) => filled += count,
        }
        if buffer[..filled].ends_with(b"\r\n\r\n") {
            filled = 0;
            if stream.write_all(answer).is_err() {
                return;
            }
        }
    }
}
"##;
