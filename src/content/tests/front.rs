//! Front matter.

use super::*;
use crate::diagnostic::Span;

#[test]
fn front_matter_stands_between_two_lines_at_the_top() {
    check("", &[]);
    check("text", &[]);
    check("+++\n+++\n", &[]);
    check("+++\n+++", &[]);
    check("+++\r\ntitle = \"a\"\r\n+++\r\ntext", &[]);
    check("+++  \ntitle = \"a\"\n+++\t\ntext", &[]);
    check("\u{feff}+++\ntitle = \"a\"\n+++\ntext", &[]);
    check("+++", &["1:1 front-matter the front matter is never closed"]);
    check("+++\ntitle = \"a\"\n", &["1:1 front-matter the front matter is never closed"]);
    check("+++\ntitle = \"a\"\n\n# [x](javascript:x)\n", &["1:1 front-matter the front matter is never closed"]);
    check(
        "\n+++\ntitle = \"a\"\n+++\n",
        &["2:1 front-matter the front matter doesn't start with a line `+++` at the top of the file"],
    );
    check(
        "+++ toml\ntitle = 1\n+++\n",
        &["1:1 front-matter the front matter doesn't start with a line `+++` at the top of the file"],
    );
    check(
        " +++\ntitle = 1\n+++\n",
        &["1:1 front-matter the front matter doesn't start with a line `+++` at the top of the file"],
    );
    check(
        "++++\n\n++++\n",
        &["1:1 front-matter the front matter doesn't start with a line `+++` at the top of the file"],
    );
    check("---\ntitle: Bands\n---\n", &["1:1 front-matter front matter between `---` lines is not read"]);
    check("---\n\nA rule above.\n", &[]);
    check("---\nnote: a rule above\n", &[]);
    check("text\n\n+++\n", &[]);
}

#[test]
fn its_keys_are_known_and_their_values_usable() {
    check("+++\ntitle = \"Bands\"\nweight = 5\ndraft = true\ntoc = false\n[extra]\nanything = [1, 2]\n+++\n", &[]);
    check("+++\ntitel = \"Bands\"\n+++\n", &["2:1 unknown-key unknown key `titel`"]);
    check(
        "+++\ntitle = 5\ndraft = \"yes\"\n+++\n",
        &[
            "2:9 wrong-type `title` takes text, not a whole number",
            "3:9 wrong-type `draft` takes true or false, not text",
        ],
    );
    check("+++\nextra = 5\n+++\n", &["2:9 wrong-type `extra` takes a table, not a whole number"]);
    check("+++\nslug = \"l3\"\n+++\n", &[]);
    check("+++\nslug = \"größe\"\n+++\n", &[]);
    for slug in ["", ".git", "a/b", "a b", "..", ".", "a?", "a#", "a%20", "a\\\\b", "a\\tb", "a:b", "con", "a."] {
        let text = format!("+++\nslug = \"{slug}\"\n+++\n");
        let (page, diagnostics) = page(&text);
        assert!(page.front.slug.is_none(), "{slug}");
        assert_eq!(diagnostics.len(), 1, "{slug}: {diagnostics:?}");
        assert_eq!(diagnostics[0].code.name, "front-matter-value");
    }
    check("+++\nweight = 99999999999999999999\n+++\n", &["2:10 front-matter-value `weight` is too large a number"]);
}

