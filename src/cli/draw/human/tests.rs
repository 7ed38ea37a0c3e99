//! What people see, sample by sample.

use super::super::samples::{VALUE, disagreement, hostile, loose, place, placeless};
use super::*;

fn drawn(diagnostics: &[Diagnostic], sheet: &Sheet) -> String {
    let mut drawn = Vec::new();
    draw(diagnostics, sheet, &mut drawn).unwrap();
    String::from_utf8(drawn).unwrap()
}

/// Draws a diagnostic as a pipe gets it, and compares it with what is expected, its first line feed aside.
fn check(diagnostic: &Diagnostic, expected: &str) {
    assert_eq!(drawn(std::slice::from_ref(diagnostic), &Sheet::default()), format!("{}\n", &expected[1..]));
}

/// A problem at some bytes of a text.
fn at(text: &str, start: usize, end: usize) -> Diagnostic {
    let source = Source::new("a.md", text);
    Diagnostic::new(&VALUE, &Place::new(&source, start..end), "message").caption("here")
}

#[test]
fn a_problem_shows_both_places_and_what_to_type() {
    check(
        &disagreement(),
        r"
error[figure-value]: the text says $430K, the data say $432K
 --> content/bands.md:3:19
  |
3 | A Medium VPS has [$430K](figure:bands.l3) a year.
  |                   ^^^^^ should be $432K
  |
 ::: content/data/bands.toml:5:10
  |
5 | median = 432_000
  |          ------- the datum stands here
  |
  = help: Type `$432K`, or correct the datum.
",
    );
}

#[test]
fn a_problem_without_caption_labels_or_place_is_drawn_without_them() {
    check(
        &loose("a.md"),
        r"
warning[loose-figure]: 12% is bound to no datum
 --> a.md:1:7
  |
1 | About 12% move.
  |       ^^^
",
    );
    check(
        &placeless(),
        r"
error[figure-value]: there is no content folder
 |
 = help: Run `bandbook init`.
",
    );
}

