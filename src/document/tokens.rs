//! What TOML's lexer alone tells: comments with what they speak of, and where strings are.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// The comments that have a line to themselves: where each is, and the line after the comments that it is among, with all lines
/// of a value that starts there.
pub fn comments(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let tokens = Source::new(text).lex().into_vec();
    let lines: Vec<&[Token]> = tokens.split_inclusive(|token| token.kind() == TokenKind::Newline).collect();
    let mut under: Option<Range<usize>> = None;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().rev() {
        let Some(comment) = comment(line) else {
            under = None;
            continue;
        };
        let under = under.get_or_insert_with(|| first_value(&lines[at + 1..], text.len()));
        found.push((range(comment), under.clone()));
    }
    found.reverse();
    found
}

/// Where the strings of a text are, quotes included.
pub fn strings(text: &str) -> impl Iterator<Item = Range<usize>> {
    use TokenKind::{BasicString, LiteralString, MlBasicString, MlLiteralString};
    let is_string = |kind| matches!(kind, BasicString | LiteralString | MlBasicString | MlLiteralString);
    Source::new(text).lex().filter(move |token| is_string(token.kind())).map(|token| range(&token))
}

fn range(token: &Token) -> Range<usize> {
    token.span().start()..token.span().end()
}

/// The first line, and all lines of a value that starts there; nothing at the end where there is none.
fn first_value(lines: &[&[Token]], end: usize) -> Range<usize> {
    let mut open = 0;
    let is_last = |line: &&&[Token]| {
        open += opened(line);
        open <= 0
    };
    let last = lines.iter().find(is_last).or(lines.last()).and_then(|line| line.last());
    let start = lines.first().and_then(|line| line.first()).map_or(end, |token| token.span().start());
    start..last.map_or(end, |token| token.span().end())
}

/// The comment of a line that holds nothing else.
fn comment(line: &[Token]) -> Option<&Token> {
    line.iter().find(|token| token.kind() != TokenKind::Whitespace).filter(|token| token.kind() == TokenKind::Comment)
}

/// How many more brackets a line opens than it closes.
fn opened(line: &[Token]) -> isize {
    let brackets = line.iter().map(|token| match token.kind() {
        TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => 1,
        TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => -1,
        _ => 0,
    });
    brackets.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_speaks_of_the_value_under_it() {
        let text = "a = 1 # no\n# one\n  # two\nb = [\n  '#',\n]\n# three\n\n# four";
        let found: Vec<(&str, &str)> =
            comments(text).into_iter().map(|(comment, under)| (&text[comment], &text[under])).collect();
        let value = "b = [\n  '#',\n]\n";
        assert_eq!(found, [("# one", value), ("# two", value), ("# three", "\n"), ("# four", "")]);
        assert_eq!(strings(text).map(|range| &text[range]).collect::<Vec<_>>(), ["'#'"]);
    }
}
