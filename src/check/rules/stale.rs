//! Values out of date, judged against a day that the command line gives.

use std::collections::BTreeMap;

use crate::check::{Look, Rule};
use crate::data::notation::Date;
use crate::data::{Figure, Record};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&REVIEW, &OLD, &LATER, &REVIEWED], look: Look::Late(look) };

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
static LATER: Code = Code {
    name: "date-to-come",
    severity: Severity::Warning,
    rule: true,
    what: "Values are said to hold as of a day that has not come yet.",
    why: "Most often the year or the month is a slip, and the values will seem new for too long.",
    example: "as_of = \"2062-01\"   # in 2026",
    mend: "Correct `as_of`, or waive the rule with a reason where the values are announced for that day.",
};
static REVIEWED: Code = Code {
    name: "review-before-date",
    severity: Severity::Warning,
    rule: true,
    what: "A data set is to be looked at again before the day that its values hold for.",
    why: "One of the two dates was changed without the other, and nobody will be told when the values grow old.",
    example: "as_of = \"2026-03\"\nnext_review = \"2026-01-31\"",
    mend: "Set `next_review` to a day after `as_of`, or correct `as_of`.",
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
    // A review that is planned before its values is late because of that.
    let mut told: Vec<Key> = Vec::new();
    for record in site.data.sets.iter().map(|set| &set.record) {
        let (Some((date, at)), Some((review, place))) = (&record.as_of, &record.next_review) else { continue };
        if review.last_day() < date.first_day() && date.first_day() <= day {
            told.push(key(place));
            problems.push(
                Diagnostic::new(&REVIEWED, place, format!("the review of {review} is before the values, as of {date}"))
                    .label(at, "the values")
                    .help("set `next_review` to a day to come, or correct `as_of`"),
            );
        }
    }
    site.data.figures.iter().filter(|figure| is_typed(figure)).for_each(|figure| see(&figure.record, 1));
    reviews.retain(|review, _| !told.contains(review));
    for (date, place) in reviews.into_values().filter(|(date, _)| date.last_day() < day) {
        let late = day - date.last_day();
        let problem = Diagnostic::new(&REVIEW, &place, format!("the review of {date} is {late} days late"));
        problems.push(problem.help("look at the sources, then set `next_review` to a day to come"));
    }
    let limits = &site.config.limits;
    for (date, place, count) in dates.into_values() {
        if date.first_day() > day {
            problems.push(
                Diagnostic::new(&LATER, &place, format!("the values are as of {date}, and today is {today}"))
                    .help("correct the date; where the values are announced for then, write above it: # bandbook: allow date-to-come: reason"),
            );
            continue;
        }
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
