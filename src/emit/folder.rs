//! The output folder: which may be one, what is in it, and the lock by which one build at a time publishes to it.

use std::collections::BTreeMap;
use std::fs::{File, Metadata, TryLockError};
use std::io;
use std::path::{Component, MAIN_SEPARATOR_STR, Path, PathBuf};
use std::time::Duration;

use walkdir::WalkDir;

use super::disk::failed;
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

/// All that is below a folder, by its path from there with forward slashes. Links are listed, never followed.
///
/// A name that is not UTF-8 is listed with replacement characters: a build publishes none, and removes none.
pub(super) type Scan = BTreeMap<Box<str>, Metadata>;

/// Lists what is below a folder.
pub(super) fn scan(folder: &Path) -> io::Result<Scan> {
    let entries = WalkDir::new(folder).follow_root_links(false).min_depth(1).into_iter();
    entries
        .map(|entry| {
            let entry = entry?;
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy();
            Ok((path.replace(MAIN_SEPARATOR_STR, "/").into(), entry.metadata()?))
        })
        .collect()
}

/// How often a lock that is taken is asked for again, and the pause between two tries: two seconds altogether.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// Keeps other builds away from a folder, as long as the file lives: the system lets go of the lock when the process ends, however
/// it ends. Nothing where the system knows no locks, as on some network disks: building without one is better than not at all.
pub(super) fn lock(live: &Path, out: &Path, cache: Option<&Path>) -> Result<Option<File>, Failure> {
    for _ in 0..TRIES {
        let Some(file) = lockable(live, cache) else { return Ok(None) };
        match file.try_lock() {
            Ok(()) if is_still(&file, live) => return Ok(Some(file)),
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

/// False if what was opened was the stage that another build had put in the folder's place for a moment.
fn is_still(file: &File, live: &Path) -> bool {
    let stamps = || io::Result::Ok((Stamp::of(&file.metadata()?), Stamp::of(&live.symlink_metadata()?)));
    cfg!(not(unix)) || stamps().is_ok_and(|(opened, found)| opened.is_same_inode(&found))
}

/// What is locked: the folder itself.
#[cfg(unix)]
pub(super) fn lockable(live: &Path, _cache: Option<&Path>) -> Option<File> {
    File::open(live).ok()
}

/// What is locked where folders can't be: a file in the cache folder.
#[cfg(not(unix))]
pub(super) fn lockable(live: &Path, cache: Option<&Path>) -> Option<File> {
    let path = super::record::file(cache?, live).with_extension("lock");
    std::fs::create_dir_all(cache?).ok()?;
    File::options().create(true).truncate(false).write(true).open(path).ok()
}

/// The path of an output folder with links followed, as far as it exists, if a build may have it, whatever is in it.
pub(super) fn resolve(out: &Path, guard: &Guard<'_>) -> Result<PathBuf, Failure> {
    let refused = |cause: String| {
        refused(out, &cause, "choose a folder for the site alone with `--out DIR`, such as `--out public`")
    };
    let absolute = std::path::absolute(out).map_err(failed("resolve", out))?;
    let there = absolute.ancestors().find(|path| path.symlink_metadata().is_ok()).unwrap_or(&absolute);
    let base = there.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => refused(format!("{} is a link that leads to nothing", there.display())),
        _ => failed("resolve", out)(error),
    })?;
    let rest = absolute.strip_prefix(there).unwrap_or(Path::new(""));
    if !base.is_dir() {
        return Err(refused(format!("{} is a file, and no folder", there.display())));
    }
    if rest.components().any(|part| !matches!(part, Component::Normal(_))) {
        return Err(refused("it leads through a folder that isn't there".to_owned()));
    }
    let live: PathBuf = base.components().chain(rest.components()).collect();
    refusal(&live, guard).map_or(Ok(live), |cause| Err(refused(cause)))
}

/// What of a site's or of somebody's a folder would take the place of.
fn refusal(live: &Path, guard: &Guard<'_>) -> Option<String> {
    if live.parent().is_none() {
        return Some("it is the root of the disk".to_owned());
    }
    let resolved = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or(path.to_owned());
    let root = resolved(guard.root);
    let sources = [CONTENT, TEMPLATES, STATIC].into_iter().flat_map(|name| {
        let folder = root.join(name);
        [resolved(&folder), folder].map(|folder| (folder, format!("the site's `{name}` folder, which holds sources")))
    });
    let (sources, home): (Vec<_>, _) = (sources.collect(), guard.home.map(resolved));
    if let Some((_, what)) = sources.iter().find(|(folder, _)| live.starts_with(folder)) {
        return Some(format!("it is in {what}"));
    }
    let own = [(root, "the site's own folder".to_owned())].into_iter().chain(sources);
    let mut kept = own.chain(home.map(|home| (home, "your home folder".to_owned())));
    let (folder, what) = kept.find(|(folder, _)| folder.starts_with(live))?;
    Some(format!("it {} {what}", if folder == live { "is" } else { "holds" }))
}

pub(super) fn refused(out: &Path, cause: &str, help: &str) -> Failure {
    Failure::new("publish to", out, cause).help(help)
}
