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
    Kind { name: "bands", shape: Shape::Table(BANDS) },
    Kind { name: "facts", shape: Shape::Open(FACTS, &Shape::Table(FACT)) },
    Kind { name: "records", shape: Shape::Table(RECORDS) },
    Kind { name: "ladder", shape: Shape::Table(LADDER) },
    Kind { name: "terms", shape: Shape::Open(SET, &Shape::Table(TERM)) },
    Kind { name: "sources", shape: Shape::Open(SET, &Shape::Table(SOURCE)) },
    Kind { name: "conflicts", shape: Shape::Open(SET, &Shape::Table(CONFLICT)) },
    Kind { name: "releases", shape: Shape::Table(RELEASES) },
];

/// The names of all kinds.
pub(super) static KIND_NAMES: &[&str] =
    &["bands", "facts", "records", "ladder", "terms", "sources", "conflicts", "releases"];

/// What facts can be: exactly one of these holds a fact's value.
pub(super) static FACT_VALUES: &[&str] = &["money", "percent", "duration", "count", "rank", "date", "number"];

/// What a calculation can do.
pub(super) static OPERATIONS: &[&str] = &["difference", "sum", "share", "change"];

/// Keys that a row or a fact may say anew, and what is inherited from the set where it doesn't.
macro_rules! with_inherited {
    ($($own:expr),* $(,)?) => {
        &[
            $($own,)*
            Field::optional("role", Shape::Text, "Whose figure it is."),
            Field::optional("scope", Shape::OneOf(&["market", "tier", "employer"]), "What the figure holds for."),
            Field::optional("currency", Shape::Text, "The ISO code of the money, such as \"USD\"."),
            Field::optional("period", Shape::OneOf(&["year", "month", "week", "day", "hour", "once"]), "The time that an amount is paid for."),
            Field::optional("as_of", Shape::Date, "When the figure was true."),
            Field::optional("sources", Shape::Names(&Shape::Id), "The ids of the sources that give the figure."),
            Field::optional("confidence", Shape::OneOf(&["high", "medium", "low", "very-low"]), "How far the figure can be relied on."),
            Field::optional("confidence_reason", Shape::Markdown, "Why it is no better; needed below \"medium\"."),
            Field::optional("range_meaning", Shape::Markdown, "What low and high mean, or \"unstated\"."),
            Field::optional("median_meaning", Shape::Markdown, "What the median is, or \"unstated\"."),
            Field::optional("badge", Shape::Markdown, "Words shown wherever the figure shows."),
            Field::optional("precision", Shape::Number, "The step to which the source gives the figure."),
        ]
    };
}

/// The keys of every set, and those of its kind.
macro_rules! set {
    ($($own:expr),* $(,)?) => {
        with_inherited![
            Field::required("kind", Shape::OneOf(KIND_NAMES), "What the file holds."),
            Field::optional("title", Shape::Markdown, "The set's title."),
            Field::optional("note", Shape::Markdown, "A note on the whole set."),
            Field::optional("next_review", Shape::Date, "When the set is to be looked at again."),
            $($own,)*
        ]
    };
}

/// What a typed cell looks like.
static CELL_SHAPE: Shape =
    Shape::Either(&[Shape::List(&Shape::Number), Shape::Number, Shape::OneOf(&["unstated"]), Shape::Table(CELL)]);

/// What a fact's value looks like.
static VALUE: Shape = Shape::Either(&[Shape::List(&Shape::Number), Shape::Number, Shape::OneOf(&["unstated"])]);

static RANGE: Shape = Shape::Either(&[Shape::List(&Shape::Number), Shape::OneOf(&["unstated"])]);
static ONE: Shape = Shape::Either(&[Shape::Number, Shape::OneOf(&["unstated"])]);

/// The keys of a set whose entries stand beside them.
pub(super) static SET: &[Field] = set![];

static BANDS: &[Field] = set![
    Field::required("measures", Shape::Map(&Shape::Table(MEASURE)), "The columns, in order."),
    Field::optional("ratios", Shape::Map(&Shape::Table(RATIO)), "Ratios of two measures, calculated for each row."),
    Field::required("row", Shape::List(&Shape::Open(ROW, &CELL_SHAPE)), "The rows, in order."),
];

static MEASURE: &[Field] = &[
    Field::required("title", Shape::Markdown, "The measure's title."),
    Field::optional("parts", Shape::List(&Shape::Id), "The measures that should add up to it."),
    Field::optional("sum", Shape::List(&Shape::Id), "The measures whose sum it is; it is then never typed in a row."),
    Field::optional(
        "unit",
        Shape::Text,
        "What it counts where it isn't money: \"percent\", \"count\", \"ms\", \"day\" …, or free text.",
    ),
];

static RATIO: &[Field] = &[
    Field::required("title", Shape::Markdown, "The ratio's title."),
    Field::required("of", Shape::Text, "The measure above the line."),
    Field::required("to", Shape::Text, "The measure below the line, or \"parts.MEASURE\"."),
];

/// The keys of a row beside its measures.
pub(super) static ROW: &[Field] = with_inherited![
    Field::required("id", Shape::Id, "The row's id."),
    Field::optional("code", Shape::Text, "The row's short code, such as \"L3\"."),
    Field::optional("title", Shape::Markdown, "The row's title."),
    Field::optional("track", Shape::Text, "The track that the row belongs to."),
    Field::optional("note", Shape::Markdown, "A note on the row."),
];

