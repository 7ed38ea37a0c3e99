//! Asking `git`, and the data as they were at a revision of the repository.
//!
//! Nothing else is ever spawned. The arguments are fixed but for the revision, which is resolved to a commit first and
//! can't be taken for an option; no shell is involved, and nothing that the repository configures is run. What git answers
//! depends on the repository alone: its variables are removed, so that the repository is the one that the root is in, and every
//! setting that could change an answer is overridden. Objects that replace others, and grafts, are not used.

use std::ffi::OsString;
use std::io;
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
    let mut sources = Vec::new();
    for entry in list.split(|byte| *byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok()) {
        // `100644 blob 83baae6…\tcontent/data/bands.toml`
        let Some((about, path)) = entry.split_once('\t') else { continue };
        let name = path.rsplit('/').next().unwrap_or("");
        let mut about = about.split(' ');
        let (Some("100644" | "100755"), Some("blob"), Some(id)) = (about.next(), about.next(), about.next()) else {
            continue;
        };
        if !name.ends_with(".toml") || name.starts_with('.') {
            continue;
        }
        let bytes = git(root, &["cat-file", "blob", id])?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        sources.push(Source::new(format!("content/data/{name}"), text.trim_start_matches('\u{feff}')));
    }
    sources.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(sources)
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
    let path = root.path();
    let folder = path.to_str().map_or_else(|| path.to_owned(), |path| name::without_verbatim(path).into());
    let mut command = Command::new("git");
    let is_gits = |name: &OsString| name.as_encoded_bytes().to_ascii_uppercase().starts_with(b"GIT_");
    for name in std::env::vars_os().map(|(name, _)| name).filter(is_gits) {
        if !KEPT_VARIABLES.iter().any(|kept| name == *kept) {
            command.env_remove(name);
        }
    }
    let output = command
        .args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"])
        .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
        .args(arguments)
        .current_dir(folder)
        .envs(VARIABLES)
        .stdin(Stdio::null())
        .output()
        .map_err(|error: io::Error| {
            Failure::new("run", "git".as_ref(), &error)
                .help("install git, or compare with another folder: bandbook diff DIR")
        })?;
    Ok(output.status.success().then_some(output.stdout))
}

#[cfg(test)]
mod tests {
    use super::*;

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
