//! When the files of a site were first and last changed, as the repository's history tells it.
//!
//! The days are those of commits (the committer's date): when a change entered the history that the site is built from. An
//! author's date may be months older, and would tell search engines that a page they know has not changed since. History is
//! read from its beginning, so that a file that was renamed keeps its past, and one that was deleted and came back begins
//! anew. What is not committed has no say. Where only a part of the history is at hand, nothing is said at all: the oldest
//! commit of a shallow clone would seem to have added every file.

use std::collections::HashMap;

use super::git::git;
use super::{CONTENT, Root};

/// Files of `content/` by their path from there, with their changes.
#[derive(Debug, Default)]
pub struct History {
    files: HashMap<String, Changes>,
}

/// When a file was changed, in seconds since 1970. What the history does not tell for certain is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// When it was added.
    pub first: Option<i64>,
    /// When its text was last changed. Another name alone is no change.
    pub last: Option<i64>,
}

/// Why there is no history to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHistory {
    /// There is no `git` to ask.
    NoGit,
    /// The site lies in no repository, or in one that `git` refuses to read.
    NoRepository,
    /// Only a part of the history is at hand.
    Shallow,
    /// There is no commit yet, or some of what commits hold is missing.
    Unreadable,
}

impl History {
    /// The changes of a file such as `bands/l3.md`; nothing where it has never been committed.
    pub fn of(&self, file: &str) -> Option<Changes> {
        self.files.get(file).copied()
    }
}

/// Reads the history of `content/` with one `git log`.
///
/// # Errors
/// When there is none, or not all of it.
pub fn history(root: &Root) -> Result<History, NoHistory> {
    let asked = git(root, &["rev-parse", "--is-shallow-repository", "--show-prefix"]).map_err(|_| NoHistory::NoGit)?;
    let answer = asked.ok_or(NoHistory::NoRepository)?;
    let answer = String::from_utf8_lossy(&answer);
    let (shallow, prefix) = answer.split_once('\n').unwrap_or((&answer, ""));
    if shallow != "false" {
        return Err(NoHistory::Shallow);
    }
    let prefix = format!("{}{CONTENT}/", prefix.strip_suffix('\n').unwrap_or(prefix));
    let log = git(root, LOG).map_err(|_| NoHistory::NoGit)?.ok_or(NoHistory::Unreadable)?;
    Ok(History { files: read(&log, prefix.as_bytes()).ok_or(NoHistory::Unreadable)? })
}

/// Every option that a setting could change is given here, so that the answer is the same for everybody.
const LOG: &[&str] = &[
    "log",
    "--reverse",
    "--topo-order",
    "--encoding=UTF-8",
    "--no-show-signature",
    "--no-decorate",
    "--no-notes",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "-z",
    "-c",
    "--name-status",
    "--find-renames=50%",
    "-l1000",
    "-O/dev/null",
    "--format==%ct",
    "HEAD",
    "--",
    CONTENT,
];

/// Times before this are those of a clock that was never set, and no dates: the first day of 1971.
const EARLIEST: i64 = 365 * 86_400;

