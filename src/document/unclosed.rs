//! Lists and inline tables that are never closed. To a parser the rest of the file is then part of the list, and each
//! line of it a mistake; here it is one mistake, at its own line, and the rest is read as if it had been closed.

use std::ops::Range;

/// A bracket that should stand where there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// Where it should stand: behind the last word of the line before the next key.
    pub at: usize,
    /// Where the list or table was opened.
    pub opened: usize,
    /// What closes it, and all that was opened before it and is open too.
    pub closing: String,
}

/// The brackets that are missing in a text, in order.
pub(super) fn missing(text: &str) -> Vec<Missing> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut string: Option<&str> = None;
    let mut last = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if string.is_none() && !open.is_empty() && is_statement(line) {
            found.push(closed(&open, last));
            open.clear();
        }
        if let Some(end) = scan(line, start, &mut open, &mut string) {
            last = end;
        }
        start += line.len();
    }
    if let (true, None) = (!open.is_empty(), string) {
        found.push(closed(&open, last));
    }
    found
}

/// A text with the missing brackets put in.
pub(super) fn mended(text: &str, missing: &[Missing]) -> String {
    let mut mended = String::with_capacity(text.len() + missing.len() * 2);
    let mut from = 0;
    for missing in missing {
        mended.push_str(&text[from..missing.at]);
        mended.push_str(&missing.closing);
        from = missing.at;
    }
    mended.push_str(&text[from..]);
    mended
}

/// A range of the mended text, in the text as it was written.
pub(super) fn original(range: Range<usize>, missing: &[Missing]) -> Range<usize> {
    let back = |offset: usize| {
        let mut moved = 0;
        for missing in missing {
            let at = missing.at + moved;
            if offset <= at {
                break;
            }
            moved += missing.closing.len().min(offset - at);
        }
        offset - moved
    };
    let start = back(range.start);
    start..back(range.end).max(start)
}

fn closed(open: &[(usize, char)], at: usize) -> Missing {
    let closing = open.iter().rev().map(|(_, bracket)| if *bracket == '[' { ']' } else { '}' }).collect();
    Missing { at, opened: open[0].0, closing }
}

/// Whether a line begins as a key with its value, or as the head of a table, does.
fn is_statement(line: &str) -> bool {
    let line = line.trim_start();
    if let Some(head) = line.strip_prefix('[') {
        let head = head.strip_prefix('[').unwrap_or(head);
        let name = head.split(']').next().unwrap_or("");
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        return name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_name) && head.contains(']');
    }
    let key = line.split('=').next().unwrap_or("").trim_end();
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    line.contains('=') && key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_key)
}

/// Follows the brackets of a line, and says where its last word ends.
fn scan<'t>(line: &'t str, start: usize, open: &mut Vec<(usize, char)>, string: &mut Option<&'t str>) -> Option<usize> {
    // A head such as [measures.base] opens nothing.
    if open.is_empty() && string.is_none() && line.trim_start().starts_with('[') {
        return Some(start + line.trim_end().len());
    }
    let mut end = None;
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let length = rest.chars().next().map_or(1, char::len_utf8);
        if let Some(quote) = *string {
            if rest.starts_with('\\') && quote.starts_with('"') {
                at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
                continue;
            }
            if rest.starts_with(quote) {
                *string = None;
                at += quote.len();
                end = Some(start + at);
                continue;
            }
            if rest.starts_with('\n') && quote.len() == 1 {
                *string = None;
            }
            at += length;
            continue;
        }
        match rest.as_bytes().first() {
            Some(b'#') => break,
            Some(b'"' | b'\'') => {
                let quote = ["\"\"\"", "'''"].into_iter().find(|quote| rest.starts_with(quote)).unwrap_or(&rest[..1]);
                *string = Some(quote);
                at += quote.len();
                end = Some(start + at);
                continue;
            }
            Some(b'[') => open.push((start + at, '[')),
            Some(b'{') => open.push((start + at, '{')),
            Some(b']' | b'}') => {
                open.pop();
            }
            _ => (),
        }
        at += length;
        if !rest.starts_with(char::is_whitespace) {
            end = Some(start + at);
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, usize, &str)]) {
        let found = missing(text);
        let found: Vec<(usize, usize, &str)> =
            found.iter().map(|missing| (missing.at, missing.opened, missing.closing.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_list_that_is_never_closed_ends_before_the_next_key() {
        check("a = [1, 2]\nb = 1\n", &[]);
        check("a = [1, 2\nb = 1\n", &[(9, 4, "]")]);
        check("a = [1, 2 # why\n\nb = 1\n", &[(9, 4, "]")]);
        check("a = [\n  1,\n  2\nb = 1\n", &[(14, 4, "]")]);
        check("a = { range = [1, 2], median = 3\n[[row]]\nid = \"x\"\n", &[(32, 4, "}")]);
        check("a = { range = [1, 2\n[row]\n", &[(19, 4, "]}")]);
        check("a = [1, 2", &[(9, 4, "]")]);
        check("a = [1\nb = [2\n", &[(6, 4, "]"), (13, 11, "]")]);
    }

    #[test]
    fn brackets_in_strings_and_comments_are_none() {
        check("a = \"[\"\nb = '{' # [\nc = \"\\\"[\"\n", &[]);
        check("a = \"\"\"\n[ x = 1\n\"\"\"\nb = 1\n", &[]);
        check("a = [\n  { b = 1 },\n  [\"x\"],\n]\nb = 1\n", &[]);
        check("[measures.base]\ntitle = \"x\"\n", &[]);
        check("é = [1\nb = \"ü\"\n", &[(7, 5, "]")]);
    }

    #[test]
    fn places_in_the_mended_text_lead_back() {
        let text = "a = [1\nb = 2\n";
        let missing = missing(text);
        let patched = mended(text, &missing);
        assert_eq!(patched, "a = [1]\nb = 2\n");
        let b = patched.find('b').expect("it is there");
        assert_eq!(original(b..b + 1, &missing), 7..8);
        assert_eq!(original(4..7, &missing), 4..6);
    }
}
