//! Changing one file of the source tree: whole, by a rename, and only if it still is what it was.

use std::fs;
use std::io;
use std::path::Path;

use super::disk::Disk;
use crate::diagnostic::Failure;

/// Puts new bytes in place of a file's, keeping its permissions; without `before` the file must not exist yet.
///
/// Whoever reads the file meanwhile sees the old bytes or the new ones. Through a link, the file that it leads to is
/// changed. One that holds the new bytes already is left alone.
///
/// # Errors
/// When the file is no longer what it was, and when the system refuses.
pub fn amend(path: &Path, before: Option<&[u8]>, after: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        let failure = Failure::new("write", path, &error);
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                failure.help("allow the file and its folder to be written")
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => failure.help("free some space, and try again"),
            _ => failure,
        }
    };
    let target = match before {
        Some(_) => path.canonicalize().map_err(failed)?,
        None => path.to_owned(),
    };
    let found = match fs::read(&target) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if found.as_deref() == Some(after) {
        return Ok(());
    }
    if found.as_deref() != before {
        let refused = Failure::new("write", path, "it has changed since it was read");
        return Err(refused.help("save what you are editing, and run the command again"));
    }
    replace(&target, after).map_err(failed)
}

/// Writes a file of the generator's own, whatever stood there, with the folders it is in. The same bytes are not written.
///
/// # Errors
/// When the system refuses.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::new("write", path, &error).help("choose a folder that can be written");
    if fs::read(path).is_ok_and(|found| found == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Disk::default().create_folders(folder).map_err(failed)?;
    }
    replace(path, bytes).map_err(failed)
}

fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let disk = Disk::default();
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let beside = target.with_file_name(format!(".{name}.bandbook"));
    // One that a killed run has left behind.
    disk.remove_file(&beside)?;
    let written = write_beside(&disk, target, &beside, bytes);
    if written.is_err() {
        let _ = disk.remove_file(&beside);
    }
    written
}

fn write_beside(disk: &Disk, target: &Path, beside: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = disk.create(beside, bytes)?;
    if let Ok(metadata) = target.metadata() {
        file.set_permissions(metadata.permissions())?;
    }
    // A source is not built again as the site is: it must outlast a power cut.
    file.sync_all()?;
    disk.rename(beside, target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_if_it_is_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let check = |on_disk: Option<&str>, before: Option<&str>, after: &str, expected: Option<&str>| {
            let _ = fs::remove_file(&path);
            if let Some(text) = on_disk {
                fs::write(&path, text).unwrap();
            }
            let done = amend(&path, before.map(str::as_bytes), after.as_bytes()).is_ok();
            assert_eq!(done, expected.is_some(), "{on_disk:?} {before:?}");
            let left = fs::read_to_string(&path).ok();
            assert_eq!(left.as_deref(), expected.or(on_disk), "{on_disk:?} {before:?}");
            assert_eq!(
                fs::read_dir(folder.path()).unwrap().count(),
                usize::from(left.is_some()),
                "nothing is left over"
            );
        };
        check(Some("old"), Some("old"), "new", Some("new"));
        check(Some("other"), Some("old"), "new", None);
        check(Some("new"), Some("old"), "new", Some("new"));
        check(None, Some("old"), "new", None);
        check(None, None, "new", Some("new"));
        check(Some("there"), None, "new", None);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        amend(&link, Some(b"old"), b"new").unwrap();
        assert!(link.is_symlink() && fs::read_to_string(&file).unwrap() == "new");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }
}
