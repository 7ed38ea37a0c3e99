//! The few lines of a file that a drawing needs, and where its places lie in them.
//!
//! A file may be large, and a line of it may be, too: only what is near a place is taken. What is taken is harmless,
//! and each of its characters stands for one of the file's, so that columns agree.

use std::ops::Range;

use bandbook::diagnostic::{Source, Span};

use super::visible::visible_line;

/// A place over more lines than this is drawn at its first line alone.
const MOST_LINES: usize = 12;
/// Of a line of more bytes, only so many characters before and after the start of a place are taken.
const LONG_LINE: usize = 400;
const BEFORE: usize = 120;
const AFTER: usize = 240;

/// Some lines of a file, ready to be drawn.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines. One that no place touches is empty, since none is shown without a place.
    pub text: String,
    /// The number of the first, from one.
    pub first_line: usize,
    /// The bytes of `text` that each of the places covers, in the order they were given in.
    pub spans: Vec<Range<usize>>,
}

/// Takes the lines around some places. Places may lie anywhere, even outside of the text.
pub fn excerpt(source: &Source, spans: &[Span]) -> Excerpt {
    let text = source.text();
    let places: Vec<Range<usize>> = spans.iter().map(|span| settled(source, span.range())).collect();
    let first = places.iter().map(|place| line(source, place.start).start).min().unwrap_or(0);
    let last = places.iter().map(|place| place.end).max().unwrap_or(0);

    let mut excerpt = Excerpt {
        text: String::new(),
        first_line: source.position(u32::try_from(first).unwrap_or(u32::MAX)).line as usize,
        spans: vec![0..0; places.len()],
    };
    let mut start = first;
    while start <= last {
        let end = line(source, start).end;
        excerpt.take(text[start..end].trim_end_matches('\r'), start, &places);
        start = end + 1;
    }
    excerpt
}

impl Excerpt {
    /// Adds the line that starts at a byte of the file, cut to what is near the first place on it, and notes where
    /// places start and end in it.
    fn take(&mut self, line: &str, start: usize, places: &[Range<usize>]) {
        let end = start + line.len();
        if let Some(place) = places.iter().find(|place| place.start <= end && start <= place.end) {
            let taken = near(line, place.start.saturating_sub(start));
            let before = if taken.start > 0 { "…" } else { "" };
            let after = if taken.end < line.len() { "…" } else { "" };
            // What lies outside of the part taken is drawn at the ellipsis that stands for it.
            let drawn = |at: usize| match (at - start).clamp(taken.start, taken.end) {
                offset if at - start < offset => self.text.len(),
                offset => self.text.len() + before.len() + visible_line(&line[taken.start..offset]).len(),
            };
            for (place, span) in places.iter().zip(&mut self.spans) {
                if (start..=end).contains(&place.start) {
                    span.start = drawn(place.start);
                }
                if (start..=end).contains(&place.end) {
                    span.end = drawn(place.end);
                }
            }
            self.text.extend([before, &visible_line(&line[taken]), after]);
        }
        self.text.push('\n');
    }
}

/// The part of a line that is worth showing: all of it, unless it is long.
fn near(line: &str, at: usize) -> Range<usize> {
    if line.len() <= LONG_LINE {
        return 0..line.len();
    }
    let start = line[..at].char_indices().rev().nth(BEFORE - 1).map_or(0, |(start, _)| start);
    let end = line[at..].char_indices().nth(AFTER).map_or(line.len(), |(length, _)| at + length);
    start..end
}

/// The span with both ends on characters of lines: inside of the text, in no line break, over few lines.
fn settled(source: &Source, span: Range<usize>) -> Range<usize> {
    let text = source.text();
    let start = settled_at(source, span.start);
    let end = settled_at(source, span.end).max(start);
    let inner = text[start..end].trim_end_matches(['\n', '\r']);
    match inner.match_indices('\n').nth(MOST_LINES - 1) {
        Some(_) => start..start + inner.lines().next().unwrap_or("").trim_end_matches('\r').len(),
        None => start..start + inner.len(),
    }
}

/// The nearest place before an offset that is on a character of a line, or at its end.
fn settled_at(source: &Source, offset: usize) -> usize {
    let text = source.text();
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let line = &text[line(source, at).start..at];
    if text[at..].is_empty() || text[at..].starts_with(['\r', '\n']) {
        at -= line.len() - line.trim_end_matches('\r').len();
    }
    at
}

