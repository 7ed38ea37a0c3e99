//! What changes on the disk, gathered until it is quiet.
//!
//! An editor's save is many events: a file beside the old one, a rename, a change of rights. So after the first sign of a change the
//! watch waits for a few quiet milliseconds, or one where the system says that the file is whole. Reading is no change, so what the site itself reads never wakes it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::Failure;
use crate::input::{CONTENT, Root, STATIC, TEMPLATES};
use crate::session::Changes;

/// How long it has to be quiet before a change is taken for whole.
const QUIET: Duration = Duration::from_millis(3);
/// The same after a sign that a file is whole: it was closed, or got its name.
const QUIET_WHEN_WHOLE: Duration = Duration::from_millis(1);
/// How long a storm of changes may keep a new site from being shown.
const PATIENCE: Duration = Duration::from_millis(250);
/// How often the files are looked at where the system won't say what changes.
const INTERVAL: Duration = Duration::from_millis(500);
/// When a new folder is looked at once more: what was written into it before the system watched it has raised no event.
const SECOND_LOOK: Duration = Duration::from_millis(150);

/// Watches a site's folders for as long as it lives.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    events: Receiver<Told>,
    /// Lets a stopper end the wait.
    sender: Sender<Told>,
    root: PathBuf,
    /// Why the files are looked at instead, where the system refused to watch them.
    pub polling: Option<String>,
    /// Folders to be looked at once more, with the time for it.
    again: Vec<(Instant, String)>,
    /// Whether the last sign was that a file is whole.
    is_whole: bool,
}

/// What comes in.
enum Told {
    Event(notify::Result<Event>),
    Stop,
}

/// Ends a watch from elsewhere.
#[derive(Clone)]
pub(super) struct End(Sender<Told>);

impl End {
    pub(super) fn stop(&self) {
        let _ = self.0.send(Told::Stop);
    }
}

impl Watch {
    /// Begins to watch the site at a root; where the system refuses, or where it is asked for, looks at the files at intervals.
    pub(super) fn new(root: &Path, poll: bool) -> Result<Self, Failure> {
        let failed = |error: notify::Error| Failure::new("watch", root, error);
        let root = Root::open(root)?.path().to_owned();
        let (sender, events) = channel();
        let told = sender.clone();
        let hear = move |event| drop(told.send(Told::Event(event)));
        let mut polling = None;
        let native = match poll {
            true => None,
            false => {
                let watcher = RecommendedWatcher::new(hear.clone(), Config::default());
                match watcher.and_then(|mut watcher| folders(&mut watcher, &root).map(|()| watcher)) {
                    Ok(watcher) => Some(Box::new(watcher) as Box<dyn Watcher + Send>),
                    Err(error) => {
                        polling = Some(cause(&error));
                        None
                    }
                }
            }
        };
        let watcher = match native {
            Some(watcher) => watcher,
            None => {
                let config = Config::default().with_poll_interval(INTERVAL);
                let mut watcher = PollWatcher::new(hear, config).map_err(failed)?;
                folders(&mut watcher, &root).map_err(failed)?;
                Box::new(watcher)
            }
        };
        Ok(Self { watcher, events, sender, root, polling, again: Vec::new(), is_whole: false })
    }

    /// What ends the wait for changes.
    pub(super) fn end(&self) -> End {
        End(self.sender.clone())
    }

    /// Waits for changes until it is quiet; nothing once the watch is to end. With them comes the time of the first sign.
    ///
    /// Without a change, it returns after `patience`, where there is one.
    pub(super) fn next(&mut self, patience: Option<Duration>) -> Option<(Changes, Instant)> {
        let mut changes = Changes::default();
        let second = self.again.iter().map(|(when, _)| *when).min();
        let until = [patience.map(|patience| Instant::now() + patience), second].into_iter().flatten().min();
        let told = match until {
            Some(until) => match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(told) => Some(told),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return None,
            },
            None => Some(self.events.recv().ok()?),
        };
        let mut first = Instant::now();
        let mut last = first;
        match told {
            Some(Told::Stop) => return None,
            Some(Told::Event(event)) => self.note(event, &mut changes),
            None => (),
        }
        while !changes.is_empty() && first.elapsed() < PATIENCE {
            let quiet = if self.is_whole { QUIET_WHEN_WHOLE } else { QUIET };
            let left = quiet.saturating_sub(last.elapsed());
            match self.events.recv_timeout(left) {
                Ok(Told::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                Ok(Told::Event(event)) => {
                    let mut more = Changes::default();
                    self.note(event, &mut more);
                    if !more.is_empty() {
                        changes.extend(more);
                        last = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        let now = Instant::now();
        let (due, later) = std::mem::take(&mut self.again).into_iter().partition(|(when, _)| *when <= now);
        self.again = later;
        for (when, folder) in due {
            first = first.min(when);
            changes.add(folder);
        }
        Some((changes, first))
    }

    fn note(&mut self, event: notify::Result<Event>, changes: &mut Changes) {
        let event = match event {
            Ok(event) if event.need_rescan() => return changes.add_everything(),
            Ok(event) => event,
            // What can't be said may have been anything.
            Err(_) => return changes.add_everything(),
        };
        let is_change = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => false,
            _ => true,
        };
        if !is_change {
            return;
        }
        self.is_whole = matches!(
            event.kind,
            EventKind::Access(_)
                | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
                | EventKind::Remove(_)
        );
        for path in &event.paths {
            let Some(path) = self.path_in_site(path) else { continue };
            if [CONTENT, TEMPLATES, STATIC].contains(&&*path) {
                // The folder itself was made, renamed or removed: whatever watched it watches nothing any more.
                let _ = self.watcher.watch(&self.root.join(&path), RecursiveMode::Recursive);
                changes.add_everything();
                self.again.push((Instant::now() + SECOND_LOOK, path));
                continue;
            }
            let may_be_folder = match event.kind {
                EventKind::Create(CreateKind::File) => false,
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => true,
                _ => false,
            };
            if may_be_folder && self.root.join(&path).is_dir() {
                self.again.push((Instant::now() + SECOND_LOOK, path.clone()));
            }
            changes.add(path);
        }
    }

    /// A path from the root with forward slashes, up to the first name that is no text; nothing for what lies beside the site's
    /// folders.
    fn path_in_site(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<&str> = inside.components().map_while(|part| part.as_os_str().to_str()).collect();
        parts.first().is_some_and(|first| [CONTENT, TEMPLATES, STATIC].contains(first)).then(|| parts.join("/"))
    }
}

/// Watches the root for the site's folders, and those for all that is in them.
fn folders(watcher: &mut impl Watcher, root: &Path) -> notify::Result<()> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in [CONTENT, TEMPLATES, STATIC] {
        let path = root.join(folder);
        if path.is_dir() {
            watcher.watch(&path, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

fn cause(error: &notify::Error) -> String {
    match error.kind {
        ErrorKind::MaxFilesWatch => "the system's limit of watched files is reached".to_owned(),
        _ => error.to_string(),
    }
}