/// A cell with more said than its value.
pub(super) static CELL_TABLE: Shape = Shape::Table(CELL);

static CELL: &[Field] = with_inherited![
    Field::alternative("range", Shape::ByReader(&RANGE), "Low and high: [1, 2], or \"unstated\"."),
    Field::alternative("value", Shape::ByReader(&ONE), "The one value, or \"unstated\"."),
    Field::optional("median", Shape::ByReader(&ONE), "The median that the source states."),
    Field::optional("bound", Shape::OneOf(BOUNDS), "Whether the source gives a threshold or hedges."),
    Field::optional("note", Shape::Markdown, "A note on this cell."),
];

static BOUNDS: &[&str] = &["over", "up-to", "about"];

/// The keys of a set of facts, beside which facts stand.
pub(super) static FACTS: &[Field] =
    set![Field::optional("calc", Shape::Map(&Shape::Table(CALCULATION)), "Calculated values, by id.")];

/// A fact's own table.
pub(super) static FACT_TABLE: Shape = Shape::Table(FACT);

static FACT: &[Field] = with_inherited![
    Field::required("title", Shape::Markdown, "What the fact says."),
    Field::alternative("money", Shape::ByReader(&VALUE), "An amount of money: a number, [low, high], or \"unstated\"."),
    Field::alternative("percent", Shape::ByReader(&VALUE), "A share: a number, [low, high], or \"unstated\"."),
    Field::alternative(
        "duration",
        Shape::ByReader(&VALUE),
        "A time in its `unit`: a number, [low, high], or \"unstated\"."
    ),
    Field::alternative(
        "count",
        Shape::ByReader(&VALUE),
        "A whole number of things: a number, [low, high], or \"unstated\"."
    ),
    Field::alternative("rank", Shape::ByReader(&VALUE), "A place in an order: a number, [low, high], or \"unstated\"."),
    Field::alternative("date", Shape::ByReader(&Shape::Date), "A date, or \"unstated\"."),
    Field::alternative(
        "number",
        Shape::ByReader(&VALUE),
        "A number of anything else: a number, [low, high], or \"unstated\"."
    ),
    Field::optional("unit", Shape::Text, "Of a duration: \"month\", \"year\" …; of a number: free text."),
    Field::optional("bound", Shape::OneOf(BOUNDS), "Whether the source gives a threshold or hedges."),
    Field::optional("qualifier", Shape::Markdown, "Words shown with the value."),
    Field::optional("partition", Shape::Id, "Facts of this set with the same name must add to 100."),
    Field::optional("complement", Shape::Id, "The fact that makes 100 with this one."),
    Field::optional("note", Shape::Markdown, "A note on this fact."),
];

static CALCULATION: &[Field] = &[
    Field::required("title", Shape::Markdown, "What is calculated."),
    Field::alternative("difference", Shape::List(&Shape::Id), "[a, b]: a less b."),
    Field::alternative("sum", Shape::List(&Shape::Id), "[a, b, …]: all of them together."),
    Field::alternative("share", Shape::List(&Shape::Id), "[part, whole]: the part as a percentage of the whole."),
    Field::alternative("change", Shape::List(&Shape::Id), "[from, to]: the rise as a percentage of the first."),
    Field::optional("compare", Shape::Boolean, "Whether figures of different scope or role may meet here."),
    Field::optional(
        "signed",
        Shape::Boolean,
        "Whether texts of a sum or a share need its sign; those of a difference or a change always do.",
    ),
    Field::optional("qualifier", Shape::Markdown, "Words shown with the value."),
    Field::optional("note", Shape::Markdown, "A note on this value."),
];

static RECORDS: &[Field] = set![
    Field::required("columns", Shape::Map(&Shape::Table(COLUMN)), "The columns, in order."),
    Field::required("row", Shape::List(&Shape::Open(RECORD, &Shape::Markdown)), "The rows, in order."),
];

static COLUMN: &[Field] = &[
    Field::required("title", Shape::Markdown, "The column's title."),
    Field::optional("values", Shape::Names(&Shape::Text), "The words of an ordinal scale, highest first."),
];

static RECORD: &[Field] = &[Field::required("id", Shape::Id, "The row's id.")];

static LADDER: &[Field] = set![Field::required("rung", Shape::List(&Shape::Table(RUNG)), "The rungs, lowest first.")];

static RUNG: &[Field] = &[
    Field::required("id", Shape::Id, "The rung's id."),
    Field::required("title", Shape::Markdown, "The rung's title."),
    Field::optional("track", Shape::Text, "The track that the rung belongs to."),
    Field::optional("band", Shape::Id, "The row of a band table that prices it, such as \"bands.l3\"."),
    Field::optional("figure", Shape::Id, "The figure that prices it."),
    Field::optional("branch_of", Shape::Id, "The rung from which it branches off."),
    Field::optional("note", Shape::Markdown, "A note on the rung."),
];

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
    Field::required("severity", Shape::Integer, "From 1, which must be shown, to 3, which editors note."),
    Field::required("figures", Shape::List(&Shape::Id), "Ids of figures; one covers what is below it."),
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
