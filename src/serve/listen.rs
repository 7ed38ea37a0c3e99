//! The server itself: a port that is free, connections, and the thread that reads the site again after each save.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::board::{Board, State};
use super::connection::converse;
use super::gate::Gate;
use super::watch::{End, Watch};
use super::{Desk, Limits, Notice, ServeOptions};
use crate::diagnostic::Failure;
use crate::session::{Changes, Live, LiveOptions, with_threads};

/// How many ports are tried, from the first on.
const PORTS: u16 = 50;
/// How often silent browsers are spoken to.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How many files are made at once, while nothing else is to do, to see whether a template fails on them.
const PROVED_AT_ONCE: usize = 64;
/// How often a read that failed is tried again: a file may vanish between the walk and the read.
const TRIES: usize = 5;

/// A server that has its port, and does not answer yet.
pub struct Server {
    options: ServeOptions,
    listener: std::net::TcpListener,
    address: SocketAddr,
    taken: Option<u16>,
    stop: Arc<Notify>,
}

/// Ends a server.
#[derive(Clone)]
pub struct Stopper(Arc<Notify>);

impl Stopper {
    /// Ends it; its `run` returns soon after.
    pub fn stop(&self) {
        self.0.notify_one();
    }
}

impl Server {
    /// Takes the port that is asked for, or the next that is free.
    ///
    /// # Errors
    /// When there is none.
    pub fn bind(options: ServeOptions) -> Result<Self, Failure> {
        let first = options.port;
        let mut last: Option<io::Error> = None;
        for port in first..=first.saturating_add(PORTS) {
            match std::net::TcpListener::bind((options.host, port)) {
                Ok(listener) => {
                    let failed = |error| Failure::new("listen at", "this computer".as_ref(), error);
                    let address = listener.local_addr().map_err(failed)?;
                    listener.set_nonblocking(true).map_err(failed)?;
                    let taken = (port != first).then_some(first);
                    return Ok(Self { options, listener, address, taken, stop: Arc::default() });
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
                Err(error) => {
                    let place = SocketAddr::new(options.host, port).to_string();
                    let help = match error.kind() {
                        io::ErrorKind::AddrNotAvailable => "give one of this computer's own addresses with `--host`",
                        io::ErrorKind::PermissionDenied => "give a port above 1023 with `--port`",
                        _ => "give another one with `--port` or `--host`",
                    };
                    return Err(Failure::new("listen at", place.as_ref(), error).help(help));
                }
            }
        }
        let place = format!("{} on ports {first} to {}", options.host, first.saturating_add(PORTS));
        let cause = last.map_or_else(|| "no port is free".to_owned(), |error| error.to_string());
        Err(Failure::new("listen at", place.as_ref(), cause).help("give a port that is free with `--port`"))
    }

    /// Where it will answer.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What ends it from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.stop))
    }

