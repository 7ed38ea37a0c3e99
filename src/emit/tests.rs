//! What a build may replace, what it keeps, and what it leaves behind when it fails.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use rayon::prelude::*;

use super::desk::{self, Desk, Faults, Site, site};
use super::disk::Disk;
use super::manifest::MANIFEST;
use super::*;

fn counts(published: Published) -> [usize; 4] {
    [published.files, published.written, published.kept, published.removed]
}

#[test]
fn a_build_writes_what_changed_keeps_the_rest_and_removes_what_is_gone() {
    let desk = Desk::new();
    for (files, expected) in [
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/c/index.html", "c")][..], [3, 3, 0, 0]),
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/c/index.html", "c")], [3, 0, 3, 0]),
        (&[("index.html", "2"), ("a/index.html", "a"), ("b/c/index.html", "c")], [3, 1, 2, 0]),
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/c/index.html", "c")], [3, 1, 2, 0]),
        (&[("index.html", "1"), ("a", "file"), ("b/index.html", "b")], [3, 2, 1, 2]),
        (&[("index.html", "1"), ("a/b/c/d", "deep")], [2, 1, 1, 2]),
        (&[], [0, 0, 0, 2]),
        (&[("index.html", "")], [1, 1, 0, 0]),
    ] {
        let site = site(files);
        assert_eq!(counts(desk.build(&site).unwrap()), expected, "{files:?}");
        assert_eq!(desk.published(), site);
        let folders = walkdir::WalkDir::new(desk.public()).into_iter().flatten().filter(|e| e.file_type().is_dir());
        let empty =
            folders.filter(|folder| folder.depth() != 0 && fs::read_dir(folder.path()).unwrap().next().is_none());
        assert_eq!(empty.count(), 0, "{files:?}");
    }
}

#[test]
fn unchanged_files_keep_their_time_of_change_and_changed_ones_never_get_an_old_one() {
    for faults in [
        || Faults::default(),
        || Faults { no_links: true, ..Faults::default() },
        || Faults { no_exchange: true, ..Faults::default() },
    ] {
        let desk = Desk::new();
        let mut before: Option<(Site, BTreeMap<String, SystemTime>)> = None;
        for (round, x) in ["1", "2", "1", "1", "2", "3", "3", "1"].iter().enumerate() {
            let round_text = round.to_string();
            let site = site(&[("x", x), ("same/a", "a"), ("same/b", "b"), ("new", &round_text)]);
            desk.build_on(Disk { faults: faults() }, &site).0.unwrap();
            for (path, text) in &site {
                let Some((old, times)) = &before else { continue };
                assert_eq!(desk.modified(path) == times[path], old[path] == *text, "{path} in round {round}");
            }
            before = Some((site, desk.age()));
        }
    }
}

#[test]
fn an_unchanged_site_touches_nothing() {
    let desk = Desk::new();
    let site = site(&[("index.html", "1"), ("a/b", "2")]);
    desk.build(&site).unwrap();
    let inode = |path: PathBuf| super::scan::Identity::of(&fs::metadata(path).unwrap());
    let before = [inode(desk.public()), inode(desk.public().join(MANIFEST)), inode(desk.public().join("a"))];
    assert_eq!(counts(desk.build(&site).unwrap()), [2, 0, 2, 0]);
    assert_eq!([inode(desk.public()), inode(desk.public().join(MANIFEST)), inode(desk.public().join("a"))], before);
}

#[test]
fn a_stage_that_is_dropped_leaves_the_folder_as_it_was() {
    let desk = Desk::new();
    let stage = desk.open(Disk::default()).unwrap();
    stage.write("index.html", b"1").unwrap();
    drop(stage);
    assert!(!desk.public().exists());
    let first = site(&[("index.html", "1"), ("a", "a")]);
    desk.build(&first).unwrap();
    let stage = desk.open(Disk::default()).unwrap();
    stage.write("index.html", b"2").unwrap();
    stage.write("b", b"2").unwrap();
    drop(stage);
    assert_eq!(desk.published(), first);
    let second = site(&[("index.html", "3")]);
    assert_eq!(counts(desk.build(&second).unwrap()), [1, 1, 0, 1]);
    assert_eq!(desk.published(), second);
}

