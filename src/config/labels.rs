//! The generator's own words, so that a site may speak another language: one table of keys, English words and uses.

use std::sync::Arc;

use crate::document::{Field, Shape, Table};

/// Declares each word once: its key in `[labels]`, its English, and where it shows.
macro_rules! labels {
    ($($key:ident $english:literal $about:literal)*) => {
        /// The words that the generator itself puts on pages. In some, `{…}` stands for what is filled in.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Labels {
            $(#[doc = $about] pub $key: Arc<str>,)*
        }

        impl Default for Labels {
            fn default() -> Self {
                Self { $($key: Arc::from($english),)* }
            }
        }

        /// The keys of `[labels]`.
        pub static FIELDS: &[Field] = &[$(Field::optional(stringify!($key), Shape::Text, $about),)*];

        impl Labels {
            /// English, with the words that a `[labels]` table gives put in their place.
            pub fn read(table: &Table) -> Self {
                let mut labels = Self::default();
                for entry in &table.entries {
                    let Some(text) = entry.value.as_str() else { continue };
                    match entry.key.as_str() {
                        $(stringify!($key) => labels.$key = Arc::from(text),)*
                        _ => (),
                    }
                }
                labels
            }

            /// Each key with its word, in the order in which they are declared.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$((stringify!($key), self.$key.as_ref()),)*].into_iter()
            }
        }
    };
}

