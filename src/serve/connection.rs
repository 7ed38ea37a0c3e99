//! One connection: requests as they come in, who may ask, and answers as they go out.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use super::Limits;
use super::answer::{Answer, What, answer};
use super::board::Board;
use super::body::Body;
use super::gate::{Gate, RequestHeaders};
use super::stream::Timed;

/// How much a client may say.
const HEAD_SIZE: usize = 32 * 1024;

/// Answers what a client asks for on one connection, until it ends.
pub(super) async fn converse(stream: TcpStream, board: Arc<Board>, gate: Gate, limits: Limits) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let response = respond(&board, gate, &request);
        async move { Ok::<_, Infallible>(response) }
    });
    // A client that breaks off or talks nonsense is its own problem.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.request)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(Timed::new(stream, limits.read)), service)
        .await;
}

fn respond(board: &Board, gate: Gate, request: &Request<Incoming>) -> Response<Body> {
    let text = |name: HeaderName| request.headers().get(name).map(|value| value.to_str().unwrap_or(""));
    let target = request.uri();
    let decisive = RequestHeaders {
        host: target.authority().map(|authority| authority.as_str()).or_else(|| text(header::HOST)),
        origin: text(header::ORIGIN),
        site: text(HeaderName::from_static("sec-fetch-site")),
        mode: text(HeaderName::from_static("sec-fetch-mode")),
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let answer = if is_ambiguous(request.headers()) {
        Answer::text(400, "The request says twice where it comes from.\n")
    } else if !gate.admits(&decisive) {
        Answer::text(403, "This server answers only to the names of this computer, and to its own pages.\n")
    } else if !reads {
        Answer::text(405, "This server is only read from.\n")
    } else {
        answer(&board.state(), target.path(), target.query())
    };
    send(board, answer, *request.method() == Method::HEAD, reads)
}

/// Whether a header that decides who is answered is there twice: proxies and servers differ in which of the two counts.
fn is_ambiguous(headers: &HeaderMap) -> bool {
    let decisive = ["host", "origin", "sec-fetch-site", "sec-fetch-mode"];
    decisive.into_iter().any(|name| headers.get_all(name).iter().nth(1).is_some())
}

fn send(board: &Board, answer: Answer, head_only: bool, reads: bool) -> Response<Body> {
    let Answer { status, content_type, location, body } = answer;
    let (body, length) = match body {
        What::Bytes(bytes) => {
            let length = bytes.len();
            (Body::Bytes(if head_only { Bytes::new() } else { bytes }), Some(length))
        }
        What::Messages if head_only => (Body::Bytes(Bytes::new()), None),
        What::Messages => (Body::Messages(board.listen()), None),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if !reads {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    if let Ok(content_type) = HeaderValue::from_str(&content_type) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    if let Some(location) = location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}
