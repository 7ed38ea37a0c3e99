//! `bandbook init`

use std::path::PathBuf;
use std::time::SystemTime;

use bandbook::diagnostic::Failure;
use bandbook::session::{self, InitOptions};

use crate::cli::clock;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::Stream;

/// Makes a small site to begin with, which builds and can be published as it is. Never overwrites a file.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder to make it in; where you stand if you don't say.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Init {
    /// Makes it, and says how to go on.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let root = context.root.strip_prefix(".").unwrap_or(&context.root);
        let folder = self.folder.map_or_else(|| root.to_owned(), |folder| root.join(folder));
        let options = InitOptions { folder: folder.clone(), today: clock::day_of(SystemTime::now()) };
        let files = session::init(&options)?;
        if !context.quiet {
            let (place, go) = match folder.as_os_str().is_empty() {
                true => ("here".to_owned(), ""),
                false => (format!("in {}", folder.display()), "go there, "),
            };
            let text = format!(
                "made a site of {} files {place}; {go}type `bandbook serve --open`, and read its README.md",
                files.len()
            );
            Stream::Error.write(|out| writeln!(out, "{text}"))?;
        }
        Ok(Exit::Fine)
    }
}
