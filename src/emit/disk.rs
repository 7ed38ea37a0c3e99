//! The few ways in which this room changes the disk. Tests stop a build before any one of them, as a kill would.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use blake3::{Hash, Hasher};

use crate::diagnostic::Failure;

/// True if the system can exchange two folders in one step.
pub(super) const EXCHANGES: bool = cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple"));

/// The system's own file operations.
#[derive(Default)]
pub(super) struct Disk {
    #[cfg(test)]
    pub(super) faults: super::desk::Faults,
}

impl Disk {
    /// Writes a file that must not exist yet: an existing one may have a second name elsewhere.
    pub(super) fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<File> {
        self.step()?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.write(&mut file, bytes)?;
        Ok(file)
    }

    pub(super) fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        file.write_all(bytes)
    }

    /// The same as [`create`](Self::create), with the folders that the file is in.
    pub(super) fn create_deep(&self, path: &Path, bytes: &[u8]) -> io::Result<File> {
        self.with_folders(path, || self.create(path, bytes))
    }

    /// Gives a plain file a second name, with the folders that it is in; a copy gets it where files have but one.
    pub(super) fn link_or_copy(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.with_folders(name, || match self.link(file, name) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) => {
                self.copy(file, name)
            }
            result => result,
        })
    }

    /// Copies a plain file to a name that is free, with its permissions and its time of modification.
    fn copy(&self, file: &Path, name: &Path) -> io::Result<()> {
        let mut original = open(file)?;
        let metadata = original.metadata()?;
        let mut bytes = Vec::new();
        original.read_to_end(&mut bytes)?;
        let copy = self.create(name, &bytes)?;
        self.step()?;
        copy.set_modified(metadata.modified()?)?;
        copy.set_permissions(metadata.permissions())
    }

    fn with_folders<T>(&self, path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
        match make() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(parent) = path.parent() {
                    self.create_folders(parent)?;
                }
                make()
            }
            result => result,
        }
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

    /// Removes a folder with all that is in it. Links are removed, never followed.
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

    /// Gives a file a second name, which must be free.
    pub(super) fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.step()?;
        #[cfg(test)]
        self.faults.refuse_link(file, name)?;
        fs::hard_link(file, name)
    }

    #[cfg(unix)]
    pub(super) fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        self.step()?;
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }

    /// Permissions are kept only where they are numbers.
    #[cfg(not(unix))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same function elsewhere")]
    pub(super) fn set_mode(&self, _path: &Path, _mode: u32) -> io::Result<()> {
        Ok(())
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

/// The hash of a plain file's bytes.
pub(super) fn hash(path: &Path) -> io::Result<Hash> {
    Ok(Hasher::new().update_reader(open(path)?)?.finalize())
}

/// Opens a plain file to read it. A link is not followed, and a pipe is not waited for.
#[cfg(unix)]
pub(super) fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let file = OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

#[cfg(not(unix))]
pub(super) fn open(path: &Path) -> io::Result<File> {
    if path.symlink_metadata()?.is_file() { File::open(path) } else { Err(io::ErrorKind::InvalidInput.into()) }
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
