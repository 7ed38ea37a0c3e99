//! The few ways in which this room changes the disk. Tests stop a build before any one of them, as a kill would.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::name;
use crate::diagnostic::Failure;

/// True if the system can exchange two folders in one step.
pub(super) const EXCHANGES: bool = cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple"));

/// The hash of a file's bytes in hexadecimal digits.
pub(super) type Hash = String;

pub(super) fn hash(bytes: &[u8]) -> Hash {
    blake3::hash(bytes).to_hex().to_string()
}

/// The system's own file operations.
#[derive(Default)]
pub(super) struct Disk {
    #[cfg(test)]
    pub(super) faults: super::tests::desk::Faults,
}

impl Disk {
    /// Makes, removes or changes what has a path by a function of the standard library.
    pub(super) fn run<'a>(&self, change: impl FnOnce(&'a Path) -> io::Result<()>, path: &'a Path) -> io::Result<()> {
        self.step()?;
        change(path)
    }

    /// The same for a change that removes something: what is gone already is no failure.
    pub(super) fn remove<'a>(&self, change: impl FnOnce(&'a Path) -> io::Result<()>, path: &'a Path) -> io::Result<()> {
        self.run(change, path).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })
    }

    /// Writes a file that must not exist yet: an existing one may have a second name elsewhere.
    pub(super) fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<File> {
        self.step()?;
        let mut file = File::create_new(path)?;
        self.step()?;
        file.write_all(bytes)?;
        Ok(file)
    }

    /// Replaces a file whole, by a rename of one that is made beside it, and finished there.
    pub(super) fn replace(
        &self,
        path: &Path,
        bytes: &[u8],
        finish: impl FnOnce(&File) -> io::Result<()>,
    ) -> io::Result<()> {
        let beside = path.with_file_name(name::own(path.file_name().unwrap_or_default()));
        let file = self.create(&beside, bytes);
        let replaced = file.and_then(|file| finish(&file)).and_then(|()| self.rename(&beside, path));
        if replaced.is_err() {
            let _ = self.remove(fs::remove_file, &beside);
        }
        replaced
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        #[cfg(test)]
        self.faults.refuse_rename(from, to)?;
        fs::rename(from, to)
    }

    /// The same, to a name that must be free.
    pub(super) fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match self.link(from, to) {
            // Files have but one name here.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists && to.symlink_metadata().is_err() => {
                self.rename(from, to)
            }
            // The first name is removed with the folder that it is in.
            result => result,
        }
    }

    /// Gives a file a second name, which must be free.
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

    /// A place for tests to stop a build.
    fn step(&self) -> io::Result<()> {
        #[cfg(test)]
        self.faults.step()?;
        Ok(())
    }
}

/// A failure of the system, with what to do about the usual ones.
pub(super) fn failed(action: &'static str, path: &Path) -> impl Fn(io::Error) -> Failure {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    move |error| {
        let failure = Failure::new(action, path, &error);
        match error.kind() {
            StorageFull | QuotaExceeded => failure.help("free some space, and try again"),
            PermissionDenied | ReadOnlyFilesystem => failure.help("allow it and its folder to be written"),
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
