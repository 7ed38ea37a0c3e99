//! What was typed beside the verb: the flags that go with every verb. What they mean is said in `context`.

use std::path::PathBuf;

use bandbook::config::BaseUrl;
use bandbook::session::MOST_THREADS;

use super::color::Choice;
use super::draw::Format;

/// The flags that go with every verb, on either side of it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "General options")]
pub struct General {
    /// The folder that holds `content`.
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// How problems are written: for people, one a line, as JSON, or as annotations on GitHub.
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t, hide_possible_values = false)]
    pub format: Format,
    /// When to use color.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub color: Choice,
    /// How many threads to use, from 1 to 512, instead of one for each processor.
    #[arg(long, global = true, value_name = "N", value_parser = read_threads)]
    pub threads: Option<usize>,
    /// Leaves out the closing line.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

fn read_threads(typed: &str) -> Result<usize, String> {
    let count = typed.parse().ok().filter(|count| (1..=MOST_THREADS).contains(count));
    count.ok_or_else(|| format!("write a whole number from 1 to {MOST_THREADS}"))
}

/// An address as typed, if a site can be published at it.
pub fn read_base_url(typed: &str) -> Result<String, String> {
    match BaseUrl::parse(typed) {
        Ok(_) => Ok(typed.to_owned()),
        Err((what, help)) => Err(format!("it {what}; {help}")),
    }
}
