//! The dates of pages: what front matter says, and else, where the site asks for it, what the repository's history says.

use super::address::Address;
use crate::config::{Config, Dates};
use crate::content::FrontMatter;
use crate::data::notation::Date;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::Text;
use crate::input::{History, NoHistory};

pub(super) static CODES: &[&Code] = &[&NO_HISTORY];

static NO_HISTORY: Code = Code {
    name: "no-history",
    severity: Severity::Warning,
    rule: true,
    what: "The site takes the dates of its pages from git, and the whole history is not at hand.",
    why: "A date made from a part of the history would be false, so that pages are published without one.",
    example: "[dates]\nfrom = \"git\"",
    mend: "Clone the whole history: in a workflow with `fetch-depth: 0`, at your desk with `git fetch --unshallow`. Or write \
           `from = \"front-matter\"`.",
};

const SECONDS_PER_DAY: i64 = 86_400;

/// When a page was published, and when it was last changed, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageDates {
    /// When it was published.
    pub published: Option<Date>,
    /// When it was last changed; from history only where that is a later day.
    pub updated: Option<Date>,
}

impl PageDates {
    /// The last day on which the page changed, if any is known.
    pub fn latest(&self) -> Option<Date> {
        self.updated.or(self.published)
    }
}

/// The dates of a page. Front matter wins, each key for itself.
pub(super) fn of_page(file: &str, front: &FrontMatter, address: &Address, history: Option<&History>) -> PageDates {
    let typed = |text: &Option<Text>| text.as_ref().and_then(|text| Date::parse(&text.text).ok());
    let found = history.and_then(|history| history.of(file)).filter(|_| address.as_str() != "/404.html");
    let found = found.unwrap_or_default();
    let published = typed(&front.date).or_else(|| day(found.first?));
    let changed = day(found.last.unwrap_or(i64::MIN));
    let is_later = |day: &Date| published.is_none_or(|published| published < *day);
    PageDates { published, updated: typed(&front.updated).or_else(|| changed.filter(is_later)) }
}

/// Says so where history was asked for and can't be told.
pub(super) fn report(config: &Config, cause: NoHistory, diagnostics: &mut Vec<Diagnostic>) {
    let Dates::Git(place) = &config.dates else { return };
    let (message, help) = match cause {
        NoHistory::NoGit => {
            ("`git` can't be run, so that pages have no dates", "install git, or write `from = \"front-matter\"`")
        }
        NoHistory::NoRepository => (
            "git knows no repository here, so that pages have no dates",
            "build the site in its repository, or write `from = \"front-matter\"`; `git status` says what git makes of the folder",
        ),
        NoHistory::Shallow => (
            "only a part of the history is here, so that pages have no dates",
            "get all of it: `fetch-depth: 0` in a workflow, `git fetch --unshallow` at your desk",
        ),
        NoHistory::Unreadable => (
            "git can't tell the history, so that pages have no dates",
            "commit the site; if it is committed, `git log` says what is wrong",
        ),
    };
    diagnostics.push(Diagnostic::new(&NO_HISTORY, place, message).help(help));
}

/// The day of a moment, in UTC.
fn day(seconds: i64) -> Option<Date> {
    Date::from_day_number(seconds.div_euclid(SECONDS_PER_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_utc() {
        for (seconds, expected) in [
            (0, Some("1970-01-01")),
            (1_767_225_599, Some("2025-12-31")),
            (1_767_225_600, Some("2026-01-01")),
            (-1, Some("1969-12-31")),
            (i64::MIN, None),
            (i64::MAX, None),
        ] {
            assert_eq!(day(seconds).map(|day| day.to_string()).as_deref(), expected, "{seconds}");
        }
    }
}
