//! A desk to build on: a folder with a site's root, a disk with faults, and what a reader finds afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::super::disk::Disk;
use super::super::name::MANIFEST;
use super::super::{Guard, Published, Stage};
use crate::diagnostic::Failure;

/// What goes wrong with the disk.
#[derive(Default)]
pub(in crate::emit) struct Faults {
    /// The build is killed after this many changes to the disk.
    pub kill_after: Option<AtomicUsize>,
    /// Only this one change fails, and the build goes on.
    pub fails_once: bool,
    /// Whether it was.
    pub killed: Arc<AtomicBool>,
    /// The system knows no exchange of folders.
    pub no_exchange: bool,
    /// Files have one name each.
    pub no_links: bool,
    /// The published folder is a mount.
    pub other_disk: bool,
    /// What somebody does just before an exchange, which is the first or the second.
    pub meanwhile: Option<Box<dyn Fn(usize) + Send + Sync>>,
    /// The number of exchanges.
    pub exchanges: AtomicUsize,
}

impl Faults {
    pub fn step(&self) -> io::Result<()> {
        let Some(left) = &self.kill_after else { return Ok(()) };
        match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => {
                if self.fails_once {
                    left.store(usize::MAX, Ordering::SeqCst);
                }
                self.killed.store(true, Ordering::SeqCst);
                Err(io::Error::other("killed"))
            }
        }
    }

    pub fn refuse_rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let is_published = |path: &Path| path.iter().any(|name| name == "public");
        let crosses = self.other_disk && is_published(from) != is_published(to);
        if crosses { Err(io::ErrorKind::CrossesDevices.into()) } else { Ok(()) }
    }

    pub fn refuse_link(&self) -> io::Result<()> {
        if self.no_links { Err(io::ErrorKind::Unsupported.into()) } else { Ok(()) }
    }

    pub fn refuse_exchange(&self) -> io::Result<()> {
        if let Some(meanwhile) = &self.meanwhile {
            meanwhile(self.exchanges.fetch_add(1, Ordering::SeqCst) + 1);
        }
        if self.no_exchange { Err(io::ErrorKind::Unsupported.into()) } else { Ok(()) }
    }
}

/// True if a path leads into a stage.
pub(super) fn is_staged(path: &str) -> bool {
    path.starts_with(".public.bandbook-")
}

/// Paths and contents.
pub(super) type Site = BTreeMap<String, String>;

pub(super) fn site(files: &[(&str, &str)]) -> Site {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// A site's root with an output folder `public`, and a cache folder.
pub(super) struct Desk {
    pub root: TempDir,
    pub cache: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        Self { root, cache: tempfile::tempdir().unwrap() }
    }

    pub fn public(&self) -> PathBuf {
        self.root.path().join("public")
    }

    pub fn open(&self, disk: Disk) -> Result<Stage, Failure> {
        let guard = Guard { root: self.root.path(), home: None };
        Stage::open_on(disk, &self.public(), &guard, Some(self.cache.path()))
    }

    /// Forgets what the cache folder holds.
    pub fn forget(&self) {
        for entry in fs::read_dir(self.cache.path()).unwrap().flatten() {
            fs::remove_file(entry.path()).unwrap();
        }
    }

    /// What lies beside the published folder, sources aside, and stages in it.
    pub fn beside(&self) -> Vec<PathBuf> {
        let entries = |folder| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let beside =
            entries(self.root.path().to_owned()).filter(|path| !path.ends_with("content") && !path.ends_with("public"));
        beside
            .chain(entries(self.public()).filter(|path| is_staged(&path.file_name().unwrap().to_string_lossy())))
            .collect()
    }

    pub fn build(&self, site: &Site) -> Result<Published, Failure> {
        self.build_on(Disk::default(), site).0
    }

    /// Builds, and says whether the build was killed on its way.
    pub fn build_on(&self, disk: Disk, site: &Site) -> (Result<Published, Failure>, bool) {
        let killed = Arc::clone(&disk.faults.killed);
        let stage = match self.open(disk) {
            Ok(stage) => stage,
            Err(failure) => return (Err(failure), killed.load(Ordering::SeqCst)),
        };
        let written = site.iter().try_for_each(|(path, text)| stage.write(path, text.as_bytes()));
        let result = written.and_then(|()| stage.publish());
        (result, killed.load(Ordering::SeqCst))
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.public().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What a reader finds, and whatever else is in the published folder but the manifest.
    pub fn published(&self) -> Site {
        let mut all = files_below(&self.public());
        all.remove(MANIFEST);
        all
    }

    /// Gives each published file a time of change of its own, long ago.
    pub fn age(&self) -> BTreeMap<String, SystemTime> {
        let paths = self.published().into_keys().enumerate();
        let aged = paths.map(|(at, path)| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + at as u64);
            fs::File::options().write(true).open(self.public().join(&path)).unwrap().set_modified(time).unwrap();
            (path, time)
        });
        aged.collect()
    }

    pub fn modified(&self, path: &str) -> SystemTime {
        fs::metadata(self.public().join(path)).unwrap().modified().unwrap()
    }
}

pub(super) fn files_below(folder: &Path) -> Site {
    let mut all = Site::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| !entry.file_type().is_dir()) {
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        all.insert(path, fs::read_to_string(entry.path()).unwrap());
    }
    all
}
