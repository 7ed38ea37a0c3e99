//! `bandbook build`

use std::path::{Path, PathBuf};
use std::time::Instant;

use bandbook::diagnostic::Failure;
use bandbook::session::{self, BuildOptions};

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::{Done, Work, conclude};

/// Builds the site, and writes it only if nothing is wrong.
#[derive(Debug, clap::Args)]
pub struct Build {
    /// The folder to publish to, from where you stand; `public` in the root if you don't say.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The address the site is published at, in place of the one in `site.toml`.
    #[arg(long, value_name = "URL", value_parser = crate::cli::arguments::read_base_url)]
    base_url: Option<String>,
    /// Publishes drafts too.
    #[arg(long)]
    drafts: bool,
}

impl Build {
    /// Builds, and reports.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let started = Instant::now();
        let options = BuildOptions {
            root: context.root.clone(),
            out: self.out.unwrap_or_else(|| public_under(&context.root)),
            base_url: self.base_url,
            drafts: self.drafts,
            threads: context.threads,
            home: context.home.clone(),
            cache: context.cache.clone(),
        };
        let report = context.watch("building", || session::build(&options))?;
        conclude(context, &report, Done { verb: Work::Build, deny_warnings: false, took: started.elapsed() })
    }
}

/// `public` in the root, in as few words as will do, since messages name it.
fn public_under(root: &Path) -> PathBuf {
    if root == Path::new(".") { PathBuf::from("public") } else { root.join("public") }
}
