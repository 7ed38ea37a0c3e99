//! Builds of every kind, one after another, against what the published folder must hold then.

use std::fs;
use std::sync::atomic::AtomicUsize;

use proptest::prelude::*;

use super::super::disk::{Disk, EXCHANGES};
use super::super::manifest;
use super::super::name::MANIFEST;
use super::desk::{Desk, Faults, Site, is_staged, site};

#[derive(Clone, Copy, Debug)]
enum Way {
    Exchange,
    NoLinks,
    NoExchange,
    OtherDisk,
}

const WAYS: [Way; 4] = [Way::Exchange, Way::NoLinks, Way::NoExchange, Way::OtherDisk];

fn disk(way: Way, kill_after: Option<usize>) -> Disk {
    let faults = Faults {
        kill_after: kill_after.map(AtomicUsize::new),
        no_exchange: matches!(way, Way::NoExchange),
        no_links: matches!(way, Way::NoLinks),
        other_disk: matches!(way, Way::OtherDisk),
        ..Faults::default()
    };
    Disk { faults }
}

/// The files that the published folder's list has, if it has one.
fn listed(desk: &Desk) -> Vec<String> {
    let list = desk.public().join(MANIFEST);
    let listed = if list.exists() { manifest::read(&list).unwrap() } else { Default::default() };
    listed.into_keys().map(String::from).collect()
}

/// The folder is one of these sites, whole, with a manifest that says so.
fn assert_is_one_of(desk: &Desk, sites: &[&Site], context: &str) {
    let published = desk.published();
    assert!(sites.contains(&&published), "{context}: {published:?}");
    assert!(listed(desk).iter().eq(published.keys()), "{context}");
}

