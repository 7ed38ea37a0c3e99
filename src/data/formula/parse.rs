//! Parses formulas and expectations by recursive descent.
//!
//! Recursion is as deep as parentheses, calls and signs are nested, which is limited; long sums and products are lists.

use std::ops::Range;

use super::functions::Function;
use super::lexer::{Token, TokenKind, tokens};
use super::problems::{
    ARGUMENTS, CHAIN, COMMA, DEEP, FUNCTION, LITERAL, SPACE, SYNTAX, TEST, UNCLOSED, WHERE, WORD_OF_LOGIC,
};
use super::tree::{Call, LiteralUnit, NamePart, Node, NodeKind, Term, Test};
use crate::data::number::Number;
use crate::data::unit::Unit;
use crate::diagnostic::{Code, Diagnostic, Known, Report, Reported, nearest};
use crate::document::Text;

/// How deep parentheses, calls and signs may be nested.
const MOST_NESTED: usize = 40;

/// The tree of a formula.
pub(super) fn formula(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Known<Node> {
    let mut parser = Parser::new(text, diagnostics)?;
    let node = parser.sum()?;
    let token = parser.token();
    if matches!(token.kind, TokenKind::Comparison(_)) {
        let sign = parser.slice(&token.range);
        let problem =
            parser.problem(&TEST, &token.range, format!("a formula gives a value, and `{sign}` compares two"));
        return Err(parser.report(problem.help("write comparisons in `expect`, or behind `where`")));
    }
    parser.end()?;
    Ok(node)
}

/// The comparison that an expectation is, and what is behind its `where`.
pub(super) fn expectation(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Known<(Test, Vec<Test>)> {
    let mut parser = Parser::new(text, diagnostics)?;
    let test = parser.test()?;
    let conditions = if parser.takes_word("where") { parser.tests()? } else { Vec::new() };
    if parser.is_word("and") {
        let range = parser.token().range;
        let problem = parser.problem(&WORD_OF_LOGIC, &range, "`and` joins comparisons behind `where` alone");
        return Err(parser.report(problem.help("write one expectation for each comparison")));
    }
    parser.end()?;
    Ok((test, conditions))
}

struct Parser<'a> {
    text: &'a Text,
    tokens: Vec<Token>,
    next: usize,
    nested: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a Text, diagnostics: &'a mut Vec<Diagnostic>) -> Known<Self> {
        let tokens = tokens(text, diagnostics)?;
        Ok(Self { text, tokens, next: 0, nested: 0, diagnostics })
    }

    fn token(&self) -> Token {
        self.tokens[self.next.min(self.tokens.len() - 1)].clone()
    }

    fn take(&mut self) -> Token {
        let token = self.token();
        self.next += 1;
        token
    }

    fn takes(&mut self, kind: &TokenKind) -> bool {
        let is_next = self.token().kind == *kind;
        self.next += usize::from(is_next);
        is_next
    }

    fn is_word(&self, word: &str) -> bool {
        match self.token().kind {
            TokenKind::Name(parts) => matches!(&parts[..], [NamePart::Word(first)] if **first == *word),
            _ => false,
        }
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is_next = self.is_word(word);
        self.next += usize::from(is_next);
        is_next
    }

    fn slice(&self, range: &Range<usize>) -> String {
        self.text.text[range.clone()].to_owned()
    }

    fn problem(&self, code: &'static Code, range: &Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.text.place_of(range.clone()), message)
    }

    fn report(&mut self, problem: Diagnostic) -> Reported {
        self.diagnostics.report(problem)
    }

    /// Reports whatever follows a whole formula.
    fn end(&mut self) -> Known<()> {
        let token = self.token();
        if token.kind == TokenKind::End { Ok(()) } else { Err(self.unexpected(&token)) }
    }

    /// Reports a token where something else must be.
    fn unexpected(&mut self, token: &Token) -> Reported {
        let shown = self.slice(&token.range);
        let before = self.next.checked_sub(1).and_then(|at| self.tokens.get(at)).map(|token| token.range.clone());
        let problem = match &token.kind {
            TokenKind::End => {
                let place = before.unwrap_or(token.range.clone());
                self.problem(&SYNTAX, &place, "the formula is not complete").help("write a name or a number at its end")
            }
            TokenKind::Name(_) if shown == "where" => self
                .problem(&WHERE, &token.range, "`where` is not inside a function that runs over rows")
                .help("write it before the closing parenthesis of `sum`, `mean`, `min`, `max`, `count` or the like"),
            TokenKind::Name(_) if matches!(&*shown, "or" | "not" | "and") => self.word_of_logic(&shown, &token.range),
            TokenKind::Comparison(_) => self
                .problem(&CHAIN, &token.range, format!("`{shown}` compares what is compared already"))
                .help("write one comparison, and another one for the other pair"),
            TokenKind::Comma => self
                .problem(&COMMA, &token.range, "a comma is not between the arguments of a function")
                .help("write decimals with a point, `0.5`, and thousands with a low line, `1_500`"),
            TokenKind::Close => self
                .problem(&UNCLOSED, &token.range, "a `)` has no `(`")
                .help("remove it, or write the `(` that it closes"),
            TokenKind::Open if before.is_some_and(|range| range.end == token.range.start) => self
                .problem(&FUNCTION, &token.range, "a `(` is behind something that is no function")
                .help("write `*` for a product"),
            _ => self
                .problem(&SYNTAX, &token.range, format!("`{shown}` is not expected here"))
                .help("write an operator between two values"),
        };
        self.report(problem)
    }

    fn word_of_logic(&self, word: &str, range: &Range<usize>) -> Diagnostic {
        let problem = self.problem(&WORD_OF_LOGIC, range, format!("`{word}` has no meaning here"));
        match word {
            "or" => problem.help("write the function once for each comparison, and add the two"),
            "not" => problem.help("write the opposite comparison, such as `!=` for `=`"),
            _ => problem.help("write `and` between comparisons behind `where`"),
        }
    }

    fn tests(&mut self) -> Known<Vec<Test>> {
        let mut tests = vec![self.test()?];
        while self.takes_word("and") {
            tests.push(self.test()?);
        }
        Ok(tests)
    }

    fn test(&mut self) -> Known<Test> {
        let left = self.sum()?;
        let token = self.token();
        let TokenKind::Comparison(comparison) = token.kind else {
            if token.kind != TokenKind::End && token.kind != TokenKind::Close && !self.is_word("and") {
                return Err(self.unexpected(&token));
            }
            let shown = self.slice(&left.range);
            let problem = self.problem(&TEST, &left.range, format!("`{shown}` is not compared with anything"));
            return Err(self.report(problem.help("write a comparison: `=`, `!=`, `<`, `<=`, `>` or `>=`")));
        };
        self.next += 1;
        let right = self.sum()?;
        let token = self.token();
        if matches!(token.kind, TokenKind::Comparison(_)) {
            return Err(self.unexpected(&token));
        }
        Ok(Test { comparison, left, right })
    }

    fn sum(&mut self) -> Known<Node> {
        self.terms([b'+', b'-'], Self::product, NodeKind::Sum)
    }

    fn product(&mut self) -> Known<Node> {
        self.terms([b'*', b'/'], Self::factor, NodeKind::Product)
    }

    /// Parts joined by two operators, of which the second is the inverse.
    fn terms(
        &mut self,
        [operator, inverse]: [u8; 2],
        part: fn(&mut Self) -> Known<Node>,
        join: fn(Box<Node>, Vec<Term>) -> NodeKind,
    ) -> Known<Node> {
        let first = part(self)?;
        let mut rest = Vec::new();
        loop {
            let token = self.token();
            let is_inverse = match token.kind {
                TokenKind::Operator(sign) if sign == operator => false,
                TokenKind::Operator(sign) if sign == inverse => true,
                _ => break,
            };
            if !token.is_spaced {
                return Err(self.unspaced(&token));
            }
            self.next += 1;
            rest.push(Term { is_inverse, operator: token.range, node: part(self)? });
        }
        let Some(last) = rest.last() else { return Ok(first) };
        let range = first.range.start..last.node.range.end;
        Ok(Node { kind: join(Box::new(first), rest), range })
    }

    fn unspaced(&mut self, token: &Token) -> Reported {
        let sign = self.slice(&token.range);
        let problem = self
            .problem(&SPACE, &token.range, format!("`{sign}` has no space on one side"))
            .help(format!("write a space on each side: `a {sign} b`"));
        self.report(problem)
    }

    fn factor(&mut self) -> Known<Node> {
        self.nested += 1;
        if self.nested > MOST_NESTED {
            let range = self.token().range;
            let problem = self
                .problem(&DEEP, &range, format!("the formula is nested more than {MOST_NESTED} deep"))
                .help("give a part of it a column or a fact of its own");
            return Err(self.report(problem));
        }
        let node = self.nested_factor();
        self.nested -= 1;
        node
    }

    fn nested_factor(&mut self) -> Known<Node> {
        let token = self.take();
        match &token.kind {
            TokenKind::Operator(b'-') => {
                let inner = self.factor()?;
                let range = token.range.start..inner.range.end;
                Ok(Node { kind: NodeKind::Negative(Box::new(inner)), range })
            }
            TokenKind::Open => {
                let inner = self.sum()?;
                let end = self.close(&token)?;
                Ok(Node { kind: inner.kind, range: token.range.start..end })
            }
            TokenKind::Number => self.number(&token),
            TokenKind::Text(text) => Ok(Node { kind: NodeKind::Text(text.clone()), range: token.range }),
            TokenKind::Name(parts) => match self.token() {
                open if open.kind == TokenKind::Open && open.range.start == token.range.end => self.call(&token, parts),
                _ if matches!(&parts[..], [NamePart::Word(word)] if is_reserved(word)) => {
                    self.next -= 1;
                    Err(self.unexpected(&token))
                }
                _ => Ok(Node { kind: NodeKind::Name(parts.clone()), range: token.range }),
            },
            TokenKind::End if self.tokens.len() == 1 => {
                let problem = Diagnostic::new(&SYNTAX, &self.text.place, "the formula is empty");
                Err(self.report(problem.help("write a formula, such as `a + b`")))
            }
            _ => {
                self.next -= 1;
                Err(self.value_missing(&token))
            }
        }
    }

    fn value_missing(&mut self, token: &Token) -> Reported {
        if matches!(token.kind, TokenKind::End) {
            return self.unexpected(token);
        }
        let shown = self.slice(&token.range);
        let problem = self
            .problem(&SYNTAX, &token.range, format!("`{shown}` is where a value must be"))
            .help("write a name, a number, a text in single quotes or a function");
        self.report(problem)
    }

    /// The end of the parenthesis that closes one.
    fn close(&mut self, open: &Token) -> Known<usize> {
        let token = self.token();
        if token.kind == TokenKind::Close {
            self.next += 1;
            return Ok(token.range.end);
        }
        if token.kind == TokenKind::End {
            let problem = self
                .problem(&UNCLOSED, &open.range, "a parenthesis is never closed")
                .help("write `)` where what it holds ends");
            return Err(self.report(problem));
        }
        Err(self.unexpected(&token))
    }

    fn number(&mut self, token: &Token) -> Known<Node> {
        let digits = self.slice(&token.range);
        let number = match Number::from_decimal(&digits) {
            Ok(number) => number,
            Err(problem) => {
                let problem = self.problem(&LITERAL, &token.range, format!("`{digits}` {problem}"));
                return Err(self.report(problem.help("write a number with fewer digits")));
            }
        };
        let unit = self.token();
        if unit.kind != TokenKind::Unit {
            let kind = NodeKind::Number(number, LiteralUnit::None);
            return Ok(Node { kind, range: token.range.clone() });
        }
        self.next += 1;
        let text = self.slice(&unit.range);
        let parsed = if text.contains('{') {
            LiteralUnit::ByRow(text.into())
        } else {
            match Unit::parse(&text) {
                Ok(unit) => LiteralUnit::Fixed(unit),
                Err(problem) => {
                    let problem = self.problem(&LITERAL, &unit.range, format!("the unit `{text}` {problem}"));
                    return Err(self.report(problem.help("write a unit as in data, such as `GB` or `USD/month`")));
                }
            }
        };
        Ok(Node { kind: NodeKind::Number(number, parsed), range: token.range.start..unit.range.end })
    }

    fn call(&mut self, name: &Token, parts: &[NamePart]) -> Known<Node> {
        let open = self.take();
        let shown = self.slice(&name.range);
        let function = match parts {
            [NamePart::Word(word)] => Function::named(word),
            _ => None,
        };
        let Some(function) = function else {
            let known = Function::ALL.iter().map(|(name, _)| *name);
            let help = match nearest(&shown, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the functions are {}", known.collect::<Vec<_>>().join(", ")),
            };
            let problem = self.problem(&FUNCTION, &name.range, format!("no function is called `{shown}`"));
            return Err(self.report(problem.help(help)));
        };
        let mut arguments = Vec::new();
        if self.token().kind != TokenKind::Close {
            arguments.push(self.sum()?);
            while self.takes(&TokenKind::Comma) {
                arguments.push(self.sum()?);
            }
        }
        let where_token = self.token();
        let has_where = self.takes_word("where");
        if has_where && !function.runs_over_rows(arguments.len()) {
            self.next -= 1;
            return Err(self.unexpected(&where_token));
        }
        let conditions = if has_where { self.tests()? } else { Vec::new() };
        let end = self.close(&open)?;
        self.fit(function, &arguments, &(name.range.start..end))?;
        Ok(Node { kind: NodeKind::Call(Call { function, arguments, conditions }), range: name.range.start..end })
    }

    /// Reports arguments that a function doesn't take.
    fn fit(&mut self, function: Function, arguments: &[Node], range: &Range<usize>) -> Known<()> {
        let name = function.name();
        if !function.arguments().contains(&arguments.len()) {
            let count = match arguments.len() {
                0 => "no argument".to_owned(),
                1 => "one argument".to_owned(),
                count => format!("{count} arguments"),
            };
            let problem = self.problem(&ARGUMENTS, range, format!("`{name}` has {count}"));
            return Err(self.report(problem.help(format!("write {}", function.shape()))));
        }
        if let (Function::AtMax | Function::AtMin, Some(column)) = (function, arguments.get(1))
            && !matches!(&column.kind, NodeKind::Name(parts) if matches!(&parts[..], [NamePart::Word(_)]))
        {
            let shown = self.slice(&column.range);
            let problem = self.problem(&ARGUMENTS, &column.range, format!("`{shown}` is not the name of a column"));
            let help = format!("name the column whose text `{name}` gives, without the set before it");
            return Err(self.report(problem.help(help)));
        }
        Ok(())
    }
}

fn is_reserved(word: &str) -> bool {
    matches!(word, "where" | "and" | "or" | "not")
}
