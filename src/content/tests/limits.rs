//! Depth, size, and texts made to hurt.

use super::*;

#[test]
fn lists_and_quotes_stand_sixty_deep_at_most() {
    let deep = ["1:1 nesting-depth lists and quotes stand more than 60 deep"];
    for mark in ["> ", "- ", "* ", "+ ", "1. ", "1) ", ">", "> - ", "-\t"] {
        let each = mark.matches(['>', '-', '*', '+', '.', ')']).count();
        check(&format!("{}a", mark.repeat(60 / each)), &[]);
        check(&format!("{}a", mark.repeat(62 / each)), &deep);
    }
    check(&format!("a\n\n  {}a", "> ".repeat(61)), &["3:1 nesting-depth lists and quotes stand more than 60 deep"]);
    check(&format!("{}a", "- ".repeat(100_000)), &deep);
    check(&"- ".repeat(100), &[]);
    check(&"* ".repeat(100), &[]);
    check(&format!("```\n{}a\n```", "> ".repeat(100)), &[]);
    check(&format!("```\n```\n{}a", "> ".repeat(100)), &["3:1 nesting-depth lists and quotes stand more than 60 deep"]);
    let indented: String = (0..70).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    check(&indented, &["61:121 nesting-depth lists and quotes stand more than 60 deep"]);
}

#[test]
fn large_pages_are_read() {
    let text = "A [$4](figure:a.b) *b* [c](d.md).\n\n".repeat(60_000);
    let (page, diagnostics) = page(&text);
    assert!(diagnostics.is_empty());
    assert_eq!(page.plain.runs.len(), 60_000);
}

/// A name, and a text of a length.
#[cfg(unix)]
type Maker = (&'static str, fn(usize) -> String);

/// A fixed bound would fail on a slow machine: the larger text may take so many times as long as the smaller. What is measured is
/// the processor time of this thread, so that other work on the machine doesn't count.
#[cfg(unix)]
#[test]
fn no_text_takes_the_square_of_its_length() {
    let makers: &[Maker] = &[
        ("[", |n| "[".repeat(n)),
        ("](figure:", |n| "](figure:".repeat(n)),
        ("[a](figure: ", |n| "[a](figure: ".repeat(n)),
        ("[^", |n| "[^".repeat(n)),
        ("waivers", |n| "a <!-- bandbook: allow x: y --> ".repeat(n)),
        ("tags", |n| (0..n).map(|i| format!("<b{i}>")).collect()),
        ("footnotes", |n| (0..n / 4).map(|i| format!("a[^{i}]\n\n[^{i}]: b\n\n")).collect()),
        ("fences", |n| "```\n".to_owned() + &("> ".repeat(70) + "x\n").repeat(n / 20) + "```\n"),
        ("headings", |n| "# a\n".repeat(n)),
        ("figures", |n| "# a b ".to_owned() + &"[1](figure:y) ".repeat(n)),
    ];
    for (name, make) in makers {
        let time = |n: usize| {
            let text = make(n);
            let start = processor_seconds();
            page(&text);
            processor_seconds() - start
        };
        // A shared cache makes a run slow, never fast: one good pair of runs is enough.
        let linear = (0..8).any(|_| time(16_000) < time(1_000).max(1e-4) * 16.0 * 8.0);
        assert!(linear, "{name}: sixteen times as much takes more than 128 times as long");
    }
}

/// The seconds that this thread has run for.
#[cfg(unix)]
fn processor_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
