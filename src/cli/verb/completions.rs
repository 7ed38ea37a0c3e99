//! `bandbook completions`

use bandbook::diagnostic::Failure;
use clap_complete::Shell;

use crate::cli::exit::Exit;
use crate::cli::output::Stream;

/// Prints a script with which your shell completes the arguments of this program.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// Your shell.
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints it.
    pub fn run(self, mut command: clap::Command) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "bandbook", &mut script);
        Stream::Out.write(|out| out.write_all(&script))?;
        Ok(Exit::Fine)
    }
}
