//! Fences: which are code, which are blocks, and the options inside a block.

use std::ops::Range;

use super::gaps::Gaps;
use super::inline::inline_as;
use super::origin::Origin;
use super::page::{
    Block, BlockKind, ChartBlock, CompareBlock, FactsBlock, Inline, ListBlock, OwnBlock, PlaceBlock, RowOptions,
    TableBlock, Warning,
};
use super::plain::Context;
use crate::config::PLACE_FIELDS;
use crate::diagnostic::{Code, Diagnostic, Known, Report, Severity, Span, nearest};
use crate::document::{self, Field, Shape, Table, Text, Value};

pub(super) static UNKNOWN_BLOCK: Code = Code {
    name: "unknown-block",
    severity: Severity::Error,
    rule: false,
    what: "A fence's first line is neither the name of one language nor a block.",
    why: "What was meant as a table or a chart would show as code.",
    example: "```tabel bands\n```",
    mend: "Write `table SET`, `chart SET`, `list SET`, `tool place`, `tool compare`, `block NAME` or `facts`, with one space; \
           for code, one word or none.",
};
pub(super) static BLOCK_PLACE: Code = Code {
    name: "block-place",
    severity: Severity::Error,
    rule: false,
    what: "A block stands inside a list or a quote, or is indented.",
    why: "A table or chart takes the page's width, and its options are read as they stand in the file.",
    example: "- ```table bands\n  ```",
    mend: "Start the fence and all its lines at the page's margin, with an empty line before it.",
};
pub(super) static UNCLOSED_FENCE: Code = Code {
    name: "unclosed-fence",
    severity: Severity::Error,
    rule: false,
    what: "A fence is opened and never closed.",
    why: "Everything behind it would show as code, and its figures would go unchecked.",
    example: "```table bands",
    mend: "Close it with a line of the same marks.",
};

/// The words that make a block of a fence, the name after them aside.
const WORDS: &[&str] = &["table", "chart", "list", "tool", "facts", "block"];
const TOOLS: &[&str] = &["place", "compare"];
const CHARTS: &[&str] = &["range", "bar", "mix", "line", "dots", "timeline", "ladder"];

/// The options that choose rows; `RowOptions` is what they give.
const ROWS: Field =
    Field::optional("rows", Shape::Names(&Shape::Id), "The ids of the rows or entries; all where it is left out.");
const WHERE: Field = Field::optional(
    "where",
    Shape::Text,
    "What must be true of a row: comparisons as in a formula, such as `region = 'north' and hour < 0.1`.",
);
const ORDER: Field = Field::optional(
    "order",
    Shape::Names(&Shape::Text),
    "The columns to sort by, such as `total.low`, the first before the others; `-` before one reverses it.",
);
const LIMIT: Field =
    Field::optional("limit", Shape::Integer, "How many rows it shows at most; a line below says how many there are.");

