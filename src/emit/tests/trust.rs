//! Nothing that is found is believed: what a checkout carries, and where an output folder leads.

use super::*;

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
        ("nothing/../x", "a folder that isn't there"),
        ("file", "is a file"),
        ("file/public", "is a file, and no folder"),
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
        let failure = Stage::open(&root.join(out), &guard, None).err().expect(out);
        assert!(failure.cause.contains(expected), "{out}: {failure}");
        assert!(failure.help.is_some(), "{out}");
        assert_eq!(listing(), before, "{out}");
    }
    let guard_of_content = Guard { root: &root.join("content"), home: Some(&home) };
    let failure = Stage::open(&root, &guard_of_content, None).err().unwrap();
    assert!(failure.cause.contains("holds"), "{failure}");
    for out in ["empty", "a/b/public", "full/public", "home/public"] {
        let stage = Stage::open(&root.join(out), &guard, None).unwrap();
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

#[test]
fn a_damaged_manifest_is_refused_and_nothing_is_deleted() {
    let desk = Desk::new();
    let first = site(&[("index.html", "1"), ("a", "2")]);
    desk.build(&first).unwrap();
    let text = fs::read_to_string(desk.public().join(MANIFEST)).unwrap();
    for damaged in ["", &text[..text.len() - 1], &text.replace(':', ""), &text.replace("\"a\"", "\"../a\"")] {
        fs::write(desk.public().join(MANIFEST), damaged).unwrap();
        let failure = desk.build(&Site::new()).unwrap_err();
        assert!(failure.help.unwrap().contains("delete the folder"));
        assert_eq!(desk.published(), first);
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

#[test]
fn a_stage_and_whatever_else_a_checkout_carries_is_reported_and_left() {
    let desk = Desk::new();
    let token = "0123456789abcdef";
    let stage = desk.root.path().join(format!(".public.bandbook-{token}"));
    fs::create_dir_all(stage.join("a")).unwrap();
    fs::write(stage.join("evil.html"), "evil").unwrap();
    fs::create_dir_all(desk.root.path().join(".public.bandbook/stage")).unwrap();
    let first = site(&[("index.html", "1")]);
    for round in ["1", "2"] {
        let site = site(&[("index.html", round)]);
        let published = desk.build(&site).unwrap();
        let messages: Vec<_> = published.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(messages.len() == 1 && messages[0].contains(token), "{messages:?}");
        assert_eq!(desk.published(), site);
        assert_eq!(fs::read_to_string(stage.join("evil.html")).unwrap(), "evil");
    }
    // The same in the published folder.
    fs::remove_dir_all(&stage).unwrap();
    desk.put(&format!(".public.bandbook-{token}/new/x"), "mine");
    assert_eq!(desk.build(&first).unwrap().problems.len(), 1);
    assert!(desk.published().values().any(|text| text == "mine"));
}

#[cfg(unix)]
#[test]
fn a_published_folder_that_a_checkout_carries_leads_nowhere() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    let outside = desk.root.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("precious"), "precious").unwrap();
    let public = desk.public();
    fs::create_dir_all(public.join("folder")).unwrap();
    symlink("../outside", public.join("link")).unwrap();
    symlink("../outside/precious", public.join("index.html")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(public.join("pipe")).status().unwrap().success());
    let hash = disk::hash(b"precious");
    let lists = |paths: &[&str]| {
        fs::write(
            public.join(MANIFEST),
            serde_json::to_vec(&paths.iter().map(|path| (*path, [&hash])).collect::<BTreeMap<_, _>>()).unwrap(),
        )
        .unwrap();
    };
    lists(&["../outside/precious"]);
    assert!(desk.build(&Site::new()).unwrap_err().cause.contains("damaged"));
    lists(&["folder", "index.html", "link", "link/precious", "pipe", "pipe/x"]);
    for (path, blocking) in
        [("index.html", "index.html"), ("link/precious", "link"), ("pipe", "pipe"), ("folder", "folder")]
    {
        let failure = desk.build(&site(&[(path, "1")])).unwrap_err();
        assert!(failure.path.ends_with(blocking), "{failure}");
    }
    desk.build(&site(&[("folder/x", "1")])).unwrap();
    assert_eq!(fs::read_to_string(outside.join("precious")).unwrap(), "precious");
    assert!(public.join("index.html").is_symlink() && public.join("link").is_symlink() && public.join("pipe").exists());
    assert!(desk.beside() == [outside]);

    // The folder itself leads out, and what it leads to is no site.
    let desk = Desk::new();
    symlink("outside", desk.public()).unwrap();
    fs::create_dir(desk.root.path().join("outside")).unwrap();
    fs::write(desk.root.path().join("outside/precious"), "precious").unwrap();
    assert!(desk.build(&site(&[("precious", "1")])).unwrap_err().cause.contains("has not written them"));
}

#[test]
fn a_folder_that_another_machine_has_built_is_read_and_not_written() {
    let desk = Desk::new();
    let site = site(&[("index.html", "1"), ("a/b", "2")]);
    desk.build(&site).unwrap();
    let times = desk.age();
    desk.forget();
    assert_eq!(counts(desk.build(&site).unwrap()), [2, 0, 0]);
    assert!(times.iter().all(|(path, time)| desk.modified(path) == *time));
}

#[test]
fn a_file_with_other_bytes_is_never_taken_for_the_published_one() {
    let desk = Desk::new();
    let site = site(&[("index.html", "1"), ("a/b", "2")]);
    for _ in 0..50 {
        desk.build(&site).unwrap();
        let at = desk.public().join("a/b");
        let modified = desk.modified("a/b");
        // In place, with the same size and time of modification, right after the build.
        fs::write(&at, "9").unwrap();
        fs::File::options().write(true).open(&at).unwrap().set_modified(modified).unwrap();
        assert_eq!(desk.build(&site).unwrap().written, 1);
        assert_eq!(desk.published(), site);
    }
}
