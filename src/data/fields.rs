//! The kinds of data set, and the keys that each may hold.

use crate::document::{Field, Shape};

/// A kind of data set.
#[derive(Debug)]
pub struct Kind {
    /// What `kind` says.
    pub name: &'static str,
    /// The whole file's shape.
    pub shape: Shape,
}

/// All kinds, in the order in which they are explained.
pub static KINDS: &[Kind] = &[
    Kind { name: "table", shape: Shape::Table(TABLE) },
    Kind { name: "facts", shape: Shape::Open(FACTS, &Shape::Table(FACT)) },
    Kind { name: "terms", shape: Shape::Open(SET, &Shape::Table(TERM)) },
    Kind { name: "sources", shape: Shape::Open(SET, &Shape::Table(SOURCE)) },
    Kind { name: "conflicts", shape: Shape::Open(SET, &Shape::Table(CONFLICT)) },
    Kind { name: "releases", shape: Shape::Table(RELEASES) },
];

/// The names of all kinds.
pub(super) static KIND_NAMES: &[&str] = &["table", "facts", "terms", "sources", "conflicts", "releases"];

/// What the values of a column can be.
pub(super) static TYPES: &[&str] = &["number", "text", "choice", "date", "figure", "figures"];

/// What can be derived from a value.
pub(super) static DERIVED: &[&str] =
    &["midpoint", "spread", "width", "median-offset", "step", "median-step", "overlap", "gap"];

/// Keys that a row, a cell, a column or a fact may say anew, and what is inherited from the set where it doesn't.
macro_rules! with_inherited {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            Field::optional("subject", Shape::Text, "Whose figure it is."),
            Field::optional("scope", Shape::Text, "What the figure holds for."),
            Field::optional("as_of", Shape::Date, "When the figure was true."),
            Field::optional("next_review", Shape::Date, "When it is to be looked at again."),
            Field::optional("sources", Shape::Names(&Shape::Id), "The ids of the sources that give the figure."),
            Field::optional("confidence", Shape::OneOf(&["high", "medium", "low", "very-low"]), "How far the figure can be relied on."),
            Field::optional("confidence_reason", Shape::Markdown, "Why it is no better; needed below \"medium\"."),
            Field::optional("range_meaning", Shape::Markdown, "What low and high mean, or \"unstated\"."),
            Field::optional("median_meaning", Shape::Markdown, "What the median is, or \"unstated\"."),
            Field::optional("badge", Shape::Markdown, "Words printed with the figure wherever it shows."),
            Field::optional("precision", Shape::Number, "The step to which the source gives the figure."),
        ]
    };
}

/// The keys of every set, and those of its kind.
macro_rules! set {
    ($($own:expr),* $(,)?) => {
        with_inherited![
            Field::optional("kind", Shape::OneOf(KIND_NAMES), "What the file holds; \"table\" where it doesn't say."),
            Field::optional("title", Shape::Markdown, "The set's title."),
            Field::optional("note", Shape::Markdown, "A note on the whole set."),
            $($own,)*
        ]
    };
}

/// What a set or a column says of its values, and the keys of the table that it is for.
macro_rules! with_values {
    ($table:ident![$($own:expr),* $(,)?]) => {
        $table![
            $($own,)*
            Field::optional("type", Shape::OneOf(TYPES), "What the values are; \"number\" where nothing is said."),
            Field::optional("unit", Shape::Text, "What the numbers count: \"USD\", \"GWh\", \"%\", \"USD/month\", \"g/100 g\"; {column} is the row's text in that column."),
            Field::optional("words", Shape::Names(&Shape::Text), "Words that stand in place of numbers, such as \"unlimited\"."),
            Field::optional("blank", Shape::Text, "What a blank cell means, such as \"no data\"; without it a blank is an error."),
            Field::optional("digits", DIGITS, "\"as-typed\" where each digit counts (12.50 is not 12.5), or how many significant ones there are."),
            Field::optional("derive", Shape::Names(&Shape::OneOf(DERIVED)), "What is calculated from each value, or from rows that follow each other."),
            Field::optional("was", Shape::Names(&Shape::Text), "The names that it had; links to them still work, with a warning."),
        ]
    };
}

const DIGITS: Shape = Shape::Either(&[Shape::OneOf(&["as-typed"]), Shape::Integer]);

static NUMBER: Shape = Shape::Either(&[Shape::Number, Shape::Text]);
static PAIR: Shape = Shape::List(&NUMBER);
static TOLERANCE: Shape = Shape::Either(&[Shape::Number, Shape::List(&Shape::Number)]);

/// What a typed cell looks like.
pub(super) static CELL_SHAPE: Shape =
    Shape::Either(&[Shape::List(&NUMBER), Shape::Number, Shape::Text, Shape::Date, Shape::Table(CELL)]);

