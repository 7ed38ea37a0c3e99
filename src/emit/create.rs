//! Writing files that must not exist yet: all of them, or none where one is in the way.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::disk::Disk;
use crate::diagnostic::Failure;

/// Writes files below a folder, with the folders they are in.
///
/// # Errors
/// When any of them is there already, and then nothing is written; when the system refuses.
pub fn create(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), Failure> {
    let found: Vec<&str> =
        files.iter().map(|(path, _)| *path).filter(|path| fs::symlink_metadata(folder.join(path)).is_ok()).collect();
    if let Some(first) = found.first() {
        let cause = match found.len() {
            1 => "it is there already, and nothing is overwritten".to_owned(),
            _ => format!("these are there already, and nothing is overwritten: {}", found.join(", ")),
        };
        let path = if found.len() == 1 { folder.join(first) } else { folder.to_owned() };
        return Err(Failure::new("write", &path, cause).help("move them away, or name another folder"));
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        write(&path, bytes).map_err(|error| {
            let cause = match error.kind() {
                // Somebody was faster than we are.
                ErrorKind::AlreadyExists => "it is there already, and nothing is overwritten".to_owned(),
                _ => error.to_string(),
            };
            Failure::new("write", &path, cause).help("choose a folder that can be written")
        })?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Disk::default().create_folders(folder)?;
    }
    File::create_new(path)?.write_all(bytes)
}
