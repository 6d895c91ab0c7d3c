//! A small HTTP/1.1 server that records what it receives, and misbehaves where told to.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) head: String,
    pub(crate) body: String,
    /// The client's end of the connection.
    pub(crate) peer: SocketAddr,
}

impl Received {
    /// `GET /path`.
    pub(crate) fn target(&self) -> &str {
        self.head.lines().next().unwrap().strip_suffix(" HTTP/1.1").unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let found: Vec<_> = headers.filter(|(given, _)| given.eq_ignore_ascii_case(name)).collect();
        assert!(found.len() <= 1, "{name} is there twice");
        found.first().map(|(_, value)| *value)
    }

    /// A directive of the digest in `Authorization`.
    pub(crate) fn directive(&self, name: &str) -> Option<&str> {
        let directives = self.header("authorization")?.strip_prefix("Digest ")?.split(", ");
        let mut pairs = directives.filter_map(|directive| directive.split_once('='));
        pairs.find(|(given, _)| *given == name).map(|(_, value)| value.trim_matches('"'))
    }
}

/// What to answer, piece by piece.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) before: Duration,
    pub(crate) bytes: Vec<u8>,
    /// Whether the connection stays open for the next request.
    pub(crate) keep: bool,
    /// What comes later: after a pause with the connection open, more bytes.
    pub(crate) later: Vec<(Duration, Vec<u8>)>,
}

impl Answer {
    pub(crate) fn new(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let mut head = format!("HTTP/1.1 {status} X\r\n");
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        if status != 204 {
            write!(head, "content-length: {}\r\n", body.len()).unwrap();
        }
        Self::raw(format!("{head}\r\n{body}")).keep()
    }

    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::new(status, &[("content-type", "application/json")], body)
    }

    /// These bytes, then the end of the connection.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { before: Duration::ZERO, bytes: bytes.into(), keep: false, later: Vec::new() }
    }

    /// A pause after the bytes, with the connection open.
    pub(crate) fn hang(self, time: Duration) -> Self {
        self.then(time, "")
    }

    /// More bytes after a pause.
    pub(crate) fn then(mut self, pause: Duration, bytes: impl Into<Vec<u8>>) -> Self {
        self.later.push((pause, bytes.into()));
        self
    }

    pub(crate) fn after(mut self, time: Duration) -> Self {
        self.before = time;
        self
    }

    fn keep(mut self) -> Self {
        self.keep = true;
        self
    }
}

type Handler = dyn Fn(&Received) -> Answer + Send + Sync;

pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    pub(crate) async fn start(handler: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::<Mutex<Vec<Received>>>::default();
        let (log, handler) = (Arc::clone(&received), Arc::<Handler>::from(Box::new(handler) as Box<Handler>));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&handler)));
            }
        });
        Self { url, received }
    }

    /// A server with these answers, in turn; the last is given again and again.
    pub(crate) async fn with(answers: impl Into<Vec<Answer>>) -> Self {
        let answers = Mutex::new(answers.into());
        Self::start(move |_| {
            let mut answers = answers.lock().unwrap();
            if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() }
        })
        .await
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Vec<Received>>>, handler: Arc<Handler>) {
    let mut buffer = Vec::new();
    while let Some(received) = read_request(&mut stream, &mut buffer).await {
        let answer = handler(&received);
        log.lock().unwrap().push(received);
        tokio::time::sleep(answer.before).await;
        if stream.write_all(&answer.bytes).await.is_err() {
            return;
        }
        for (pause, bytes) in answer.later {
            tokio::time::sleep(pause).await;
            if stream.write_all(&bytes).await.is_err() {
                return;
            }
        }
        if !answer.keep {
            return;
        }
    }
}

async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Received> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    let peer = stream.peer_addr().ok()?;
    let mut received = Received { head, body: String::new(), peer };
    let length = received.header("content-length").map_or(0, |length| length.parse().unwrap());
    while buffer.len() < end + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    received.body = String::from_utf8(buffer[end..end + length].to_vec()).unwrap();
    buffer.drain(..end + length);
    Some(received)
}
