//! The site on the editor's own desk: watched, served from memory by the rules of GitHub Pages, and shown anew after each save.
//!
//! Nothing is read from the disk to answer a request: a request finds a file of the [`Shelf`](crate::session::Shelf), or none. Only
//! this computer is answered, unless somebody asks for more.

mod answer;
mod board;
mod body;
mod connection;
mod gate;
mod inject;
mod listen;
mod sending;
mod stream;
mod watch;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Failure};

pub use listen::{Server, Stopper};

/// What `serve` is asked for.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Replaces the configured base URL.
    pub base_url: Option<String>,
    /// Shows drafts too.
    pub drafts: bool,
    /// How many threads; `None` for as many as there are processors.
    pub threads: Option<usize>,
    /// Which of this computer's addresses is listened at.
    pub host: IpAddr,
    /// The first port that is tried; 0 for any that is free.
    pub port: u16,
    /// Looks at the files at intervals, where the system can't say what changed.
    pub poll: bool,
    /// What clients may use of this computer.
    pub limits: Limits,
}

/// What clients may use of this computer. Some never say what they want, and some never read what they get.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many connections are held; the oldest makes room for the next.
    pub connections: usize,
    /// How long a client may take to say what it wants.
    pub request: Duration,
    /// How long a client may take to read some of what it gets.
    pub read: Duration,
    /// How many bytes of pages may wait to be read before no other page is made. Files that are published as they are don't count:
    /// they are held anyway.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            request: Duration::from_secs(10),
            read: Duration::from_secs(30),
            bytes: 64 * 1024 * 1024,
        }
    }
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            root: PathBuf::from("."),
            base_url: None,
            drafts: false,
            threads: None,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 4000,
            poll: false,
            limits: Limits::default(),
        }
    }
}

/// What the server tells whoever started it.
#[derive(Debug)]
pub enum Notice<'a> {
    /// It answers, from now on; or elsewhere than before, since the site's address has changed.
    Listening {
        /// Where.
        address: SocketAddr,
        /// The site's folder on that host, with its slashes.
        base: String,
        /// The port that was asked for, where another program has it.
        taken: Option<u16>,
        /// Whether this is the first time.
        first: bool,
    },
    /// The system won't say what changes, so the files are looked at twice a second.
    Polling {
        /// What the system said.
        cause: String,
    },
    /// The site was read, or read again.
    Built {
        /// Everything that is wrong with it.
        problems: &'a [Diagnostic],
        /// How many pages it has.
        pages: usize,
        /// How many figures its data have.
        figures: usize,
        /// From the first sign of a change until the new site answers; the quiet after the last sign is part of it.
        took: Duration,
        /// Whether this is the first time.
        first: bool,
    },
    /// The system refused to read; the last site stays.
    Failed(&'a Failure),
}

/// Who started the server: takes its notices, and draws problems for the browser as for the terminal.
pub trait Desk: Send + Sync + 'static {
    /// Takes a notice.
    fn notice(&self, notice: Notice<'_>);
    /// A problem as plain text, with its place and what to type.
    fn draw(&self, problem: &Diagnostic) -> String;
}
