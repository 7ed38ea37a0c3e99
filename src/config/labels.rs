//! The generator's own words, so that a site may speak another language: one table of keys, English words and uses.

use std::sync::Arc;

use crate::document::{Field, Shape, Table};

/// Declares each word once: its key, its English, and where it shows; and a table of words that belong together.
macro_rules! labels {
    ($(#[$about_all:meta])* $name:ident $fields:ident { $($key:ident $english:literal $about:literal)* }
        $({ $group:ident: $words:ident $group_fields:ident $group_about:literal })?) => {
        $(#[$about_all])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $(#[doc = $about] pub $key: Arc<str>,)*
            $(#[doc = $group_about] pub $group: $words,)?
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: Arc::from($english),)* $($group: $words::default(),)? }
            }
        }

        /// The keys that a site may give them by.
        pub static $fields: &[Field] = &[
            $(Field::optional(stringify!($key), Shape::Text, $about),)*
            $(Field::optional(stringify!($group), Shape::Table($group_fields), $group_about),)?
        ];

        impl $name {
            /// The same, with the words of a table put in their place.
            #[must_use]
            pub fn with(mut self, table: &Table) -> Self {
                for entry in &table.entries {
                    match (entry.key.as_str(), entry.value.as_str()) {
                        $((stringify!($key), Some(text)) => self.$key = Arc::from(text),)*
                        $((stringify!($group), None) => {
                            self.$group = entry.value.as_table().map_or_else(Default::default, |table| self.$group.with(table));
                        })?
                        _ => (),
                    }
                }
                self
            }

            /// Each key with its word, in the order in which they are declared.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
                [$((stringify!($key), self.$key.as_ref()),)*].into_iter()
            }
        }
    };
}

labels! {
    /// The words that the generator itself puts on pages. In some, `{…}` stands for what is filled in.
    Labels FIELDS {
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
    records_quoted "Only figures that a page shows have a record here. All of them are in the files for download:" "The text above the records of a set that has them for quoted figures alone."
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
    rows_shown "{shown} of {all} rows" "Below a block whose `limit` leaves rows out."
    calculated "calculated" "The mark of a value that the site works out."
    formula "Calculated as" "The heading of a formula."
    inputs "From" "The heading of what a formula is worked out from."
    rows "Rows" "The heading of which rows a formula takes."
    rows_taken "{set}: {taken} of {all} rows with a value" "How many rows of a set a formula takes."
    not_calculated "Not calculated" "The heading of why a formula has no value."
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
    subject "Subject" "Whose figure it is."
    scope "Scope" "What a figure holds for."
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
    open "open" "The end of a range that has none."
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
    title "Title" "The heading of a row's title."
    unpriced "no published figure" "A rung of a ladder without a figure."
    branches_from "branches from {rung}" "A rung that leaves the ladder at another."
    chart_table "The same as a table" "The heading of the table behind a chart."
    chart_not_zero "Scale does not begin at zero" "What stands below a scale that leaves zero out."
    chart_summary "from {first} to {last}; lowest {lowest}, highest {highest}" "What is said of a long line, to those who don't see it."
    chart_own_scales "Each on a scale of its own" "What is said of small charts that have no scale in common."
    term "Term" "The heading of a glossary's terms."
    definition "Definition" "The heading of a glossary's definitions."
    not_to_confuse "Not to be confused with" "What a term is not."
    // Conflicts and releases.
    conflict "What does not agree" "The heading of one conflict."
    conflicts "What does not agree" "The heading of several conflicts."
    conflicts_recorded "see its record" "What stands for conflicts in the card of a figure."
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
    optional "optional" "What is said beside a field that may stay empty."
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
    { place: PlaceWords PLACE_FIELDS "The words of `tool place`, where a block has none of its own." }
}

labels! {
    /// The words of a tool that places a value among ranges.
    PlaceWords PLACE_FIELDS {
    form "Place a value" "The name of the form."
    value "Value" "The field for a value, and the heading of values that have the same answer."
    hint "Such as {plain} or {written}." "What a value looks like."
    parts "Or its parts" "The fields for what adds up to a value."
    title "Title" "The field whose words may call for a warning."
    button "Show where it lies" "The button of the form."
    answer "It lies" "The heading of the answers."
    answers "Where every value lies" "The caption of the table of values and answers."
    ranges "The ranges" "The caption of the table of ranges."
    edges "A value at the end of a range lies in it." "The note on the answers where ranges hold both ends."
    edges_low "A value at the low end of a range lies in it, one at the high end does not." "The same where they hold the low end."
    edges_high "A value at the high end of a range lies in it, one at the low end does not." "The same where they hold the high end."
    unstated "No range is stated for {rows}." "The note on rows that can't hold a value."
    under "under {value}" "Values below an end."
    over "over {value}" "Values above an end."
    in_one "in one range: {rows}" "A value that one row holds."
    in_two "in two ranges: {rows}" "A value that two rows hold."
    in_many "in {count} ranges: {rows}" "A value that more rows hold."
    between "between ranges: over {below}, under {above}" "A value in a gap."
    below "below every range" "A value under the lowest range."
    above "above every range" "A value over the highest range."
    lies "{value} lies {answer}." "The answer to a value."
    past "{over} over the top of {below}" "How far a value lies above a range."
    short "{under} under the bottom of {above}" "How far a value lies below a range."
    several "The value alone can't tell which of them is meant." "What is said where several rows hold it."
    position "{row}: {share} of the way from {low} to {high}" "How far up a range a value lies."
    over_median "{distance} over the stated median of {median}" "A value above a stated median."
    under_median "{distance} under the stated median of {median}" "A value below one."
    at_median "at the stated median of {median}" "A value that is one."
    unreadable "{field}: write a value in digits, or 0 where there is none. {hint}" "An entry that is no value."
    warning "Where the title says {words}" "The heading of a warning about titles."
    }
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
