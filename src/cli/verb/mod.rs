//! The verbs, one a file: its arguments as typed, and what it does with them.

mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod figures;
mod fix;
mod init;
mod man;
mod schema;
mod serve;

use bandbook::diagnostic::Failure;

use super::context::Context;
use super::exit::Exit;

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Init(init::Init),
    Build(build::Build),
    Check(check::Check),
    Serve(serve::Serve),
    Fix(fix::Fix),
    Figures(figures::Figures),
    Diff(diff::Diff),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Verb {
    /// Does it. `command` makes the description of all arguments.
    pub fn run(self, context: &Context, command: fn() -> clap::Command) -> Result<Exit, Failure> {
        match self {
            Self::Init(init) => init.run(context),
            Self::Build(build) => build.run(context),
            Self::Check(check) => check.run(context),
            Self::Serve(serve) => serve.run(context),
            Self::Fix(fix) => fix.run(context),
            Self::Figures(figures) => figures.run(context),
            Self::Diff(diff) => diff.run(context),
            Self::Explain(explain) => explain.run(context),
            Self::Schema(schema) => schema.run(context),
            Self::Completions(completions) => completions.run(command()),
            Self::Man(man) => man.run(context, command()),
        }
    }
}
