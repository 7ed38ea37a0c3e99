//! Splits a formula's text into tokens, and reports what is none.

use std::ops::Range;
use std::sync::Arc;

use super::problems::{COMMA, NAME, PERCENT, SYNTAX, UNCLOSED};
use super::tree::{Comparison, NamePart};
use crate::diagnostic::{Diagnostic, Known, Report};
use crate::document::Text;

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
    Operator(u8),
    Comparison(Comparison),
    Open,
    Close,
    Comma,
    /// Behind the last token.
    End,
}

/// Characters that are written in another way, with what to write.
const FOREIGN: [(&str, &str); 15] = [
    ("==", "="),
    ("<>", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("−", "-"),
    ("–", "-"),
    ("×", "*"),
    ("·", "*"),
    ("÷", "/"),
    ("&&", "and"),
    ("[", "("),
    ("]", ")"),
    ("’", "'"),
    ("‘", "'"),
];

/// The tokens of a text; the last is [`TokenKind::End`].
pub(super) fn tokens(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Known<Vec<Token>> {
    let mut lexer = Lexer { text, source: &text.text, at: 0, tokens: Vec::new(), diagnostics };
    while lexer.step()? {}
    let end = lexer.source.len();
    lexer.tokens.push(Token { kind: TokenKind::End, range: end..end, is_spaced: true });
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a Text,
    source: &'a str,
    at: usize,
    tokens: Vec<Token>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Lexer<'_> {
    /// Takes the next token. Returns whether there may be more.
    fn step(&mut self) -> Known<bool> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let Some(first) = self.rest().chars().next() else { return Ok(false) };
        let after_number = self.tokens.last().is_some_and(|token| token.kind == TokenKind::Number);
        if let Some((foreign, meant)) = FOREIGN.iter().find(|(foreign, _)| self.rest().starts_with(foreign)) {
            let problem = self.problem(&SYNTAX, foreign.len(), format!("`{foreign}` has no meaning in a formula"));
            return Err(self.diagnostics.report(problem.help(format!("write `{meant}`"))));
        }
        match first {
            '0'..='9' => self.number()?,
            '%' if after_number => self.push(TokenKind::Unit, 1),
            '%' => {
                let problem = self.problem(&PERCENT, 1, "a percent sign is not behind a number");
                let help = "write it right behind a number, `5%`; a share of something is a product, `rate * price`";
                return Err(self.diagnostics.report(problem.help(help)));
            }
            '\'' | '"' => self.quoted(first)?,
            '(' => self.push(TokenKind::Open, 1),
            ')' => self.push(TokenKind::Close, 1),
            ',' => self.push(TokenKind::Comma, 1),
            '+' | '-' | '*' | '/' => self.push(TokenKind::Operator(first as u8), 1),
            c if after_number && (c.is_alphabetic() || matches!(c, '{' | '°')) => self.unit()?,
            c if c.is_alphabetic() || c == '{' => self.name()?,
            _ => match Comparison::ALL.iter().find(|(sign, _)| self.rest().starts_with(sign)) {
                Some((sign, comparison)) => self.push(TokenKind::Comparison(*comparison), sign.len()),
                None => return Err(self.unknown(first)),
            },
        }
        Ok(true)
    }

    fn rest(&self) -> &str {
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

    /// A problem of the next so many bytes.
    fn problem(&self, code: &'static crate::diagnostic::Code, len: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.text.place_of(self.at..self.at + len), message)
    }

    fn unknown(&mut self, c: char) -> crate::diagnostic::Reported {
        let problem =
            self.problem(&SYNTAX, c.len_utf8(), format!("`{}` has no meaning in a formula", c.escape_debug()));
        let problem = match c {
            '^' => problem.help("there are no powers: write `x * x`, or `root(x, 2)`"),
            '&' | '|' | '!' => problem.help("behind `where`, `and` joins comparisons; there is no other word for it"),
            _ => problem
                .help("a formula has names, numbers, `+ - * /`, parentheses, texts in single quotes and functions"),
        };
        self.diagnostics.report(problem)
    }

    /// Digits with `_`, a point and an exponent.
    fn number(&mut self) -> Known<()> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut len = digits(0);
        if bytes.get(len) == Some(&b'.') && is_digit(len + 1) {
            len += 1 + digits(len + 1);
        }
        if bytes.get(len).is_some_and(|b| matches!(b, b'e' | b'E')) {
            let sign = usize::from(bytes.get(len + 1).is_some_and(|b| matches!(b, b'-' | b'+')));
            if is_digit(len + 1 + sign) {
                len += 1 + sign + digits(len + 1 + sign);
            }
        }
        if bytes.get(len) == Some(&b',') && is_digit(len + 1) {
            let behind = digits(len + 1);
            let (before, after) = (&self.rest()[..len], &self.rest()[len + 1..len + 1 + behind]);
            let one = if behind == 3 { format!("{before}_{after}") } else { format!("{before}.{after}") };
            let problem = self
                .problem(&COMMA, len + 1 + behind, format!("`{before},{after}` may be one number or two"))
                .help(format!("write `{one}` for one number, `{before}, {after}` for two"));
            return Err(self.diagnostics.report(problem));
        }
        self.push(TokenKind::Number, len);
        Ok(())
    }

    /// The unit behind a number: a word of the language is none.
    fn unit(&mut self) -> Known<()> {
        let end = |c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')');
        let len = self.rest().find(end).unwrap_or(self.rest().len());
        if matches!(&self.rest()[..len], "where" | "and" | "or" | "not") {
            return self.name();
        }
        self.push(TokenKind::Unit, len);
        Ok(())
    }

    fn quoted(&mut self, quote: char) -> Known<()> {
        let Some(len) = self.rest()[1..].find(quote) else {
            let problem = self.problem(&UNCLOSED, 1, "a text is never closed");
            return Err(self.diagnostics.report(problem.help("write `'` behind its last character")));
        };
        let inner: Arc<str> = self.rest()[1..=len].into();
        if quote == '"' {
            let problem = self.problem(&SYNTAX, len + 2, format!("`\"{inner}\"` has double quotes"));
            return Err(self.diagnostics.report(problem.help(format!("write `'{inner}'`"))));
        }
        self.push(TokenKind::Text(inner), len + 2);
        Ok(())
    }

    /// Words, `*` and `{column}`, joined by points.
    fn name(&mut self) -> Known<()> {
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
                        let problem = self.problem(&UNCLOSED, len + 1, "a name in braces is never closed");
                        return Err(self.diagnostics.report(problem.help("write a column between `{` and `}`")));
                    }
                },
                _ => (NamePart::Word(word(rest).into()), word(rest).len()),
            };
            if taken == 0 {
                let problem = self
                    .problem(&NAME, len.max(1), format!("`{}` is no whole name", &self.rest()[..len]))
                    .help("write a word, `*` or `{column}` behind each point");
                return Err(self.diagnostics.report(problem));
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
