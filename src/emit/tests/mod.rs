//! What a build writes, what it keeps, and what it leaves behind when it fails.

pub(super) mod desk;
mod model;
mod others;
mod trust;

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use rayon::prelude::*;

use super::disk::Disk;
use super::name::MANIFEST;
use super::record::Stamp;
use super::*;
use desk::{Desk, Faults, Site, site};

fn counts(published: Published) -> [usize; 3] {
    assert!(published.problems.is_empty(), "{:?}", published.problems);
    [published.files, published.written, published.removed]
}

#[test]
fn a_build_writes_what_changed_keeps_the_rest_and_removes_what_is_gone() {
    let desk = Desk::new();
    for (files, expected) in [
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/c/index.html", "c")][..], [3, 3, 0]),
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/c/index.html", "c")], [3, 0, 0]),
        (&[("index.html", "2"), ("a/index.html", "a"), ("b/c/index.html", "c")], [3, 1, 0]),
        (&[("index.html", "1"), ("a/index.html", "a"), ("b/c/index.html", "c")], [3, 1, 0]),
        (&[("index.html", "1"), ("a", "file"), ("b/index.html", "b")], [3, 2, 2]),
        (&[("index.html", "1"), ("a/b/c/d", "deep")], [2, 1, 2]),
        (&[], [0, 0, 2]),
        (&[("index.html", "")], [1, 1, 0]),
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
    let identities = || {
        let paths = ["public", "public/.bandbook-manifest", "public/a", "public/index.html", "public/a/b", "."];
        paths.map(|path| Stamp::of(&fs::metadata(desk.root.path().join(path)).unwrap()))
    };
    let before = identities();
    for round in 0..4 {
        if round == 2 {
            desk.forget();
        }
        assert_eq!(counts(desk.build(&site).unwrap()), [2, 0, 0]);
        assert_eq!(identities(), before);
    }
}

#[cfg(unix)]
#[test]
fn a_changed_site_keeps_its_folders_and_its_unchanged_files() {
    let desk = Desk::new();
    desk.build(&site(&[("index.html", "1"), ("a/b", "2"), ("a/c", "3")])).unwrap();
    let identities = |paths: &[&str]| -> Vec<Stamp> {
        let identities = paths.iter().map(|path| Stamp::of(&fs::metadata(desk.root.path().join(path)).unwrap()));
        identities.collect()
    };
    let (folders, files) = (identities(&["public", "public/a"]), identities(&["public/a/b"]));
    desk.build(&site(&[("index.html", "2"), ("a/b", "2"), ("a/d", "4")])).unwrap();
    assert!(identities(&["public", "public/a"]).iter().zip(&folders).all(|(now, then)| now.is_same_inode(then)));
    assert!(identities(&["public/a/b"]).iter().zip(&files).all(|(now, then)| now.is_same_file(then)));
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
    assert_eq!(counts(desk.build(&second).unwrap()), [1, 1, 1]);
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
    desk.build(&site).unwrap();
    assert_eq!(desk.published(), site);
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
            let written = [format!("{round}/{one}"), format!("{round}/{other}")]
                .par_iter()
                .map(|path| stage.write(path, b"1"))
                .collect::<Vec<_>>();
            assert!(written.iter().any(Result::is_err), "{one} {other}");
        }
        drop(stage);
        // The one is published already, and so need not be written.
        desk.build(&site(&[(one, "1")])).unwrap();
        let stage = desk.open(Disk::default()).unwrap();
        let written = [(one, b"1"), (other, b"2")].map(|(path, bytes)| stage.write(path, bytes));
        assert!(written.iter().any(Result::is_err) || stage.publish().is_err(), "{one} {other}");
        assert_eq!(desk.published(), site(&[(one, "1")]));
    }
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
    fs::remove_dir_all(stage.tree().unwrap()).unwrap();
    fs::write(desk.root.path().join("file"), "").unwrap();
    std::os::unix::fs::symlink("file", stage.tree().unwrap()).unwrap();
    assert!(stage.write("a/b", b"3").is_err());
    drop(stage);
    assert_eq!(desk.published(), first);
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_while_files_are_replaced_leaves_no_half_file() {
    let desk = Desk::new();
    let first = site(&[("index.html", "1"), ("a/b", "2")]);
    desk.build(&first).unwrap();
    for steps in 0.. {
        let faults = Faults { kill_after: Some(steps.into()), no_links: true, no_exchange: true, ..Faults::default() };
        let (result, failed) = desk.build_on(Disk { faults }, &site(&[("index.html", "11"), ("a/b", "22")]));
        let texts: Vec<String> = [("index.html"), ("a/b")].map(|path| desk.published()[path].clone()).into();
        assert!(texts.iter().all(|text| ["1", "11", "2", "22"].contains(&text.as_str())), "{texts:?}");
        if !failed {
            result.unwrap();
            break;
        }
        desk.build(&first).unwrap();
    }
}
