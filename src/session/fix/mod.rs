//! Applies the edits that problems carry to the files of `content/`. What an edit may do is said at `Edit`.
//!
//! All rounds are worked out in memory, as if each had been saved; the files are written once, at the end.

mod file;
mod lock;
mod passages;
mod revise;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::load::load_from;
use super::publish::{engine, failed, judge};
use super::{Report, report, with_threads};
use crate::diagnostic::{Diagnostic, Failure, Source};
use crate::emit;
use crate::input::{self, Entry, Root};

pub use file::FixedFile;
pub use passages::Passage;
use revise::revise;

/// One edit can bring another to light, as a bracket does with the sentences that quote its file. What takes longer goes in circles.
const MOST_ROUNDS: usize = 8;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What `fix` is asked for.
#[derive(Clone, Debug, Default)]
pub struct FixOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Mends drafts too.
    pub drafts: bool,
    /// How many threads; nothing for as many as there are processors.
    pub threads: Option<usize>,
    /// Writes nothing.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The files that were changed, or would be: mended ones by path, then the record of addresses.
    pub files: Vec<FixedFile>,
    /// Each sentence, row or line that was changed, or would be.
    pub passages: Vec<Passage>,
    /// What is left, as the site is with these files. A problem that still has an edit is one whose edit would break
    /// its file, or whose file is none of the site's content.
    pub left: Report,
}

/// Applies every edit that a problem of the site carries, and says what is left.
///
/// # Errors
/// When the system refuses to read or to write, or a file changed in between.
pub fn fix(options: &FixOptions) -> Result<Fixed, Failure> {
    with_threads(options.threads, || {
        let fixed = work_out(options)?;
        if !options.dry_run {
            let root = Root::open(&options.root)?;
            fixed.files.iter().try_for_each(|file| write(&root, file))?;
            clean(&root);
        }
        Ok(fixed)
    })
}

fn work_out(options: &FixOptions) -> Result<Fixed, Failure> {
    let mut files: BTreeMap<Arc<str>, FixedFile> = BTreeMap::new();
    let mut round = 0;
    loop {
        let unsaved = files.values().map(|file| Source::new(&*file.path, file.after.as_str()));
        let root = Root::open(&options.root)?.with_unsaved(unsaved);
        let mut loaded = load_from(root, None, options.drafts);
        let _templates = engine(&mut loaded);
        let judged = judge(&mut loaded, None);
        let changed = if round < MOST_ROUNDS { keep(&mut files, &judged) } else { false };
        if !changed {
            let mut files: Vec<FixedFile> = files.into_values().collect();
            let passages = files.iter().flat_map(passages::passages).collect();
            // Only what could be published is recorded as published.
            if !options.drafts && !failed(&judged) {
                files.extend(lock::lock(&loaded.site));
            }
            return Ok(Fixed { files, passages, left: report(&loaded.site, judged) });
        }
        round += 1;
    }
}

/// Takes over what a round has changed. Whether there is anything to look at again.
fn keep(files: &mut BTreeMap<Arc<str>, FixedFile>, judged: &[Diagnostic]) -> bool {
    let revisions = revise(judged);
    let changed = !revisions.is_empty();
    for revision in revisions {
        let path: Arc<str> = revision.source.path().into();
        match files.get_mut(&path) {
            Some(file) => {
                file.after = revision.after;
                file.edits += revision.edits;
            }
            None => {
                let file = FixedFile {
                    path: Arc::clone(&path),
                    before: Some(revision.source),
                    after: revision.after,
                    edits: revision.edits,
                };
                files.insert(path, file);
            }
        }
    }
    files.retain(|_, file| file.before.as_ref().is_none_or(|before| before.text() != file.after));
    changed
}

/// Removes what a killed run has left beside the files that it was to change.
fn clean(root: &Root) {
    let tree = input::walk(root);
    let files = tree.pages.iter().chain(&tree.data).chain(&tree.config).chain(&tree.lock);
    let folders: BTreeSet<&str> = files.filter_map(|file| Some(file.path.rsplit_once('/')?.0)).collect();
    folders.into_iter().for_each(|folder| emit::clean(&root.path().join(folder)));
}

/// Writes one file: the bytes of its text, behind the byte order mark that it may have.
fn write(root: &Root, file: &FixedFile) -> Result<(), Failure> {
    let path = root.path().join(&*file.path);
    let Some(before) = &file.before else { return emit::amend(&path, None, file.after.as_bytes()) };
    let entry = Entry { path: Arc::clone(&file.path), len: 0 };
    let mark = match input::read_bytes(root, &entry) {
        Ok(bytes) if bytes.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK,
        _ => &[],
    };
    let bytes = |text: &str| [mark, text.as_bytes()].concat();
    emit::amend(&path, Some(&bytes(before.text())), &bytes(&file.after))
}
