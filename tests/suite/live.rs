//! A site that is kept up to date says and shows what a build of the same files would, whatever is edited.

pub mod desk;

use std::fs;

use desk::{Desk, SITE, edit_at_random, put, texts};

#[test]
fn whatever_is_edited_it_says_and_shows_what_a_build_would() {
    let built = edit_at_random(1, 300);
    assert!(60 < built && built < 290, "{built} of 300 steps could be built");
}

#[test]
fn the_last_good_site_stays_until_the_next() {
    let mut desk = Desk::new(SITE);
    let front = |desk: &Desk| {
        let shelf = desk.live.shelf().unwrap();
        String::from_utf8(shelf.file("index.html").unwrap().unwrap().as_ref().to_vec()).unwrap()
    };
    let good = front(&desk);
    let text = desk.read("content/index.md");
    fs::write(desk.path("content/index.md"), text.replace("[$4–$6]", "[$4–$7]")).unwrap();
    desk.update(&["content/index.md"].into_iter().collect());
    assert!(desk.live.problems().iter().any(|problem| problem.code.name == "figure-value"));
    assert_eq!(front(&desk), good);
    fs::write(desk.path("content/index.md"), text.replace("The small plan", "This plan")).unwrap();
    desk.update(&["content/index.md"].into_iter().collect());
    assert!(desk.live.problems().is_empty());
    assert!(front(&desk).contains("This plan"));

    // A template that fails on some page: all pages stay as they were.
    put(&desk.path("templates/components/term.html"), "{{ term.nothing.here }}");
    desk.update(&["templates"].into_iter().collect());
    assert!(desk.live.problems().iter().any(|problem| problem.code.name == "template"), "{:?}", desk.live.problems());
    let shelf = desk.live.shelf().unwrap();
    assert!(shelf.file("plans/index.html").unwrap().is_ok());
}

#[test]
fn what_the_tree_refuses_is_noticed_when_it_goes() {
    let mut desk = Desk::new(SITE);
    for (path, code) in [("content/data/notes.txt", "stray-data"), ("content/sub/page.markdown", "page-extension")] {
        put(&desk.path(path), "Text.\n");
        desk.update(&[path].into_iter().collect());
        assert_eq!(desk.live.problems()[0].code.name, code);
        assert!(!desk.compare(path));
        fs::remove_file(desk.path(path)).unwrap();
        desk.update(&[path].into_iter().collect());
        assert!(desk.compare(path));
    }
    let config = desk.read("content/site.toml");
    fs::remove_file(desk.path("content/site.toml")).unwrap();
    desk.update(&["content/site.toml"].into_iter().collect());
    assert_eq!(desk.live.problems()[0].code.name, "missing-config");
    assert!(!desk.compare("without settings"));
    put(&desk.path("content/site.toml"), &config);
    desk.update(&["content/site.toml"].into_iter().collect());
    assert!(desk.compare("with settings again"));
}

#[cfg(unix)]
#[test]
fn a_file_changes_under_every_name_that_leads_to_it() {
    let mut desk = Desk::new(SITE);
    for (link, target) in
        [("content/second.md", "words.md"), ("content/twin", "deep"), ("content/none.md", "nothing.md")]
    {
        std::os::unix::fs::symlink(target, desk.path(link)).unwrap();
        desk.update(&[link].into_iter().collect());
    }
    assert!(!desk.compare("with a link that leads to nothing"));
    fs::remove_file(desk.path("content/none.md")).unwrap();
    desk.update(&["content/none.md"].into_iter().collect());
    let more = desk.read("content/deep/more.md").replace("aliases = [\"/old/\"]\n", "");
    let words = "# Other words\n\nWords.\n".to_owned();
    for (path, text) in [("content/deep/more.md", more), ("content/words.md", words)] {
        put(&desk.path(path), &text);
        desk.update(&[path].into_iter().collect());
        assert!(desk.compare(path), "{:?}", texts(desk.live.problems()));
    }
}

#[test]
fn what_came_and_went_and_what_no_site_holds_changes_nothing() {
    let mut desk = Desk::new(SITE);
    for path in [
        "content/4913",
        "content/.bands.md.swp",
        "content/index.md~",
        "public/index.html",
        "README.md",
        "content/index.md",
    ] {
        assert!(!desk.live.update(&[path].into_iter().collect()).unwrap(), "{path}");
    }
}
