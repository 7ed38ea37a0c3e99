//! Broken requests to a server of a site, which lies beside a secret.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use bandbook::diagnostic::Diagnostic;
use bandbook::serve::{Desk, Notice, ServeOptions, Server, Stopper};

use crate::desk::put;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(60);
const SECRET: &str = "nobody may read this";

/// Requests as browsers send them, and as others do.
pub const SAMPLES: &[&str] = &[
    "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "GET /site/?a=b HTTP/1.1\r\nHost: 127.0.0.1:4000\r\nAccept: */*\r\nOrigin: http://127.0.0.1:4000\r\nConnection: close\r\n\r\n",
    "HEAD /site/page/ HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nConnection: close\r\n\r\n",
    "GET /site/.bandbook/page?at=/site/page/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "POST /site/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
    "GET /site/../secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "GET /site/..%2f..%2fsecret.txt HTTP/1.0\r\n\r\n",
    "POST /site/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
];

/// A server in a thread of its own.
pub struct Served {
    _folder: tempfile::TempDir,
    address: SocketAddr,
    stopper: Stopper,
}

struct Silent;

impl Desk for Silent {
    fn notice(&self, _: Notice<'_>) {}

    fn draw(&self, problem: &Diagnostic) -> String {
        problem.message.clone()
    }
}

impl Served {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let page = |title: &str| format!("+++\ntitle = \"{title}\"\ndescription = \"D.\"\n+++\n\nText.\n");
        let config = "title = \"Site\"\nbase_url = \"https://example.com/site/\"\ndescription = \"D.\"\n";
        put(&folder.path().join("content/site.toml"), config);
        put(&folder.path().join("content/index.md"), &page("Front"));
        put(&folder.path().join("content/page.md"), &page("Page"));
        put(&folder.path().join("secret.txt"), SECRET);
        let options = ServeOptions { root: folder.path().to_owned(), port: 0, ..ServeOptions::default() };
        let server = Server::bind(options).unwrap();
        let (address, stopper) = (server.address(), server.stopper());
        std::thread::spawn(move || server.run(Arc::new(Silent)).unwrap());
        Self { _folder: folder, address, stopper }
    }

    /// Sends a request. What comes back is nothing, or an answer that is no failure of the server and holds no secret.
    pub fn ask(&self, request: &[u8]) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // The server may have closed the connection before it has read all.
        let _ = stream.write_all(request);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        // Messages to browsers never end: their beginning is enough.
        let _ = stream.take(100_000).read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.strip_prefix("HTTP/1.").and_then(|rest| rest.chars().nth(2));
        assert!(answer.is_empty() || matches!(status, Some('1'..='4')), "{answer}");
        assert!(!answer.contains(SECRET), "{answer}");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stopper.stop();
    }
}
