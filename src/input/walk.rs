//! Walking the site's folders: which files there are, and what each is by its place.

use std::fs::Metadata;
use std::io;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::name::{self, start_of};
use super::{CONTENT, Entry, Root, STATIC, TEMPLATES, Tree, read};
use crate::diagnostic::{Code, Diagnostic, Report, Severity};

pub(super) static MISSING_CONTENT: Code = Code {
    name: "missing-content",
    severity: Severity::Error,
    rule: false,
    what: "There is no `content` folder.",
    why: "A site's pages, data and configuration all live in it, so there is nothing to build.",
    example: "bandbook build, started in the folder above the site",
    mend: "Start a site with `bandbook init`, or say where it is with `--root DIR`.",
};

pub(super) static PAGE_EXTENSION: Code = Code {
    name: "page-extension",
    severity: Severity::Error,
    rule: false,
    what: "A file looks like a page, but its name does not end in `.md`.",
    why: "Only `.md` files are pages. Any other file is copied as it is, so that this one would be published as source text.",
    example: "content/bands.MD",
    mend: "Rename the file so that it ends in `.md`.",
};

pub(super) static STRAY_DATA: Code = Code {
    name: "stray-data",
    severity: Severity::Error,
    rule: false,
    what: "`content/data/` holds a folder, or a file that is no `.toml` and no `.csv` file.",
    why: "Each data set is a `.toml` file there, with its rows in a `.csv` file or not; nothing else in it is read or published, so this \
          would be lost.",
    example: "content/data/bands.xlsx",
    mend: "Save the data as CSV, or write them as TOML. A page about data is `content/data.md`; a file to publish goes elsewhere in \
           `content/`.",
};

pub(super) static FILE_KIND: Code = Code {
    name: "file-kind",
    severity: Severity::Error,
    rule: false,
    what: "Something in the site's folders is of a kind that can't be read there: a folder where a file belongs, a file where \
           a folder belongs, a pipe, a socket or a device.",
    why: "What belongs there would be missing from the site, and reading a pipe could wait forever.",
    example: "content/site.toml, which is a folder",
    mend: "Rename or remove it, and put there what belongs there.",
};

pub(super) static UNUSABLE_LINK: Code = Code {
    name: "unusable-link",
    severity: Severity::Error,
    rule: false,
    what: "A symbolic link is broken, runs in a circle, or leads out of the site's folders.",
    why: "What it leads to might not exist on another machine, or might be a private file that would be published.",
    example: "content/bands.md -> /home/me/bands.md",
    mend: "Put the file itself where the link is.",
};

/// The folder of the data sets.
const DATA: &str = "content/data";
const CONFIG: &str = "content/site.toml";
const LOCK: &str = "content/addresses.lock";
/// What is read as a file, so that it can't be a folder.
const FILES: [&str; 2] = [CONFIG, LOCK];

/// The hidden names that are published from the top of `static/`: for proofs of ownership, and for GitHub Pages.
const PUBLISHED_HIDDEN: &[&str] = &["static/.well-known", "static/.nojekyll"];

/// Lists the site's files. What can't be used is among the tree's diagnostics.
pub fn walk(root: &Root) -> Tree {
    let mut walk = Walk { root, tree: Tree::default() };
    for top in [CONTENT, TEMPLATES, STATIC] {
        walk.top(top);
    }
    let mut tree = walk.tree;
    for list in [&mut tree.pages, &mut tree.data, &mut tree.files, &mut tree.templates, &mut tree.statics] {
        list.sort();
    }
    tree.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    tree
}

struct Walk<'a> {
    root: &'a Root,
    tree: Tree,
}

