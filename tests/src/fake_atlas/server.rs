//! The socket, the connections, and the translation between HTTP and the service's own types.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;
use tokio::sync::oneshot;

use super::answer::{Answer, Delivery};
use super::operations;
use super::paced_body::PacedBody;
use super::recorded::{Received, Tap};
use super::state::Shared;

/// The longest request body that is read, in bytes.
const BODY_LIMIT: usize = 1 << 20;

/// Serves on a thread of its own until `stopped` resolves. Returns once the port is open.
pub(super) async fn spawn(
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<()>,
) -> io::Result<SocketAddr> {
    let (opened, open) = oneshot::channel();
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name("fake-atlas".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = serve(shared, opened) => {}
                    _ = stopped => {}
                }
            });
        })?;
    open.await
        .unwrap_or_else(|_| Err(io::Error::other("the server's thread ended early")))
}

async fn serve(shared: Arc<Shared>, opened: oneshot::Sender<io::Result<SocketAddr>>) {
    let bound = async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, shared.options.port)).await?;
        Ok((listener.local_addr()?, listener))
    };
    // Nobody waits for the address any more when sending fails; then there is nobody to serve.
    let listener = match bound.await {
        Ok((address, listener)) => opened.send(Ok(address)).is_ok().then_some(listener),
        Err(error) => {
            opened.send(Err(error)).ok();
            None
        }
    };
    let Some(listener) = listener else { return };
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(converse(Arc::clone(&shared), stream));
    }
}

/// Answers the requests of one connection, one after another.
async fn converse(shared: Arc<Shared>, stream: TcpStream) {
    let received = Received::default();
    let tap = Tap {
        inner: stream,
        received: received.clone(),
    };
    let service = service_fn(|request| respond(Arc::clone(&shared), received.clone(), request));
    // An error here is a connection that broke, on purpose or by the client.
    http1::Builder::new()
        .serve_connection(TokioIo::new(tap), service)
        .await
        .ok();
}

async fn respond(
    shared: Arc<Shared>,
    received: Received,
    request: Request<Incoming>,
) -> io::Result<Response<PacedBody>> {
    let body = Limited::new(request.into_body(), BODY_LIMIT)
        .collect()
        .await
        .map_err(io::Error::other)?
        .to_bytes();
    let recorded = received.take(body.to_vec());
    shared.record(recorded.clone());
    deliver(operations::answer(&shared, &recorded)).await
}

async fn deliver(answer: Answer) -> io::Result<Response<PacedBody>> {
    match answer.delivery {
        Delivery::HangUp => return Err(io::Error::other("the script hangs up here")),
        Delivery::SlowHeaders(pause) => tokio::time::sleep(pause).await,
        Delivery::AtOnce | Delivery::SlowBody(_) | Delivery::CutOff => {}
    }
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response
        .body(PacedBody::new(answer.body, &answer.delivery))
        .map_err(io::Error::other)
}
