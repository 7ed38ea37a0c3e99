//! The words of a page, and where they stand.

use super::*;

fn runs(text: &str) -> Vec<(Context, String)> {
    let (page, _) = page(text);
    page.plain.runs.iter().map(|run| (run.context, page.plain.run_text(run).to_owned())).collect()
}

#[test]
fn words_come_in_runs() {
    use Context::*;
    for (text, expected) in [
        ("a", vec![(Prose, "a")]),
        ("a\nb", vec![(Prose, "a b")]),
        ("a  \nb", vec![(Prose, "a b")]),
        ("a\n\nb", vec![(Prose, "a"), (Prose, "b")]),
        ("# A\n\nb", vec![(Heading, "A"), (Prose, "b")]),
        ("- a\n- b\n  - c", vec![(Prose, "a"), (Prose, "b"), (Prose, "c")]),
        ("> a\n> b", vec![(Prose, "a b")]),
        ("a *b* **c** ~~d~~ e", vec![(Prose, "a b c d e")]),
        ("a `code` b", vec![(Prose, "a \u{fffc} b")]),
        ("[$4](figure:a.b) and [5](literal:c)%", vec![(Prose, "\u{fffc} and \u{fffc}%")]),
        ("[TPgM](term:tpgm) [b](c.md)", vec![(Prose, "TPgM b")]),
        ("<https://a.org/$5> b", vec![(Prose, "\u{fffc} b")]),
        ("a ![$5 b](c.png) d", vec![(Prose, "a "), (ImageText, "$5 b"), (Prose, " d")]),
        ("# A ![b](c.png) d", vec![(Heading, "A "), (ImageText, "b"), (Heading, " d")]),
        (
            "| a | b |\n|---|---|\n| c | d |",
            vec![(TableCell, "a"), (TableCell, "b"), (TableCell, "c"), (TableCell, "d")],
        ),
        ("a[^1]b\n\n[^1]: c\n\n    d", vec![(Prose, "ab"), (Footnote, "c"), (Footnote, "d")]),
        ("```\n$5\n```\n\n    $6", vec![]),
        ("a <!-- $5 --> b", vec![(Prose, "a  b")]),
        ("T\n: d", vec![(Prose, "T"), (Prose, "d")]),
        ("- [ ] a", vec![(Prose, "a")]),
        ("> [!NOTE]\n> a", vec![(Prose, "a")]),
        ("a&nbsp;b \\$5 &lt; c", vec![(Prose, "a\u{a0}b $5 < c")]),
        ("[a]: $5\n\nb", vec![(Prose, "b")]),
        ("a\n***\nb", vec![(Prose, "a"), (Prose, "b")]),
    ] {
        let expected: Vec<(Context, String)> =
            expected.into_iter().map(|(context, text)| (context, text.to_owned())).collect();
        assert_eq!(runs(text), expected, "{text:?}");
    }
}

#[test]
fn places_lead_back_to_the_file() {
    for (text, words, place) in [
        ("a $5 b", "$5", "$5"),
        ("a **$5** b", "$5", "$5"),
        ("a **5**% b", "5%", "5**%"),
        ("a \\$5 b", "$5", "$5"),
        ("a 5&nbsp;% b", "5\u{a0}%", "5&nbsp;%"),
        ("a 5&nbsp;% b", "\u{a0}", "&nbsp;"),
        ("a 5&nbsp;% b", "%", "%"),
        ("a 5&nbsp;% b", "\u{a0}%", "&nbsp;%"),
        ("&amp;&lt;x", "<", "&lt;"),
        ("&amp;&lt;x", "&<x", "&amp;&lt;x"),
        ("5\nyears", "5 years", "5\nyears"),
        ("> 5\n> years", "5 years", "5\n> years"),
        ("> 5\n> years", "years", "years"),
        ("- 5\n  years", "5 years", "5\n  years"),
        ("a [$4](figure:b.c) $5", "$5", "$5"),
        ("a [$4](figure:b.c) $5", "\u{fffc}", "[$4](figure:b.c)"),
        ("a `c` $5", "\u{fffc} $5", "`c` $5"),
        ("a [b $5](c.md)", "$5", "$5"),
        ("a [b](c.md) $5", "b $5", "b](c.md) $5"),
        ("| a |\n|---|\n| 5 \\| 6 |", "5 | 6", "5 \\| 6"),
        ("é ü $5", "$5", "$5"),
        ("# A $5 {#b}", "$5", "$5"),
        ("![a $5](b.png)", "$5", "$5"),
        ("a\r\n$5\r\n", "$5", "$5"),
        ("5\r\nyears", "5 years", "5\r\nyears"),
        ("+++\ntitle = \"é\"\n+++\n\né $5", "$5", "$5"),
    ] {
        let (page, _) = page(text);
        let start = page.plain.text.find(words).unwrap_or_else(|| panic!("{text:?}: {:?}", page.plain.text));
        assert_eq!(page.plain.place_of(start..start + words.len()).text(), place, "{text:?} {:?}", page.plain);
    }
}

#[test]
fn places_hold_at_the_edges() {
    let (page, _) = page("+++\ntitle = \"a\"\n+++\nab *c*\n\nd");
    let plain = &page.plain;
    assert_eq!(plain.text, "ab c\nd\n");
    assert_eq!(plain.place_of(0..1).text(), "a");
    assert_eq!(plain.place_of(0..4).text(), "ab *c");
    assert_eq!(plain.place_of(0..plain.text.len()).text(), "ab *c*\n\nd");
    assert_eq!(plain.place_of(5..6).text(), "d");
    assert_eq!(plain.place_of(5..6).position().line, 6);
    for range in [0..0, 6..6, 7..7, 99..100, 5..99] {
        let place = plain.place_of(range.clone());
        assert!(place.span.end as usize <= plain.source.text().len(), "{range:?}: {place:?}");
    }
    #[expect(clippy::reversed_empty_ranges, reason = "a caller's mistake must not be a panic")]
    let place = plain.place_of(3..1);
    assert_eq!(place.text(), "");
    let empty = parse(&Source::new("content/a.md", ""), Options::default(), &mut Vec::new());
    assert_eq!(empty.plain.place_of(0..1).span.end, 0);
}

#[test]
fn the_map_is_sorted_by_both() {
    let (page, _) = page("# A *b* &amp;\n\n| a | ![b](c.png) |\n|---|---|\n\nx[^1] `y`\n\n[^1]: z [$4](figure:a.b)\n");
    for pair in page.plain.map.windows(2) {
        assert!(pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1, "{:?}", page.plain.map);
    }
}