/// The keys of a set whose entries stand beside them.
pub(super) static SET: &[Field] = set![];

static TABLE: &[Field] = with_values!(set![
    Field::optional("columns", Shape::Map(&Shape::ByReader(&COLUMN_TABLE)), "The columns, in order."),
    Field::optional("row", Shape::List(&ROW_SHAPE), "The rows, in order."),
    Field::optional(
        "rows",
        Shape::ByReader(&Shape::OneOf(&["csv"])),
        "\"csv\" where the rows are in the file of the same name that ends in .csv."
    ),
    Field::optional("decimal", Shape::OneOf(&[".", ","]), "The decimal mark of the numbers in the CSV file."),
    Field::optional(
        "key",
        Shape::Names(&Shape::Id),
        "The columns that make a row's id; without it each row has an `id`."
    ),
    Field::optional(
        "combine",
        Shape::List(&Shape::Id),
        "The tables of which each combination of rows is a row, one for each key."
    ),
    Field::optional(
        "ordered",
        Shape::Either(&[Shape::Boolean, Shape::Text]),
        "true where each row follows the one before it, or the key along which rows do."
    ),
    Field::optional("ends", Shape::OneOf(&["both", "low", "high"]), "Which ends belong to a range."),
    Field::optional("expect", Shape::List(&Shape::Text), "Comparisons that must be true of each row."),
    Field::optional(
        "records",
        Shape::OneOf(&["set", "rows", "quoted"]),
        "Whether the figures' records are on one page, on a page for each row, or there only for figures that pages show."
    ),
]);

/// Whether a table has a key of this name that is said of the whole of it.
pub(super) fn is_of_table(key: &str) -> bool {
    TABLE.iter().any(|field| field.name == key)
}

/// A column's own table.
pub(super) static COLUMN_TABLE: Shape = Shape::Table(COLUMN);

/// The keys of a column.
static COLUMN: &[Field] = with_values!(with_inherited![
    Field::required("title", Shape::Markdown, "The column's title."),
    Field::optional("header", Shape::Text, "The header that the column has in the CSV file, where that isn't its id."),
    Field::optional("values", Shape::Names(&Shape::Text), "The words of a choice, lowest first."),
    Field::optional("formula", Shape::Text, "How the values are calculated; rows then don't hold them."),
    Field::optional(
        "bound",
        Shape::OneOf(BOUNDS_OR_NONE),
        "What the source says of the values; \"none\" drops the bounds of a formula's inputs."
    ),
    Field::optional("signed", Shape::Boolean, "Whether each text needs its sign; those of a change always do."),
    Field::optional(
        "compare",
        Shape::Boolean,
        "Whether figures of different scope or subject may meet in the formula."
    ),
]);

/// A row: its own keys, and a cell for each column.
pub(super) static ROW_SHAPE: Shape = Shape::Open(ROW, &CELL_SHAPE);

/// The keys of a row beside its columns.
pub(super) static ROW: &[Field] = with_inherited![
    Field::optional("id", Shape::Text, "The row's id, where no `key` makes it."),
    Field::optional("note", Shape::Markdown, "A note on the row."),
    Field::optional(
        "was",
        Shape::Names(&Shape::Text),
        "The ids that the row had; links to them still work, with a warning."
    ),
];

/// A cell with more said than its value.
pub(super) static CELL_TABLE: Shape = Shape::Table(CELL);

static CELL: &[Field] = with_inherited![
    Field::alternative("range", Shape::ByReader(&PAIR), "Low and high: [1, 2]."),
    Field::alternative("value", Shape::ByReader(&NUMBER), "The one value."),
    Field::alternative("low", Shape::ByReader(&NUMBER), "The low end, or \"open\"."),
    Field::optional("high", Shape::ByReader(&NUMBER), "The high end, or \"open\"."),
    Field::optional("median", Shape::ByReader(&NUMBER), "The median that the source states."),
    Field::optional("plus", Shape::ByReader(&Shape::Number), "How much more than the value it may be."),
    Field::optional("minus", Shape::ByReader(&Shape::Number), "How much less than the value it may be."),
    Field::optional(
        "plus_minus",
        Shape::ByReader(&TOLERANCE),
        "How much more or less it may be: 0.05, or [0.10, 0.05]."
    ),
    Field::optional("bound", Shape::OneOf(BOUNDS), "Whether the source gives a threshold or hedges."),
    Field::optional("qualifier", Shape::Markdown, "Words printed with the value."),
    Field::optional("note", Shape::Markdown, "A note on this cell."),
];

static BOUNDS: &[&str] = &["over", "at-least", "under", "up-to", "about"];
static BOUNDS_OR_NONE: &[&str] = &["over", "at-least", "under", "up-to", "about", "none"];

