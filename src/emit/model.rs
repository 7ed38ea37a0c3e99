//! Builds of every kind, one after another, against what the published folder must hold then.

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::AtomicUsize;

use proptest::prelude::*;

use super::desk::{self, Desk, Faults, Site, site};
use super::disk::{Disk, EXCHANGES};
use super::manifest::{MANIFEST, Manifest};

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

/// The folder is one of these sites, whole, with a manifest that says so.
fn assert_is_one_of(desk: &Desk, sites: &[&Site], context: &str) {
    let published = desk.published();
    assert!(sites.contains(&&published), "{context}: {published:?}");
    let listed = Manifest::read(&desk.public()).unwrap().map(Result::unwrap).unwrap_or_default();
    assert!(listed.paths().eq(published.keys().map(String::as_str)), "{context}");
}

#[test]
fn a_build_killed_at_any_step_leaves_one_whole_site_and_the_next_build_completes_it() {
    let first = site(&[("index.html", "1"), ("a/index.html", "a"), ("b/c", "c"), ("x", "file"), ("y/z", "z")]);
    let second = site(&[("index.html", "2"), ("a/index.html", "a"), ("d/e", "e"), ("x/y", "folder"), ("y", "file")]);
    for way in WAYS {
        let exchanges = EXCHANGES && matches!(way, Way::Exchange | Way::NoLinks);
        for (foreign, earlier) in [(None, 0), (None, 1), (None, 2), (Some("CNAME"), 1), (Some("b/mine"), 2)] {
            for kill_after in 0.. {
                let context = format!("{way:?}, {foreign:?}, {earlier} builds before, killed after {kill_after} steps");
                let desk = Desk::new();
                // Of two builds before, the second fills the stage with what the first has published.
                let zeroth = site(&[("index.html", "0"), ("y", "file"), ("old/x", "x")]);
                for site in [&[][..], &[&first], &[&zeroth, &first]][earlier] {
                    desk.build_on(disk(way, None), site).0.unwrap();
                }
                if let Some(path) = foreign {
                    desk.put(path, "mine");
                }
                let before = desk.published();
                let mut after = second.clone();
                after.extend(foreign.map(|path| (path.to_owned(), "mine".to_owned())));

                let killed = desk.build_on(disk(way, Some(kill_after)), &second).1;
                if exchanges && foreign.is_none() {
                    assert_is_one_of(&desk, &[&before, &after], &context);
                }
                let incoming = |path: &str| path == ".bandbook-incoming";
                for (path, text) in desk.published() {
                    let is_known =
                        before.get(&path) == Some(&text) || after.get(&path) == Some(&text) || incoming(&path);
                    assert!(is_known, "{context}: {path} {text:?}");
                }
                desk.build_on(disk(way, None), &second).0.unwrap_or_else(|failure| panic!("{context}: {failure}"));
                assert_eq!(desk.published(), after, "{context}");
                if !killed {
                    break;
                }
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_put_there_during_an_exchange_that_is_then_killed_is_brought_back_by_the_next_build() {
    for kill_after in 0.. {
        let desk = Desk::new();
        desk.build(&site(&[("index.html", "1"), ("a/b", "b")])).unwrap();
        let public = desk.public();
        let mut disk = disk(Way::Exchange, Some(kill_after));
        disk.faults.meanwhile = Some(Box::new(move || fs::write(public.join("a/CNAME"), "mine").unwrap()));
        let second = site(&[("index.html", "2"), ("a/b", "b")]);
        let killed = desk.build_on(disk, &second).1;
        let was_put = desk::files_below(desk.root.path()).values().any(|text| text == "mine");
        desk.build(&second).unwrap();
        let mut expected = second.clone();
        expected.extend(was_put.then(|| ("a/CNAME".to_owned(), "mine".to_owned())));
        assert_eq!(desk.published(), expected, "killed after {kill_after} steps");
        if !killed {
            break;
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
    /// Somebody deletes bandbook's own folder.
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
        let mut mine: BTreeSet<&str> = BTreeSet::new();
        let mut possible: Vec<Site> = vec![Site::new()];
        for event in events {
            match event {
                Event::Build { site, way, kill_after } => {
                    let result = desk.build_on(disk(way, kill_after), &site);
                    for path in &mine {
                        prop_assert_eq!(fs::read_to_string(desk.public().join(path)).unwrap(), "mine");
                    }
                    let mut published = desk.published();
                    published.retain(|path, _| !mine.contains(&**path));
                    match result {
                        (Ok(counts), _) => {
                            prop_assert_eq!(&published, &site);
                            prop_assert_eq!(counts.files, site.len());
                            let listed = Manifest::read(&desk.public()).unwrap().unwrap().unwrap();
                            prop_assert!(listed.paths().eq(site.keys().map(String::as_str)));
                            possible = vec![site];
                        }
                        // Killed, or somebody else's file is in the way: all files are of one of the sites since.
                        (Err(_), _) => {
                            possible.push(site);
                            for (path, text) in published.iter().filter(|(path, _)| *path != ".bandbook-incoming") {
                                prop_assert!(possible.iter().any(|site| site.get(path) == Some(text)), "{}", path);
                            }
                        }
                    }
                }
                Event::Put { path } => {
                    // Only where a build has been, and where no file of the site is in the way.
                    let at = desk.public().join(path);
                    let has_way = at.ancestors().skip(1).all(|folder| !folder.exists() || folder.is_dir());
                    if desk.public().join(MANIFEST).exists() && has_way && !at.exists() {
                        desk.put(path, "mine");
                        mine.insert(path);
                    }
                }
                Event::Tamper { at, delete } => {
                    let listed = desk.published();
                    let Some((path, _)) = listed.iter().filter(|(path, _)| !mine.contains(&***path)).nth(at) else { continue };
                    fs::remove_file(desk.public().join(path)).unwrap();
                    if !delete {
                        fs::write(desk.public().join(path), "edited").unwrap();
                        possible.push([(path.clone(), "edited".to_owned())].into());
                    }
                }
                Event::Forget => {
                    let _ = fs::remove_dir_all(desk.root.path().join(".public.bandbook"));
                }
            }
        }
    }
}
