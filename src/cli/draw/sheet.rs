//! What diagnostics are drawn on, and in which format.

use bandbook::diagnostic::Severity;

use crate::cli::output::Stream;

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, with the lines in question.
    #[default]
    Human,
    /// One problem a line.
    Short,
    /// One JSON object, on standard output.
    Json,
    /// Annotations for a pull request on GitHub, on standard output.
    Github,
}

impl Format {
    /// Where diagnostics go.
    pub fn stream(self) -> Stream {
        match self {
            Self::Human | Self::Short => Stream::Error,
            Self::Json | Self::Github => Stream::Out,
        }
    }
}

/// What diagnostics are drawn on.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Whether it shows color.
    pub color: bool,
    /// How many columns it has, where there is an end of them.
    pub width: Option<usize>,
    /// What stands before each path, so that paths are shown from where one stands.
    pub prefix: String,
}

/// What a severity is called.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => "off",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
