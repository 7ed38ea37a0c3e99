//! Trees on the disk, and what the walk and the reads make of them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::diagnostic::Diagnostic;

/// A folder with these files. A name that ends in `/` is a folder; `a -> b` is a link.
fn tree(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let (path, target) = file.split_once(" -> ").map_or((*file, None), |(path, target)| (path, Some(target)));
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match target {
            Some(target) => link(target, &path),
            None if file.ends_with('/') => fs::create_dir_all(path).unwrap(),
            None => fs::write(path, "x").unwrap(),
        }
    }
    folder
}

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).unwrap();
}

/// Elsewhere it takes rights to make a link, so that no test does.
#[cfg(not(unix))]
fn link(_target: &str, _path: &Path) {
    unreachable!("only tests for unix make links");
}

/// A FIFO. The call is not in `rustix` for all systems; the program is in POSIX.
#[cfg(unix)]
fn pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn walked(folder: &Path) -> Tree {
    walk(&Root::open(folder).unwrap())
}

fn paths(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| &*entry.path).collect()
}

/// `path code` of each diagnostic.
fn problems(tree: &Tree) -> Vec<String> {
    let path = |problem: &Diagnostic| problem.place.as_ref().map_or("", |place| place.source.path()).to_owned();
    tree.diagnostics.iter().map(|problem| format!("{} {}", path(problem), problem.code.name)).collect()
}

#[test]
fn each_file_is_what_its_place_says_and_lists_are_sorted_by_bytes() {
    let folder = tree(&[
        "content/site.toml",
        "content/index.md",
        "content/bands.md",
        "content/bands/l3.md",
        "content/bands/chart.png",
        "content/bands-old.md",
        "content/bands/site.toml",
        "content/data.md",
        "content/data/bands.toml",
        "content/data/a.toml",
        "content/data/a.csv",
        "templates/page.html",
        "templates/parts/nav.html",
        "static/robots.txt",
        "static/.well-known/security.txt",
        "static/.well-known/.hidden",
        "static/.nojekyll",
        "static/.env",
        "content/.hidden.md",
        "content/.git/config",
        "content/.well-known/x",
        "content/bands.md~",
        "content/#bands.md#",
        "content/#",
        "elsewhere/x.md",
    ]);
    let tree = walked(folder.path());
    assert_eq!(
        paths(&tree.pages),
        ["content/bands-old.md", "content/bands.md", "content/bands/l3.md", "content/data.md", "content/index.md"]
    );
    assert_eq!(paths(&tree.data), ["content/data/a.csv", "content/data/a.toml", "content/data/bands.toml"]);
    assert_eq!(tree.config.as_ref().map(|entry| &*entry.path), Some("content/site.toml"));
    assert_eq!(paths(&tree.files), ["content/#", "content/bands/chart.png", "content/bands/site.toml"]);
    assert_eq!(paths(&tree.templates), ["templates/page.html", "templates/parts/nav.html"]);
    assert_eq!(paths(&tree.statics), ["static/.nojekyll", "static/.well-known/security.txt", "static/robots.txt"]);
    assert_eq!(problems(&tree), [""; 0]);
    assert!(tree.pages.iter().all(|entry| entry.len == 1));
}

