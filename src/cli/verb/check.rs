//! `bandbook check`

use std::time::{Instant, SystemTime};

use bandbook::data::notation::Date;
use bandbook::diagnostic::Failure;
use bandbook::session::{self, CheckOptions};

use crate::cli::clock;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::{Done, Work, conclude};

/// Checks everything that a build checks, then the finished site and what is out of date; writes nothing.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// Fails on warnings too.
    #[arg(long)]
    deny_warnings: bool,
    /// The day that values are held against, such as 2026-01-31; today, in UTC, if you don't say.
    #[arg(long, value_name = "DATE", value_parser = clock::read_day)]
    today: Option<Date>,
    /// The address the site is published at, in place of the one in `site.toml`.
    #[arg(long, value_name = "URL", value_parser = crate::cli::arguments::read_base_url)]
    base_url: Option<String>,
    /// Checks drafts too.
    #[arg(long)]
    drafts: bool,
}

impl Check {
    /// Checks, and reports.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let started = Instant::now();
        let options = CheckOptions {
            root: context.root.clone(),
            base_url: self.base_url,
            drafts: self.drafts,
            threads: context.threads,
            today: Some(self.today.unwrap_or_else(|| clock::day_of(SystemTime::now()))),
        };
        let report = context.watch("checking", || session::check(&options))?;
        let done = Done { verb: Work::Check, deny_warnings: self.deny_warnings, took: started.elapsed() };
        conclude(context, &report, done)
    }
}
