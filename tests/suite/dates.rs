//! Dates of pages from the repository's history: real repositories, whole, shallow, or none at all.

use crate::project::Project;

const CONFIG: &str = "title = \"Pay\"\nbase_url = \"https://example.org/\"\n[dates]\nfrom = \"git\"\n";
const WORDS: &str = "Words enough that another name is told from another page.\nAnd more.\nAnd yet more of them.\n";

/// A repository without a commit, whose site takes its dates from git. The front page has dates of its own.
fn site() -> Project {
    let front =
        "+++\ntitle = \"Home\"\ndescription = \"D\"\ndate = \"2020-01-01\"\nupdated = \"2020-02-02\"\n+++\n\nText.\n";
    let project = Project::new().file("content/site.toml", CONFIG).file("content/index.md", front);
    project.git(&["init", "--initial-branch=main"]);
    project
}

fn page(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"D\"\n+++\n\n{text}")
}

/// The days that a page says it was published and updated on.
fn dates(project: &Project, page: &str) -> [Option<String>; 2] {
    let text = project.read(page);
    let day = |label: &str| {
        let (_, rest) = text.split_once(&format!("<li>{label} <time datetime=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    [day("Published"), day("Updated")]
}

#[track_caller]
fn assert_dates(project: &Project, page: &str, published: &str, updated: &str) {
    let expected = [published, updated].map(|day| (!day.is_empty()).then(|| day.to_owned()));
    assert_eq!(dates(project, page), expected, "{page}");
}

#[test]
fn pages_have_the_days_of_their_first_and_last_commits_in_utc() {
    let project = site().file("content/a.md", page("A", WORDS)).file("content/b.md", page("B", WORDS));
    // 1 March in Tokyo, still 28 February in UTC.
    project.commit("2026-03-01T08:30:00+09:00");
    let project =
        project.file("content/a.md", page("A", "Other words.\n")).file("content/404.md", page("None", "No.\n"));
    project.commit("2026-04-10T12:00:00Z");
    let project = project
        .file("content/a.md", page("A", "Not committed.\n"))
        .file("content/new.md", page("New", WORDS))
        .variable("TZ", "Asia/Tokyo")
        .variable("GIT_DIR", "/nowhere");
    project.run("build").succeeds();
    assert_dates(&project, "public/a/index.html", "2026-02-28", "2026-04-10");
    assert_dates(&project, "public/b/index.html", "2026-02-28", "");
    assert_dates(&project, "public/new/index.html", "", "");
    assert_dates(&project, "public/404.html", "", "");
    assert_dates(&project, "public/index.html", "2020-01-01", "2020-02-02");
    let sitemap = project.read("public/sitemap.xml");
    for (page, lastmod) in [("a/", "2026-04-10"), ("b/", "2026-02-28"), ("", "2020-02-02")] {
        let entry = format!("<url><loc>https://example.org/{page}</loc><lastmod>{lastmod}</lastmod></url>");
        assert!(sitemap.contains(&entry), "{entry}\n{sitemap}");
    }
    assert!(sitemap.contains("<url><loc>https://example.org/new/</loc></url>"), "{sitemap}");

    let front_matter = project.file("content/site.toml", CONFIG.replace("git", "front-matter"));
    front_matter.run("build").succeeds();
    assert_dates(&front_matter, "public/a/index.html", "", "");
    assert_dates(&front_matter, "public/index.html", "2020-01-01", "2020-02-02");
}

#[test]
fn a_key_of_front_matter_wins_over_history_and_history_fills_the_other() {
    let typed = |key: &str| format!("+++\ntitle = \"A\"\ndescription = \"D\"\n{key}\n+++\n\n{WORDS}");
    let project = site()
        .file("content/published.md", typed("date = \"2019-05-05\""))
        .file("content/updated.md", typed("updated = \"2027-05-05\""))
        .file("content/later.md", typed("date = \"2030-01-01\""));
    project.commit("2026-03-01T12:00:00Z");
    project.run("build").succeeds();
    assert_dates(&project, "public/published/index.html", "2019-05-05", "2026-03-01");
    assert_dates(&project, "public/updated/index.html", "2026-03-01", "2027-05-05");
    assert_dates(&project, "public/later/index.html", "2030-01-01", "");
}

#[test]
fn another_name_keeps_the_past_of_a_page() {
    let project = site().file("content/a.md", page("A", WORDS)).file("content/b.md", page("B", &WORDS.repeat(3)));
    project.commit("2026-01-01T12:00:00Z");
    // Names that git would quote.
    project.git(&["mv", "content/a.md", "content/Überblick für alle.md"]);
    project.git(&["mv", "content/b.md", "content/it's.md"]);
    let project = project.file("content/it's.md", page("B", &format!("{}More.\n", WORDS.repeat(3))));
    project.commit("2026-02-02T12:00:00Z");
    // A new page at the old address has nothing to do with it.
    let project = project.file("content/a.md", page("A", "Something else altogether.\n"));
    project.commit("2026-03-03T12:00:00Z");
    project.run("build").succeeds();
    assert_dates(&project, "public/Überblick für alle/index.html", "2026-01-01", "");
    assert_dates(&project, "public/it's/index.html", "2026-01-01", "2026-02-02");
    assert_dates(&project, "public/a/index.html", "2026-03-03", "");
}

#[test]
fn both_sides_of_a_merge_count_and_so_does_what_the_merge_itself_changed() {
    let (one, two) = (WORDS.replace("Words", "One"), WORDS.replace("of them", "of these"));
    let project = site().file("content/a.md", page("A", WORDS)).file("content/b.md", page("B", WORDS));
    project.commit("2026-01-01T12:00:00Z");
    project.git(&["checkout", "-b", "side"]);
    let project = project.file("content/a.md", page("A", &one)).file("content/b.md", page("B", "Side.\n"));
    project.commit("2026-02-02T12:00:00Z");
    project.git(&["checkout", "main"]);
    let project = project.file("content/a.md", page("A", &two)).file("content/c.md", page("C", WORDS));
    project.commit("2026-03-03T12:00:00Z");
    project.git_at("2026-04-04T12:00:00Z", &["merge", "--no-edit", "side"]);
    project.run("build").succeeds();
    assert_dates(&project, "public/a/index.html", "2026-01-01", "2026-04-04");
    assert_dates(&project, "public/b/index.html", "2026-01-01", "2026-02-02");
    assert_dates(&project, "public/c/index.html", "2026-03-03", "");
}

#[test]
fn a_site_in_a_folder_of_the_repository_has_its_dates_whatever_git_is_set_to() {
    let project = Project::empty()
        .file("content/a.md", page("Other", "This is no page of the site.\n"))
        .file("my docs/content/site.toml", CONFIG)
        .file("my docs/content/index.md", page("Home", WORDS));
    project.git(&["init", "--initial-branch=main"]);
    project.commit("2026-01-01T12:00:00Z");
    let project = project.file("my docs/content/a.md", page("A", WORDS));
    project.commit("2026-02-02T12:00:00Z");
    let is_right = |project: &Project, setting: &str| {
        project.run_in("my docs", "build").succeeds();
        for (page, day) in [("index.html", "2026-01-01"), ("a/index.html", "2026-02-02")] {
            assert_eq!(dates(project, &format!("my docs/public/{page}")), [Some(day.to_owned()), None], "{setting}");
        }
    };
    let settings = [
        "log.showRoot=false",
        "log.follow=true",
        "log.date=relative",
        "log.decorate=full",
        "log.diffMerges=first-parent",
        "log.showSignature=true",
        "log.mailmap=false",
        "format.pretty=fuller",
        "format.notes=true",
        "diff.relative=true",
        "diff.renames=false",
        "diff.renameLimit=1",
        "diff.orderFile=none",
        "diff.noPrefix=true",
        "diff.external=false",
        "core.quotePath=true",
        "core.pager=false",
        "core.abbrev=4",
        "color.ui=always",
        "i18n.logOutputEncoding=UTF-16",
        "i18n.commitEncoding=UTF-16",
    ];
    for setting in settings {
        let (key, value) = setting.split_once('=').unwrap();
        project.git(&["config", key, value]);
        is_right(&project, setting);
    }
    // The same from the environment, and what only the environment can say.
    let mut project = project;
    for (at, setting) in settings.iter().enumerate() {
        let (key, value) = setting.split_once('=').unwrap();
        project =
            project.variable(&format!("GIT_CONFIG_KEY_{at}"), key).variable(&format!("GIT_CONFIG_VALUE_{at}"), value);
    }
    project = project.variable("GIT_CONFIG_COUNT", settings.len().to_string());
    for (name, value) in [
        ("GIT_DIR", "/nowhere"),
        ("GIT_WORK_TREE", "/nowhere"),
        ("GIT_COMMON_DIR", "/nowhere"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_NAMESPACE", "other"),
        ("GIT_SHALLOW_FILE", "/nowhere"),
        ("GIT_LITERAL_PATHSPECS", "0"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_DIFF_OPTS", "-u0"),
        ("GIT_PAGER", "false"),
        ("GIT_TRACE", "1"),
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "de_DE.UTF-16"),
    ] {
        project = project.variable(name, value);
        is_right(&project, name);
    }
}

#[test]
fn other_commits_in_place_of_the_real_ones_and_clocks_that_were_never_set_give_no_dates() {
    let project = site().file("content/a.md", page("A", WORDS));
    project.commit("2026-01-01T12:00:00Z");
    let project = project.file("content/a.md", page("A", "Other words.\n"));
    project.commit("2026-02-02T12:00:00Z");
    let project = project.file("content/b.md", page("B", WORDS));
    // The first second that git can store.
    project.commit("@0 +0000");
    let head = project.read(".git/refs/heads/main");
    // By a graft the last commit has no parent, so that it would have added every page.
    let project = project.file(".git/info/grafts", head);
    project.run("build").succeeds();
    assert_dates(&project, "public/a/index.html", "2026-01-01", "2026-02-02");
    assert_dates(&project, "public/b/index.html", "", "");
    let project = project.without(".git/info/grafts");
    project.git(&["replace", "--graft", "HEAD"]);
    project.run("build").succeeds();
    assert_dates(&project, "public/a/index.html", "2026-01-01", "2026-02-02");
    assert_dates(&project, "public/b/index.html", "", "");
}

#[test]
fn on_a_part_of_the_history_no_page_has_a_date_and_a_warning_says_why() {
    let origin = site().file("content/a.md", page("A", WORDS));
    origin.commit("2026-01-01T12:00:00Z");
    let origin = origin.file("content/b.md", page("B", WORDS));
    origin.commit("2026-02-02T12:00:00Z");
    let clone = |options: &[&str]| {
        let project = Project::empty();
        let path = origin.path(".");
        project.git(&[&["clone", "--quiet", "--no-local"], options, &[path.to_str().unwrap(), "site"]].concat());
        project
    };
    let shallow = clone(&["--depth=1"]);
    let run = shallow.run_in("site", "build");
    run.succeeds().says("warning[no-history]: only a part of the history is here").says("content/site.toml:4:8");
    run.says("fetch-depth: 0");
    assert_dates(&shallow, "site/public/a/index.html", "", "");
    assert_dates(&shallow, "site/public/b/index.html", "", "");
    assert_dates(&shallow, "site/public/index.html", "2020-01-01", "2020-02-02");
    shallow.run_in("site", "check --deny-warnings").finds_errors();

    let whole = clone(&[]);
    let run = whole.run_in("site", "build");
    run.succeeds();
    assert!(!run.stderr.contains("no-history"), "{run:?}");
    assert_dates(&whole, "site/public/a/index.html", "2026-01-01", "");
}

#[test]
fn without_a_repository_a_commit_or_git_there_are_no_dates_and_one_warning() {
    let bare = Project::new().file("content/site.toml", CONFIG);
    let empty = site();
    let no_git = site().file("bin/x", "");
    no_git.commit("2026-01-01T12:00:00Z");
    let path = no_git.path("bin");
    let no_git = no_git.variable("PATH", path);
    for (project, message) in [
        (&bare, "git knows no repository here"),
        (&empty, "git can't tell the history"),
        (&no_git, "`git` can't be run"),
    ] {
        let run = project.run("build --format short");
        run.succeeds().says(message);
        assert_eq!(run.stderr.matches("no-history").count(), 1, "{run:?}");
    }
    let off = bare.file("content/site.toml", format!("{CONFIG}[rules]\nno-history = \"off\"\n"));
    let run = off.run("check --deny-warnings");
    run.succeeds().says("no problems");
}
