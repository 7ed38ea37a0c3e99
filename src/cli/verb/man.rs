//! `bandbook man`

use std::path::Path;

use bandbook::diagnostic::{Failure, nearest};

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::Stream;

/// Prints the manual page of this program, or of one of its verbs.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// A verb, such as `fix`; the program itself if you name none.
    #[arg(value_name = "VERB")]
    verb: Option<String>,
}

impl Man {
    /// Prints it.
    pub fn run(self, context: &Context, mut command: clap::Command) -> Result<Exit, Failure> {
        // Gives each verb the flags that go with all, and its whole name.
        command.build();
        let page = match &self.verb {
            None => Some(command.clone()),
            Some(verb) => command.find_subcommand(verb).cloned(),
        };
        let Some(page) = page else {
            let verb = self.verb.unwrap_or_default();
            let help = match nearest(&verb, command.get_subcommands().map(clap::Command::get_name)) {
                Some(near) => format!("The nearest is `{near}`: type `bandbook man {near}`."),
                None => "Type `bandbook --help` for a list of all.".to_owned(),
            };
            return Ok(context.refuse(&format!("there is no verb `{verb}`"), Some(&help)));
        };
        let mut text = Vec::new();
        let rendered = clap_mangen::Man::new(page).render(&mut text);
        rendered.map_err(|error| Failure::new("render", Path::new("the manual page"), error))?;
        Stream::Out.write(|out| out.write_all(&text))?;
        Ok(Exit::Fine)
    }
}
