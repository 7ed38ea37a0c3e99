//! `bandbook schema`

use std::path::PathBuf;

use bandbook::diagnostic::Failure;
use bandbook::session;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::Stream;
use crate::cli::tally::count;

/// Prints JSON Schema of all that you write in TOML, so that your editor completes and checks it while you type.
#[derive(Debug, clap::Args)]
pub struct Schema {
    /// Writes one file for each kind of file into a folder, instead of printing all in one.
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

impl Schema {
    /// Prints or writes.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let Some(folder) = self.write else {
            Stream::Out.write(|out| out.write_all(session::schema().as_bytes()))?;
            return Ok(Exit::Fine);
        };
        let files = session::write_schema(&folder)?;
        if !context.quiet {
            let closing = format!("{} in {}", count(files.len(), "schema"), folder.display());
            Stream::Error.write(|out| writeln!(out, "{closing}"))?;
        }
        Ok(Exit::Fine)
    }
}
