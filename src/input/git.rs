//! Asking `git`, and the data as they were at a revision of the repository.
//!
//! Nothing else is ever spawned. The arguments are fixed but for the revision, which is resolved to a commit first and
//! can't be taken for an option; standard input holds ids of objects alone; no shell is involved, and nothing that the repository configures is run. What git answers
//! depends on the repository alone: its variables are removed, so that the repository is the one that the root is in, and every
//! setting that could change an answer is overridden. Objects that replace others, and grafts, are not used.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::{Root, name};
use crate::diagnostic::{Failure, Source};

/// Variables that say where git looks for repositories and for the settings by which it trusts them (`safe.directory`).
const KEPT_VARIABLES: [&str; 6] = [
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_EXEC_PATH",
];

/// Messages are in English, nothing is locked or fetched, nobody is asked, and there are no grafts.
const VARIABLES: [(&str, &str); 5] = [
    ("LC_ALL", "C"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_GRAFT_FILE", "/dev/null"),
];

/// Settings that could run a program, reach the network, or change what the commands here write.
const SETTINGS: [&str; 8] = [
    "core.fsmonitor=false",
    "core.bigFileThreshold=512m",
    "protocol.allow=never",
    "i18n.logOutputEncoding=UTF-8",
    "diff.relative=false",
    "diff.ignoreSubmodules=none",
    "log.showRoot=true",
    "log.follow=false",
];

/// How many objects are asked for at once.
const AT_ONCE: usize = 48;

/// Whether a text can be handed to `git` as the name of a revision. `-` would begin an option, `:` a path.
pub fn is_revision(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-') && !text.contains([':', ' ']) && !text.contains(char::is_control)
}

/// The data files of a site as a revision has them; none where it has no data.
///
/// # Errors
/// When the text is no revision, when the site lies in no repository, and when `git` can't be run.
pub fn data_at(root: &Root, revision: &str) -> Result<Vec<Arc<Source>>, Failure> {
    let refused = |cause: &str, help: &str| Failure::new("read", root.path(), cause).help(help);
    let no_revision = || {
        refused(
            &format!("the repository has no revision `{revision}`"),
            "name a branch, a tag or a commit, such as HEAD or main, or another folder that holds `content/`",
        )
    };
    if !is_revision(revision) {
        return Err(no_revision());
    }
    if git(root, &["rev-parse", "--git-dir"])?.is_none() {
        return Err(refused(
            "it lies in no git repository",
            "name another folder that holds `content/`: bandbook diff DIR",
        ));
    }
    let commit = commit_of(root, revision)?.ok_or_else(no_revision)?;
    let list = git(root, &["ls-tree", "-z", &commit, "--", "content/data/"])?.unwrap_or_default();
    let mut files = Vec::new();
    for entry in list.split(|byte| *byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok()) {
        // `100644 blob 83baae6…\tcontent/data/bands.toml`
        let Some((about, path)) = entry.split_once('\t') else { continue };
        let name = path.rsplit('/').next().unwrap_or("");
        let mut about = about.split(' ');
        let (Some("100644" | "100755"), Some("blob"), Some(id)) = (about.next(), about.next(), about.next()) else {
            continue;
        };
        if super::walk::is_data_file(name) && !name.starts_with('.') {
            files.push((name, id));
        }
    }
    let mut sources = Vec::with_capacity(files.len());
    for files in files.chunks(AT_ONCE) {
        let ids: String = files.iter().map(|(_, id)| format!("{id}\n")).collect();
        let objects = git_asked(root, &["cat-file", "--batch"], ids.as_bytes())?.unwrap_or_default();
        let mut rest = objects.as_slice();
        for (name, _) in files {
            let text = String::from_utf8_lossy(next_object(&mut rest));
            sources.push(Source::new(format!("content/data/{name}"), text.trim_start_matches('\u{feff}')));
        }
    }
    sources.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(sources)
}

/// The bytes of the first object of a batch, which is taken off: `83baae6… blob 120`, the bytes, and a line break. Nothing of an
/// object that is lost.
fn next_object<'b>(batch: &mut &'b [u8]) -> &'b [u8] {
    let end = batch.iter().position(|byte| *byte == b'\n').unwrap_or(batch.len());
    let (head, rest) = batch.split_at(end);
    let size = std::str::from_utf8(head).ok().and_then(|head| head.rsplit(' ').next()?.parse().ok());
    let rest = rest.get(1..).unwrap_or_default();
    let Some((bytes, rest)) = size.and_then(|size| rest.split_at_checked(size)) else {
        *batch = rest;
        return &[];
    };
    *batch = rest.get(1..).unwrap_or_default();
    bytes
}

