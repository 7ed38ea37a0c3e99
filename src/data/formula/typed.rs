//! Formulas and expectations, as they are typed.

use std::fmt;

use super::parse;
use super::tree::{Node, Test};
use crate::diagnostic::{Diagnostic, Known};
use crate::document::Text;

/// A formula, as typed.
#[derive(Clone)]
pub struct Formula {
    pub(super) text: Text,
    pub(super) tree: Node,
}

/// A comparison that must be true, as typed.
#[derive(Clone)]
pub struct Expectation {
    pub(super) text: Text,
    pub(super) test: Test,
    pub(super) conditions: Vec<Test>,
}

impl Formula {
    /// Parses a formula. What can't be read is reported.
    pub fn parse(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Known<Self> {
        parse::formula(text, diagnostics).map(|tree| Self { text: text.clone(), tree })
    }

    /// The formula as typed.
    pub fn text(&self) -> &Text {
        &self.text
    }
}

impl Expectation {
    /// Parses a comparison, maybe with `where` behind it. What can't be read is reported.
    pub fn parse(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Known<Self> {
        let (test, conditions) = parse::expectation(text, diagnostics)?;
        Ok(Self { text: text.clone(), test, conditions })
    }

    /// The comparison as typed.
    pub fn text(&self) -> &Text {
        &self.text
    }
}

impl fmt::Debug for Formula {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Formula({:?})", self.text.text)
    }
}

impl fmt::Debug for Expectation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Expectation({:?})", self.text.text)
    }
}
