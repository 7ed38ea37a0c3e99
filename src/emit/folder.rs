//! The output folder: which may be one, what is in it, and the lock by which one build at a time publishes to it.

use std::collections::BTreeMap;
use std::fs::{File, Metadata, TryLockError};
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::Duration;

use walkdir::WalkDir;

use super::disk::{Disk, failed};
use super::manifest::{MANIFEST, Manifest};
use super::name::Token;
use super::record::Stamp;
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
            let help = "choose a folder for the site alone with `--out DIR`, such as `--out public`";
            return Err(refused(out, &cause, help));
        }
        let is_new = live.symlink_metadata().is_err_and(|error| is_missing(&error));
        if is_new {
            disk.create_folders(&live).map_err(failed("make", &live))?;
        }
        let lock = lock(&live, out, cache)?;
        Ok(Self { live, is_new, lock })
    }

    /// False if another build may be publishing to the folder at the same time.
    pub(super) fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Where the stage of a run may be: beside the folder, or in it.
    pub(super) fn stages(&self, token: Token) -> [PathBuf; 2] {
        let name = token.beside(self.live.file_name().unwrap_or_default());
        [self.live.with_file_name(&name), self.live.join(&name)]
    }

    /// The list of what was published in it. A folder that holds anything must have one, for without it nothing in there may
    /// be replaced.
    pub(super) fn published(&self, found: &Scan) -> Result<Option<Manifest>, Failure> {
        match Manifest::read(&self.live).map_err(failed("read", &self.live.join(MANIFEST)))? {
            Some(Ok(manifest)) => Ok(Some(manifest)),
            Some(Err(_)) => Err(refused(
                &self.live,
                &format!("its `{MANIFEST}` is damaged, so that bandbook's files can't be told from yours"),
                "delete the folder if nothing in it is yours, and build again; or choose another with `--out DIR`",
            )),
            None if found.is_empty() => Ok(None),
            None => Err(refused(
                &self.live,
                "it holds files, and bandbook has not written them",
                "choose an empty folder with `--out DIR`, or empty this one; files to publish as they are belong in `static/`",
            )),
        }
    }
}

/// All that is below a folder, by its path from there with forward slashes. Links are listed, never followed.
///
/// A name that is not UTF-8 is listed with replacement characters: a build publishes none, and removes none.
pub(super) type Scan = BTreeMap<String, Metadata>;

/// Lists what is below a folder.
pub(super) fn scan(folder: &Path) -> io::Result<Scan> {
    let entries = WalkDir::new(folder).min_depth(1).into_iter();
    entries
        .map(|entry| {
            let entry = entry?;
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy();
            Ok((path.replace(MAIN_SEPARATOR, "/"), entry.metadata()?))
        })
        .collect()
}

/// How often a lock that is taken is asked for again, and the pause between two tries: two seconds altogether.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// Keeps other builds away from a folder. The system lets go of the lock when the process ends, however it ends.
fn lock(live: &Path, out: &Path, cache: Option<&Path>) -> Result<Option<File>, Failure> {
    let stamp = |metadata: io::Result<Metadata>| metadata.map(|metadata| Stamp::of(&metadata));
    // While a build exchanges its stage with the folder, what was opened may have been the stage.
    let is_still = |file: &File| match (stamp(file.metadata()), stamp(live.symlink_metadata())) {
        (Ok(opened), Ok(found)) => cfg!(not(unix)) || opened.is_same_inode(&found),
        _ => false,
    };
    for _ in 0..TRIES {
        let Some(file) = lockable(live, cache).map_err(failed("open", live))? else { return Ok(None) };
        match file.try_lock() {
            Ok(()) if is_still(&file) => return Ok(Some(file)),
            // Some network disks know no locks. Building without one is better than not at all.
            Err(TryLockError::Error(_)) => return Ok(None),
            // A program that is being started holds a copy of every open file for a moment, locks included. So a lock that
            // is taken is asked for again before it counts as another build's.
            _ => std::thread::sleep(PAUSE),
        }
    }
    Err(refused(
        out,
        "another build is publishing to this folder",
        "wait until it has ended, or give this build another folder with `--out DIR`",
    ))
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
    if live.is_file() {
        return Some("it is a file".to_owned());
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

fn refused(out: &Path, cause: &str, help: &str) -> Failure {
    Failure::new("publish to", out, cause).help(help)
}
