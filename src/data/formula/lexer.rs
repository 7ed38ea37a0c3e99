//! Splits a formula's text into tokens, and reports what is none.

use std::ops::Range;
use std::sync::Arc;

use super::problems::{COMMA, NAME, PERCENT, Read, SYNTAX, UNCLOSED, fail};
use super::tree::{Comparison, NamePart};
use crate::data::unit::Measure;

/// A token, with its range of bytes in the formula's text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
    /// Whether a space is on both sides.
    pub(super) is_spaced: bool,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// Digits, as typed.
    Number,
    /// The unit behind a number, `%` among them.
    Unit,
    /// A text, without its quotes.
    Text(Arc<str>),
    /// A name, or a word of the language.
    Name(Vec<NamePart>),
    /// `+ - * /`
    Operator(char),
    Comparison(Comparison),
    Open,
    Close,
    Comma,
    /// Behind the last token.
    End,
}

/// Characters that are written in another way, each with what to write.
const FOREIGN: &str = "== =,<> !=,≤ <=,≥ >=,≠ !=,− -,– -,× *,· *,÷ /,&& and,[ (,] ),’ ',‘ '";

/// Words that join comparisons, or would elsewhere.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(word, "where" | "and" | "or" | "not")
}

/// The tokens of a text; the last is [`TokenKind::End`].
pub(super) fn tokens(source: &str) -> Read<Vec<Token>> {
    let mut lexer = Lexer { source, at: 0, tokens: Vec::new() };
    loop {
        lexer.at = source.len() - lexer.rest().trim_start().len();
        let Some(first) = lexer.rest().chars().next() else { break };
        lexer.take(first)?;
    }
    lexer.push(TokenKind::End, 0);
    Ok(lexer.tokens)
}

