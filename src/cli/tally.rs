//! Problems, counted.

use std::fmt;

use bandbook::diagnostic::{Diagnostic, Severity};

/// How many problems of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
}

impl Tally {
    /// Counts problems.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }
}

impl fmt::Display for Tally {
    /// `3 errors, 1 warning`; a kind that there is none of is left out.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.errors, self.warnings) {
            (errors, 0) => write!(out, "{}", count(errors, "error")),
            (0, warnings) => write!(out, "{}", count(warnings, "warning")),
            (errors, warnings) => write!(out, "{}, {}", count(errors, "error"), count(warnings, "warning")),
        }
    }
}

/// `1 page`, `2 pages`
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
