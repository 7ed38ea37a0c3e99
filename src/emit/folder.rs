//! The output folder: which may be one, and the lock by which one build at a time publishes to it.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{Disk, failed};
use super::manifest::{MANIFEST, Manifest};
use super::name::Token;
use super::scan::Identity;
use crate::diagnostic::Failure;
use crate::input::{CONTENT, STATIC, TEMPLATES};

/// What no build may replace.
#[derive(Clone, Copy, Debug)]
pub struct Guard<'a> {
    /// The site's root, with the folders of its sources.
    pub root: &'a Path,
    /// The home folder of whoever builds, where there is one.
    pub home: Option<&'a Path>,
}

/// An output folder, held by this build alone.
pub(super) struct Folder {
    /// The published folder, resolved.
    pub live: PathBuf,
    /// The folder that it is in.
    pub parent: PathBuf,
    pub name: OsString,
    /// What the list in it says.
    pub before: Option<Manifest>,
    /// True if this build has made it.
    pub is_new: bool,
    /// Held until it is dropped. Nothing where the system knows no locks.
    lock: Option<File>,
}

impl Folder {
    /// Takes an output folder, and makes it where there is none.
    pub(super) fn open(disk: &Disk, out: &Path, guard: &Guard<'_>, cache: Option<&Path>) -> Result<Self, Failure> {
        let live = resolve(out)?;
        if let Some(cause) = refusal(&live, guard) {
            return Err(refused(
                out,
                &cause,
                "choose a folder for the site alone with `--out DIR`, such as `--out public`",
            ));
        }
        let Some((parent, name)) = live.parent().zip(live.file_name()) else {
            return Err(refused(out, "it has no name", "choose another folder with `--out DIR`"));
        };
        let (parent, name) = (parent.to_owned(), name.to_owned());
        let is_new = live.symlink_metadata().is_err_and(|error| is_missing(&error));
        if is_new {
            disk.create_folders(&live).map_err(failed("make", &live))?;
        }
        let lock = lock(&live, out, cache)?;
        let before = published(&live)?;
        Ok(Self { live, parent, name, before, is_new, lock })
    }

    /// False if another build may be publishing to the folder at the same time.
    pub(super) fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// The stage of a run.
    pub(super) fn stage(&self, token: Token) -> PathBuf {
        self.parent.join(token.stage(&self.name))
    }
}

/// How often a lock that is taken is asked for again, and the pause between two tries: two seconds altogether.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// Keeps other builds away from a folder. The system lets go of the lock when the process ends, however it ends.
fn lock(live: &Path, out: &Path, cache: Option<&Path>) -> Result<Option<File>, Failure> {
    let another = || {
        Failure::new("publish to", out, "another build is publishing to this folder")
            .help("wait until it has ended, or give this build another folder with `--out DIR`")
    };
    let Some(file) = lockable(live, cache).map_err(failed("open", live))? else { return Ok(None) };
    // A program that is being started holds a copy of every open file for a moment, locks included. So a lock that is taken is
    // asked for again before it counts as another build's.
    let mut tries = 0;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if tries < TRIES => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Err(another()),
            // Some network disks know no locks. Building without one is better than not at all.
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    // While a build exchanges its stage with the folder, what was opened may have been the stage.
    if cfg!(unix) {
        let identity = |metadata: io::Result<fs::Metadata>| {
            metadata.map(|metadata| Identity::new(&metadata)).map_err(failed("read", live))
        };
        if !identity(file.metadata())?.is_same_inode(&identity(live.symlink_metadata())?) {
            return Err(another());
        }
    }
    Ok(Some(file))
}

/// What is locked: the folder itself.
#[cfg(unix)]
pub(super) fn lockable(live: &Path, _cache: Option<&Path>) -> io::Result<Option<File>> {
    File::open(live).map(Some)
}

