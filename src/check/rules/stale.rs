//! Values out of date, judged against a day that the command line gives.

use std::collections::BTreeMap;

use crate::check::{Look, Rule};
use crate::data::notation::Date;
use crate::data::{Figure, Record};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&REVIEW, &OLD], look: Look::Late(look) };

static REVIEW: Code = Code {
    name: "review-due",
    severity: Severity::Warning,
    rule: true,
    what: "The day on which a data set was to be looked at again has passed.",
    why: "Whoever set it expected the numbers to have changed by then.",
    example: "next_review = \"2026-04-30\"   # and today is later",
    mend: "Look at the sources, correct what has changed, and set `next_review` to a day to come.",
};
static OLD: Code = Code {
    name: "value-out-of-date",
    severity: Severity::Warning,
    rule: true,
    what: "Values are older than the site's limits: `stale_warn_days` warns, `stale_fail_days` is an error.",
    why: "A reader takes a published number for a present one.",
    example: "as_of = \"2023\"",
    mend: "Look at the sources again: correct the values and set `as_of`, or remove what can't be brought up to date.",
};

fn look(site: &Site, today: Option<Date>, problems: &mut Vec<Diagnostic>) {
    let Some(today) = today else { return };
    let day = today.first_day();
    // One date stands for all that inherit it.
    let mut reviews: BTreeMap<Key, (Date, Place)> = BTreeMap::new();
    let mut dates: BTreeMap<Key, (Date, Place, usize)> = BTreeMap::new();
    let mut see = |record: &Record, count: usize| {
        if let Some((date, place)) = &record.as_of {
            dates.entry(key(place)).or_insert((*date, place.clone(), 0)).2 += count;
        }
        if let Some((date, place)) = &record.next_review {
            reviews.entry(key(place)).or_insert((*date, place.clone()));
        }
    };
    site.data.sets.iter().for_each(|set| see(&set.record, 0));
    site.data.figures.iter().filter(|figure| is_typed(figure)).for_each(|figure| see(&figure.record, 1));
    for (date, place) in reviews.into_values().filter(|(date, _)| date.last_day() < day) {
        let late = day - date.last_day();
        let problem = Diagnostic::new(&REVIEW, &place, format!("the review of {date} is {late} days late"));
        problems.push(problem.help("look at the sources, then set `next_review` to a day to come"));
    }
    let limits = &site.config.limits;
    for (date, place, count) in dates.into_values() {
        let age = day - date.last_day();
        if age <= i64::from(limits.stale_warn_days) {
            continue;
        }
        let failed = age > i64::from(limits.stale_fail_days);
        let limit = if failed { limits.stale_fail_days } else { limits.stale_warn_days };
        let figures = if count == 1 { "1 figure".to_owned() } else { format!("{count} figures") };
        let message = format!("{figures} as of {date}, {age} days ago, are older than the limit of {limit} days");
        let mut problem = Diagnostic::new(&OLD, &place, message)
            .help("look at the sources again: correct the values and set `as_of`, or remove them");
        if failed {
            problem.severity = Severity::Error;
        }
        problems.push(problem);
    }
}

type Key = (String, u32);

fn key(place: &Place) -> Key {
    (place.source.path().to_owned(), place.span.start)
}

fn is_typed(figure: &Figure) -> bool {
    figure.inputs.is_none() && figure.aspect == crate::data::Aspect::Whole
}