    /// Reads the site, watches it, and answers until it is stopped, by its stopper or by the keyboard.
    ///
    /// # Errors
    /// When the system refuses to read the site the first time, to watch it, or to start a thread.
    pub fn run(self, desk: Arc<dyn Desk>) -> Result<(), Failure> {
        let failed = |error: io::Error| {
            let help =
                "close other programs, or allow this user more processes and open files (`ulimit -u`, `ulimit -n`)";
            Failure::new("start", "the server".as_ref(), error).help(help)
        };
        let ServeOptions { root, base_url, drafts, threads, host, poll, limits, .. } = self.options;
        let started = Instant::now();
        try_threads().map_err(failed)?;
        // Watched before it is read, so that no change falls between the two.
        let watch = Watch::new(&root, poll)?;
        let live = LiveOptions { root, base_url, drafts };
        let live = with_threads(threads, || {
            let mut live = Live::open(live)?;
            live.prove(PROVED_AT_ONCE);
            Ok::<Live, Failure>(live)
        })?;
        let board = Arc::new(Board::new(&limits));
        show(&board, &live, &*desk);
        let base = board.state().base().to_owned();
        if let Some(cause) = &watch.polling {
            desk.notice(Notice::Polling { cause: cause.clone() });
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let _entered = runtime.enter();
        let listener = TcpListener::from_std(self.listener).map_err(failed)?;
        desk.notice(Notice::Listening { address: self.address, base, taken: self.taken, first: true });
        desk.notice(built(&live, started.elapsed(), true));
        let end = watch.end();
        let keeper = {
            let (board, desk) = (Arc::clone(&board), Arc::clone(&desk));
            let address = self.address;
            let keep = move || with_threads(threads, || keep(watch, live, &board, &*desk, address));
            std::thread::Builder::new().name("watch".to_owned()).spawn(keep).map_err(failed)?
        };
        runtime.block_on(serve(listener, &board, Gate::new(host), &limits, &self.stop));
        finish(&end, keeper);
        Ok(())
    }
}

/// Starts as many threads as a server needs, and ends them: the one that keeps the site up to date, and the watcher's own, without
/// which its library panics.
fn try_threads() -> io::Result<()> {
    let mut held = Vec::new();
    for _ in 0..2 {
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let wait = move || {
            // Ends with an error, once the other side is gone.
            let _ = ended.recv();
        };
        held.push((end, std::thread::Builder::new().spawn(wait)?));
    }
    for (end, thread) in held {
        drop(end);
        let _ = thread.join();
    }
    Ok(())
}

/// Ends the thread that watches, and waits for the little that it may still be doing.
fn finish(end: &End, keeper: std::thread::JoinHandle<()>) {
    end.stop();
    let _ = keeper.join();
}

/// Reads the site again after each change, and shows what came of it.
fn keep(mut watch: Watch, mut live: Live, board: &Board, desk: &dyn Desk, address: SocketAddr) {
    let mut pending = Changes::default();
    let mut tries = 0;
    let mut unproven = true;
    let mut missed = false;
    loop {
        let patience = match (pending.is_empty(), unproven) {
            (false, _) => Some(Duration::from_millis(20)),
            (true, true) => Some(Duration::ZERO),
            (true, false) => None,
        };
        let Some((changes, first)) = watch.next(patience) else { return };
        pending.extend(changes);
        if pending.is_empty() {
            if unproven {
                let before = live.problems().len();
                unproven = live.prove(PROVED_AT_ONCE);
                if live.problems().len() != before {
                    show(board, &live, desk);
                    desk.notice(built(&live, first.elapsed(), false));
                }
            }
            continue;
        }
        if missed {
            pending.add_everything();
        }
        match live.update(&pending) {
            Ok(changed) => {
                pending = Changes::default();
                tries = 0;
                missed = false;
                if changed {
                    unproven = live.prove(PROVED_AT_ONCE);
                    let before = board.state();
                    show(board, &live, desk);
                    let base = board.state().base().to_owned();
                    if base != before.base() {
                        desk.notice(Notice::Listening { address, base, taken: None, first: false });
                    }
                    desk.notice(built(&live, first.elapsed(), false));
                }
            }
            Err(_) if tries < TRIES => tries += 1,
            Err(failure) => {
                desk.notice(Notice::Failed(&failure));
                // Whatever comes next may mend it; what was not read now is read then.
                pending = Changes::default();
                tries = 0;
                missed = true;
            }
        }
    }
}

fn show(board: &Board, live: &Live, desk: &dyn Desk) {
    board.show(State::new(live, desk, board.sending()));
}

fn built(live: &Live, took: Duration, first: bool) -> Notice<'_> {
    let (pages, figures) = live.counts();
    Notice::Built { problems: live.problems(), pages, figures, took, first }
}

/// Takes connections until it is stopped.
async fn serve(listener: TcpListener, board: &Arc<Board>, gate: Gate, limits: &Limits, stop: &Notify) {
    let mut connections: VecDeque<JoinHandle<()>> = VecDeque::new();
    let mut alive = tokio::time::interval(KEEP_ALIVE);
    let mut interrupted = std::pin::pin!(interrupt());
    let mut stopped = std::pin::pin!(stop.notified());
    loop {
        let accepted = std::future::poll_fn(|context| {
            if interrupted.as_mut().poll(context).is_ready() || stopped.as_mut().poll(context).is_ready() {
                return std::task::Poll::Ready(None);
            }
            while alive.poll_tick(context).is_ready() {
                board.keep_alive();
            }
            listener.poll_accept(context).map(Some)
        });
        match accepted.await {
            None => break,
            Some(Ok((stream, _))) => {
                connections.retain(|connection| !connection.is_finished());
                if connections.len() >= limits.connections {
                    connections.pop_front().into_iter().for_each(|oldest| oldest.abort());
                }
                connections.push_back(tokio::spawn(converse(stream, Arc::clone(board), gate, limits.clone())));
            }
            // Out of file handles, say: the next try may do.
            Some(Err(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    connections.iter().for_each(JoinHandle::abort);
}

/// Ends when the keyboard or the system asks for an end.
async fn interrupt() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        {
            return std::future::poll_fn(|context| {
                let ready = interrupt.poll_recv(context).is_ready() || terminate.poll_recv(context).is_ready();
                if ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            })
            .await;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
