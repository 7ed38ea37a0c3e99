//! The verbs, one a file: its arguments as typed, and what it does with them.

mod build;
mod check;
mod explain;

use bandbook::diagnostic::Failure;

use super::context::Context;
use super::exit::Exit;

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Build(build::Build),
    Check(check::Check),
    Explain(explain::Explain),
}

impl Verb {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        match self {
            Self::Build(build) => build.run(context),
            Self::Check(check) => check.run(context),
            Self::Explain(explain) => explain.run(context),
        }
    }
}
