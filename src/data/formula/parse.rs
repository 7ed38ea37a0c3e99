//! Parses formulas and expectations by recursive descent.
//!
//! Recursion is as deep as parentheses, calls and signs are nested, which is limited; long sums and products are lists.

use std::ops::Range;

use super::functions::Function;
use super::lexer::{Token, TokenKind, is_reserved, tokens};
use super::problems::{
    ARGUMENTS, CHAIN, COMMA, DEEP, FUNCTION, LITERAL, Read, SPACE, SYNTAX, TEST, UNCLOSED, WHERE, WORD_OF_LOGIC, fail,
};
use super::tree::{Call, Expectation, Formula, NamePart, Node, NodeKind, Term};
use crate::data::number::Number;
use crate::data::unit::ColumnUnit;
use crate::data::unit::Unit;
use crate::diagnostic::{Diagnostic, Known, Report, nearest};
use crate::document::Text;

/// How deep parentheses, calls and signs may be nested.
const MOST_NESTED: usize = 40;

impl Formula {
    /// Parses a formula. What can't be read is reported.
    pub fn parse(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Known<Self> {
        parse(text, diagnostics, false)
    }
}

impl Expectation {
    /// Parses a comparison, maybe with `where` behind it. What can't be read is reported.
    pub fn parse(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Known<Self> {
        parse(text, diagnostics, true).map(Self)
    }
}

/// A formula, or the comparison that an expectation is, with what is behind its `where`. What can't be read is reported.
pub(super) fn parse(text: &Text, diagnostics: &mut Vec<Diagnostic>, is_expectation: bool) -> Known<Formula> {
    read(text, is_expectation).map_err(|problem| {
        let place = text.place_of(problem.range);
        diagnostics.report(Diagnostic::new(problem.code, &place, problem.message).help(problem.help))
    })
}

fn read(text: &Text, is_expectation: bool) -> Read<Formula> {
    let mut parser = Parser { text, tokens: tokens(&text.text)?, next: 0, nested: 0, parts: 0 };
    let (mut conditions, root) = (Vec::new(), if is_expectation { parser.test()? } else { parser.sum()? });
    if is_expectation && parser.takes_word("where") {
        conditions = parser.tests()?;
    }
    let Token { kind, range, .. } = parser.token();
    match kind {
        TokenKind::End => Ok(Formula { text: text.clone(), root, conditions, parts: parser.parts }),
        TokenKind::Comparison(_) if !is_expectation => {
            let message = format!("a formula gives a value, and `{}` compares two", parser.slice(&range));
            fail(&TEST, range, message, "write comparisons in `expect`, or behind `where`")
        }
        _ if is_expectation && parser.is_word("and") => {
            let message = "`and` joins comparisons behind `where` alone";
            fail(&WORD_OF_LOGIC, range, message, "write one expectation for each comparison")
        }
        _ => parser.unexpected(),
    }
}

struct Parser<'t> {
    text: &'t Text,
    tokens: Vec<Token>,
    next: usize,
    nested: usize,
    parts: usize,
}

impl<'t> Parser<'t> {
    fn token(&self) -> Token {
        self.tokens[self.next.min(self.tokens.len() - 1)].clone()
    }

    fn takes(&mut self, kind: &TokenKind) -> bool {
        let is_next = self.token().kind == *kind;
        self.next += usize::from(is_next);
        is_next
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token().kind, TokenKind::Name(parts) if parts[..] == [NamePart::Word(word.into())])
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is_next = self.is_word(word);
        self.next += usize::from(is_next);
        is_next
    }

