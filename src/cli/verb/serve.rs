//! `bandbook serve`

use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::Arc;

use bandbook::diagnostic::{Diagnostic, Failure};
use bandbook::serve::{Desk, Limits, Notice, ServeOptions, Server};
use bandbook::session::Report;

use crate::cli::context::Context;
use crate::cli::draw::{self, Format, Sheet};
use crate::cli::exit::Exit;
use crate::cli::output::Stream;
use crate::cli::tally::{Tally, count};

/// Shows the site in the browser while you edit: each save appears by itself.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The first port that is tried; the next free one is taken.
    #[arg(long, value_name = "N", default_value_t = 4000)]
    port: u16,
    /// Which of this computer's addresses to listen at. Others than `127.0.0.1` let other computers in.
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_parser = read_host)]
    host: IpAddr,
    /// Opens the site in the browser.
    #[arg(long)]
    open: bool,
    /// The address the site is published at, in place of the one in `site.toml`.
    #[arg(long, value_name = "URL", value_parser = crate::cli::arguments::read_base_url)]
    base_url: Option<String>,
    /// Shows drafts too.
    #[arg(long)]
    drafts: bool,
    /// Looks at the files twice a second, for folders where the system can't say what changed, such as some network drives.
    #[arg(long)]
    poll: bool,
}

impl Serve {
    /// Serves until it is ended.
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let options = ServeOptions {
            root: context.root.clone(),
            base_url: self.base_url,
            drafts: self.drafts,
            threads: context.threads,
            host: self.host,
            port: self.port,
            poll: self.poll,
            limits: Limits::default(),
        };
        let desk = Terminal { sheet: context.sheet(), format: context.format, quiet: context.quiet, open: self.open };
        Server::bind(options)?.run(Arc::new(desk))?;
        Ok(Exit::Fine)
    }
}

/// An address of this computer, or its name.
fn read_host(typed: &str) -> Result<IpAddr, String> {
    match typed {
        "localhost" => Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        _ => typed.parse().map_err(|_| {
            "an address is four numbers, such as 127.0.0.1, or 0.0.0.0 for all of this computer's addresses".to_owned()
        }),
    }
}

/// Whoever watches the terminal.
struct Terminal {
    sheet: Sheet,
    format: Format,
    quiet: bool,
    open: bool,
}

impl Desk for Terminal {
    fn notice(&self, notice: Notice<'_>) {
        match notice {
            Notice::Listening { address, base, taken, first } => {
                if let Some(taken) = taken {
                    say(&format!("port {taken} is taken, so this is the next free one"));
                }
                if first && !address.ip().is_loopback() {
                    say("warning: whoever reaches this computer over the network can read the site");
                }
                let shown = match address.ip() {
                    ip if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, address.port()).into(),
                    _ => address,
                };
                let url = format!("http://{shown}{base}");
                say(&format!("serving {url} until Ctrl-C"));
                if first && self.open && !open(&url) {
                    say("warning: no browser could be opened; open the address above in yours");
                }
            }
            Notice::Polling { cause } => {
                say(&format!("warning: the folders can't be watched ({cause}), so they are looked at twice a second"));
            }
            Notice::Built { problems, pages, figures, took, first } => {
                let report = Report { diagnostics: problems.to_vec(), pages, figures, ..Report::default() };
                // Where nobody reads it any more, there is nobody to be told.
                let _ = self.format.stream().write(|out| draw::report(self.format, &report, &self.sheet, out));
                let tally = Tally::of(problems);
                let found = if problems.is_empty() { String::new() } else { format!(": {tally}") };
                let stays = if tally.errors > 0 && !first { "; the last good site stays" } else { "" };
                let what = if first { "read" } else { "read again" };
                let milliseconds = took.as_secs_f64() * 1000.0;
                if !self.quiet {
                    say(&format!("{what} {} in {milliseconds:.1} ms{found}{stays}", count(pages, "page")));
                }
            }
            Notice::Failed(failure) => {
                let text = draw::refusal(&failure.to_string(), failure.help.as_deref(), self.sheet.color);
                let _ = Stream::Error.write(|out| out.write_all(text.as_bytes()));
            }
        }
    }

    fn draw(&self, problem: &Diagnostic) -> String {
        let sheet = Sheet { color: false, width: Some(100), prefix: self.sheet.prefix.clone() };
        let report = Report { diagnostics: vec![problem.clone()], ..Report::default() };
        let mut text = Vec::new();
        // Writing to memory can't fail.
        let _ = draw::report(Format::Human, &report, &sheet, &mut text);
        String::from_utf8_lossy(&text).trim_end().to_owned()
    }
}

fn say(line: &str) {
    // Where nobody reads it any more, there is nobody to be told.
    let _ = Stream::Error.write(|out| writeln!(out, "{line}"));
}

/// Opens an address in whichever browser the system has for it.
fn open(url: &str) -> bool {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
