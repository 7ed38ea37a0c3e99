//! The command line: arguments, and diagnostics drawn for people, for programs and for GitHub.
//!
//! It holds no logic of the site. What was typed (`arguments`) becomes what it means (`context`), a verb asks the
//! library, and `report` draws the answer. Only here are the clock, the environment and the terminal known.

mod arguments;
mod clock;
mod color;
mod context;
mod draw;
mod exit;
mod output;
mod report;
mod spinner;
mod tally;
mod verb;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};

use arguments::General;
use context::Context;
pub use exit::Exit;
use verb::Verb;

/// Builds documentation sites whose figures never disagree with their data.
#[derive(Debug, Parser)]
#[command(name = "bandbook", version, arg_required_else_help = true, subcommand_required = true)]
#[command(disable_help_subcommand = true, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub general: General,
    #[command(subcommand)]
    pub verb: Verb,
}

/// Does what the arguments say, the program's own name first.
pub fn run(typed: impl IntoIterator<Item = OsString>) -> Exit {
    let Arguments { general, verb } = match Arguments::try_parse_from(typed) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A reader that closed its end early, as `head` does, has seen what it wanted.
            let _ = error.print();
            return if error.use_stderr() { Exit::Trouble } else { Exit::Fine };
        }
    };
    let context = Context::new(general);
    verb.run(&context, Arguments::command).unwrap_or_else(|failure| context.fail(&failure))
}