/// One file of one commit.
enum Change<'a> {
    Added(&'a [u8]),
    Edited(&'a [u8]),
    Removed(&'a [u8]),
    Renamed { from: &'a [u8], to: &'a [u8], edited: bool },
}

/// Reads what `git log -z -c --name-status --format==%ct` writes: for each commit an equals sign and its time, then for each file
/// a status and one path, or two where it was renamed. A merge lists what differs from all its parents, with a letter for each.
/// `None` for anything else.
fn read(log: &[u8], prefix: &[u8]) -> Option<HashMap<String, Changes>> {
    let mut files: HashMap<&[u8], Changes> = HashMap::new();
    let mut commit: (Option<i64>, Vec<Change<'_>>) = (None, Vec::new());
    let mut tokens = log.split(|byte| *byte == 0);
    while let Some(token) = tokens.next() {
        let token = token.strip_prefix(b"\n").unwrap_or(token);
        if token.is_empty() {
            continue;
        }
        if let [b'=', time @ ..] = token {
            apply(&mut files, commit.0, &commit.1);
            commit = (number(time).filter(|time| EARLIEST <= *time), Vec::new());
            continue;
        }
        let mut path = || tokens.next().filter(|path| !path.is_empty());
        commit.1.push(match token {
            [b'R', score @ ..] if number(score).is_some() => {
                Change::Renamed { from: path()?, to: path()?, edited: score != b"100" }
            }
            [b'C', score @ ..] if number(score).is_some() => {
                let (_, to) = (path()?, path()?);
                Change::Added(to)
            }
            status if status.iter().all(|letter| *letter == b'A') => Change::Added(path()?),
            status if status.iter().all(|letter| *letter == b'D') => Change::Removed(path()?),
            status if status.iter().all(|letter| b"ACDMRTUX".contains(letter)) => Change::Edited(path()?),
            _ => return None,
        });
    }
    apply(&mut files, commit.0, &commit.1);
    let below = |path: &[u8]| String::from_utf8(path.strip_prefix(prefix)?.to_vec()).ok();
    Some(files.into_iter().filter_map(|(path, changes)| Some((below(path)?, changes))).collect())
}

/// Adds one commit, whose time may be unknown. What it takes away goes first, so that two files may change names with each other.
fn apply<'a>(files: &mut HashMap<&'a [u8], Changes>, time: Option<i64>, commit: &[Change<'a>]) {
    let later = |last: Option<i64>| time.map(|time| last.map_or(time, |last| last.max(time)));
    let moved: Vec<Option<Changes>> = commit
        .iter()
        .map(|change| match change {
            Change::Removed(path) | Change::Renamed { from: path, .. } => files.remove(path),
            _ => None,
        })
        .collect();
    for (change, before) in commit.iter().zip(moved) {
        match change {
            Change::Removed(_) => (),
            Change::Added(path) => {
                // Two branches may add the same file.
                let changes = files.entry(path).or_default();
                changes.first = time.map(|time| changes.first.map_or(time, |first| first.min(time)));
                changes.last = later(changes.last);
            }
            Change::Edited(path) => {
                let changes = files.entry(path).or_default();
                changes.last = later(changes.last);
            }
            Change::Renamed { to, edited, .. } => {
                let before = before.unwrap_or_default();
                let last = if *edited { later(before.last) } else { before.last };
                files.insert(to, Changes { last, ..before });
            }
        }
    }
}

fn number(text: &[u8]) -> Option<i64> {
    let is_number = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    is_number.then(|| std::str::from_utf8(text).ok()?.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Commits as `git log` writes them, and what is known of the files at the end.
    /// Times are counted from the earliest that is one.
    fn check(log: &str, expected: &[(&str, Option<i64>, Option<i64>)]) {
        let is_time = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        let token = |token: &str| match is_time(token) {
            true => format!("={}", EARLIEST + token.parse::<i64>().expect("digits")),
            false => token.to_owned(),
        };
        let log = log.split('|').map(token).collect::<Vec<_>>().join("\0");
        let files = read(log.as_bytes(), b"docs/content/").expect("a log");
        let since = |time: Option<i64>| time.map(|time| time - EARLIEST);
        let mut found: Vec<_> =
            files.iter().map(|(file, changes)| (&**file, since(changes.first), since(changes.last))).collect();
        found.sort();
        assert_eq!(found, expected, "{log}");
    }

    #[test]
    fn a_file_has_the_times_of_its_first_and_its_last_commit() {
        check("", &[]);
        check("10||\nA|docs/content/a.md|", &[("a.md", Some(10), Some(10))]);
        check(
            "10|\nA|docs/content/a.md|A|docs/content/x\ny.md|20|\nM|docs/content/a.md|",
            &[("a.md", Some(10), Some(20)), ("x\ny.md", Some(10), Some(10))],
        );
        // A clock that went wrong for one commit.
        check("30|\nA|docs/content/a.md|20|\nM|docs/content/a.md|", &[("a.md", Some(30), Some(30))]);
        check("10|\nA|elsewhere/a.md|", &[]);
    }

    #[test]
    fn another_name_keeps_the_past_and_is_no_change() {
        let added = "10|\nA|docs/content/a.md|";
        check(&format!("{added}20|\nR100|docs/content/a.md|docs/content/b.md|"), &[("b.md", Some(10), Some(10))]);
        check(
            &format!("{added}20|\nR080|docs/content/a.md|docs/content/b.md|30|\nA|docs/content/a.md|"),
            &[("a.md", Some(30), Some(30)), ("b.md", Some(10), Some(20))],
        );
        check(
            "10|\nA|docs/content/a.md|20|\nA|docs/content/b.md|30|\nR100|docs/content/a.md|docs/content/b.md|\
             R100|docs/content/b.md|docs/content/a.md|",
            &[("a.md", Some(20), Some(20)), ("b.md", Some(10), Some(10))],
        );
        check(
            "10|\nA|docs/content/a.md|20|\nC100|docs/content/a.md|docs/content/b.md|",
            &[("a.md", Some(10), Some(10)), ("b.md", Some(20), Some(20))],
        );
    }

    #[test]
    fn what_came_back_begins_anew_and_what_is_not_certain_is_not_said() {
        let gone = "10|\nA|docs/content/a.md|20|\nD|docs/content/a.md|";
        check(gone, &[]);
        check(&format!("{gone}30|\nA|docs/content/a.md|"), &[("a.md", Some(30), Some(30))]);
        check("10|\nM|docs/content/a.md|", &[("a.md", None, Some(10))]);
        check("10|\nR100|docs/content/a.md|docs/content/b.md|", &[("b.md", None, None)]);
    }

    #[test]
    fn a_time_that_is_none_leaves_a_date_out_until_the_next_change() {
        for time in ["=0", "=", "=-5", "=99999999999999999999", "=86400"] {
            let added = format!("{time}|\nA|docs/content/a.md|");
            check(&added, &[("a.md", None, None)]);
            check(&format!("{added}20|\nM|docs/content/a.md|"), &[("a.md", None, Some(20))]);
            check(&format!("10|\nA|docs/content/a.md|{time}|\nM|docs/content/a.md|"), &[("a.md", Some(10), None)]);
        }
    }

    #[test]
    fn what_is_no_log_has_no_dates() {
        for log in ["100\0\nA\0docs/content/a.md\0", "=1\0\nA\0", "=1\0\nR100\0a\0", "=1\0\n?\0a\0", "\u{feff}=1\0"] {
            assert!(read(log.as_bytes(), b"docs/content/").is_none(), "{log:?}");
        }
        let wide: Vec<u8> = "=1\0\nA\0a\0".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(read(&wide, b"").is_none());
    }

    #[test]
    fn a_merge_counts_where_it_differs_from_both_sides() {
        let added = "10|\nA|docs/content/a.md|";
        check(&format!("{added}20||MM|docs/content/a.md|"), &[("a.md", Some(10), Some(20))]);
        check(&format!("{added}20||AM|docs/content/a.md|"), &[("a.md", Some(10), Some(20))]);
        check(&format!("{added}20||DD|docs/content/a.md|"), &[]);
        check("20||AA|docs/content/a.md|", &[("a.md", Some(20), Some(20))]);
        check("20||RR|docs/content/a.md|", &[("a.md", None, Some(20))]);
    }
}
