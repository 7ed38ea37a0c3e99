//! The two streams, with what they can show. Each answer is made whole and written at once, under no lock of ours.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

use bandbook::diagnostic::Failure;

use super::color::Choice;

/// Which stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// What programs read: JSON, annotations, and what was asked for by name.
    Out,
    /// What people read beside it.
    Error,
}

/// What a stream can show.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// Whether it shows color.
    pub color: bool,
    /// How many columns it has; a file or a pipe has no end of them.
    pub width: Option<usize>,
    /// Whether somebody watches.
    pub is_terminal: bool,
}

impl Stream {
    /// What this stream can show.
    pub fn paper(self, choice: Choice) -> Paper {
        let (is_terminal, size) = match self {
            Self::Out => (io::stdout().is_terminal(), terminal_size::terminal_size_of(io::stdout())),
            Self::Error => (io::stderr().is_terminal(), terminal_size::terminal_size_of(io::stderr())),
        };
        let width = size.filter(|_| is_terminal).map(|(terminal_size::Width(columns), _)| usize::from(columns));
        Paper { color: choice.colors(is_terminal, |name| std::env::var_os(name)), width, is_terminal }
    }

    /// Writes what `draw` draws. A reader that closed its end early has seen what it wanted, and is no failure.
    pub fn write(self, draw: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let (name, stream): (_, Box<dyn Write>) = match self {
            Self::Out => ("standard output", Box::new(io::stdout())),
            Self::Error => ("standard error", Box::new(io::stderr())),
        };
        let mut buffered = BufWriter::with_capacity(1 << 16, stream);
        let written = draw(&mut buffered).and_then(|()| buffered.flush());
        if written.is_err() {
            // Dropping the buffer would try once more.
            let _ = buffered.into_parts();
        }
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new("write", Path::new(name), error)),
            _ => Ok(()),
        }
    }
}
