//! A desk to build on: a folder with a site's root, a disk with faults, and what a reader finds afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::disk::Disk;
use super::manifest::MANIFEST;
use super::{Guard, Published, Stage};
use crate::diagnostic::Failure;

/// What goes wrong with the disk.
#[derive(Default)]
pub(super) struct Faults {
    /// The build is killed after this many changes to the disk.
    pub kill_after: Option<AtomicUsize>,
    /// Whether it was.
    pub killed: Arc<AtomicBool>,
    /// The system knows no exchange of folders.
    pub no_exchange: bool,
    /// Files have one name each.
    pub no_links: bool,
    /// The published folder is a mount.
    pub other_disk: bool,
    /// What somebody does just before the exchange.
    pub meanwhile: Option<Box<dyn Fn() + Send + Sync>>,
}

impl Faults {
    pub fn step(&self) -> io::Result<()> {
        let Some(left) = &self.kill_after else { return Ok(()) };
        match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => {
                self.killed.store(true, Ordering::SeqCst);
                Err(io::Error::other("killed"))
            }
        }
    }

    pub fn refuse_rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let crosses = |path: &Path| path.iter().any(|name| name.to_string_lossy().ends_with(".bandbook"));
        if self.other_disk && crosses(from) != crosses(to) { Err(io::ErrorKind::CrossesDevices.into()) } else { Ok(()) }
    }

    pub fn refuse_link(&self) -> io::Result<()> {
        if self.no_links { Err(io::ErrorKind::Unsupported.into()) } else { Ok(()) }
    }

    pub fn refuse_exchange(&self) -> io::Result<()> {
        if let Some(meanwhile) = &self.meanwhile {
            meanwhile();
        }
        if self.no_exchange || self.other_disk { Err(io::ErrorKind::Unsupported.into()) } else { Ok(()) }
    }
}

/// Paths and contents.
pub(super) type Site = BTreeMap<String, String>;

pub(super) fn site(files: &[(&str, &str)]) -> Site {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// A site's root with an output folder `public`.
pub(super) struct Desk {
    pub root: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        Self { root }
    }

    pub fn public(&self) -> PathBuf {
        self.root.path().join("public")
    }

    pub fn open(&self, disk: Disk) -> Result<Stage, Failure> {
        Stage::open_on(disk, &self.public(), &Guard { root: self.root.path(), home: None })
    }

    pub fn build(&self, site: &Site) -> Result<Published, Failure> {
        self.build_on(Disk::default(), site).0
    }

    /// Builds, and says whether the build was killed on its way.
    pub fn build_on(&self, disk: Disk, site: &Site) -> (Result<Published, Failure>, bool) {
        let stage = match self.open(disk) {
            Ok(stage) => stage,
            Err(failure) => return (Err(failure), true),
        };
        let written = site.iter().try_for_each(|(path, text)| stage.write(path, text.as_bytes()));
        let killed = Arc::clone(&stage.disk.faults.killed);
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