#[test]
fn what_cannot_be_used_is_reported_once_and_listed_nowhere() {
    for (files, expected) in [
        (&["content/"][..], &[][..]),
        (&["other/"], &[" missing-content"]),
        (&["content"], &["content file-kind"]),
        (&["content/", "static"], &["static file-kind"]),
        (&["content/a.MD"], &["content/a.MD page-extension"]),
        (&["content/a.markdown"], &["content/a.markdown page-extension"]),
        (&["content/", "static/a.MD"], &[]),
        (&["content/data/bands.xlsx"], &["content/data/bands.xlsx stray-data"]),
        (&["content/data/bands.TOML"], &["content/data/bands.TOML stray-data"]),
        (&["content/data/read.me.md"], &["content/data/read.me.md stray-data"]),
        (&["content/data/old/a.toml", "content/data/old/b.csv"], &["content/data/old stray-data"]),
        (&["content/data/.hidden/a.toml"], &[]),
        (&["content/site.toml/"], &["content/site.toml file-kind"]),
        (&["content/site.toml/a.md"], &["content/site.toml file-kind"]),
        (&["content/addresses.lock/a.md"], &["content/addresses.lock file-kind"]),
        (&["content/data"], &["content/data file-kind"]),
        // Windows refuses to make these.
        #[cfg(unix)]
        (&["content/a:b/c.md", "content/a:b/d.md"], &["content/a:b unusable-name"]),
        #[cfg(unix)]
        (&["content/a\u{1b}b.md"], &["content/a\u{fffd}b.md unusable-name"]),
        #[cfg(unix)]
        (
            &["content/", "templates/nul.html", "static/x."],
            &["static/x. unusable-name", "templates/nul.html unusable-name"],
        ),
    ] {
        let folder = tree(files);
        let tree = walked(folder.path());
        assert_eq!(problems(&tree), expected, "{files:?}");
        assert!(tree.diagnostics.iter().all(|problem| problem.help.is_some()), "{files:?}");
        let listed = [&tree.pages, &tree.data, &tree.files, &tree.templates].map(|list| list.len());
        assert_eq!(listed, [0; 4], "{files:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_may_stay_within_the_sites_own_folders_and_nothing_else() {
    for (files, listed, expected) in [
        (&["content/a.md", "content/b.md -> a.md"][..], &["content/a.md", "content/b.md"][..], &[][..]),
        (&["content/x/a.md", "content/y -> x"], &["content/x/a.md", "content/y/a.md"], &[]),
        (&["static/a.md", "content/y -> ../static"], &["content/y/a.md"], &[]),
        (&["docs/a.md", "content -> docs"], &["content/a.md"], &[]),
        (&["content/", "content/a.md -> ../secret", "secret"], &[], &["content/a.md unusable-link"]),
        (&["content/", "content/a.md -> ../.git/config", ".git/config"], &[], &["content/a.md unusable-link"]),
        (&["content/", "content/a.md -> .secret.md", "content/.secret.md"], &[], &["content/a.md unusable-link"]),
        (&["content/", "content/a.md -> /etc/passwd"], &[], &["content/a.md unusable-link"]),
        (&["content/", "content/a -> .."], &[], &["content/a unusable-link"]),
        (&["content/", "content/a -> ."], &[], &["content/a unusable-link"]),
        (&["content/x/", "content/x/a -> ../x"], &[], &["content/x/a unusable-link"]),
        (&["content/", "content/a.md -> a.md"], &[], &["content/a.md unusable-link"]),
        (&["content/", "content/a.md -> gone.md"], &[], &["content/a.md unusable-link"]),
        (&["content/", "content/n -> /dev/null"], &[], &["content/n unusable-link"]),
        (&["content -> /etc"], &[], &["content unusable-link"]),
        (&["content -> ."], &[], &["content unusable-link"]),
        (&["content/", "content/data/", "content/data/x -> ../y", "content/y/"], &[], &["content/data/x stray-data"]),
        (
            &["content/a/", "content/b/", "content/a/b -> ../b", "content/b/a -> ../a"],
            &[],
            &["content/a/b/a unusable-link", "content/b/a/b unusable-link"],
        ),
    ] {
        let folder = tree(files);
        let tree = walked(folder.path());
        assert_eq!(paths(&tree.pages), listed, "{files:?}");
        assert_eq!(problems(&tree), expected, "{files:?}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_reported_and_never_waited_for() {
    let folder = tree(&["content/a.md"]);
    let at = |name: &str| folder.path().join("content").join(name);
    pipe(&at("pipe.md"));
    link("pipe.md", &at("linked.md"));
    pipe(&at("site.toml"));
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.md")).unwrap();
    let tree = walked(folder.path());
    let special = ["linked.md", "pipe.md", "site.toml", "socket.md"].map(|name| format!("content/{name} file-kind"));
    assert_eq!(problems(&tree), special);
    assert_eq!(paths(&tree.pages), ["content/a.md"]);
}

// Other systems refuse to store such a name.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_reported_and_its_folder_not_entered() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tree(&["content/"]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
    fs::create_dir(folder.path().join("content").join(name)).unwrap();
    fs::write(folder.path().join("content").join(name).join("a.md"), "x").unwrap();
    assert_eq!(problems(&walked(folder.path())), ["content/caf\u{fffd} unusable-name"]);
}

#[cfg(unix)]
#[test]
fn a_file_swapped_after_the_walk_is_refused() {
    let folder = tree(&["content/a.md", "secret"]);
    let root = Root::open(folder.path()).unwrap();
    let entry = walk(&root).pages.remove(0);
    let page = folder.path().join("content/a.md");

    fs::remove_file(&page).unwrap();
    let problem = read_text(&root, &entry).unwrap_err();
    assert_eq!((problem.code.name, problem.place.unwrap().source.path()), ("unreadable-file", "content/a.md"));
    assert!(problem.help.unwrap().contains("build again"));

    link("../secret", &page);
    assert!(read_text(&root, &entry).is_err());

    fs::remove_file(&page).unwrap();
    pipe(&page);
    assert!(read_text(&root, &entry).is_err());

    fs::remove_file(&page).unwrap();
    fs::rename(folder.path().join("content"), folder.path().join("moved")).unwrap();
    fs::create_dir(folder.path().join("outside")).unwrap();
    fs::write(folder.path().join("outside/a.md"), "s").unwrap();
    link("outside", &folder.path().join("content"));
    assert!(read_text(&root, &entry).is_err());
}

#[test]
fn files_above_the_limit_are_reported_by_the_walk_and_by_the_read() {
    let folder = tree(&["content/a.md", "content/b.md", "content/data/a.toml", "content/film.mp4"]);
    let root = Root::open(folder.path()).unwrap();
    let before = walk(&root);
    let grow = |path: &str, mib: u64, more: u64| {
        fs::File::options()
            .write(true)
            .open(folder.path().join(path))
            .unwrap()
            .set_len(mib * 1024 * 1024 + more)
            .unwrap();
    };
    grow("content/a.md", 16, 0);
    grow("content/b.md", 16, 1);
    grow("content/data/a.toml", 64, 1);
    grow("content/film.mp4", 512, 1);
    let oversized =
        ["content/b.md oversized-file", "content/data/a.toml oversized-file", "content/film.mp4 oversized-file"];
    assert_eq!(problems(&walk(&root)), oversized);
    assert!(read_bytes(&root, &before.pages[0]).is_ok());
    assert_eq!(read_bytes(&root, &before.pages[1]).unwrap_err().code.name, "oversized-file");
}

#[test]
fn text_is_read_without_its_byte_order_mark_and_with_its_line_ends() {
    for (bytes, expected) in [
        (&b"a\r\nb\n"[..], Ok("a\r\nb\n")),
        (b"\xef\xbb\xbfab", Ok("ab")),
        (b"a\xef\xbb\xbfb", Ok("a\u{feff}b")),
        (b"", Ok("")),
        (b"\xef\xbb\xbf", Ok("")),
        (b"a\0b", Ok("a\0b")),
        (b"ab\ncaf\xe9 x", Err(("a.md:2:4", "byte 4 of line 2, 0xE9, is not UTF-8", "UTF-8"))),
        (b"\xef\xbb\xbf\xff", Err(("a.md:1:1", "byte 1 of line 1, 0xFF, is not UTF-8", "UTF-8"))),
        (
            "ç\u{e7}".as_bytes().split_last().unwrap().1,
            Err(("a.md:1:2", "byte 3 of line 1, 0xC3, is not UTF-8", "UTF-8")),
        ),
        (b"\xff\xfea\0", Err(("a.md:1:1", "byte 1 of line 1, 0xFF, is not UTF-8", "UTF-16"))),
    ] {
        let folder = tree(&["content/"]);
        fs::write(folder.path().join("content/a.md"), bytes).unwrap();
        let root = Root::open(folder.path()).unwrap();
        let entry = Entry { path: "content/a.md".into(), len: 0 };
        match (read_text(&root, &entry), expected) {
            (Ok(source), Ok(text)) => assert_eq!(source.text(), text),
            (Err(problem), Err((place, message, help))) => {
                assert_eq!(problem.place.unwrap().to_string(), format!("content/{place}"));
                assert_eq!(problem.message, message);
                assert!(problem.help.unwrap().contains(help));
            }
            (read, expected) => panic!("{bytes:?}: {read:?}, not {expected:?}"),
        }
    }
}

#[test]
fn a_root_that_is_missing_or_a_file_is_a_failure_that_names_the_option() {
    let folder = tree(&["file"]);
    for path in ["none", "file"] {
        let failure = Root::open(&folder.path().join(path)).unwrap_err();
        assert!(failure.help.unwrap().contains("--root"), "{path}");
    }
}

#[test]
fn every_code_is_listed_once_and_has_all_its_texts() {
    let mut names: Vec<&str> = CODES.iter().map(|code| code.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CODES.len());
    for code in CODES {
        assert!([code.what, code.why, code.example, code.mend].iter().all(|text| !text.is_empty()), "{}", code.name);
    }
}
