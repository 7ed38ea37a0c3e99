//! The site's root folder, and opening files below it without being led elsewhere.
//!
//! Between the walk and the read anything may be swapped: a page for a link to a private file, a folder for a FIFO. So a
//! file is judged after it has been opened, and opened in a way that can't hang. On Linux the kernel itself refuses to
//! follow links; elsewhere the file that was opened is compared with the one that its resolved path names.

use std::collections::BTreeMap;
use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CONTENT, STATIC, TEMPLATES};
use crate::diagnostic::{Failure, Source};

/// The folder that holds `content/`, opened and resolved.
#[derive(Debug)]
pub struct Root {
    path: PathBuf,
    /// Where links may lead: the site's own folders, resolved.
    folders: Vec<PathBuf>,
    /// Texts that stand for those of the disk, by path from the root.
    unsaved: BTreeMap<String, Arc<Source>>,
    #[cfg(target_os = "linux")]
    handle: File,
}

impl Root {
    /// Opens a site's root. That it holds a site is for [`walk`](super::walk()) to say.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let failed = |error: io::Error| {
            Failure::new("open", path, error).help("give the folder that holds `content/` with `--root DIR`")
        };
        let resolved = path.canonicalize().map_err(failed)?;
        if !resolved.is_dir() {
            return Err(failed(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder")));
        }
        let folders = [CONTENT, TEMPLATES, STATIC]
            .iter()
            .filter_map(|name| resolved.join(name).canonicalize().ok())
            .filter(|folder| *folder != resolved && folder.starts_with(&resolved))
            .collect();
        #[cfg(target_os = "linux")]
        let handle = File::open(&resolved).map_err(failed)?;
        Ok(Self {
            path: resolved,
            folders,
            unsaved: BTreeMap::new(),
            #[cfg(target_os = "linux")]
            handle,
        })
    }

    /// The same root, in which some files have the text that they would have if it had been saved.
    #[must_use]
    pub fn with_unsaved(mut self, sources: impl IntoIterator<Item = Arc<Source>>) -> Self {
        self.unsaved.extend(sources.into_iter().map(|source| (source.path().to_owned(), source)));
        self
    }

    /// The text that stands for a file's own.
    pub(super) fn unsaved(&self, path: &str) -> Option<&Arc<Source>> {
        self.unsaved.get(path)
    }

    /// The resolved path of the root.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The resolved path of something below the root, if it lies in one of the site's own folders and in nothing hidden.
    /// `.git/config` is below the root too, and no link in a page's folder may publish it.
    pub(super) fn resolve(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        let resolved = path.canonicalize()?;
        let inside = self.folders.iter().any(|folder| {
            let below = resolved.strip_prefix(folder);
            below.is_ok_and(|below| !below.iter().any(|name| name.as_encoded_bytes().starts_with(b".")))
        });
        Ok(inside.then_some(resolved))
    }

    /// Whether a path from the root is that of a file.
    pub fn is_file(&self, path: &str) -> bool {
        self.open_file(path).is_ok_and(|(_, metadata)| metadata.is_file())
    }

    /// Whether there is anything at a path from the root.
    pub fn has(&self, path: &str) -> bool {
        self.path.join(path).symlink_metadata().is_ok()
    }

    /// Opens a regular file below the root, by its path from the root.
    pub(super) fn open_file(&self, path: &str) -> io::Result<(File, Metadata)> {
        if path.split('/').any(|name| matches!(name, "" | "." | "..")) {
            return Err(led_elsewhere());
        }
        let file = match self.open_without_links(Path::new(path)) {
            Ok(file) => file,
            Err(Refusal::Link) => self.open_through_links(path)?,
            Err(Refusal::Unsupported) => self.open_and_compare(path)?,
            Err(Refusal::Failed(error)) => return Err(error),
        };
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::other("it is no longer a regular file"));
        }
        Ok((file, metadata))
    }

    /// The path holds a link: resolve it, judge where it leads, and open that without following any other.
    fn open_through_links(&self, path: &str) -> io::Result<File> {
        let resolved = self.resolve(&self.path.join(path))?.ok_or_else(led_elsewhere)?;
        let below = resolved.strip_prefix(&self.path).map_err(|_| led_elsewhere())?;
        match self.open_without_links(below) {
            Ok(file) => Ok(file),
            Err(Refusal::Failed(error)) => Err(error),
            Err(Refusal::Link | Refusal::Unsupported) => Err(led_elsewhere()),
        }
    }

    /// Where the kernel can't be asked to refuse links: what was opened must be what the resolved path names.
    fn open_and_compare(&self, path: &str) -> io::Result<File> {
        let path = self.path.join(path);
        let file = without_waiting(&mut OpenOptions::new()).read(true).open(&path)?;
        let resolved = self.resolve(&path)?.ok_or_else(led_elsewhere)?;
        same_file(&file.metadata()?, &resolved.symlink_metadata()?).then_some(file).ok_or_else(led_elsewhere)
    }

    #[cfg(target_os = "linux")]
    fn open_without_links(&self, path: &Path) -> Result<File, Refusal> {
        use rustix::fs::{Mode, OFlags, ResolveFlags};
        use rustix::io::Errno;
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        match rustix::fs::openat2(&self.handle, path, flags, Mode::empty(), resolve) {
            Ok(handle) => Ok(handle.into()),
            Err(Errno::LOOP) => Err(Refusal::Link),
            // An old kernel, or a sandbox that does not know the call.
            Err(Errno::NOSYS | Errno::PERM | Errno::OPNOTSUPP | Errno::INVAL) => Err(Refusal::Unsupported),
            Err(error) => Err(Refusal::Failed(error.into())),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open_without_links(&self, _path: &Path) -> Result<File, Refusal> {
        Err(Refusal::Unsupported)
    }
}

/// Whether a path is that of a folder with a site in it.
pub fn holds_site(path: &Path) -> bool {
    path.join(CONTENT).is_dir()
}

#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux opens without following links"))]
enum Refusal {
    Link,
    Unsupported,
    Failed(io::Error),
}

fn led_elsewhere() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "it leads out of the site's folders")
}