labels! {
    // The frame of a page.
    skip "Skip to the content" "The link before everything else."
    menu "Menu" "The button that opens the navigation on a phone."
    navigation "Site" "The name of the navigation for screen readers."
    home "Home" "The link to the front page."
    breadcrumb "Where this page stands" "The name of the trail of pages above this one."
    on_this_page "On this page" "The heading of a page's contents."
    previous "Previous" "The link to the page before."
    next "Next" "The link to the page after."
    edit_page "Edit this page" "The link to the page's file."
    updated "Updated" "When the page was changed last."
    published "Published" "When the page was written."
    theme "Theme" "The switch between light and dark."
    theme_light "Light" "The light theme."
    theme_dark "Dark" "The dark theme."
    theme_system "As the system" "The theme that the reader's system has."
    link_to_section "Link to this section" "The sign beside a heading."
    footnotes "Notes" "The heading of the footnotes."
    footnote "Footnote" "The name of a footnote's mark for screen readers."
    pages "Previous and next page" "The name of the links to the pages before and after."
    to_front "To the front page" "The link on the page for addresses that don't exist."
    repository "Repository" "The link to the repository."
    footnote_back "Back to the text" "The link from a footnote to its place."
    not_found "Page not found" "The title of the page for addresses that don't exist."
    not_found_text "There is no page at this address." "The text of that page."
    moved "This page has moved" "The title of a page that stands at an old address."
    copied "Copied" "What that button says afterwards."
    task_open "To do" "The box of an open task in a list."
    task_done "Done" "The box of a task that is done."
    // Alerts.
    alert_note "Note" "The heading of a note."
    alert_tip "Tip" "The heading of a tip."
    alert_important "Important" "The heading of an important remark."
    alert_warning "Warning" "The heading of a warning."
    alert_caution "Caution" "The heading of a caution."
    // Figures and their records.
    figures_text "Each figure has a record: what it means, where it comes from, how far to trust it, and which pages quote it." "The text above the list of figures."
    common "These hold for every figure of the set, unless its record says otherwise." "The text above what the records of a set share."
    record "Open the record" "The link from a figure to its record."
    meaning "Meaning" "The heading of what a value means."
    qualifier "Holds" "The heading of the words that limit a figure."
    calc "calc" "The short mark of a value that the site works out."
    cite_page "Cite this page" "The heading of how to cite a page."
    data_version "data version {version}" "The version of the data in a citation."
    cite "Cite or report" "The heading of how to cite a figure."
    report "Report a wrong number" "The link that reports a figure."
    kind "Kind" "The heading of what a source is."
    address "Address" "The heading of a source's address."
    not_given "not given" "An address that is not known."
    figure "Figure" "A value with its record."
    figures "Figures" "The title of the list of figures."
    value "Value" "The heading of a figure's value."
    id "Id" "The heading of a figure's id."
    not_stated "not stated" "A value that the source does not give."
    calculated "calculated" "The mark of a value that the site works out."
    formula "Calculated as" "The heading of a formula."
    inputs "From" "The heading of what a formula is worked out from."
    source "Source" "The heading of one source."
    sources "Sources" "The heading of several sources."
    as_of "As of" "The date at which a value was true."
    dated "as of {date}" "The date at which a value was true, behind a value."
    next_review "To be reviewed" "The date at which a value is to be looked at again."
    accessed "Read" "The date at which a source was read."
    publisher "Publisher" "The heading of a source's publisher."
    promotional "Promotional" "The mark of a source that sells something."
    caution "Caution" "What to know of a source."
    cites "Cites" "The sources that a source names."
    role "Role" "Whose figure it is."
    scope "Scope" "What a figure holds for."
    scope_market "whole market" "The scope `market`."
    scope_tier "one tier of employers" "The scope `tier`."
    scope_employer "one employer" "The scope `employer`."
    confidence "Confidence" "How far a figure can be relied on."
    confidence_in_part "{own}, {lowest} in part" "How far several figures can be relied on, where some have less."
    confidence_high "high" "The confidence `high`."
    confidence_medium "medium" "The confidence `medium`."
    confidence_low "low" "The confidence `low`."
    confidence_very_low "very low" "The confidence `very-low`."
    confidence_reason "Why" "The heading of the reason for a confidence."
    range_meaning "What the range means" "The heading of what low and high are."
    median_meaning "What the median means" "The heading of what the median is."
    note "Note" "The heading of a note on a figure or a table."
    notes "Notes" "The heading of the notes on a table."
    precision "Given to the nearest {step}" "How exact the source is."
    over "over {value}" "A value that the source gives as a threshold."
    at_least "at least {value}" "A value that the source gives as the lowest."
    from "from {value}" "The low end of a range that is open above."
    under "under {value}" "A value that the source says is not reached."
    up_to "up to {value}" "A value that the source gives as a ceiling."
    about "about {value}" "A value that the source hedges."
    quoted_on "Quoted on" "The heading of the pages that quote a figure."
    download_csv "CSV" "The table as a file of comma-separated values."
    download_json "JSON" "The table as a JSON file."
    // Sides of a figure.
    low "Low" "The low end of a range."
    high "High" "The high end of a range."
    median "Stated median" "The median that the source states."
    range "Range" "Low to high."
    midpoint "Midpoint" "Half of low and high together."
    spread "Spread" "High less low, over low."
    width "Width" "High less low."
    median_offset "Median less midpoint" "How far the median lies from the middle."
    plus_tolerance "Upper tolerance" "How much more than a value it may be."
    minus_tolerance "Lower tolerance" "How much less than a value it may be."
    limits "Limits" "The range that a value's tolerances make."
    overlap "Overlap" "What two neighboring rows have in common."
    gap "Gap" "What lies between two neighboring rows."
    meet "Meet at" "Before the value at which one row ends and its neighbor begins."
    step "Step" "The change from one midpoint to the next."
    median_step "Step of the medians" "The change from one stated median to the next."
    from_to "{from} to {to}" "Two neighboring rows."
    // Tables, charts, lists.
    level "Level" "The heading of the column that names a table's rows."
    track "Track" "The heading of a row's track."
    title "Title" "The heading of a row's title."
    unpriced "no published figure" "A rung of a ladder without a figure."
    branches_from "branches from {rung}" "A rung that leaves the ladder at another."
    chart_table "The same as a table" "The heading of the table behind a chart."
    chart_own_scale "On a scale of its own" "What stands above a row that is too large for the scale of the others."
    chart_not_zero "Scale does not begin at zero" "What stands below a scale that leaves zero out."
    chart_own_scales "Each on a scale of its own" "What is said of small charts that have no scale in common."
    term "Term" "The heading of a glossary's terms."
    definition "Definition" "The heading of a glossary's definitions."
    not_to_confuse "Not to be confused with" "What a term is not."
    // Conflicts and releases.
    conflict "What does not agree" "The heading of one conflict."
    conflicts "What does not agree" "The heading of several conflicts."
    conflicts_recorded "see its record" "What stands for conflicts in the card of a figure."
    conflicts_above "as listed above" "What stands for conflicts that a block above lists."
    decision "What this site does" "The heading of what is done about a conflict."
    conflict_contradiction "contradiction" "What a conflict of the kind `contradiction` is called."
    conflict_gap "something missing" "What a conflict of the kind `gap` is called."
    conflict_caution "caution" "What a conflict of the kind `caution` is called."
    status "Status" "The heading of a conflict's status."
    status_open "open" "The status `open`."
    status_explained "explained" "The status `explained`."
    status_corrected "corrected" "The status `corrected`."
    release "Version {version}" "The heading of a release of the data."
    was "was" "What a figure was before."
    // Tools.
    list_and "and" "Joins the last two of a list."
    offer "Your offer" "The name of the form for an offer."
    offer_hint "Such as {plain} or {written}." "What an amount looks like."
    offer_parts "Or its parts" "The fields for what adds up to an amount."
    optional "optional" "What is said beside a field that may stay empty."
    offer_title "Title" "The field for an offer's title."
    check_offer "Check the offer" "The button that checks one."
    offer_amount "Amount" "The heading of amounts that have the same answer."
    offer_answer "It lies" "The heading of the answers."
    offer_answers "Where every amount lies" "The caption of the table of amounts and answers."
    offer_bands "The bands" "The caption of the table of bands."
    offer_edges "An amount at the end of a band lies in that band." "The note on that table."
    offer_unstated "No range is stated for {rows}." "The note on rows that can't hold an amount."
    offer_under "under {value}" "Amounts below all bands."
    offer_over "over {value}" "Amounts above all bands."
    offer_in_one "in one band: {rows}" "An amount that one band holds."
    offer_in_two "in two bands: {rows}" "An amount that two hold."
    offer_in_many "in {count} bands: {rows}" "An amount that more hold."
    offer_between "between bands: over {below}, under {above}" "An amount in a gap."
    offer_below "below every band" "An amount under the lowest band."
    offer_above "above every band" "An amount over the highest band."
    offer_lies "{amount} lies {answer}." "The answer to an offer."
    offer_past "{over} over the top of {below}" "How far an amount lies above a band."
    offer_short "{under} under the bottom of {above}" "How far an amount lies below a band."
    offer_several "The amount alone can't tell which of them is meant." "What is said where several bands hold it."
    offer_position "{row}: {share} of the way from {low} to {high}" "How far up a band an amount lies."
    offer_over_median "{distance} over the stated median of {median}" "An amount above a stated median."
    offer_under_median "{distance} under the stated median of {median}" "An amount below one."
    offer_at_median "at the stated median of {median}" "An amount that is one."
    offer_unreadable "{field}: write an amount in digits, or 0 where there is none. {hint}" "An entry that is no amount."
    offer_warning "Where the title says {words}" "The heading of a warning about titles."
    compare "Compare" "The name of the form that sets two rows side by side."
    compare_first "First" "Its first choice."
    compare_second "Second" "Its second choice."
    compare_pairs "Each with the next" "The heading of the pairs of neighboring rows."
    measure "Measure" "The heading of what is compared."
    difference "Difference" "What the second has more than the first."
    // Periods and units.
    per_year "a year" "The period `year`, behind an amount."
    per_month "a month" "The period `month`, behind an amount."
    per_week "a week" "The period `week`, behind an amount."
    per_day "a day" "The period `day`, behind an amount."
    per_hour "an hour" "The period `hour`, behind an amount."
    once "once" "The period `once`."
    percent "percent" "The unit of shares."
    percentage_point "percentage point" "One percentage point."
    percentage_points "percentage points" "Several percentage points."
    year "year" "One year."
    years "years" "Several years."
    month "month" "One month."
    months "months" "Several months."
    week "week" "One week."
    weeks "weeks" "Several weeks."
    day "day" "One day."
    days "days" "Several days."
    hour "hour" "One hour."
    hours "hours" "Several hours."
    minute "minute" "One minute."
    minutes "minutes" "Several minutes."
    second "second" "One second."
    seconds "seconds" "Several seconds."
    millisecond "ms" "Milliseconds."
    // Dates.
    date_day "{month} {day}, {year}" "How a day is written."
    date_month "{month} {year}" "How a month is written."
    date_quarter "Q{quarter} {year}" "How a quarter is written."
    january "January" "The month."
    february "February" "The month."
    march "March" "The month."
    april "April" "The month."
    may "May" "The month."
    june "June" "The month."
    july "July" "The month."
    august "August" "The month."
    september "September" "The month."
    october "October" "The month."
    november "November" "The month."
    december "December" "The month."
}

impl Labels {
    /// The name of a month, from 1 to 12; nothing for another number.
    pub fn month_name(&self, month: u8) -> Option<&str> {
        let name = match month {
            1 => &self.january,
            2 => &self.february,
            3 => &self.march,
            4 => &self.april,
            5 => &self.may,
            6 => &self.june,
            7 => &self.july,
            8 => &self.august,
            9 => &self.september,
            10 => &self.october,
            11 => &self.november,
            12 => &self.december,
            _ => return None,
        };
        Some(name)
    }
}