#[test]
fn files_changed_or_deleted_by_hand_are_mended() {
    let desk = Desk::new();
    let site = site(&[("a", "1"), ("b/c", "2"), ("d", "3"), ("e", "4")]);
    desk.build(&site).unwrap();
    desk.build(&site).unwrap();
    fs::write(desk.public().join("a"), "9").unwrap();
    fs::remove_dir_all(desk.public().join("b")).unwrap();
    fs::write(desk.public().join("d"), "").unwrap();
    #[cfg(unix)]
    {
        fs::remove_file(desk.public().join("e")).unwrap();
        fs::write(desk.root.path().join("four"), "4").unwrap();
        std::os::unix::fs::symlink("../four", desk.public().join("e")).unwrap();
    }
    desk.build(&site).unwrap();
    assert_eq!(desk.published(), site);
    assert!(!desk.public().join("e").is_symlink());
}

#[test]
fn a_publishers_own_files_survive_untouched() {
    for files in [&["CNAME"][..], &["a/notes.txt"], &[".git", "deep/er/x"], &["caf\u{e9}"]] {
        let desk = Desk::new();
        desk.build(&site(&[("index.html", "1"), ("a/index.html", "a"), ("gone", "x"), ("gone-too/x", "x")])).unwrap();
        files.iter().for_each(|file| desk.put(file, "mine"));
        let times = desk.age();
        for round in ["2", "3", "3"] {
            let mut expected = site(&[("index.html", round), ("a/index.html", "a")]);
            desk.build(&expected).unwrap();
            expected.extend(files.iter().map(|file| ((*file).to_owned(), "mine".to_owned())));
            assert_eq!(desk.published(), expected);
            assert!(files.iter().chain(&["a/index.html"]).all(|file| desk.modified(file) == times[*file]));
        }
        desk.build(&Site::new()).unwrap();
        assert_eq!(desk.published().into_keys().collect::<Vec<_>>(), files);
    }
}

#[test]
fn a_site_that_would_overwrite_somebody_elses_file_is_refused_whole() {
    for (mine, theirs) in [("robots.txt", "robots.txt"), ("a", "a/index.html"), ("a/notes", "a"), ("a/b/c", "a/b")] {
        let desk = Desk::new();
        let first = site(&[("index.html", "1")]);
        desk.build(&first).unwrap();
        desk.put(mine, "mine");
        let before = desk.published();
        let failure = desk.build(&site(&[("index.html", "2"), (theirs, "theirs")])).unwrap_err();
        assert!(failure.path.ends_with(mine), "{failure}");
        assert!(failure.help.is_some());
        assert_eq!(desk.published(), before, "{mine} {theirs}");
        assert_eq!(desk.build(&site(&[("index.html", "2")])).unwrap().written, 1);
    }
}

