//! The output folder: which may be one, and the hidden folder beside it where a build is prepared.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, failed};
use super::manifest::{INCOMING, MANIFEST, Manifest};
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
    /// The published folder, resolved. Need not exist.
    pub live: PathBuf,
    /// Bandbook's own folder beside it.
    work: PathBuf,
    /// Held until it is dropped.
    _lock: File,
}

impl Folder {
    /// Takes an output folder, and says what was published in it, if anything.
    pub(super) fn open(disk: &Disk, out: &Path, guard: &Guard<'_>) -> Result<(Self, Option<Manifest>), Failure> {
        let live = resolve(out)?;
        if let Some(cause) = refusal(&live, guard) {
            return Err(refused(
                out,
                &cause,
                "choose a folder for the site alone with `--out DIR`, such as `--out public`",
            ));
        }
        published(&live)?;
        let Some((parent, name)) = live.parent().zip(live.file_name()) else {
            return Err(refused(out, "it has no name", "choose another folder with `--out DIR`"));
        };
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".bandbook");
        let work = parent.join(hidden);
        disk.create_folders(parent).map_err(failed("make", parent))?;
        make_work_folder(disk, &work).map_err(failed("make", &work))?;
        let lock = lock(&work, out)?;
        // Once more, now that no other build can be publishing.
        let before = published(&live)?;
        Ok((Self { live, work, _lock: lock }, before))
    }

    /// Where the next site is prepared.
    pub(super) fn stage(&self) -> PathBuf {
        self.work.join("stage")
    }

    /// There as long as the stage holds exactly what its own manifest lists.
    pub(super) fn settled(&self) -> PathBuf {
        self.work.join("settled")
    }

    /// There while the stage and the published folder are exchanged.
    pub(super) fn marker(&self) -> PathBuf {
        self.work.join("exchanging")
    }

    /// Where a file of somebody else's ends whose place in the published folder is taken.
    pub(super) fn found(&self) -> PathBuf {
        self.work.join("found")
    }
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

/// Whether nothing is there, or nothing can be since a file is above it.
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
    // A build that was killed may have left its list on its way in.
    let is_incoming =
        |entry: &io::Result<fs::DirEntry>| entry.as_ref().is_ok_and(|entry| entry.file_name() == INCOMING);
    match fs::read_dir(live) {
        Ok(mut entries) => match entries.find(|entry| !is_incoming(entry)) {
            None => Ok(None),
            Some(_) => Err(refused(
                live,
                "it holds files, and bandbook has not written them",
                "choose an empty folder with `--out DIR`, or empty this one; files to publish as they are belong in `static/`",
            )),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // Systems differ in what they call this.
        Err(_) if live.is_file() => {
            Err(refused(live, "it is a file", "remove it, or choose a folder with `--out DIR`"))
        }
        Err(error) => Err(failed("read", live)(error)),
    }
}

fn make_work_folder(disk: &Disk, work: &Path) -> io::Result<()> {
    match disk.create_folder(work) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && work.symlink_metadata()?.is_dir() => (),
        result => result?,
    }
    match disk.create(&work.join(".gitignore"), b"*\n") {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Keeps other builds away from this folder. The system lets go of the lock when the process ends, however it ends.
fn lock(work: &Path, out: &Path) -> Result<File, Failure> {
    let path = work.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Failure::new("publish", out, "another build is publishing to this folder")
                .help("wait until it has ended, or give this build another folder with `--out DIR`"))
        }
        // Some network disks know no locks. Building without one is better than not at all.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(failed("lock", &path)(error)),
    }
}

fn refused(out: &Path, cause: &str, help: &str) -> Failure {
    Failure::new("publish to", out, cause).help(help)
}