/// The last commit of the repository that a site lies in; `None` where there is no `git`, no repository or no commit.
pub fn head(root: &Root) -> Option<String> {
    commit_of(root, "HEAD").ok().flatten()
}

/// The last commits that changed the data files, so many at most, the last one first. Of a merge, what it was merged into counts.
pub fn data_commits(root: &Root, most: usize) -> Vec<String> {
    let most = format!("--max-count={most}");
    let list = git(root, &["log", "--first-parent", "--format=%H", &most, "--", "content/data"]).ok().flatten();
    String::from_utf8_lossy(&list.unwrap_or_default()).lines().map(str::to_owned).collect()
}

/// The commit that a revision names.
fn commit_of(root: &Root, revision: &str) -> Result<Option<String>, Failure> {
    let wanted = format!("{revision}^{{commit}}");
    let commit = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
    Ok(commit.map(|commit| String::from_utf8_lossy(&commit).trim().to_owned()))
}

/// What `git` answers in the site's root; nothing where it says no.
pub(super) fn git(root: &Root, arguments: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
    git_asked(root, arguments, &[])
}

/// The same with lines on its standard input, so few that every system's pipe holds them before git reads any.
fn git_asked(root: &Root, arguments: &[&str], input: &[u8]) -> Result<Option<Vec<u8>>, Failure> {
    let path = root.path();
    let folder = path.to_str().map_or_else(|| path.to_owned(), |path| name::without_verbatim(path).into());
    let mut command = Command::new("git");
    let is_gits = |name: &OsString| name.as_encoded_bytes().to_ascii_uppercase().starts_with(b"GIT_");
    for name in std::env::vars_os().map(|(name, _)| name).filter(is_gits) {
        if !KEPT_VARIABLES.iter().any(|kept| name == *kept) {
            command.env_remove(name);
        }
    }
    let failed = |error: io::Error| {
        Failure::new("run", "git".as_ref(), &error)
            .help("install git, or compare with another folder: bandbook diff DIR")
    };
    let mut child = command
        .args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"])
        .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
        .args(arguments)
        .current_dir(folder)
        .envs(VARIABLES)
        .stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut pipe) = child.stdin.take() {
        // Where git ends before it has read all, it says so by how it ends.
        let _ = pipe.write_all(input);
    }
    let output = child.wait_with_output().map_err(failed)?;
    Ok(output.status.success().then_some(output.stdout))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_a_batch_are_taken_one_by_one() {
        let mut batch: &[u8] = b"1a blob 6\na = 1\n\n2b missing\n3c blob 0\n\n4d blob 3\nx\ny\n5e blob 9\ncut";
        let mut taken = Vec::new();
        while !batch.is_empty() {
            taken.push(String::from_utf8_lossy(next_object(&mut batch)).into_owned());
        }
        // What is cut off is nothing.
        assert_eq!(taken.get(..5), Some(&["a = 1\n", "", "", "x\ny", ""].map(str::to_owned)[..]));
    }

    #[test]
    fn only_what_can_be_nothing_else_is_taken_for_a_revision() {
        for (text, expected) in [
            ("HEAD", true),
            ("HEAD~3", true),
            ("main", true),
            ("v1.0", true),
            ("feature/x", true),
            ("main@{2}", true),
            ("4f2a9c1", true),
            ("", false),
            ("-h", false),
            ("--output=x", false),
            ("HEAD:content", false),
            ("a b", false),
            ("a\nb", false),
        ] {
            assert_eq!(is_revision(text), expected, "{text:?}");
        }
    }
}