/// A FIFO that was swapped in for a file must not make the build wait for a writer.
#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    options.custom_flags(flags.bits().cast_signed())
}

#[cfg(not(unix))]
fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn same_file(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Without inodes, what can be compared: a link that was resolved is no link any more.
#[cfg(not(unix))]
fn same_file(one: &Metadata, other: &Metadata) -> bool {
    one.is_file() && other.is_file() && one.len() == other.len() && one.modified().ok() == other.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_opening_judge_alike() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("content/sub")).unwrap();
        std::fs::write(folder.path().join("content/a.md"), "a").unwrap();
        std::fs::write(folder.path().join("secret"), "s").unwrap();
        let root = Root::open(folder.path()).unwrap();
        #[cfg(unix)]
        for (link, target) in [("in.md", "a.md"), ("out.md", "../secret"), ("abs.md", "/etc/passwd"), ("self", "self")]
        {
            std::os::unix::fs::symlink(target, folder.path().join("content").join(link)).unwrap();
        }
        for (path, opens) in [
            ("content/a.md", true),
            ("content/in.md", cfg!(unix)),
            ("content/out.md", false),
            ("content/abs.md", false),
            ("content/self", false),
            ("content/none.md", false),
            ("content/sub", false),
            ("content/../secret", false),
        ] {
            assert_eq!(root.open_file(path).is_ok(), opens, "{path}");
            if path.contains("..") {
                continue;
            }
            let compared = root.open_and_compare(path).and_then(|file| file.metadata());
            assert_eq!(compared.is_ok_and(|metadata| metadata.is_file()), opens, "compared: {path}");
        }
    }
}