#[test]
fn a_build_killed_at_any_step_leaves_one_whole_site_and_the_next_build_completes_it() {
    let first = site(&[("index.html", "1"), ("a/index.html", "a"), ("b/c", "c"), ("x", "file"), ("y/z", "z")]);
    let second = site(&[("index.html", "2"), ("a/index.html", "a"), ("d/e", "e"), ("x/y", "folder"), ("y", "file")]);
    // After a build that was killed somebody may go back to the site before, or to another one.
    let third = site(&[("index.html", "3"), ("a/index.html", "a"), ("d", "file"), ("x", "other")]);
    for way in WAYS {
        let exchanges = EXCHANGES && matches!(way, Way::Exchange);
        for (foreign, has_earlier) in [(None, false), (None, true), (Some("b/mine"), true)] {
            for kill_after in 0.. {
                let next = [&second, &first, &third][kill_after % 3];
                let context = format!("{way:?}, {foreign:?}, {has_earlier}, killed after {kill_after} steps");
                let desk = Desk::new();
                if has_earlier {
                    desk.build_on(disk(way, None), &first).0.unwrap();
                }
                if let Some(path) = foreign {
                    desk.put(path, "mine");
                }
                let before = desk.published();
                let with_foreign = |site: &Site| {
                    let mut site = site.clone();
                    site.extend(foreign.map(|path| (path.to_owned(), "mine".to_owned())));
                    site
                };
                let (after, next_after) = (with_foreign(&second), with_foreign(next));

                let killed = desk.build_on(disk(way, Some(kill_after)), &second).1;
                if exchanges && foreign.is_none() {
                    assert_is_one_of(&desk, &[&before, &after], &context);
                }
                for (path, text) in desk.published() {
                    let is_known = before.get(&path) == Some(&text) || after.get(&path) == Some(&text);
                    assert!(is_known || is_staged(&path), "{context}: {path} {text:?}");
                }
                let published = desk.build_on(disk(way, None), next).0;
                let published = published.unwrap_or_else(|failure| panic!("{context}: {failure}"));
                assert_eq!(desk.published(), next_after, "{context}");
                assert!(published.problems.is_empty(), "{context}: {:?}", published.problems);
                assert!(desk.beside().is_empty(), "{context}: {:?}", desk.beside());
                if !killed {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_build_that_is_refused_one_change_leaves_old_or_new_files_and_the_next_build_completes_it() {
    let first = site(&[("index.html", "1"), ("a/index.html", "a"), ("b/c", "c"), ("x", "file"), ("y/z", "z")]);
    let second = site(&[("index.html", "2"), ("a/index.html", "a"), ("d/e", "e"), ("x/y", "folder"), ("y", "file")]);
    for way in WAYS {
        for refused in 0.. {
            let context = format!("{way:?}, change {refused}");
            let desk = Desk::new();
            desk.build(&first).unwrap();
            let mut disk = disk(way, Some(refused));
            disk.faults.fails_once = true;
            let (result, was_refused) = desk.build_on(disk, &second);
            let mut published = desk.published();
            published.retain(|path, _| !is_staged(path));
            if result.is_ok() {
                assert_eq!(published, second, "{context}");
            }
            for (path, text) in &published {
                assert!(
                    [&first, &second].iter().any(|site| site.get(path) == Some(text)),
                    "{context}: {path} {text:?}"
                );
            }
            let published = desk.build(&second).unwrap_or_else(|failure| panic!("{context}: {failure}"));
            assert_eq!(desk.published(), second, "{context}");
            assert!(published.problems.is_empty() && desk.beside().is_empty(), "{context}: {:?}", published.problems);
            if !was_refused {
                break;
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_put_there_during_a_build_that_is_killed_is_never_lost() {
    for (at, path) in [(1, "CNAME"), (1, "a/CNAME"), (1, "new"), (2, "CNAME"), (2, "a/CNAME")] {
        for kill_after in 0.. {
            let desk = Desk::new();
            desk.build(&site(&[("index.html", "1"), ("a/b", "b"), ("gone/c", "c")])).unwrap();
            let file = desk.public().join(path);
            let mut disk = disk(Way::Exchange, Some(kill_after));
            disk.faults.meanwhile = Some(Box::new(move |exchange| {
                if exchange == at {
                    fs::write(&file, "mine").unwrap();
                }
            }));
            let second = site(&[("index.html", "2"), ("a/b", "b"), ("new", "new")]);
            let killed = desk.build_on(disk, &second).1;
            let is_there = || super::desk::files_below(desk.root.path()).values().any(|text| text == "mine");
            let was_put = is_there();
            // Where it took a place of the site's, the build says so.
            let _ = desk.build(&second);
            let _ = desk.build(&site(&[("index.html", "3")]));
            assert_eq!(is_there(), was_put, "{path} before exchange {at}, killed after {kill_after} steps");
            if !killed {
                assert!(was_put);
                break;
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Event {
    Build {
        site: Site,
        way: Way,
        kill_after: Option<usize>,
    },
    /// Somebody puts a file of their own into the folder.
    Put {
        path: &'static str,
    },
    /// Somebody edits or deletes a published file.
    Tamper {
        at: usize,
        delete: bool,
    },
    /// Somebody empties the cache folder.
    Forget,
}

/// Paths in which files and folders change into each other. A site takes one of each row.
const PATHS: [&[&str]; 6] =
    [&["index.html"], &["a", "a/index.html", "a/b/c"], &["a-b"], &["b/c", "b/c/d", "b"], &["é/x"], &["z/1", "z"]];

fn sites() -> impl Strategy<Value = Site> {
    let row = |paths: &'static [&'static str]| proptest::option::of((0..paths.len(), 0..3_u8));
    PATHS.map(row).prop_map(|rows| {
        let files = rows.into_iter().zip(PATHS).filter_map(|(row, paths)| row.map(|row| (paths, row)));
        files.map(|(paths, (at, text))| (paths[at].to_owned(), "x".repeat(text.into()))).collect()
    })
}

fn events() -> impl Strategy<Value = Event> {
    let ways = prop_oneof![12 => Just(WAYS[0]), 1 => Just(WAYS[1]), 1 => Just(WAYS[2]), 1 => Just(WAYS[3])];
    let kills = prop_oneof![5 => Just(None), 1 => (0..60_usize).prop_map(Some)];
    prop_oneof![
        12 => (sites(), ways, kills).prop_map(|(site, way, kill_after)| Event::Build { site, way, kill_after }),
        1 => prop::sample::select(&["CNAME", "a/mine", "m/n/o", "é/mine"][..]).prop_map(|path| Event::Put { path }),
        1 => (0..6_usize, any::<bool>()).prop_map(|(at, delete)| Event::Tamper { at, delete }),
        1 => Just(Event::Forget),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_folder_holds_the_last_site_and_everybody_elses_files(events in prop::collection::vec(events(), 1..12)) {
        let desk = Desk::new();
        // What is somebody else's, and what was the site's until somebody has edited it.
        let (mut mine, mut edited): (Site, Site) = (Site::new(), Site::new());
        let mut possible: Vec<Site> = vec![Site::new()];
        for event in events {
            match event {
                Event::Build { site, way, kill_after } => {
                    let result = desk.build_on(disk(way, kill_after), &site);
                    let mut published = desk.published();
                    published.retain(|path, _| !is_staged(path));
                    for (path, text) in &mine {
                        prop_assert_eq!(published.get(path), Some(text));
                    }
                    if result.0.is_ok() && !result.1 {
                        // Where the site has the same path, the page is mended; else it is nobody's but the editor's.
                        let left = std::mem::take(&mut edited).into_iter().filter(|(path, _)| !site.contains_key(path));
                        mine.extend(left);
                        let mut expected = site.clone();
                        expected.extend(mine.clone());
                        prop_assert_eq!(&published, &expected);
                        prop_assert!(listed(&desk).iter().eq(site.keys()));
                        possible = vec![site];
                    } else {
                        // Killed, or somebody else's file is in the way: all files are of one of the sites since.
                        possible.push(site);
                        for (path, text) in published.iter().filter(|(path, _)| !mine.contains_key(*path)) {
                            let is_known = possible.iter().chain([&edited]).any(|site| site.get(path) == Some(text));
                            prop_assert!(is_known, "{}", path);
                        }
                        edited.retain(|path, text| published.get(path) == Some(text));
                    }
                }
                Event::Put { path } => {
                    // Only where a build has been, and where no file of the site is in the way.
                    let at = desk.public().join(path);
                    let has_way = at.ancestors().skip(1).all(|folder| !folder.exists() || folder.is_dir());
                    if desk.public().join(MANIFEST).exists() && has_way && !at.exists() {
                        desk.put(path, "mine");
                        mine.insert(path.to_owned(), "mine".to_owned());
                    }
                }
                Event::Tamper { at, delete } => {
                    let published = desk.published();
                    let mut files = published.keys().filter(|path| !mine.contains_key(*path) && !is_staged(path));
                    let Some(path) = files.nth(at) else { continue };
                    fs::remove_file(desk.public().join(path)).unwrap();
                    edited.remove(path);
                    if !delete {
                        fs::write(desk.public().join(path), "edited").unwrap();
                        edited.insert(path.clone(), "edited".to_owned());
                    }
                }
                Event::Forget => desk.forget(),
            }
        }
    }
}