#[test]
fn somebody_elses_file_with_the_sites_own_bytes_becomes_the_sites() {
    let desk = Desk::new();
    desk.build(&site(&[("index.html", "1")])).unwrap();
    desk.put("CNAME", "example.org");
    let site = site(&[("index.html", "1"), ("CNAME", "example.org")]);
    assert_eq!(counts(desk.build(&site).unwrap()), [2, 0, 2, 0]);
    assert_eq!(counts(desk.build(&site).unwrap()), [2, 0, 2, 0]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_behind_a_link() {
    let desk = Desk::new();
    desk.build(&site(&[("a/x", "1"), ("b/x", "1")])).unwrap();
    let outside = desk.root.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("x"), "mine").unwrap();
    for folder in ["a", "b"] {
        fs::remove_dir_all(desk.public().join(folder)).unwrap();
        std::os::unix::fs::symlink(&outside, desk.public().join(folder)).unwrap();
    }
    assert!(desk.build(&site(&[("b/x", "2")])).is_err());
    desk.build(&site(&[("c", "1")])).unwrap();
    assert_eq!(fs::read_to_string(outside.join("x")).unwrap(), "mine");
    assert!(desk.public().join("a").is_symlink() && desk.public().join("c").exists());
}

#[cfg(unix)]
#[test]
fn a_file_put_there_during_the_exchange_is_brought_back() {
    for path in ["CNAME", "a/notes", "gone/notes", "new"] {
        let desk = Desk::new();
        desk.build(&site(&[("index.html", "1"), ("a/index.html", "a"), ("gone/index.html", "a")])).unwrap();
        let public = desk.public();
        let meanwhile = Box::new(move || fs::write(public.join(path), "mine").unwrap());
        let disk = Disk { faults: Faults { meanwhile: Some(meanwhile), ..Faults::default() } };
        let mut expected = site(&[("index.html", "2"), ("a/index.html", "a"), ("new", "new")]);
        desk.build_on(disk, &expected).0.unwrap();
        let work = desk::files_below(&desk.root.path().join(".public.bandbook"));
        if path == "new" {
            assert_eq!(work.get("found/1-new").map(String::as_str), Some("mine"));
        } else {
            expected.insert(path.to_owned(), "mine".to_owned());
        }
        assert_eq!(desk.published(), expected);
    }
}

#[test]
fn folders_that_hold_sources_or_other_peoples_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("home/site");
    for path in ["content/data", "static", "templates", "full", "empty", "home", "damaged", "sources"] {
        fs::create_dir_all(root.join(path)).unwrap();
    }
    fs::write(root.join("full/x"), "x").unwrap();
    fs::write(root.join("file"), "x").unwrap();
    fs::write(root.join("damaged").join(MANIFEST), "x").unwrap();
    #[cfg(unix)]
    {
        fs::remove_dir(root.join("static")).unwrap();
        for (link, target) in [("static", "sources"), ("up", ".."), ("gone", "nothing"), ("to-content", "content")] {
            std::os::unix::fs::symlink(target, root.join(link)).unwrap();
        }
    }
    let listing =
        || walkdir::WalkDir::new(folder.path()).into_iter().flatten().map(|e| e.into_path()).collect::<Vec<_>>();
    let before = listing();
    let home = root.join("home");
    let guard = Guard { root: &root, home: Some(&home) };
    for (out, expected) in [
        ("", "the site's own folder"),
        (".", "the site's own folder"),
        ("full/..", "the site's own folder"),
        ("..", "holds the site's"),
        ("../..", "holds the site's"),
        ("/", "root of the disk"),
        ("content", "`content` folder, which holds sources"),
        ("content/data", "`content` folder, which holds sources"),
        ("content/public", "`content` folder, which holds sources"),
        ("templates", "`templates` folder"),
        ("static/x/y", "`static` folder"),
        ("home", "home folder"),
        ("full", "bandbook has not written them"),
        ("damaged", "damaged"),
        ("file", "is a file"),
        ("file/public", "is a file, and no folder can be made in it"),
        #[cfg(unix)]
        ("sources", "`static` folder"),
        #[cfg(unix)]
        ("up", "holds the site's"),
        #[cfg(unix)]
        ("gone", "leads to nothing"),
        #[cfg(unix)]
        ("gone/public", "leads to nothing"),
        #[cfg(unix)]
        ("to-content/x", "`content` folder"),
    ] {
        let failure = Stage::open(&root.join(out), &guard).err().expect(out);
        assert!(failure.cause.contains(expected), "{out}: {failure}");
        assert!(failure.help.is_some(), "{out}");
        assert_eq!(listing(), before, "{out}");
    }
    let failure = Stage::open(&root, &Guard { root: &root.join("content"), home: Some(&home) }).err().unwrap();
    assert!(failure.cause.contains("holds"), "{failure}");
    for out in ["empty", "a/b/public", "full/public", "home/public"] {
        let stage = Stage::open(&root.join(out), &guard).unwrap();
        stage.write("index.html", b"1").unwrap();
        stage.publish().unwrap();
        assert_eq!(fs::read_to_string(root.join(out).join("index.html")).unwrap(), "1");
    }
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_link_stays_one() {
    let desk = Desk::new();
    fs::create_dir(desk.root.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", desk.public()).unwrap();
    for text in ["1", "2"] {
        desk.build(&site(&[("index.html", text)])).unwrap();
        assert_eq!(fs::read_to_string(desk.root.path().join("real/index.html")).unwrap(), text);
        assert!(desk.public().is_symlink());
    }
}

#[cfg(unix)]
#[test]
fn the_folder_keeps_what_its_publisher_allows() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.build(&site(&[("index.html", "1")])).unwrap();
    fs::set_permissions(desk.public(), fs::Permissions::from_mode(0o2750)).unwrap();
    desk.build(&site(&[("index.html", "2")])).unwrap();
    assert_eq!(fs::metadata(desk.public()).unwrap().permissions().mode() & 0o7777, 0o2750);
}

#[test]
fn a_second_build_of_the_same_folder_is_refused_until_the_first_has_ended() {
    let desk = Desk::new();
    let stage = desk.open(Disk::default()).unwrap();
    let failure = desk.open(Disk::default()).err().unwrap();
    assert!(failure.cause.contains("another build is publishing"), "{failure}");
    drop(stage);
    let stage = desk.open(Disk::default()).unwrap();
    stage.publish().unwrap();
    desk.open(Disk::default()).unwrap();
}

#[test]
fn a_damaged_manifest_is_refused_and_nothing_is_deleted() {
    let desk = Desk::new();
    let first = site(&[("index.html", "1"), ("a", "2")]);
    desk.build(&first).unwrap();
    let text = fs::read_to_string(desk.public().join(MANIFEST)).unwrap();
    for damaged in ["", &text[..text.len() - 1], &text.replace('\n', "\r\n"), &text.replace("  a", "  b")] {
        fs::write(desk.public().join(MANIFEST), damaged).unwrap();
        let failure = desk.build(&Site::new()).unwrap_err();
        assert!(failure.help.unwrap().contains("delete the folder"));
        assert_eq!(desk.published(), first);
    }
}

#[test]
fn many_threads_write_at_once_and_the_manifest_is_the_same_as_from_one() {
    let paths: Vec<String> = (0..2_000).map(|n| format!("{}/{}/index-{n}.html", n % 7, n % 31)).collect();
    let manifest = |parallel: bool| {
        let desk = Desk::new();
        let stage = desk.open(Disk::default()).unwrap();
        if parallel {
            paths.par_iter().for_each(|path| stage.write(path, path.as_bytes()).unwrap());
        } else {
            paths.iter().for_each(|path| stage.write(path, path.as_bytes()).unwrap());
        }
        assert_eq!(stage.publish().unwrap().written, paths.len());
        assert!(desk.published().iter().all(|(path, text)| path == text));
        fs::read_to_string(desk.public().join(MANIFEST)).unwrap()
    };
    assert_eq!(manifest(true), manifest(false));
}

#[test]
fn two_files_in_each_others_way_are_a_failure_in_either_order_and_from_many_threads() {
    for (one, other) in [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a/b", "a/b/c/d"), ("a/b/c/d", "a/b")] {
        let desk = Desk::new();
        let stage = desk.open(Disk::default()).unwrap();
        stage.write(one, b"1").unwrap();
        assert!(stage.write(other, b"2").is_err(), "{one} {other}");
        for round in 0..50 {
            let stage = [format!("{round}/{one}"), format!("{round}/{other}")]
                .par_iter()
                .map(|path| stage.write(path, b"1"))
                .collect::<Vec<_>>();
            assert!(stage.iter().any(Result::is_err), "{one} {other}");
        }
    }
}

#[test]
fn a_path_that_leads_out_is_never_written() {
    let desk = Desk::new();
    let stage = desk.open(Disk::default()).unwrap();
    for path in ["../x", "/tmp/x", "a/../../x", "", MANIFEST] {
        assert!(stage.write(path, b"x").is_err(), "{path}");
    }
    stage.publish().unwrap();
    assert!(desk.published().is_empty());
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_folder_as_it_was() {
    let desk = Desk::new();
    let first = site(&[("index.html", "1"), ("a/b", "2")]);
    desk.build(&first).unwrap();
    let stage = desk.open(Disk::default()).unwrap();
    stage.write("index.html", b"2").unwrap();
    // No file can be made in a folder that is gone: what `write` reports is what it would of a disk that is full.
    fs::remove_dir_all(&stage.tree).unwrap();
    assert!(stage.write("a/b", b"3").is_err());
    drop(stage);
    assert_eq!(desk.published(), first);
}

#[test]
fn bandbooks_own_folder_may_be_deleted_and_is_ignored_by_git() {
    let desk = Desk::new();
    desk.build(&site(&[("a", "1"), ("b", "1")])).unwrap();
    let work = desk.root.path().join(".public.bandbook");
    assert_eq!(fs::read_to_string(work.join(".gitignore")).unwrap(), "*\n");
    for round in ["2", "3"] {
        fs::remove_dir_all(&work).unwrap();
        let site = site(&[("a", round), ("b", "1")]);
        assert_eq!(counts(desk.build(&site).unwrap()), [2, 1, 1, 0]);
        assert_eq!(desk.published(), site);
    }
}
