//! What `content/site.toml` may say, and what is said about its mistakes.

use super::*;

const HEAD: &str = "title = \"Fee\"\nbase_url = \"https://example.com/repo\"\n";

fn read(text: &str) -> (Config, Vec<String>) {
    let mut diagnostics = Vec::new();
    let config = parse(&Source::new("site.toml", text), &mut diagnostics);
    let lines = diagnostics.iter().map(|problem| {
        let place = problem.place.as_ref().map(Place::to_string).unwrap_or_default();
        format!("{} {} {}", place.trim_start_matches("site.toml:"), problem.code.name, problem.message)
    });
    (config, lines.collect())
}

#[track_caller]
fn check(rest: &str, expected: &[&str]) {
    assert_eq!(read(&format!("{HEAD}{rest}")).1, expected, "{rest}");
}

#[test]
fn everything_a_site_may_say_is_read() {
    let (config, problems) = read(
        "title = \"Fee\"\nbase_url = \"https://example.github.io/repo/\"\ndescription = \"All of it.\"\nlanguage = \"de-AT\"\n\
         repository = \"https://github.com/a/b\"\nedit_base = \"https://github.com/a/b/edit/main/content\"\nallow_html = true\n\
         [[nav]]\ntitle = \"Fee\"\npages = [\"bands.md\", \"bands\"]\n[[nav]]\ntitle = \"Rest\"\n\
         [rules]\ntyped-figure = \"error\"\nlevels-rise = \"off\"\n[limits]\nstale_warn_days = 10\nstale_fail_days = 20\n\
         max_move_percent = 5\ntyped_units = [\"hour\", \"ms\"]\n[labels]\nnext = \"Weiter\"\nmay = \"Mai\"\n\
         [dates]\nfrom = \"git\"\n[csp]\nimages = [\"https://A.example/\", \"http://b.example:80\"]\n[extra]\nanalytics = false\n",
    );
    assert_eq!(problems, [""; 0]);
    assert_eq!((&*config.title, &*config.base_url.base_path, &*config.language.0), ("Fee", "/repo/", "de-AT"));
    assert_eq!(config.edit_base.as_deref(), Some("https://github.com/a/b/edit/main/content/"));
    let groups: Vec<(&str, usize)> =
        config.navigation.iter().map(|group| (&*group.title.text, group.pages.len())).collect();
    assert_eq!(groups, [("Fee", 2), ("Rest", 0)]);
    let rules: Vec<(&str, Severity)> = config.rules.iter().map(|rule| (&*rule.name, rule.severity)).collect();
    assert_eq!(rules, [("typed-figure", Severity::Error), ("levels-rise", Severity::Off)]);
    let limits = &config.limits;
    assert_eq!((limits.stale_warn_days, limits.stale_fail_days, limits.max_move_percent), (10, 20, 5));
    assert_eq!(limits.typed_units.len(), 2);
    assert_eq!((&*config.labels.next, &*config.labels.previous), ("Weiter", "Previous"));
    assert_eq!(config.labels.month_name(5), Some("Mai"));
    assert!(matches!(config.dates, Dates::Git(_)));
    assert_eq!(config.extra.len(), 1);
    assert_eq!(config.image_hosts, ["https://a.example", "http://b.example"]);
    assert!(config.allow_html);
}

#[test]
fn mistakes_are_reported_where_they_stand() {
    check("", &[]);
    check("titel = \"x\"", &["3:1 unknown-key unknown key `titel`"]);
    check("language = \"English\"", &["3:13 site-language `language` is not a language tag: \"English\""]);
    check(
        "repository = \"github.com/a\"",
        &["3:15 site-address `repository` is not an absolute address: \"github.com/a\""],
    );
    check(
        "edit_base = \"javascript://a/b\"",
        &["3:14 site-address `edit_base` is not an address of the web: \"javascript://a/b\""],
    );
    check("[rules]\nx = \"warning\"", &["4:5 wrong-type `x` can't be \"warning\""]);
    check("[limits]\nstale_warn_days = -1", &["4:19 site-limit `stale_warn_days` can't be -1"]);
    check(
        "[limits]\nmax_move_percent = 1.5",
        &["4:20 wrong-type `max_move_percent` takes a whole number, not a decimal number"],
    );
    check(
        "[limits]\nstale_fail_days = 1\nstale_warn_days = 2",
        &["5:19 site-limit a value would fail after 1 days, and be warned of after 2"],
    );
    check("[limits]\ntyped_units = [\"hours\"]", &["4:16 wrong-type each item can't be \"hours\""]);
    check(
        "[csp]\nimages = [\"a.example\", \"https://a.example/b\", \"https://a.example;\"]",
        &[
            "4:12 site-address `images` is not an absolute address: \"a.example\"",
            "4:25 site-address `images` holds more than a host: \"https://a.example/b\"",
            "4:48 site-address `images` has no valid host: \"https://a.example;\"",
        ],
    );
    check("[labels]\nnxt = \"x\"", &["4:1 unknown-key unknown key `nxt`"]);
    check("[labels]\nnext = \" \"", &["4:8 site-blank `next` is empty"]);
    check("[dates]\nfrom = \"Git\"", &["4:8 wrong-type `from` can't be \"Git\""]);
    check("[[nav]]\npages = []", &["3:1 missing-key `title` is missing"]);
    check("description = \"\"", &["3:15 site-blank `description` is empty"]);
}

#[test]
fn a_broken_file_leaves_the_defaults() {
    let (config, problems) = read("title = \nbase_url = \"example.com\"\n");
    assert_eq!(problems, ["1:9 toml-syntax string values must be quoted, expected literal string"]);
    assert!(config.whole.is_err() && config.allow_html);
    assert_eq!((&*config.title, &*config.base_url.base_path, &*config.language.0), ("", "/", "en"));
    assert_eq!(config.limits.stale_fail_days, u32::MAX);
}

#[test]
fn a_single_limit_moves_the_other_out_of_its_way() {
    let (config, problems) = read(&format!("{HEAD}[limits]\nstale_warn_days = 1000\n"));
    assert_eq!((problems.len(), config.limits.stale_fail_days), (0, 1000));
}

#[test]
fn every_label_has_one_key_and_words() {
    let labels = Labels::default();
    let mut keys: Vec<&str> = labels.iter().map(|(key, _)| key).collect();
    assert!(labels.iter().all(|(_, word)| !word.trim().is_empty()));
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count);
}