static TABLE: &[Field] = &[
    Field::optional("columns", Shape::Names(&Shape::Text), "The columns, in order; all where it is left out."),
    ROWS,
    WHERE,
    ORDER,
    LIMIT,
    Field::optional(
        "pivot",
        Shape::Id,
        "A column of the set's `key` whose values become columns. `columns` then names the one column of values.",
    ),
    Field::optional("caption", Shape::Markdown, "What stands above it."),
    Field::optional("notes", Shape::List(&Shape::Markdown), "What stands below it."),
];
static CHART: &[Field] = &[
    Field::required("kind", Shape::OneOf(CHARTS), "What is drawn."),
    Field::optional(
        "y",
        Shape::Either(&[Shape::Names(&Shape::Id), Shape::Id]),
        "The column to draw, such as `total` or `total.low`, or several; those that fit the kind where it is left out.",
    ),
    Field::optional(
        "x",
        Shape::Id,
        "The column that names the rows; along a line also where they are. The rows' own names where it is left out.",
    ),
    Field::optional("series", Shape::Id, "The column each of whose values is a series."),
    ROWS,
    WHERE,
    ORDER,
    Field::optional("figures", Shape::Names(&Shape::Id), "The ids of single figures to draw in place of rows."),
    Field::optional(
        "neighbors",
        Shape::Boolean,
        "Whether a range chart shows where neighboring rows overlap or leave a gap.",
    ),
    Field::optional("panels", Shape::Boolean, "Whether each column of `y` is drawn in a small chart of its own."),
    Field::optional("branch", Shape::Id, "The column of a ladder that names the row from which a row branches off."),
    Field::optional("group", Shape::Id, "The column of a ladder that groups its rows."),
    Field::optional("caption", Shape::Markdown, "What stands above it."),
];
static LIST: &[Field] = &[
    ROWS,
    WHERE,
    ORDER,
    LIMIT,
    Field::optional(
        "fields",
        Shape::Names(&Shape::Text),
        "The fields to show, or the columns of a table, of which the first is the title; all where it is left out.",
    ),
];
static FACTS: &[Field] = &[Field::required("figures", Shape::Names(&Shape::Id), "The ids of the page's quick facts.")];
static WARN: &[Field] = &[
    Field::required("words", Shape::List(&Shape::Text), "Any of these in the title that a reader enters."),
    Field::required("text", Shape::Markdown, "What to say then."),
];
static PLACE: &[Field] = &[
    Field::required("set", Shape::Id, "The data set."),
    Field::required("column", Shape::Id, "The column that the amount is held against."),
    Field::optional(
        "parts",
        Shape::Names(&Shape::Id),
        "The columns that an amount may be given by: those that add up to it.",
    ),
    Field::optional("warn", Shape::List(&Shape::Table(WARN)), "What to say when a title holds certain words."),
    Field::optional(
        "words",
        Shape::Table(PLACE_FIELDS),
        "Words of the tool, in the place of the site's `labels.place`.",
    ),
];
static OWN: &[Field] = &[
    Field::optional(
        "sets",
        Shape::Names(&Shape::Id),
        "The data sets that the template is given, as `sets`: tables and facts.",
    ),
    Field::optional("extra", Shape::Map(&Shape::Anything), "Free values for the template, as `extra`."),
];
static COMPARE: &[Field] = &[
    Field::required("set", Shape::Id, "The data set."),
    Field::optional("columns", Shape::Names(&Shape::Id), "The columns to compare; all where it is left out."),
];

/// The options of each block, by the first line of its fence.
pub static BLOCK_FIELDS: &[(&str, &[Field])] = &[
    ("table SET", TABLE),
    ("chart SET", CHART),
    ("list SET", LIST),
    ("facts", FACTS),
    ("tool place", PLACE),
    ("tool compare", COMPARE),
    ("block NAME", OWN),
];

/// A fence as the parser sees it.
pub(super) struct Fence<'a> {
    /// The Markdown.
    pub body: &'a str,
    pub origin: &'a Origin,
    /// The whole fence.
    pub range: Range<usize>,
    /// What stands behind its opening marks.
    pub info: &'a str,
}

/// What a fence is.
pub(super) enum Reading {
    /// Code, in any language.
    Code,
    /// A block; nothing where its problems leave none.
    Block(Option<Box<Block>>),
}

/// Reads a fence, and reports one that looks like a block and is none.
pub(super) fn read(fence: &Fence<'_>, gaps: &mut Gaps, diagnostics: &mut Vec<Diagnostic>) -> Reading {
    match block(fence, diagnostics) {
        Ok(None) => Reading::Code,
        Ok(Some(block)) => {
            block.whole.unwrap_or_else(|reported| gaps.hide_text(reported));
            Reading::Block(Some(block))
        }
        Err(reported) => {
            gaps.hide_text(reported);
            if fence.is_block() { Reading::Block(None) } else { Reading::Code }
        }
    }
}