struct Lexer<'t> {
    source: &'t str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    /// Takes the token that begins with a character.
    fn take(&mut self, first: char) -> Read<()> {
        let rest = self.rest();
        let is_after_number = self.tokens.last().is_some_and(|token| token.kind == TokenKind::Number);
        let foreign = FOREIGN.split(',').filter_map(|pair| pair.split_once(' '));
        if let Some((foreign, meant)) = foreign.into_iter().find(|(foreign, _)| rest.starts_with(foreign)) {
            let message = format!("`{foreign}` has no meaning in a formula");
            return fail(&SYNTAX, self.next(foreign.len()), message, format!("write `{meant}`"));
        }
        match first {
            '0'..='9' => return self.number(),
            '\'' | '"' => return self.quoted(first),
            '(' => self.push(TokenKind::Open, 1),
            ')' => self.push(TokenKind::Close, 1),
            ',' => self.push(TokenKind::Comma, 1),
            '+' | '-' | '*' | '/' => self.push(TokenKind::Operator(first), 1),
            '%' if is_after_number => self.push(TokenKind::Unit, 1),
            '%' => {
                let help = "write it right behind a number, `5%`; a share of something is a product, `rate * price`";
                return fail(&PERCENT, self.next(1), "a percent sign is not behind a number", help);
            }
            c if is_after_number && (c.is_alphabetic() || matches!(c, '{' | '°')) => {
                let end = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')');
                let mut len = rest.find(end).unwrap_or(rest.len());
                // The word behind the number of `g/100 g` and `USD/million requests`.
                if let Some((_, per)) = rest[..len].split_once('/')
                    && Measure::is_number(per)
                    && let Some(word) = rest[len..].strip_prefix(' ')
                    && word.starts_with(char::is_alphabetic)
                {
                    let word = &word[..word.find(end).unwrap_or(word.len())];
                    len += if is_reserved(word) { 0 } else { 1 + word.len() };
                }
                if is_reserved(&rest[..len]) {
                    return self.name();
                }
                self.push(TokenKind::Unit, len);
            }
            c if c.is_alphabetic() || c == '{' => return self.name(),
            _ => match Comparison::ALL.iter().find(|(sign, _)| rest.starts_with(sign)) {
                Some((sign, comparison)) => self.push(TokenKind::Comparison(*comparison), sign.len()),
                None => return self.unknown(first),
            },
        }
        Ok(())
    }

    fn rest(&self) -> &'t str {
        &self.source[self.at..]
    }

    fn push(&mut self, kind: TokenKind, len: usize) {
        let range = self.at..self.at + len;
        let behind = &self.source[range.end..];
        let is_spaced = self.source[..range.start].ends_with(char::is_whitespace)
            && (behind.is_empty() || behind.starts_with(char::is_whitespace));
        self.at = range.end;
        self.tokens.push(Token { kind, range, is_spaced });
    }

    /// The next so many bytes.
    fn next(&self, len: usize) -> Range<usize> {
        self.at..self.at + len
    }

    fn unknown(&mut self, c: char) -> Read<()> {
        let help = match c {
            '^' => "there are no powers: write `x * x`, or `root(x, 2)`",
            '&' | '|' | '!' => "behind `where`, `and` joins comparisons; there is no other word for it",
            _ => "a formula has names, numbers, `+ - * /`, parentheses, texts in single quotes and functions",
        };
        fail(&SYNTAX, self.next(c.len_utf8()), format!("`{}` has no meaning in a formula", c.escape_debug()), help)
    }

    /// Digits with `_`, a point and an exponent.
    fn number(&mut self) -> Read<()> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut len = digits(0);
        if bytes.get(len) == Some(&b'.') && is_digit(len + 1) {
            len += 1 + digits(len + 1);
        }
        if matches!(bytes.get(len), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(len + 1), Some(b'-' | b'+')));
            if is_digit(len + 1 + sign) {
                len += 1 + sign + digits(len + 1 + sign);
            }
        }
        if bytes.get(len) == Some(&b',') && is_digit(len + 1) {
            let end = len + 1 + digits(len + 1);
            let (before, after) = (&rest[..len], &rest[len + 1..end]);
            let mark = if after.len() == 3 { '_' } else { '.' };
            let help = format!("write `{before}{mark}{after}` for one number, `{before}, {after}` for two");
            return fail(&COMMA, self.next(end), format!("`{before},{after}` may be one number or two"), help);
        }
        self.push(TokenKind::Number, len);
        Ok(())
    }

    fn quoted(&mut self, quote: char) -> Read<()> {
        let Some((inner, _)) = self.rest()[1..].split_once(quote) else {
            return fail(&UNCLOSED, self.next(1), "a text is never closed", "write `'` behind its last character");
        };
        if quote == '"' {
            let message = format!("`\"{inner}\"` has double quotes");
            return fail(&SYNTAX, self.next(inner.len() + 2), message, format!("write `'{inner}'`"));
        }
        self.push(TokenKind::Text(inner.into()), inner.len() + 2);
        Ok(())
    }

    /// Words, `*` and `{column}`, joined by points.
    fn name(&mut self) -> Read<()> {
        let (mut parts, mut len) = (Vec::new(), 0);
        loop {
            let rest = &self.rest()[len..];
            let (part, taken) = match rest.chars().next() {
                Some('*') if !parts.is_empty() => (NamePart::Any, 1),
                Some('{') => match word(&rest[1..]) {
                    word if !word.is_empty() && rest[1 + word.len()..].starts_with('}') => {
                        (NamePart::Column(word.into()), word.len() + 2)
                    }
                    _ => {
                        let help = "write a column between `{` and `}`";
                        return fail(&UNCLOSED, self.next(len + 1), "a name in braces is never closed", help);
                    }
                },
                _ => (NamePart::Word(word(rest).into()), word(rest).len()),
            };
            if taken == 0 {
                let message = format!("`{}` is no whole name", &self.rest()[..len]);
                return fail(
                    &NAME,
                    self.next(len.max(1)),
                    message,
                    "write a word, `*` or `{column}` behind each point",
                );
            }
            parts.push(part);
            len += taken;
            if !self.rest()[len..].starts_with('.') {
                break;
            }
            len += 1;
        }
        self.push(TokenKind::Name(parts), len);
        Ok(())
    }
}

/// The letters, digits, hyphens and low lines at the start of a text. A hyphen at the end is no part of it.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(text.len());
    text[..end].trim_end_matches('-')
}