/// What is locked where folders can't be: a file in the cache folder.
#[cfg(not(unix))]
pub(super) fn lockable(live: &Path, cache: Option<&Path>) -> io::Result<Option<File>> {
    let Some(cache) = cache else { return Ok(None) };
    let path = super::record::file(cache, live).with_extension("lock");
    let open = || File::options().create(true).truncate(false).write(true).open(&path);
    Ok(Disk::default().create_folders(cache).and_then(|()| open()).ok())
}

/// The path with links followed, as far as it exists.
fn resolve(out: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(out).map_err(failed("resolve", out))?;
    let mut rest = Vec::new();
    let mut at = absolute.as_path();
    loop {
        match at.canonicalize() {
            Ok(mut base) => {
                if !rest.is_empty() && !base.is_dir() {
                    let cause = format!("{} is a file, and no folder can be made in it", at.display());
                    return Err(refused(out, &cause, "choose another folder with `--out DIR`"));
                }
                base.extend(rest.iter().rev());
                return Ok(base);
            }
            Err(error) if is_missing(&error) && !at.is_symlink() => {
                let (Some(parent), Some(name)) = (at.parent(), at.file_name()) else {
                    return Err(failed("resolve", out)(error));
                };
                rest.push(name);
                at = parent;
            }
            Err(error) if is_missing(&error) => {
                let cause = format!("{} is a link that leads to nothing", at.display());
                return Err(refused(out, &cause, "remove the link, or choose another folder with `--out DIR`"));
            }
            Err(error) => return Err(failed("resolve", out)(error)),
        }
    }
}

/// True if nothing is there, or nothing can be since a file is above it.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Why a folder can't be given to a build, whatever is in it.
fn refusal(live: &Path, guard: &Guard<'_>) -> Option<String> {
    let resolved = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or(path.to_owned());
    if live.parent().is_none() {
        return Some("it is the root of the disk".to_owned());
    }
    let root = resolved(guard.root);
    if live == root {
        return Some("it is the site's own folder".to_owned());
    }
    for name in [CONTENT, TEMPLATES, STATIC] {
        for folder in [root.join(name), resolved(&root.join(name))] {
            if live.starts_with(&folder) {
                return Some(format!("it lies in the site's `{name}` folder, which holds sources"));
            }
            if folder.starts_with(live) {
                return Some(format!("it holds the site's `{name}` folder"));
            }
        }
    }
    let home = guard.home.map(resolved);
    if home.as_deref() == Some(live) {
        return Some("it is your home folder".to_owned());
    }
    home.is_some_and(|home| home.starts_with(live)).then(|| "it holds your home folder".to_owned())
}

/// The list of what was published in a folder. A folder that holds anything must have one, for without it nothing in
/// there may be replaced.
fn published(live: &Path) -> Result<Option<Manifest>, Failure> {
    match Manifest::read(live).map_err(failed("read", &live.join(MANIFEST)))? {
        Some(Ok(manifest)) => return Ok(Some(manifest)),
        Some(Err(_)) => {
            return Err(refused(
                live,
                &format!("its `{MANIFEST}` is damaged, so that bandbook's files can't be told from yours"),
                "delete the folder if nothing in it is yours, and build again; or choose another with `--out DIR`",
            ));
        }
        None => (),
    }
    // A build that was killed may have left files on their way in.
    let is_incoming = |entry: &io::Result<fs::DirEntry>| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_str().and_then(Token::of_incoming).is_some())
    };
    match fs::read_dir(live) {
        Ok(mut entries) => match entries.find(|entry| !is_incoming(entry)) {
            None => Ok(None),
            Some(_) => Err(refused(
                live,
                "it holds files, and bandbook has not written them",
                "choose an empty folder with `--out DIR`, or empty this one; files to publish as they are belong in `static/`",
            )),
        },
        // Systems differ in what they call this.
        Err(_) if live.is_file() => {
            Err(refused(live, "it is a file", "remove it, or choose a folder with `--out DIR`"))
        }
        Err(error) => Err(failed("read", live)(error)),
    }
}

fn refused(out: &Path, cause: &str, help: &str) -> Failure {
    Failure::new("publish to", out, cause).help(help)
}