#[test]
fn what_a_terminal_would_obey_is_shown_and_not_done() {
    check(
        &hostile(),
        r"
error[figure-value]: ␛]0;title␇ 100%␊::error::<b>`*_|
 --> content/a,b:c%.md:1:3
  |
1 | x ␛[2J�evil
  |   ^^^^^^^^^ �31m
  |
  = help: Type� a␍
          b.
",
    );
}

#[test]
fn places_at_the_end_of_a_file_point_behind_its_last_character() {
    check(
        &at("", 0, 0),
        r"
error[figure-value]: message
 --> a.md:1:1
  |
1 |
  | ^ here
",
    );
    check(
        &at("one\n", 4, 4),
        r"
error[figure-value]: message
 --> a.md:2:1
  |
2 |
  | ^ here
",
    );
    check(
        &at("one", 3, 3),
        r"
error[figure-value]: message
 --> a.md:1:4
  |
1 | one
  |    ^ here
",
    );
}

#[test]
fn carriage_returns_tabs_and_wide_characters_keep_the_caret_in_its_place() {
    check(
        &at("one\r\ntwo\r\n", 5, 8),
        r"
error[figure-value]: message
 --> a.md:2:1
  |
2 | two
  | ^^^ here
",
    );
    check(
        &at("one\r\ntwo\r\n", 3, 5),
        r"
error[figure-value]: message
 --> a.md:1:4
  |
1 | one
  |    ^ here
",
    );
    check(
        &at("\tone\t$4", 5, 7),
        r"
error[figure-value]: message
 --> a.md:1:6
  |
1 |     one    $4
  |            ^^ here
",
    );
    check(
        &at("日本 $4", 7, 9),
        r"
error[figure-value]: message
 --> a.md:1:4
  |
1 | 日本 $4
  |      ^^ here
",
    );
}

#[test]
fn a_place_over_several_lines_is_drawn_along_its_side() {
    check(
        &at("one\ntwo\nthree", 1, 10),
        r"
error[figure-value]: message
 --> a.md:1:2
  |
1 |   one
  |  __^
2 | | two
3 | | three
  | |__^ here
",
    );
    check(
        &at(&"one\n".repeat(10), 1, 30),
        r"
error[figure-value]: message
 --> a.md:1:2
  |
1 |   one
  |  __^
2 | | one
3 | | one
4 | | one
... |
7 | | one
8 | | one
  | |__^ here
",
    );
}

#[test]
fn labels_near_the_place_share_its_excerpt_and_others_have_their_own() {
    let near = Source::new("a.md", "one\ntwo\nthree\nfour\nfive\n");
    let diagnostic = Diagnostic::new(&VALUE, &place(&near, "two"), "message").caption("main");
    check(
        &diagnostic.label(&place(&near, "five"), "this").label(&place(&near, "one"), "that"),
        r"
error[figure-value]: message
 --> a.md:2:1
  |
1 | one
  | --- that
2 | two
  | ^^^ main
...
5 | five
  | ---- this
",
    );
    let far = Source::new("a.md", format!("one\n{}two\n", "\n".repeat(80)));
    check(
        &Diagnostic::new(&VALUE, &place(&far, "two"), "message").label(&place(&far, "one"), "first"),
        r"
error[figure-value]: message
  --> a.md:82:1
   |
82 | two
   | ^^^
   |
  ::: a.md:1:1
   |
 1 | one
   | --- first
",
    );
}

#[test]
fn a_very_long_line_is_cut_for_all_and_once_more_for_a_terminal() {
    let long = Source::new("a.md", format!("{}$4 more", "word ".repeat(300)));
    let diagnostic = Diagnostic::new(&VALUE, &place(&long, "$4"), "message");
    check(
        &diagnostic,
        &format!(
            r"
error[figure-value]: message
 --> a.md:1:1501
  |
1 | …{}$4 more
  | {}^^
",
            "word ".repeat(24),
            " ".repeat(121),
        ),
    );
    let narrow = drawn(&[diagnostic], &Sheet { width: Some(70), ..Sheet::default() });
    assert!(narrow.lines().all(|line| line.chars().count() <= 80), "{narrow}");
    assert!(narrow.contains("a.md:1:1501\n") && narrow.contains("word $4"), "{narrow}");
}

#[test]
fn paths_start_where_one_stands_and_color_comes_only_when_asked_for() {
    let sheet = Sheet { prefix: "docs/".to_owned(), ..Sheet::default() };
    assert!(drawn(&[disagreement()], &sheet).contains(" --> docs/content/bands.md:3:19\n"));
    assert!(!drawn(&[disagreement()], &sheet).contains('\x1b'));
    let colored = drawn(&[disagreement()], &Sheet { color: true, ..sheet });
    assert!(colored.starts_with("\x1b[1m\x1b[91merror[figure-value]"), "{colored:?}");
}

#[test]
fn all_diagnostics_are_drawn_in_order_with_a_line_between_them() {
    let drawn = drawn(&[loose("b.md"), loose("a.md")], &Sheet::default());
    assert!(drawn.find("b.md") < drawn.find("a.md") && drawn.contains("^^^\n\nwarning["), "{drawn}");
}

#[test]
fn a_refusal_is_two_lines() {
    assert_eq!(refusal("cannot\n\x1b", Some("Type\nthis."), false), "error: cannot␊␛\nhelp: Type\nthis.\n");
    assert_eq!(refusal("no", None, true), "\x1b[1m\x1b[91merror\x1b[0m: no\n");
}

proptest::proptest! {
    #[test]
    fn no_text_width_or_place_is_too_odd(
        parts in proptest::collection::vec("[a-c 日é\t\r\n\u{200d}\u{1b}]{0,6}", 0..6), repeated in 1..60usize,
        spans in proptest::collection::vec((0..900usize, 0..900usize), 1..4), width in proptest::option::of(0..200usize),
    ) {
        let source = Source::new("a.md", parts.iter().map(|part| part.repeat(repeated)).collect::<String>());
        let mut diagnostic = at("", 0, 0);
        diagnostic.place = None;
        for (start, end) in spans {
            let place = Place::new(&source, start..end.max(start));
            diagnostic = match diagnostic.place {
                None => Diagnostic { place: Some(place), ..diagnostic },
                Some(_) => diagnostic.label(&place, "a label of some words"),
            };
        }
        let drawn = drawn(&[diagnostic], &Sheet { width, ..Sheet::default() });
        proptest::prop_assert!(drawn.starts_with("error[figure-value]: message\n") && !drawn.contains('\x1b'));
    }
}