#[test]
fn aliases_are_addresses() {
    let (page, diagnostics) = page("+++\naliases = [\"/old/\", { from = \"/ai-pm/\", to = \"#ai-pm\" }]\n+++\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let found: Vec<_> =
        page.front.aliases.iter().map(|alias| (&*alias.from.text, alias.to.as_ref().map(|to| &*to.text))).collect();
    assert_eq!(found, [("/old/", None), ("/ai-pm/", Some("#ai-pm"))]);
    check(
        "+++\naliases = [{ from = \"/a/\", to = \"b\" }, { to = \"#b\" }, 5]\n+++\n",
        &["2:40 missing-key `from` is missing", "2:55 wrong-type each item takes text or a table, not a whole number"],
    );
}

#[test]
fn dates_are_days() {
    for (date, expected) in [
        ("\"2026-01-31\"", Some("2026-01-31")),
        ("2026-01-31", Some("2026-01-31")),
        ("\"2028-02-29\"", Some("2028-02-29")),
        ("\"2026-02-29\"", None),
        ("\"2026-13-01\"", None),
        ("\"2026-1-1\"", None),
        ("\"2026\"", None),
        ("2026", None),
        ("\"2026-Q1\"", None),
        ("\"yesterday\"", None),
        ("2026-01-31T10:00:00Z", None),
    ] {
        let (page, diagnostics) = page(&format!("+++\ndate = {date}\n+++\n"));
        assert_eq!(page.front.date.as_ref().map(|date| &*date.text), expected, "{date}");
        assert_eq!(diagnostics.len(), usize::from(expected.is_none()), "{date}: {diagnostics:?}");
    }
    check("+++\ndate = 2026-13-01\n+++\n", &["2:8 toml-syntax invalid date, expected month between 01 and 12"]);
}

#[test]
fn titles_hold_figures_at_their_own_place() {
    let (page, diagnostics) = page(
        "+++\ntitle = \"A median of [$432K](figure:bands.l3.total.median)\"\ndescription = \"*All* bands\"\n+++\n",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let title = page.front.title.expect("a title");
    assert_eq!(tree(&title.nodes), "A median of ‹figure bands.l3.total.median \"$432K\"›");
    assert_eq!(title.plain, "A median of $432K");
    assert_eq!(title.words.text, "A median of \u{fffc}\n");
    let description = page.front.description.expect("a description");
    assert_eq!(tree(&description.nodes), "<em>All</em> bands");
    assert_eq!(description.words.runs[0].context, Context::Description);
    check(
        "+++\ntitle = \"[$4](Figure:a.b)\"\ndescription = \"[x](javascript:x)\"\n+++\n",
        &[
            "2:15 link-scheme `Figure:` is written in small letters",
            "3:20 link-scheme links can't start with `javascript:`",
        ],
    );
}

#[test]
fn places_in_the_body_count_from_the_file() {
    check("+++\ntitle = \"a\"\n+++\n\nA [b](c:d).\n", &["5:7 link-scheme links can't start with `c:`"]);
}

#[test]
fn comments_waive_rules_for_the_next_line() {
    let (page, diagnostics) =
        page("+++\n# bandbook: allow typed-figure: the name of a product\ntitle = \"The $1B club\"\n+++\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let [waiver] = page.waivers.as_slice() else { panic!("{:?}", page.waivers) };
    assert_eq!((&*waiver.rule, &*waiver.reason), ("typed-figure", "the name of a product"));
    assert_eq!(waiver.covers.text(), "title = \"The $1B club\"\n");
    check(
        "+++\n# bandbook: allow typed-figure\ntitle = \"a\"\n+++\n",
        &["2:1 malformed-waiver the waiver of `typed-figure` gives no reason"],
    );
    check("+++\n# a comment\ntitle = \"a\"\n+++\n", &[]);
}

#[test]
fn a_waiver_covers_the_whole_of_a_value() {
    const WAIVER: &str = "# bandbook: allow a: b\n";
    for value in [
        "x = \"\"\"\na = 1\n[b]\n\\\"\"\" c\"\"\"\n",
        "x = '''\nit's\\'''\n",
        "x = [ # a ] [\n  \"]\",\n  [1],\n]\n",
        "x = { a = 1,\n  b = ']' }\n",
        "x = \"#[\" # [\n",
        "x = 'é[' \n",
        "[[row]]\n",
    ] {
        for (before, after) in [("", ""), ("y = '''\n# bandbook: allow c: d\n'''\n", "z = 1\n"), ("", "# c\nz = []\n")]
        {
            let text = format!("{before}{WAIVER}# another remark\n{value}{after}");
            let source = Source::new("a.toml", &*text);
            let waivers = toml_waivers(&source, Span::new(0, text.len()), &mut Vec::new());
            let covers: Vec<&str> = waivers.iter().map(|waiver| waiver.covers.text()).collect();
            assert_eq!(covers, [value], "{text}");
        }
    }
    let list = format!("x = [\n{WAIVER}{WAIVER}'''a\nb''',\n'c']\n{WAIVER}");
    let source = Source::new("a.toml", &*list);
    let waivers = toml_waivers(&source, Span::new(0, list.len()), &mut Vec::new());
    assert_eq!(
        waivers.iter().map(|waiver| waiver.covers.text()).collect::<Vec<_>>(),
        ["'''a\nb''',\n", "'''a\nb''',\n", ""]
    );
    for open in ["x = '''", "x = \"\\", "x = [", "x = \"\"\"\\"] {
        let text = format!("{WAIVER}{open}\nb");
        let source = Source::new("a.toml", &*text);
        assert_eq!(toml_waivers(&source, Span::new(0, text.len()), &mut Vec::new()).len(), 1);
    }
}
