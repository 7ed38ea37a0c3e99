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

use bandbook::config::BaseUrl;
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
    /// Does it.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
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
            Self::Completions(completions) => completions.run(),
            Self::Man(man) => man.run(context),
        }
    }
}

/// An address as typed, if a site can be published at it.
fn read_base_url(typed: &str) -> Result<String, String> {
    match BaseUrl::parse(typed) {
        Ok(_) => Ok(typed.to_owned()),
        Err((what, help)) => Err(format!("it {what}; {help}")),
    }
}
