//! Other people: their files, their permissions, who looks at the folder, and who builds at the same time.

use super::*;

#[test]
fn a_file_that_somebody_has_changed_is_left_when_the_site_has_it_no_more() {
    let desk = Desk::new();
    desk.build(&site(&[("a", "1"), ("b", "2"), ("c", "3")])).unwrap();
    desk.put("a", "mine");
    let site = site(&[("c", "4")]);
    let published = desk.build(&site).unwrap();
    assert_eq!((published.removed, published.problems.len()), (1, 1));
    assert!(published.problems[0].message.contains("changed it since"), "{:?}", published.problems);
    assert_eq!(counts(desk.build(&site).unwrap()), [1, 0, 0]);
    assert_eq!(desk.published(), desk::site(&[("a", "mine"), ("c", "4")]));
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
    assert_eq!(counts(desk.build(&site).unwrap()), [2, 0, 0]);
    assert_eq!(counts(desk.build(&site).unwrap()), [2, 0, 0]);
}

#[cfg(unix)]
#[test]
fn a_file_put_there_during_the_exchange_is_not_lost() {
    for (path, at, is_reported) in [
        ("CNAME", 1, false),
        ("a/notes", 1, false),
        ("gone/notes", 1, false),
        ("new", 1, true),
        // Now the stage is in the folder's place, and is removed afterwards but for this.
        ("CNAME", 2, true),
        ("a/notes", 2, true),
    ] {
        let desk = Desk::new();
        desk.build(&site(&[("index.html", "1"), ("a/index.html", "a"), ("gone/index.html", "a")])).unwrap();
        let public = desk.public();
        let meanwhile = move |exchange| {
            if exchange == at {
                fs::write(public.join(path), "mine").unwrap();
            }
        };
        let disk = Disk { faults: Faults { meanwhile: Some(Box::new(meanwhile)), ..Faults::default() } };
        let mut expected = site(&[("index.html", "2"), ("a/index.html", "a"), ("new", "new")]);
        let published = desk.build_on(disk, &expected).0.unwrap();
        assert_eq!(published.problems.len(), usize::from(is_reported), "{path} {:?}", published.problems);
        let beside: Vec<_> = desk.beside().iter().flat_map(|stage| desk::files_below(stage)).collect();
        if is_reported {
            assert!(
                beside.iter().any(|(found, text)| found.strip_prefix("site/") == Some(path) && text == "mine"),
                "{path} {beside:?}"
            );
        } else {
            assert!(beside.is_empty());
            expected.insert(path.to_owned(), "mine".to_owned());
        }
        assert_eq!(desk.published(), expected, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn folders_and_files_keep_the_permissions_that_their_publisher_gave_them() {
    use std::os::unix::fs::PermissionsExt;
    for faults in [Faults::default, || Faults { no_exchange: true, ..Faults::default() }] {
        let desk = Desk::new();
        desk.build(&site(&[("a/index.html", "1"), ("a/same", "1")])).unwrap();
        let modes = [("", 0o2750), ("a", 0o711), ("a/index.html", 0o640), ("a/same", 0o604)];
        for (path, mode) in modes {
            fs::set_permissions(desk.public().join(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        let public = desk.public();
        let meanwhile = move |_| {
            for (path, mode) in modes {
                let found = fs::metadata(public.join(path)).unwrap().permissions().mode() & 0o7777;
                assert_eq!(found, mode, "{path}");
            }
        };
        let meanwhile = std::sync::Arc::new(meanwhile);
        let hook = std::sync::Arc::clone(&meanwhile);
        let disk = Disk { faults: Faults { meanwhile: Some(Box::new(move |at| hook(at))), ..faults() } };
        desk.build_on(disk, &site(&[("a/index.html", "2"), ("a/same", "1"), ("new", "1")])).0.unwrap();
        meanwhile(0);
    }
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
fn an_empty_folder_of_somebody_elses_stays_where_it_is() {
    for folder in ["uploads", "a/uploads", "a/uploads/deep"] {
        let desk = Desk::new();
        desk.build(&site(&[("index.html", "1"), ("a/b", "1")])).unwrap();
        fs::create_dir_all(desk.public().join(folder)).unwrap();
        for round in ["2", "3"] {
            desk.build(&site(&[("index.html", round), ("a/b", "1")])).unwrap();
            assert!(desk.public().join(folder).is_dir());
        }
        desk.build(&Site::new()).unwrap();
        assert!(desk.public().join(folder).is_dir());
        assert!(desk.build(&site(&[(folder.split('/').next().unwrap(), "1")])).is_err());
        assert!(desk.beside().is_empty());
    }
}

#[cfg(unix)]
#[test]
fn who_holds_the_folder_itself_sees_the_old_site_or_the_new_one() {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    for faults in [Faults::default, || Faults { no_exchange: true, ..Faults::default() }] {
        let desk = Desk::new();
        desk.build(&site(&[("index.html", "1"), ("a", "1")])).unwrap();
        let held = openat(CWD, desk.public(), OFlags::DIRECTORY | OFlags::RDONLY, Mode::empty()).unwrap();
        let read = move |path: &str| {
            let file = openat(&held, path, OFlags::RDONLY, Mode::empty()).unwrap();
            std::io::read_to_string(fs::File::from(file)).unwrap()
        };
        let read = std::sync::Arc::new(read);
        let hook = std::sync::Arc::clone(&read);
        let meanwhile = move |exchange| assert_eq!(hook("index.html"), if exchange == 1 { "1" } else { "2" });
        let disk = Disk { faults: Faults { meanwhile: Some(Box::new(meanwhile)), ..faults() } };
        desk.build_on(disk, &site(&[("index.html", "2"), ("a", "1")])).0.unwrap();
        assert_eq!((read("index.html"), read("a")), ("2".to_owned(), "1".to_owned()));
    }
}

#[test]
fn builds_at_once_are_refused_but_for_one_and_leave_one_whole_site() {
    let desk = Desk::new();
    let sites: Vec<Site> = ["1", "2", "3"].map(|text| site(&[("index.html", text), ("a", text), (text, text)])).into();
    for _ in 0..20 {
        let done: Vec<bool> = sites.par_iter().map(|site| desk.build(site).is_ok()).collect();
        assert!(done.contains(&true));
        assert!(sites.contains(&desk.published()), "{:?}", desk.published());
        assert!(desk.beside().is_empty());
    }
}
