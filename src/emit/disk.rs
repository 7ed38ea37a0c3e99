//! The few ways in which this room changes the disk. Tests stop a build before any one of them, as a kill would.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;

use blake3::{Hash, Hasher};

use super::name::Token;
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
        let beside = path.with_file_name(Token::random().beside(path.file_name().unwrap_or_default()));
        let file = self.create(&beside, bytes);
        let replaced = file.and_then(|file| finish(&file)).and_then(|()| self.rename(&beside, path));
        if replaced.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::AlreadyExists) {
            let _ = self.remove_file(&beside);
        }
        replaced
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

    /// The same, to a name that must be free.
    pub(super) fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match self.link(from, to) {
            // Files have but one name here.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => match to.symlink_metadata() {
                Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                Err(_) => self.rename(from, to),
            },
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

/// The permissions of a file or folder; zero where the system has none.
#[cfg(unix)]
pub(super) fn mode(metadata: &Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o7777
}

#[cfg(not(unix))]
pub(super) fn mode(_metadata: &Metadata) -> u32 {
    0
}

/// The hash of a plain file's bytes. A link is not followed, and a pipe is not waited for.
pub(super) fn hash(path: &Path) -> io::Result<Hash> {
    if !path.symlink_metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok(Hasher::new().update_reader(File::open(path)?)?.finalize())
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