impl Walk<'_> {
    /// One of the site's own folders. Only the first is needed.
    fn top(&mut self, top: &str) {
        let path = self.root.path().join(top);
        let is_link = path.is_symlink();
        if is_link && !matches!(self.root.resolve(&path), Ok(Some(_))) {
            self.report(unusable_link(top, "the link does not lead to a folder of this site"));
        } else if path.is_dir() {
            self.folder(&path, top, is_link);
        } else if path.exists() {
            self.report(
                Diagnostic::new(&FILE_KIND, &start_of(top), format!("`{top}` is not a folder"))
                    .help(format!("rename the file, and make a folder `{top}`")),
            );
        } else if top == CONTENT {
            let root = name::without_verbatim(&self.root.path().to_string_lossy());
            let message = format!("there is no `{CONTENT}` folder in {}", name::printable(&root));
            self.report(
                Diagnostic::without_place(&MISSING_CONTENT, message)
                    .help("run `bandbook init` to start a site here, or say where the site is with `--root DIR`"),
            );
        }
    }

    /// Everything below a folder whose path from the root is `prefix`. Links are followed by hand, one folder deep at
    /// most: links to folders that hold links to folders could be arranged to hold billions of files.
    fn folder(&mut self, folder: &Path, prefix: &str, through_link: bool) {
        let mut entries = WalkDir::new(folder).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => {
                    continue;
                }
                Err(error) => {
                    let path = error.path().map_or_else(|| prefix.to_owned(), |path| path_in(folder, prefix, path));
                    self.report(read::unreadable(&path, &error.into()));
                    continue;
                }
            };
            let descend = self.entry(&entry, folder, prefix, through_link);
            if entry.file_type().is_dir() && !descend {
                entries.skip_current_dir();
            }
        }
    }

    /// Puts one entry where it belongs. Says whether a folder is to be entered.
    fn entry(&mut self, entry: &DirEntry, folder: &Path, prefix: &str, through_link: bool) -> bool {
        let path = path_in(folder, prefix, entry.path());
        let lossy = entry.file_name().to_string_lossy();
        if is_skipped(&lossy, &path) {
            return false;
        }
        let problem = match entry.file_name().to_str() {
            Some(name) => name::check(name, &path),
            None => Some(name::not_text(&lossy, &path)),
        };
        if let Some(problem) = problem {
            self.report(problem);
            return false;
        }
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.tree.has_links = true;
            self.link(entry.path(), &path, through_link);
        } else if kind.is_dir() {
            return self.enters(&path);
        } else if kind.is_file() {
            match entry.metadata() {
                Ok(metadata) => self.file(path, &metadata),
                Err(error) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => (),
                Err(error) => self.report(read::unreadable(&path, &error.into())),
            }
        } else {
            self.report(special_file(&path));
        }
        false
    }

    fn link(&mut self, link: &Path, path: &str, through_link: bool) {
        let target = match self.root.resolve(link) {
            Ok(Some(target)) => target,
            Ok(None) => return self.report(unusable_link(path, "the link leads out of the site's folders")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return self.report(unusable_link(path, "the link leads to nothing"));
            }
            Err(error) => return self.report(unusable_link(path, &format!("the link can't be followed: {error}"))),
        };
        let metadata = match target.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return self.report(read::unreadable(path, &error)),
        };
        if metadata.is_file() {
            self.file(path.to_owned(), &metadata);
        } else if !metadata.is_dir() {
            self.report(special_file(path));
        } else if link.parent().and_then(|parent| parent.canonicalize().ok()).is_some_and(|at| at.starts_with(&target))
        {
            self.report(unusable_link(path, "the link leads to a folder that holds it"));
        } else if through_link {
            self.report(unusable_link(path, "the link to a folder is itself reached through a link to a folder"));
        } else if self.enters(path) {
            self.folder(link, path, true);
        }
    }

    /// Whether the files of a folder belong to the site.
    fn enters(&mut self, path: &str) -> bool {
        if FILES.contains(&path) {
            self.report(
                Diagnostic::new(&FILE_KIND, &start_of(path), format!("`{path}` is a folder, and has to be a file"))
                    .help("rename or remove the folder, and put the file in its place"),
            );
            return false;
        }
        let Some(name) = path.strip_prefix("content/data/") else {
            return true;
        };
        let message = format!("`{name}` is a folder, and `content/data` is flat");
        self.report(
            Diagnostic::new(&STRAY_DATA, &start_of(path), message)
                .help("move its files up into `content/data/`, and remove the folder"),
        );
        false
    }

    fn file(&mut self, path: String, metadata: &Metadata) {
        if read::limit(&path) < metadata.len() {
            self.report(read::oversized(&path, metadata.len()));
            return;
        }
        if path == DATA {
            self.report(
                Diagnostic::new(&FILE_KIND, &start_of(&path), format!("`{path}` is a file, and has to be a folder"))
                    .help("rename the file; a folder of that name holds the site's data"),
            );
            return;
        }
        let (stem, extension) = path.rsplit_once('.').unwrap_or((&path, ""));
        let is_data = path.starts_with("content/data/");
        if is_data && !is_data_file(&path) {
            let name = path.rsplit('/').next().unwrap_or(&path);
            let message = format!("`{name}` is no `.toml` and no `.csv` file, and `content/data` holds nothing else");
            let problem = Diagnostic::new(&STRAY_DATA, &start_of(&path), message);
            self.report(
                problem
                    .help("write it as TOML or CSV, or move it to another folder of `content/` to publish it as it is"),
            );
            return;
        }
        if path.starts_with("content/") && is_nearly_page(extension) {
            let message = format!("a page's name ends in `.md`, not `.{extension}`");
            let problem = Diagnostic::new(&PAGE_EXTENSION, &start_of(&path), message);
            self.report(problem.help(format!("rename it to `{stem}.md`")));
            return;
        }
        let is_page = extension == "md";
        let entry = Entry { path: Arc::from(path), len: metadata.len() };
        let tree = &mut self.tree;
        match entry.path.split('/').next() {
            Some(TEMPLATES) => tree.templates.push(entry),
            Some(STATIC) => tree.statics.push(entry),
            _ if is_data => tree.data.push(entry),
            _ if is_page => tree.pages.push(entry),
            _ if &*entry.path == CONFIG => tree.config = Some(entry),
            _ if &*entry.path == LOCK => tree.lock = Some(entry),
            _ => tree.files.push(entry),
        }
    }

    fn report(&mut self, problem: Diagnostic) {
        let path = problem.place.as_ref().map(|place| place.source.path().to_owned());
        let reported = self.tree.diagnostics.report(problem);
        if let Some(path) = path.filter(|path| path == DATA || path.starts_with("content/data/") && is_data_file(path))
        {
            self.tree.lost_data.push((path.into(), reported));
        }
    }
}

