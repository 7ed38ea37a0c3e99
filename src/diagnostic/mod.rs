//! Problems as data: what is wrong, where, why it matters, and what to type instead.
//!
//! This room neither draws nor prints: the command line does that, at the edge.

mod code;
mod failure;
mod known;
#[cfg(test)]
pub(crate) mod noise;
mod source;
mod subject;
mod suggest;

use std::sync::Arc;

pub use code::{Code, Severity};
pub use failure::Failure;
pub use known::{Known, Report, Reported};
pub use source::{Place, Position, Source, Span};
pub use subject::Subject;
pub use suggest::{Names, is_slip, nearest};

/// One problem, complete in itself: it carries its own source text.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of problem this is.
    pub code: &'static Code,
    /// How bad it is: the code's own severity until the site's `[rules]` have spoken.
    pub severity: Severity,
    /// A lowercase phrase without a full stop, which names the value.
    pub message: String,
    /// Where it is. Only problems of the tree as a whole have no place.
    pub place: Option<Place>,
    /// Short words drawn at the place itself, beside the caret.
    pub caption: Option<String>,
    /// Further places that take part, such as the datum that a figure disagrees with.
    pub labels: Vec<Label>,
    /// A sentence that says what to type.
    pub help: Option<String>,
    /// The change that mends it, where only one can.
    pub edit: Option<Edit>,
    /// The missing thing that the place names, so that many such places are one problem.
    pub subject: Option<Subject>,
    /// The figure that the place names and that doesn't exist, where that is the problem.
    pub missing: Option<Missing>,
}

/// A further place of a diagnostic, with a few words on its part.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// A lowercase phrase.
    pub text: String,
}

/// A figure that a place names and that doesn't exist.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The id, as it is typed.
    pub figure: Arc<str>,
    /// The help where the figure existed earlier; `None` where the message says already why it doesn't exist.
    pub if_gone: Option<&'static str>,
}

/// Text to put in place of a span, which `bandbook fix` writes without asking.
///
/// An edit is attached only where there is one possible answer, and where it changes nothing of what a sentence or the
/// data mean:
/// - the digits and the notation of a figure's text, and none of its words, while figure, formula, shape, unit, sign and bound
///   stay the same;
/// - syntax: a missing bracket, quote, `=` or space, small letters for capitals in a word of the syntax;
/// - a key that can be only one of a table's own, and the slashes and capitals of a link to a page or file that exists.
///
/// It never puts another id, name, word or value in the place of what is written, however near it is: that is for the
/// help to propose, and for an editor to decide.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
    /// The figure whose value it writes. It stands only while the data ask for the same figure as they did before.
    pub figure: Option<Arc<str>>,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(code: &'static Code, place: &Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: worded(message.into()),
            place: Some(place.clone()),
            caption: None,
            labels: Vec::new(),
            help: None,
            edit: None,
            subject: None,
            missing: None,
        }
    }

    /// A problem of the tree as a whole, such as a missing folder.
    pub fn without_place(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: worded(message.into()),
            place: None,
            caption: None,
            labels: Vec::new(),
            help: None,
            edit: None,
            subject: None,
            missing: None,
        }
    }

    /// Says what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(worded(help.into()));
        self
    }

    /// Puts a few words beside the caret.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = Some(caption.into());
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn label(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: place.clone(), text: text.into() });
        self
    }

    /// Says which text mends it; [`Edit`] says when.
    #[must_use]
    pub fn edit(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.edit = Some(Edit { place: place.clone(), text: text.into(), figure: None });
        self
    }

    /// Says which text writes the value that a figure has now.
    #[must_use]
    pub fn edit_of(mut self, figure: &Arc<str>, place: &Place, text: impl Into<String>) -> Self {
        self.edit = Some(Edit { place: place.clone(), text: text.into(), figure: Some(Arc::clone(figure)) });
        self
    }

    /// Says which missing thing the place names.
    #[must_use]
    pub fn subject(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Says which figure doesn't exist, and what to do where it existed earlier, if the message doesn't say why.
    #[must_use]
    pub fn missing(mut self, figure: &str, if_gone: Option<&'static str>) -> Self {
        self.missing = Some(Missing { figure: figure.into(), if_gone });
        self
    }

    /// The key that sorts diagnostics: file, place, code, message.
    pub fn order(&self) -> (&str, u32, &'static str, &str) {
        let (path, start) = self.place.as_ref().map_or(("", 0), |place| (place.source.path(), place.span.start));
        (path, start, self.code.name, &self.message)
    }
}

/// The words of a problem.
#[cfg(not(test))]
fn worded(words: String) -> String {
    words
}

/// The words of a problem, or noise where a test asks for it.
#[cfg(test)]
fn worded(words: String) -> String {
    noise::or(words)
}
