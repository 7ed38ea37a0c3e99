//! Values that may be unknown because of a problem that has been reported.

use super::Diagnostic;

/// Proof that a problem has been reported. Only [`Report::report`] makes one, so a value can't be given up in silence.
///
/// The idea is rustc's `ErrorGuaranteed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reported(());

/// A value, or the proof that the reason for its absence has been reported. What depends on an unknown value says nothing.
pub type Known<T> = Result<T, Reported>;

/// A list that problems are reported to.
pub trait Report {
    /// Adds a problem and returns the proof of it.
    fn report(&mut self, problem: Diagnostic) -> Reported;
}

impl Report for Vec<Diagnostic> {
    fn report(&mut self, problem: Diagnostic) -> Reported {
        self.push(problem);
        Reported(())
    }
}