fn line(source: &Source, at: usize) -> Range<usize> {
    source.line(u32::try_from(at).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes an excerpt and marks each place in it: `[` where it starts, `]` where it ends.
    fn check(text: &str, spans: &[(usize, usize)], first_line: usize, expected: &str) {
        let spans: Vec<Span> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        let excerpt = excerpt(&Source::new("a.md", text), &spans);
        let mut marks: Vec<(usize, char)> =
            excerpt.spans.iter().flat_map(|span| [(span.start, '['), (span.end, ']')]).collect();
        marks.sort_by_key(|(at, _)| *at);
        let mut marked = excerpt.text.clone();
        for (at, mark) in marks.into_iter().rev() {
            marked.insert(at, mark);
        }
        assert_eq!((excerpt.first_line, &*marked), (first_line, expected), "{text:?} {spans:?}");
    }

    #[test]
    fn only_lines_with_places_are_taken() {
        check("one\ntwo\nthree\n", &[(4, 7)], 2, "[two]\n");
        check("one\ntwo\nthree\nfour", &[(0, 1), (14, 16)], 1, "[o]ne\n\n\n[fo]ur\n");
        check("one\ntwo\nthree\nfour", &[(14, 16), (4, 5)], 2, "[t]wo\n\n[fo]ur\n");
        check("one\ntwo\nthree\n", &[(1, 9)], 1, "o[ne\ntwo\nt]hree\n");
    }

    #[test]
    fn places_at_the_edges_of_a_text_stay_in_it() {
        check("", &[(0, 0)], 1, "[]\n");
        check("", &[(7, 9)], 1, "[]\n");
        check("one\n", &[(4, 4)], 2, "[]\n");
        check("one\n", &[(3, 4)], 1, "one[]\n");
        check("one", &[(3, 3)], 1, "one[]\n");
        check("one", &[(1, 99)], 1, "o[ne]\n");
        check("é", &[(1, 2)], 1, "[é]\n");
        check("one\n\n\ntwo", &[(0, 6)], 1, "[one]\n");
    }

    #[test]
    fn line_breaks_are_in_no_line() {
        check("one\r\ntwo\r\n", &[(5, 8)], 2, "[two]\n");
        check("one\r\ntwo\r\n", &[(0, 5)], 1, "[one]\n");
        check("one\r\ntwo\r\n", &[(4, 4)], 1, "one[]\n");
        check("one\r\ntwo\r\n", &[(10, 10)], 3, "[]\n");
        check("one\r\ntwo\r\n", &[(1, 7)], 1, "o[ne\ntw]o\n");
        check("one\r", &[(4, 4)], 1, "one[]\n");
        check("a\rb", &[(2, 3)], 1, "a␍[b]\n");
    }

    #[test]
    fn replaced_characters_shift_what_follows() {
        check("\x1b[31m $4", &[(6, 8)], 1, "␛[31m [$4]\n");
        check("\u{202e}é\t$4", &[(6, 8)], 1, "�é\t[$4]\n");
    }

    #[test]
    fn a_long_place_is_drawn_at_its_first_line() {
        check(&"ab\n".repeat(12), &[(1, 35)], 1, &format!("a[b\n{}ab]\n", "ab\n".repeat(10)));
        check(&"ab\n".repeat(13), &[(1, 38)], 1, "a[b]\n");
        check(&"ab\r\n".repeat(13), &[(1, 50)], 1, "a[b]\n");
    }

    #[test]
    fn a_long_line_is_cut_around_its_first_place() {
        let (before, after) = ("x".repeat(BEFORE), "y".repeat(AFTER));
        let long = format!("{0}{before}{after}{0}", "z".repeat(1000));
        let at = 1000 + BEFORE;
        check(&long, &[(at, at + 1)], 1, &format!("…{before}[y]{}…\n", &after[1..]));
        check(&long, &[(at, at + 999)], 1, &format!("…{before}[{after}]…\n"));
        check(&long, &[(at, at), (3, 5)], 1, &format!("[]…{before}[]{after}…\n"));
        check(&long, &[(at, at), (2000, 2001)], 1, &format!("…{before}[]{after}[]…\n"));
        check(&long, &[(0, 1)], 1, &format!("[z]{}…\n", "z".repeat(AFTER - 1)));
        check(&"é".repeat(300), &[(2, 4)], 1, &format!("é[é]{}…\n", "é".repeat(AFTER - 1)));
    }

    proptest::proptest! {
        #[test]
        fn no_text_and_no_place_is_too_odd(
            text in "[a-cé日\r\n\t\u{1b}\u{202e}]{0,40}", spans in proptest::collection::vec((0..50usize, 0..50usize), 1..4),
        ) {
            let spans: Vec<Span> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
            let excerpt = excerpt(&Source::new("a.md", &*text), &spans);
            for span in excerpt.spans {
                proptest::prop_assert!(excerpt.text.get(span).is_some());
            }
        }
    }
}