/// The block that a fence is, or nothing for code.
fn block(fence: &Fence<'_>, diagnostics: &mut Vec<Diagnostic>) -> Known<Option<Box<Block>>> {
    let place = || fence.origin.place(fence.first_line());
    let closed = fence.is_closed();
    if !closed {
        let problem = Diagnostic::new(&UNCLOSED_FENCE, &place(), "the fence is never closed")
            .help(format!("type {} on a line of its own where it ends", fence.marks()));
        return Err(diagnostics.report(problem));
    }
    let info = fence.info;
    let first = info.split_whitespace().next().unwrap_or("");
    // A block whose closing line is missing goes on to the closing line of the next fence.
    if closed && WORDS.contains(&first) && fence.has_another_inside() {
        let marks = fence.marks();
        let problem = Diagnostic::new(&UNCLOSED_FENCE, &place(), "the fence is never closed")
            .help(format!("type {marks} on a line of its own where it ends, before the next fence"));
        return Err(diagnostics.report(problem));
    }
    if !info.contains(char::is_whitespace) && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(info)) {
        return Ok(None);
    }
    let words: Vec<&str> = info.split_whitespace().collect();
    let (word, name) = match words.as_slice() {
        ["facts"] => ("facts", ""),
        [word @ ("table" | "chart" | "list" | "block"), name] if is_name(name) && is_spaced(info, word, name) => {
            (*word, *name)
        }
        ["tool", name] if TOOLS.contains(name) && is_spaced(info, "tool", name) => ("tool", *name),
        _ => return Err(diagnostics.report(wrong_info(fence, first, &words))),
    };
    if !fence.is_at_margin() {
        let message = format!("the block `{info}` is not at the page's margin");
        let problem = Diagnostic::new(&BLOCK_PLACE, &place(), message).help(
            "a block stands at the page's margin: start the fence and all its lines in the first column, outside lists and quotes",
        );
        return Err(diagnostics.report(problem));
    }
    let (kind, whole) = options(fence, word, name, diagnostics);
    let Some(kind) = kind else { return whole.map(|()| None) };
    let length = fence.body.get(fence.range.clone()).map_or(0, |text| text.trim_end().len());
    let place = fence.origin.place(fence.range.start..fence.range.start + length);
    Ok(Some(Box::new(Block { kind, place, whole })))
}

/// Whether an info string is two words with one space between them, and nothing else.
fn is_spaced(info: &str, word: &str, name: &str) -> bool {
    info.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) == Some(name)
}