/// Hidden files, and the backups that editors leave beside the file they save.
fn is_skipped(name: &str, path: &str) -> bool {
    let is_hidden = name.starts_with('.') && !PUBLISHED_HIDDEN.contains(&path);
    is_hidden || name.ends_with('~') || (1 < name.len() && name.starts_with('#') && name.ends_with('#'))
}

/// Whether a path from the root is one that no site holds: beside the site's folders, hidden, or left behind by an editor.
pub fn is_ignored(path: &str) -> bool {
    let is_inside =
        |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let parts = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
    let name = |part: &str| part.rsplit('/').next().unwrap_or(part).to_owned();
    ![CONTENT, TEMPLATES, STATIC].into_iter().any(is_inside)
        || parts.into_iter().any(|part| is_skipped(&name(part), part))
}

/// Whether a file of `content/data/` is read, by its name.
pub(super) fn is_data_file(path: &str) -> bool {
    path.ends_with(".toml") || path.ends_with(".csv")
}

fn is_nearly_page(extension: &str) -> bool {
    extension != "md" && ["md", "markdown", "mdown"].iter().any(|nearly| extension.eq_ignore_ascii_case(nearly))
}

fn special_file(path: &str) -> Diagnostic {
    Diagnostic::new(&FILE_KIND, &start_of(path), "it is neither a file nor a folder").help("remove it")
}

fn unusable_link(path: &str, message: &str) -> Diagnostic {
    Diagnostic::new(&UNUSABLE_LINK, &start_of(path), message)
        .help("put the file itself where the link is, or remove the link")
}

/// The path from the root of something in a folder whose own path from there is `prefix`.
fn path_in(folder: &Path, prefix: &str, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
    match &*below {
        "" => prefix.to_owned(),
        below => format!("{prefix}/{}", name::with_slashes(below, MAIN_SEPARATOR)),
    }
}
