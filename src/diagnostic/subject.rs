//! Things that are missing, and that many places may name: one cause of many problems.

use std::fmt;
use std::sync::Arc;

/// A missing thing, by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A data set: `bands`.
    Set(Arc<str>),
    /// The pages of records of a set's rows.
    Rows(Arc<str>),
    /// A page, by its file from the content folder: `bands.md`.
    Page(Arc<str>),
    /// Another file, from the content folder.
    File(Arc<str>),
    /// A source, by its id.
    Source(Arc<str>),
    /// A term, by its id.
    Term(Arc<str>),
}

impl fmt::Display for Subject {
    /// "data set `bands`"
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(name) => write!(out, "data set `{name}`"),
            Self::Rows(name) => write!(out, "page of records for each row of `{name}`"),
            Self::Page(file) => write!(out, "page `content/{file}`"),
            Self::File(file) => write!(out, "file `content/{file}`"),
            Self::Source(id) => write!(out, "source `{id}`"),
            Self::Term(id) => write!(out, "term `{id}`"),
        }
    }
}

impl Subject {
    /// What to do where many places name it.
    pub fn help(&self) -> String {
        match self {
            Self::Set(name) => format!("bring back content/data/{name}.toml under this name, or change what names it"),
            Self::Rows(name) => {
                format!("write records = \"rows\" at the top of content/data/{name}.toml, or change what names them")
            }
            Self::Page(file) | Self::File(file) => {
                format!("bring back content/{file} under this name, or change what names it")
            }
            Self::Source(id) => format!("bring back [{id}] in the sources, or change what names it"),
            Self::Term(id) => format!("bring back [{id}] in the glossary, or change what names it"),
        }
    }
}
