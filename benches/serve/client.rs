//! A server in this process, and a browser's part: the stream of events, and requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use bandbook::diagnostic::Diagnostic;
use bandbook::serve::{Desk, Notice, ServeOptions, Server, Stopper};

pub struct Client {
    address: SocketAddr,
    base: String,
    events: Receiver<()>,
    stopper: Stopper,
}

struct Ready(Sender<String>);

impl Desk for Ready {
    fn notice(&self, notice: Notice<'_>) {
        match notice {
            Notice::Listening { base, .. } => self.0.send(base).unwrap(),
            Notice::Built { problems, .. } => {
                let errors: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).take(3).collect();
                assert!(errors.is_empty(), "{errors:?}");
            }
            _ => (),
        }
    }

    fn draw(&self, problem: &Diagnostic) -> String {
        problem.message.clone()
    }
}

impl Client {
    pub fn start(root: &Path) -> Self {
        let options = ServeOptions { root: root.to_owned(), port: 0, ..ServeOptions::default() };
        let server = Server::bind(options).unwrap();
        let (address, stopper) = (server.address(), server.stopper());
        let (ready, is_ready) = channel();
        std::thread::spawn(move || server.run(Arc::new(Ready(ready))).unwrap());
        let base = is_ready.recv().unwrap();
        let (said, events) = channel();
        let mut stream = BufReader::new(ask(address, &format!("{base}.bandbook/events")));
        std::thread::spawn(move || {
            let mut line = String::new();
            while stream.read_line(&mut line).is_ok_and(|length| length > 0) {
                if line.starts_with("data: ") && said.send(()).is_err() {
                    break;
                }
                line.clear();
            }
        });
        events.recv().unwrap();
        Self { address, base, events, stopper }
    }

    /// Drops what was said before.
    pub fn forget(&self) {
        while self.events.try_recv().is_ok() {}
    }

    /// Waits until the server says that something has changed.
    pub fn wait(&self) {
        self.events.recv_timeout(Duration::from_secs(20)).expect("the server says so");
    }

    /// Waits until it has been silent for a while.
    pub fn settle(&self) {
        while self.events.recv_timeout(Duration::from_secs(3)).is_ok() {}
    }

    pub fn get(&self, address: &str) -> String {
        let mut text = String::new();
        let path = format!("{}{}", self.base, address.trim_start_matches('/'));
        ask(self.address, &path).read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.stopper.stop();
    }
}

fn ask(address: SocketAddr, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    stream
}