/// The keys of a set of facts, beside which facts stand.
pub(super) static FACTS: &[Field] = with_values!(set![
    Field::optional("ends", Shape::OneOf(&["both", "low", "high"]), "Which ends belong to a range."),
    Field::optional("expect", Shape::List(&Shape::Text), "Comparisons that must be true."),
    Field::optional(
        "records",
        Shape::OneOf(&["set", "rows", "quoted"]),
        "Whether the facts' records are on one page, on a page for each fact, or there only for facts that pages show."
    ),
]);

/// A fact's own table.
pub(super) static FACT_TABLE: Shape = Shape::Table(FACT);

static FACT: &[Field] = with_values!(with_inherited![
    Field::required("title", Shape::Markdown, "What the fact says."),
    Field::alternative(
        "value",
        Shape::ByReader(&CELL_SHAPE),
        "The value: a number, [low, high], a date, \"unstated\", or a table."
    ),
    Field::alternative("formula", Shape::Text, "How the value is calculated."),
    Field::optional("values", Shape::Names(&Shape::Text), "The words of a choice, lowest first."),
    Field::optional(
        "bound",
        Shape::OneOf(BOUNDS_OR_NONE),
        "What the source says of the value; \"none\" drops the bounds of a formula's inputs."
    ),
    Field::optional("signed", Shape::Boolean, "Whether each text needs its sign; those of a change always do."),
    Field::optional(
        "compare",
        Shape::Boolean,
        "Whether figures of different scope or subject may meet in the formula."
    ),
    Field::optional("qualifier", Shape::Markdown, "Words printed with the value."),
    Field::optional("note", Shape::Markdown, "A note on this fact."),
]);

/// A term's own table.
pub(super) static TERM_TABLE: Shape = Shape::Table(TERM);

static TERM: &[Field] = &[
    Field::required("term", Shape::Text, "The term, written out."),
    Field::optional("short", Shape::Text, "Its abbreviation."),
    Field::required("definition", Shape::Markdown, "What it means."),
    Field::optional("not_to_confuse", Shape::Markdown, "What it is not."),
];

/// A source's own table.
pub(super) static SOURCE_TABLE: Shape = Shape::Table(SOURCE);

static SOURCE: &[Field] = &[
    Field::required("title", Shape::Text, "The source's title, taken as it is."),
    Field::optional("publisher", Shape::Text, "Who published it."),
    Field::optional("url", Shape::Text, "Its address, or \"not given\"."),
    Field::optional("kind", Shape::Text, "What it is: a survey, an article."),
    Field::optional("accessed", Shape::Date, "When it was read."),
    Field::optional("cites", Shape::List(&Shape::Id), "The ids of the sources that it names."),
    Field::optional("promotional", Shape::Boolean, "Whether it sells something."),
    Field::optional("caution", Shape::Markdown, "What a reader should know of it."),
];

/// A conflict's own table.
pub(super) static CONFLICT_TABLE: Shape = Shape::Table(CONFLICT);

static CONFLICT: &[Field] = &[
    Field::required("title", Shape::Markdown, "What does not agree."),
    Field::required(
        "kind",
        Shape::OneOf(&["contradiction", "gap", "caution"]),
        "What it is: figures that contradict each other, something that is missing, or something to know.",
    ),
    Field::required("figures", Shape::List(&Shape::Id), "Ids of figures; one covers what is below it."),
    Field::optional(
        "line",
        Shape::Markdown,
        "What a block that shows the figures says below it, in one line, while a contradiction is open; the title where it is left out.",
    ),
    Field::required("explanation", Shape::Markdown, "The arithmetic."),
    Field::optional("decision", Shape::Markdown, "What the site does about it."),
    Field::required("status", Shape::OneOf(&["open", "explained", "corrected"]), "Where the matter stands."),
];

static RELEASES: &[Field] =
    set![Field::required("release", Shape::List(&Shape::Table(RELEASE)), "The releases, newest first or last.")];

static RELEASE: &[Field] = &[
    Field::required("version", Shape::Text, "The release's number."),
    Field::optional("date", Shape::Date, "When it came out."),
    Field::optional("note", Shape::Markdown, "What it brought."),
    Field::optional("change", Shape::List(&Shape::Table(CHANGE)), "Figures that moved."),
];

static CHANGE: &[Field] = &[
    Field::required("figure", Shape::Id, "The figure that moved."),
    Field::optional(
        "was",
        Shape::Either(&[Shape::Number, Shape::List(&Shape::Number), Shape::Text]),
        "What it was: a number, [low, high], or \"unstated\".",
    ),
    Field::optional("reason", Shape::Markdown, "Why it moved."),
];
