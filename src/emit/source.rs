//! Writing files outside of the published folder: whole, by a rename, and never over what nobody expected there. What killed runs have
//! left beside them is removed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::disk::{Disk, failed};
use super::name;
use crate::diagnostic::Failure;

/// Puts new bytes in place of a file's, keeping its permissions; without `before` the file must not exist yet.
///
/// Whoever reads the file meanwhile sees the old bytes or the new ones. Through a link, the file that it leads to is
/// changed. One that holds the new bytes already is left alone.
///
/// # Errors
/// When the file is no longer what it was, and when the system refuses.
pub fn amend(path: &Path, before: Option<&[u8]>, after: &[u8]) -> Result<(), Failure> {
    let failed = failed("write", path);
    let target = match before {
        Some(_) => path.canonicalize().map_err(&failed)?,
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

/// Writes a file of the generator's own, whatever is there, with the folders it is in. The same bytes are not written, and a link is
/// replaced and not followed.
///
/// # Errors
/// When the system refuses.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if fs::read(path).is_ok_and(|found| found == bytes) {
        return Ok(());
    }
    make_folder(path).and_then(|()| replace(path, bytes)).map_err(failed("write", path))
}

/// Removes from a folder what killed runs have left in it: files that were to take the place of a file that is there.
/// A file that another run is just writing is locked, and stays.
pub fn clean(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let is_left = || File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_file && name::target(&entry.file_name()).is_some_and(|name| folder.join(name).is_file()) && is_left() {
            let _ = Disk::default().remove(fs::remove_file, &entry.path());
        }
    }
}

/// Writes files below a folder, with the folders they are in.
///
/// # Errors
/// When any of them is there already, and then nothing is written; when the system refuses.
pub fn create(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), Failure> {
    let paths = files.iter().map(|(path, _)| *path);
    let found: Vec<&str> = paths.filter(|path| folder.join(path).symlink_metadata().is_ok()).collect();
    if let Some(first) = found.first() {
        let cause = format!("nothing is overwritten, and this is there already: {}", found.join(", "));
        return Err(Failure::new("write", &folder.join(first), cause).help("move them away, or name another folder"));
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        let written = make_folder(&path).and_then(|()| Disk::default().create(&path, bytes));
        written.map_err(|error| Failure::new("write", &path, error).help("choose a folder that can be written"))?;
    }
    Ok(())
}

fn make_folder(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| Disk::default().run(fs::create_dir_all, folder))
}

fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    Disk::default().replace(target, bytes, |file| {
        // Some network disks know no locks. What is left there stays.
        let _ = file.try_lock();
        if let Ok(metadata) = target.metadata() {
            file.set_permissions(metadata.permissions())?;
        }
        // A source is not built again as the site is: it must outlast a power cut.
        file.sync_all()
    })
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

    #[test]
    fn what_a_killed_run_has_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str| fs::write(path(name), "x").unwrap();
        write("a.md");
        let left = [".a.md.bandbook-0123456789abcdef", ".a.md.bandbook-fedcba9876543210"];
        let others = [
            ".gone.md.bandbook-0123456789abcdef",
            ".a.md.bandbook-0123456789ABCDEF",
            ".a.md.bandbook-0123",
            ".a.md.bandbook",
            ".a.md.swp",
            "a.md.bandbook-0123456789abcdef",
            ".a.md.bandbook-1111111111111111",
        ];
        left.into_iter().chain(others).for_each(write);
        let being_written = File::open(path(others[6])).unwrap();
        being_written.lock().unwrap();
        fs::create_dir_all(path(".a.md.bandbook-2222222222222222/sub")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("a.md", path(".a.md.bandbook-3333333333333333")).unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let before = count();
        clean(folder.path());
        assert_eq!(count(), before - left.len());
        assert!(left.into_iter().all(|name| !path(name).exists()));
        assert!(others.into_iter().all(|name| path(name).exists()));
        drop(being_written);
        clean(folder.path());
        assert!(!path(others[6]).exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_the_generator_writes_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("mine"), folder.path().join("made/a.json"));
        fs::write(&file, "mine").unwrap();
        for target in ["../mine", "../nothing"] {
            fs::create_dir_all(folder.path().join("made")).unwrap();
            std::os::unix::fs::symlink(target, &link).unwrap();
            put(&link, b"made").unwrap();
            assert!(!link.is_symlink() && fs::read_to_string(&link).unwrap() == "made", "{target}");
            fs::remove_file(&link).unwrap();
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
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
        fs::write(folder.path().join(".a.md.bandbook"), "mine").unwrap();
        amend(&link, Some(b"old"), b"new").unwrap();
        assert!(link.is_symlink() && fs::read_to_string(&file).unwrap() == "new");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_to_string(folder.path().join(".a.md.bandbook")).unwrap(), "mine");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