    fn slice(&self, range: &Range<usize>) -> &'t str {
        &self.text.text[range.clone()]
    }

    fn node(&mut self, kind: NodeKind, range: Range<usize>) -> Node {
        self.parts += 1;
        Node { kind, range, part: self.parts - 1 }
    }

    /// Reports the next token where something else must be.
    fn unexpected<T>(&self) -> Read<T> {
        let Token { kind, range, .. } = self.token();
        let before = self.next.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.range.clone());
        let shown = self.slice(&range);
        let no_meaning = format!("`{shown}` has no meaning here");
        let (code, message, help) = match (kind, shown) {
            (TokenKind::End, _) => {
                let message = "the formula is not complete";
                return fail(&SYNTAX, before.unwrap_or(range), message, "write a name or a number at its end");
            }
            (TokenKind::Name(_), "where") => (
                &WHERE,
                "`where` is not inside a function that runs over rows".to_owned(),
                "write it before the closing parenthesis of `sum`, `mean`, `min`, `max`, `count` or the like",
            ),
            (TokenKind::Name(_), "or") => {
                (&WORD_OF_LOGIC, no_meaning, "write the function once for each comparison, and add the two")
            }
            (TokenKind::Name(_), "not") => {
                (&WORD_OF_LOGIC, no_meaning, "write the opposite comparison, such as `!=` for `=`")
            }
            (TokenKind::Name(_), "and") => {
                (&WORD_OF_LOGIC, no_meaning, "write `and` between comparisons behind `where`")
            }
            (TokenKind::Comparison(_), _) => {
                let message = format!("`{shown}` compares what is compared already");
                (&CHAIN, message, "write one comparison, and another one for the other pair")
            }
            (TokenKind::Comma, _) => {
                let help = "write decimals with a point, `0.5`, and thousands with a low line, `1_500`";
                (&COMMA, "a comma is not between the arguments of a function".to_owned(), help)
            }
            (TokenKind::Close, _) => {
                (&UNCLOSED, "a `)` has no `(`".to_owned(), "remove it, or write the `(` that it closes")
            }
            (TokenKind::Open, _) if before.is_some_and(|before| before.end == range.start) => {
                (&FUNCTION, "a `(` is behind something that is no function".to_owned(), "write `*` for a product")
            }
            _ => (&SYNTAX, format!("`{shown}` is not expected here"), "write an operator between two values"),
        };
        fail(code, range, message, help)
    }

    fn tests(&mut self) -> Read<Vec<Node>> {
        let mut tests = vec![self.test()?];
        while self.takes_word("and") {
            tests.push(self.test()?);
        }
        Ok(tests)
    }

    fn test(&mut self) -> Read<Node> {
        let left = self.sum()?;
        let TokenKind::Comparison(comparison) = self.token().kind else {
            if !matches!(self.token().kind, TokenKind::End | TokenKind::Close) && !self.is_word("and") {
                return self.unexpected();
            }
            let message = format!("`{}` is not compared with anything", self.slice(&left.range));
            return fail(&TEST, left.range, message, "write a comparison: `=`, `!=`, `<`, `<=`, `>` or `>=`");
        };
        self.next += 1;
        let right = self.sum()?;
        if matches!(self.token().kind, TokenKind::Comparison(_)) {
            return self.unexpected();
        }
        let range = left.range.start..right.range.end;
        Ok(self.node(NodeKind::Compare(comparison, Box::new([left, right])), range))
    }

    fn sum(&mut self) -> Read<Node> {
        self.terms(['+', '-'], Self::product, NodeKind::Sum)
    }

    fn product(&mut self) -> Read<Node> {
        self.terms(['*', '/'], Self::factor, NodeKind::Product)
    }

    /// Parts joined by two operators, of which the second is the inverse.
    fn terms(
        &mut self,
        signs: [char; 2],
        part: fn(&mut Self) -> Read<Node>,
        join: fn(Vec<Term>) -> NodeKind,
    ) -> Read<Node> {
        let first = part(self)?;
        let start = first.range.start;
        let mut terms = vec![Term { is_inverse: false, operator: start..start, node: first }];
        loop {
            let token = self.token();
            let is_inverse = match token.kind {
                TokenKind::Operator(sign) if signs.contains(&sign) => sign == signs[1],
                _ if terms.len() == 1 => return Ok(terms.remove(0).node),
                _ => break,
            };
            if !token.is_spaced {
                let sign = self.slice(&token.range);
                let help = format!("write a space on each side: `a {sign} b`");
                return fail(&SPACE, token.range, format!("`{sign}` has no space on one side"), help);
            }
            self.next += 1;
            terms.push(Term { is_inverse, operator: token.range, node: part(self)? });
        }
        let end = terms[terms.len() - 1].node.range.end;
        Ok(self.node(join(terms), start..end))
    }

    fn factor(&mut self) -> Read<Node> {
        self.nested += 1;
        if self.nested > MOST_NESTED {
            let message = format!("the formula is nested more than {MOST_NESTED} deep");
            let range = self.token().range;
            return fail(&DEEP, range, message, "give a part of it a column or a fact of its own");
        }
        let node = self.nested_factor();
        self.nested -= 1;
        node
    }

    fn nested_factor(&mut self) -> Read<Node> {
        let token = self.token();
        self.next += 1;
        let range = token.range.clone();
        match token.kind {
            TokenKind::Operator('-') => {
                let inner = self.factor()?;
                let end = inner.range.end;
                Ok(self.node(NodeKind::Negative(Box::new(inner)), range.start..end))
            }
            TokenKind::Open => {
                let inner = self.sum()?;
                Ok(Node { range: range.start..self.close(&range)?, ..inner })
            }
            TokenKind::Number => self.number(range),
            TokenKind::Text(text) => Ok(self.node(NodeKind::Text(text), range)),
            TokenKind::Name(parts) => {
                let behind = self.token();
                if behind.kind == TokenKind::Open && behind.range.start == range.end {
                    return self.call(&range);
                }
                if is_reserved(self.slice(&range)) {
                    self.next -= 1;
                    return self.unexpected();
                }
                Ok(self.node(NodeKind::Name(parts), range))
            }
            TokenKind::End if self.tokens.len() == 1 => {
                fail(&SYNTAX, range, "the formula is empty", "write a formula, such as `a + b`")
            }
            TokenKind::End => {
                self.next -= 1;
                self.unexpected()
            }
            _ => {
                let message = format!("`{}` is where a value must be", self.slice(&range));
                fail(&SYNTAX, range, message, "write a name, a number, a text in single quotes or a function")
            }
        }
    }

    /// The end of the parenthesis that closes one.
    fn close(&mut self, open: &Range<usize>) -> Read<usize> {
        let end = self.token().range.end;
        if self.takes(&TokenKind::Close) {
            Ok(end)
        } else if self.token().kind == TokenKind::End {
            fail(&UNCLOSED, open.clone(), "a parenthesis is never closed", "write `)` where what it holds ends")
        } else {
            self.unexpected()
        }
    }

    fn number(&mut self, mut range: Range<usize>) -> Read<Node> {
        let digits = self.slice(&range);
        let number = match Number::from_decimal(digits) {
            Ok(number) => number,
            Err(problem) => {
                let message = format!("`{digits}` {problem}");
                return fail(&LITERAL, range, message, "write a number with fewer digits");
            }
        };
        let mut unit = ColumnUnit::Fixed(Unit::NUMBER);
        let behind = self.token().range;
        if self.takes(&TokenKind::Unit) {
            let text = self.slice(&behind);
            unit = match Unit::parse(text) {
                _ if text.contains('{') => {
                    let place = self.text.place_of(range.start..behind.end);
                    ColumnUnit::ByRow(Text { text: text.into(), place, exact: false })
                }
                Ok(unit) => ColumnUnit::Fixed(unit),
                Err(problem) => {
                    let help = "write a unit as in data, such as `GB` or `USD/month`";
                    return fail(&LITERAL, behind, format!("the unit `{text}` {problem}"), help);
                }
            };
            range.end = behind.end;
        }
        Ok(self.node(NodeKind::Number(number, unit), range))
    }

    fn call(&mut self, name: &Range<usize>) -> Read<Node> {
        let (open, shown) = (self.token().range, self.slice(name));
        self.next += 1;
        let Some(function) = Function::named(shown) else {
            let help = match nearest(shown, Function::names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the functions are {}", Function::names().collect::<Vec<_>>().join(", ")),
            };
            return fail(&FUNCTION, name.clone(), format!("no function is called `{shown}`"), help);
        };
        let mut arguments = Vec::new();
        if self.token().kind != TokenKind::Close {
            arguments.push(self.sum()?);
            while self.takes(&TokenKind::Comma) {
                arguments.push(self.sum()?);
            }
        }
        let mut conditions = Vec::new();
        if function.runs_over_rows(arguments.len()) && self.takes_word("where") {
            conditions = self.tests()?;
        }
        let range = name.start..self.close(&open)?;
        if !function.takes(arguments.len()) {
            let count = match arguments.len() {
                0 => "no argument".to_owned(),
                1 => "one argument".to_owned(),
                count => format!("{count} arguments"),
            };
            let help = format!("write {}", function.shape());
            return fail(&ARGUMENTS, range, format!("`{shown}` has {count}"), help);
        }
        if let (true, Some(column)) = (function.gives_text(), arguments.get(1))
            && !matches!(&column.kind, NodeKind::Name(parts) if matches!(&parts[..], [NamePart::Word(_)]))
        {
            let message = format!("`{}` is not the name of a column", self.slice(&column.range));
            let help = format!("name the column whose text `{shown}` gives, without the set before it");
            return fail(&ARGUMENTS, column.range.clone(), message, help);
        }
        Ok(self.node(NodeKind::Call(Call { function, arguments, conditions }), range))
    }
}
