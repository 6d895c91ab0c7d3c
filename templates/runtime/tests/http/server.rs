//! A small HTTP/1.1 server that records what it receives, and misbehaves where told to.

use std::any::Any;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

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

/// What becomes of the connection after an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// It stays open for the next request.
    Keep,
    Close,
    /// It is torn down: the client may not even see what came before.
    Reset,
}

/// What to answer, piece by piece.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) before: Duration,
    pub(crate) bytes: Vec<u8>,
    end: End,
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
        Self { before: Duration::ZERO, bytes: bytes.into(), end: End::Close, later: Vec::new() }
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
        self.end = End::Keep;
        self
    }

    /// The connection is closed after the answer, which does not say so.
    pub(crate) fn close(mut self) -> Self {
        self.end = End::Close;
        self
    }

    /// The connection is reset after the answer.
    pub(crate) fn reset(mut self) -> Self {
        self.end = End::Reset;
        self
    }
}

type Handler = dyn Fn(&Received) -> Answer + Send + Sync;

pub(crate) struct Server {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    /// Sockets that stay open as long as the server.
    _held: Option<Box<dyn Any + Send + Sync>>,
}

impl Server {
    /// An address at which nobody listens.
    pub(crate) fn absent() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        Self { url, received: Arc::default(), _held: Some(Box::new(socket)) }
    }

    /// A server that lets no more connections in: those that wait already are never taken.
    pub(crate) fn full() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(0).unwrap();
        let address = listener.local_addr().unwrap();
        let connect = || std::net::TcpStream::connect_timeout(&address, Duration::from_millis(100)).ok();
        let waiting: Vec<_> = std::iter::from_fn(connect).collect();
        Self { url: format!("http://{address}"), received: Arc::default(), _held: Some(Box::new((listener, waiting))) }
    }

    /// A server that resets each connection when a request has come, unread.
    pub(crate) async fn unwilling() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.peek(&mut [0]).await.unwrap();
                tear_down(stream);
            }
        });
        Self { url, received: Arc::default(), _held: None }
    }

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
        Self { url, received, _held: None }
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

    /// Forgets what was received. The test of memory needs it.
    #[allow(dead_code)]
    pub(crate) fn forget(&self) {
        self.received.lock().unwrap().clear();
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
        match answer.end {
            End::Keep => {}
            End::Close => return,
            End::Reset => return tear_down(stream),
        }
    }
}

/// Closes a connection with a reset.
fn tear_down(stream: TcpStream) {
    // The time is zero, so that nothing blocks.
    #[allow(deprecated)]
    stream.set_linger(Some(Duration::ZERO)).unwrap();
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
    let length = match received.header("transfer-encoding") {
        // The chunks as they came; nothing else comes after them until they are answered.
        Some("chunked") => {
            while !buffer[end..].ends_with(b"0\r\n\r\n") {
                if stream.read_buf(buffer).await.ok()? == 0 {
                    return None;
                }
            }
            buffer.len() - end
        }
        _ => received.header("content-length").map_or(0, |length| length.parse().unwrap()),
    };
    while buffer.len() < end + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    received.body = String::from_utf8(buffer[end..end + length].to_vec()).unwrap();
    buffer.drain(..end + length);
    Some(received)
}