fn is_name(name: &str) -> bool {
    name.split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

fn wrong_info(fence: &Fence<'_>, first: &str, words: &[&str]) -> Diagnostic {
    let range = fence.info_range();
    let near = nearest(first, WORDS.iter().copied());
    let info = fence.info;
    let problem = |message: String| Diagnostic::new(&UNKNOWN_BLOCK, &fence.origin.place(range.clone()), message);
    // What is wrong, from one word on, where the words before it are right.
    let from = |word: usize, message: String| {
        let before: usize = words.get(word).and_then(|word| info.rfind(*word)).unwrap_or(0);
        Diagnostic::new(&UNKNOWN_BLOCK, &fence.origin.place(range.start + before..range.end), message)
    };
    let mended = |problem: Diagnostic, text: String| {
        let problem = problem.help(format!("write `{text}`"));
        // Only spaces and capitals: another word may be another block, and another name another set.
        let is_same =
            text.split(' ').eq([first.to_ascii_lowercase().as_str()].into_iter().chain(words.iter().skip(1).copied()));
        if is_same { fence.origin.edit(problem, range.clone(), text) } else { problem }
    };
    match (near, words) {
        (Some("facts"), [_, ..]) if first == "facts" => {
            mended(from(1, "`facts` is a block by itself, and takes no name".to_owned()), "facts".into())
        }
        (Some("facts"), _) => mended(problem(format!("`{info}` is not the block `facts`")), "facts".into()),
        (Some("tool"), ["tool", name]) => match nearest(name, TOOLS.iter().copied()) {
            Some(tool) if first == "tool" && tool != *name => mended(from(1, format!("there is no tool `{name}`")), format!("tool {tool}")),
            Some(tool) => mended(problem(format!("`{info}` is no block")), format!("tool {tool}")),
            None => from(1, format!("there is no tool `{name}`")).help("write `tool place` or `tool compare`"),
        },
        (Some("tool"), [_]) => problem(format!("`{info}` names no tool")).help("write `tool place` or `tool compare`"),
        (Some("block"), [_]) => problem(format!("`{info}` names no template"))
            .help("write `block NAME` with the name of a file in templates/blocks/, without .html"),
        (Some(word), [_]) => problem(format!("`{info}` names no data set"))
            .help(format!("write `{word} SET` with the name of a file in content/data/, such as `{word} plans`; for code, another word")),
        (Some(word), [_, name]) if is_name(name) => mended(problem(format!("`{info}` is no block")), format!("{word} {name}")),
        (Some(word), [_, name]) if name.trim_end_matches(".toml") != *name => {
            mended(from(1, format!("`{name}` is a file, not a data set")), format!("{word} {}", name.trim_end_matches(".toml")))
        }
        (Some(word), [_, name]) => {
            let problem = from(1, format!("`{name}` can't be a data set"));
            match name.to_lowercase().replace('_', "-") {
                small if is_name(&small) => mended(problem, format!("{word} {small}")),
                _ => problem.help(format!("write `{word} SET`: a set's name holds small letters, digits and `-`")),
            }
        }
        (Some(word), _) => from(2, format!("`{info}` says more than a block and a set"))
            .help(format!(
                "write `{word} {}` and nothing else; options go on lines of their own inside the fence",
                words.get(1).filter(|name| is_name(name)).unwrap_or(&"SET")
            )),
        (None, _) => problem(format!("`{first}` is no block"))
            .help(format!("for code, write one word: `{first}`; blocks are table, chart, list, facts, tool and block")),
    }
}

/// A block's options, and Err where some of them could not be read.
fn options(
    fence: &Fence<'_>,
    word: &str,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<BlockKind>, Known<()>) {
    let key = if word == "tool" { format!("tool {name}") } else { word.to_owned() };
    let Some((_, fields)) =
        BLOCK_FIELDS.iter().find(|(info, _)| info.trim_end_matches(" SET").trim_end_matches(" NAME") == key)
    else {
        return (None, Ok(()));
    };
    let span = Span::from(fence.origin.file_range(fence.inner()));
    let info = fence.info_range();
    let set = Text { text: name.into(), place: fence.origin.place(info.end - name.len()..info.end), exact: true };
    let mut reported = None;
    let (kind, whole) = document::parse(&fence.origin.source, span, fields, diagnostics, |table, diagnostics| {
        reported = table.reported;
        kind(&key, set, table, diagnostics)
    });
    (kind, whole.and(reported.map_or(Ok(()), Err)))
}

fn kind(key: &str, set: Text, table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Option<BlockKind> {
    Some(match key {
        "table" => BlockKind::Table(TableBlock {
            set,
            columns: table.texts("columns"),
            rows: row_options(table),
            pivot: table.text("pivot"),
            caption: caption(table, "caption", diagnostics),
            notes: table.texts("notes").iter().map(|text| inline_as(text, Context::Caption, diagnostics)).collect(),
        }),
        "chart" => BlockKind::Chart(ChartBlock {
            set,
            kind: table.text("kind")?,
            y: table.texts("y"),
            x: table.text("x"),
            series: table.text("series"),
            rows: Box::new(row_options(table)),
            figures: table.texts("figures"),
            neighbors: table.boolean("neighbors") == Some(true),
            panels: table.boolean("panels") == Some(true),
            branch: table.text("branch"),
            group: table.text("group"),
            caption: caption(table, "caption", diagnostics),
            given: table.entries.iter().map(|entry| (entry.key.clone(), entry.key_place())).collect(),
        }),
        "list" => BlockKind::List(ListBlock { set, rows: row_options(table), fields: table.texts("fields") }),
        "facts" => {
            table.get("figures")?;
            BlockKind::Facts(FactsBlock { figures: table.texts("figures") })
        }
        "tool place" => BlockKind::Place(PlaceBlock {
            set: table.text("set")?,
            column: table.text("column")?,
            parts: table.texts("parts"),
            warn: table.list("warn").iter().filter_map(|value| warning(value.as_table()?, diagnostics)).collect(),
            words: table.table("words").cloned(),
        }),
        "block" => BlockKind::Own(OwnBlock {
            name: set,
            sets: table.texts("sets").into_iter().map(TableBlock::of).collect(),
            extra: table.table("extra").cloned(),
        }),
        _ => BlockKind::Compare(CompareBlock { set: table.text("set")?, columns: table.texts("columns") }),
    })
}

fn row_options(table: &Table) -> RowOptions {
    RowOptions {
        rows: table.texts("rows"),
        condition: table.text("where"),
        order: table.texts("order"),
        limit: table.integer("limit").zip(table.get("limit").map(Value::place)),
    }
}

fn caption(table: &Table, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Inline> {
    table.text(key).map(|text| inline_as(&text, Context::Caption, diagnostics))
}

fn warning(table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Option<Warning> {
    let words_place = table.get("words").map_or_else(|| table.place(), Value::place);
    Some(Warning { words: table.texts("words"), words_place, text: caption(table, "text", diagnostics)? })
}

impl Fence<'_> {
    /// Whether its first line was meant to be a block's.
    fn is_block(&self) -> bool {
        let first = self.info.split_whitespace().next().unwrap_or("");
        self.info.contains(char::is_whitespace) || WORDS.iter().any(|word| word.eq_ignore_ascii_case(first))
    }

    fn text(&self) -> &str {
        self.body.get(self.range.clone()).unwrap_or("")
    }

    /// The opening marks.
    fn marks(&self) -> &str {
        let text = self.text();
        let mark = text.chars().next().unwrap_or('`');
        text.get(..text.len() - text.trim_start_matches(mark).len()).unwrap_or("```")
    }

    fn first_line(&self) -> Range<usize> {
        let length = self.text().lines().next().unwrap_or("").trim_end().len();
        self.range.start..self.range.start + length
    }

    /// Where the info string stands on the first line.
    fn info_range(&self) -> Range<usize> {
        let line = self.first_line();
        let marks = self.marks().len();
        let blanks = self.body.get(line.start + marks..line.end).map_or(0, |info| info.len() - info.trim_start().len());
        (line.start + marks + blanks).min(line.end)..line.end
    }

    /// Whether a line of it opens a fence of the same marks.
    fn has_another_inside(&self) -> bool {
        let marks = self.marks();
        self.body.get(self.inner()).unwrap_or("").lines().any(|line| line.starts_with(marks))
    }

    /// Whether the last line closes what the first opened.
    fn is_closed(&self) -> bool {
        let text = self.text().trim_end();
        let Some((_, last)) = text.rsplit_once('\n') else {
            return false;
        };
        let last = last.trim_start_matches([' ', '\t', '>']);
        let marks = self.marks();
        let mark = marks.chars().next().unwrap_or('`');
        last.len() >= marks.len() && last.chars().all(|c| c == mark)
    }

    /// What stands between the first line and the last.
    pub fn inner(&self) -> Range<usize> {
        let text = self.text().trim_end();
        let start = text.find('\n').map_or(text.len(), |at| at + 1);
        let end = text.rfind('\n').map_or(text.len(), |at| at + 1).max(start);
        self.range.start + start..self.range.start + end
    }

    fn is_at_margin(&self) -> bool {
        self.range.start == 0 || self.body.as_bytes().get(self.range.start - 1) == Some(&b'\n')
    }
}
