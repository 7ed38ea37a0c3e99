//! A line that says how long a build has been running, for whoever watches a terminal.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a run may take before the line appears, and how often it changes.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs `work`, and from its second second on says on standard error how long it has been `doing` so.
/// The line is gone before this returns, so that what is drawn next starts at the margin.
pub fn watch<T>(doing: &str, work: impl FnOnce() -> T) -> T {
    let (finished, is_finished) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let line = move || {
            let started = Instant::now();
            let mut shown = false;
            while let Err(RecvTimeoutError::Timeout) = is_finished.recv_timeout(PATIENCE) {
                shown = true;
                show(&format!("\r{doing}… {} s", started.elapsed().as_secs()));
            }
            if shown {
                show("\r\x1b[K");
            }
        };
        // Where there is no thread to be had, there is no line.
        let _ = thread::Builder::new().spawn_scoped(scope, line);
        // Moved in, so that it is dropped, and the line ends, even when the work panics.
        let _finished = finished;
        work()
    })
}

/// A line that can't be shown is no reason to stop.
fn show(line: &str) {
    let mut stream = io::stderr().lock();
    let _ = stream.write_all(line.as_bytes()).and_then(|()| stream.flush());
}
