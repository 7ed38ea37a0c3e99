//! The few ways in which this room changes the disk. Tests stop a build before any one of them, as a kill would.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use crate::diagnostic::Failure;

/// Whether the system can exchange two folders in one step.
pub(super) const EXCHANGES: bool = cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple"));

/// The system's own file operations.
#[derive(Default)]
pub(super) struct Disk {
    #[cfg(test)]
    pub(super) faults: super::desk::Faults,
}

impl Disk {
    /// Writes a file that must not exist yet: an existing one may be a link to a published file.
    pub(super) fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<File> {
        self.step()?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.step()?;
        file.write_all(bytes)?;
        Ok(file)
    }

    /// Writes a copy that has the original's time of change.
    pub(super) fn create_copy(&self, path: &Path, bytes: &[u8], modified: SystemTime) -> io::Result<()> {
        let file = self.create(path, bytes)?;
        self.step()?;
        file.set_modified(modified)
    }

    pub(super) fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir(path)
    }

    pub(super) fn create_folders(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir_all(path)
    }

    /// Removes a file or a link. One that is gone already is no failure.
    pub(super) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    /// Removes a folder that must be empty.
    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::remove_dir(path)
    }

    /// Removes a folder of the stage with all that is in it.
    pub(super) fn remove_tree(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::remove_dir_all(path)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        #[cfg(test)]
        self.faults.refuse_rename(from, to)?;
        fs::rename(from, to)
    }

    /// Makes a second name for a file.
    pub(super) fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.step()?;
        #[cfg(test)]
        self.faults.refuse_link()?;
        fs::hard_link(file, name)
    }

    /// Gives two folders each other's name, in one step.
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step()?;
        #[cfg(test)]
        self.faults.refuse_exchange()?;
        exchange(one, other)
    }

    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        self.faults.step()
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "a place for tests to stop a build")]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }
}

/// A failure of the system, with what to do about the usual ones.
pub(super) fn failed(action: &'static str, path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| {
        let failure = Failure::new(action, path, &error);
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                failure.help("free some space, and build again")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                failure.help("choose a folder that can be written with `--out DIR`")
            }
            _ => failure,
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
