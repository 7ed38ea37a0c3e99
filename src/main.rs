//! The `bandbook` binary: hands what was typed to the command line, and its verdict to the system.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os()).into()
}
