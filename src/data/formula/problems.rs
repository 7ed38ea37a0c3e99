//! The kinds of problem that formulas and expectations have, and how a problem of one formula is reported.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Known, Report, Severity};
use crate::document::Text;

/// Why a formula can't be read.
pub(super) struct Unreadable {
    pub(super) code: &'static Code,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

/// A part of a formula that may not be readable.
pub(super) type Read<T> = Result<T, Unreadable>;

/// What is wrong with a part of a formula, and what to do about it.
pub(super) fn fail<T>(
    code: &'static Code,
    range: Range<usize>,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Read<T> {
    Err(Unreadable { code, range, message: message.into(), help: help.into() })
}

/// The text of one formula, and where its problems go.
pub(super) struct Reporter<'t, 'd> {
    pub(super) text: &'t Text,
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'t> Reporter<'t, '_> {
    /// The text of a part of the formula.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'t str {
        &self.text.text[range.clone()]
    }

    /// Reports what is wrong with a part of the formula, and what to do about it.
    pub(super) fn fail<T>(
        &mut self,
        code: &'static Code,
        range: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Known<T> {
        let problem = Diagnostic::new(code, &self.text.place_of(range.clone()), message).help(help);
        Err(self.diagnostics.report(problem))
    }
}

/// Declares codes and lists them. Of each: its name, what it is, why, an example, and what to do.
macro_rules! codes {
    ($($code:ident $name:literal $what:literal $why:literal $example:literal $mend:literal)*) => {
        /// The codes that formulas raise.
        pub(in crate::data) const CODES: &[&Code] = &[$(&$code),*];
        $(pub(super) static $code: Code = Code {
            name: $name,
            severity: Severity::Error,
            rule: false,
            what: $what,
            why: $why,
            example: $example,
            mend: $mend,
        };)*
    };
}

codes! {
    SYNTAX "formula-syntax"
    "A formula can't be read."
    "Nothing can be calculated from it."
    "formula = \"server +\""
    "Write names, numbers, operators with a space on each side, parentheses and functions."
    SPACE "formula-space"
    "An operator in a formula lacks the space on one side."
    "Names may hold hyphens, so that only spaces tell `a - b` from the name `a-b`."
    "formula = \"total -server\""
    "Write a space on each side of `+`, `-`, `*` and `/`."
    CHAIN "formula-chain"
    "Two comparisons share a value."
    "A comparison has two sides."
    "expect = [\"low < median < high\"]"
    "Write each comparison by itself."
    FUNCTION "formula-function"
    "A formula calls a function that doesn't exist."
    "Nothing can be calculated from it."
    "formula = \"average(server)\""
    "Write one of the functions that exist, or an operator before the parenthesis."
    ARGUMENTS "formula-arguments"
    "A function has arguments that it doesn't take."
    "It can't be worked out."
    "formula = \"round(total)\""
    "Give the function what it takes: `round(total, 100)`."
    WHERE "formula-where"
    "`where` is outside a function that runs over rows."
    "It picks rows, and nothing else has rows to pick from."
    "formula = \"round(total, 10 where region = 'eu')\""
    "Write it inside `sum`, `mean`, `median`, `min`, `max`, `count`, `at_max` or `at_min`."
    WORD_OF_LOGIC "formula-or"
    "`or`, `not` or `and` is where it has no meaning."
    "Behind `where` all comparisons must be true; nothing else joins them."
    "formula = \"sum(price where region = 'eu' or region = 'us')\""
    "Write the function once for each case and add the results, or write the opposite comparison."
    UNCLOSED "formula-unclosed"
    "A parenthesis, a quote or a brace of a formula has no partner."
    "What it holds could end anywhere."
    "formula = \"(server + storage\""
    "Close it, or remove it."
    COMMA "formula-number"
    "A comma in a formula may be part of a number."
    "`1,500` may mean 1500, 1.5, or two arguments of a function."
    "formula = \"max(1,500, price)\""
    "Write `1_500` or `1.5` for one number, and a space behind the comma between two."
    PERCENT "formula-percent"
    "A percent sign is not behind a number."
    "It is the unit of a number, and no operator."
    "formula = \"price % 2\""
    "Write `5%` for a number, and a product for a share of something."
    TEST "formula-comparison"
    "A formula compares, or an expectation doesn't."
    "A formula gives a value; an expectation is true or not."
    "expect = [\"total.low\"]"
    "Write a value as the formula, and a comparison as the expectation."
    DEEP "formula-deep"
    "A formula is nested too deep."
    "Nobody could check it."
    "formula = \"((((((((((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))))))))\""
    "Give its parts columns or facts of their own."
    LITERAL "formula-literal"
    "A number in a formula, or its unit, can't be read."
    "Nothing can be calculated from it."
    "formula = \"price * 3 USD/\""
    "Write a number, and behind it a unit as in data."
    NAME "formula-name"
    "A formula names a column, a fact or a figure that doesn't exist."
    "Nothing can be calculated from it."
    "formula = \"server + strage\""
    "Name a column of the same table, a fact of the same file, or a figure by its whole id."
    ROWS "formula-rows"
    "A function has no rows to run over, or its names run over different ones."
    "`*` stands for any row, and all names in one function must stand for the same rows."
    "formula = \"plans.*.server * 2\""
    "Put a function such as `sum` around names with `*`, and give them the same set and the same fixed parts."
    ORDER "formula-order"
    "A formula takes a neighboring row of a table that has no order."
    "Without an order no row is the next one."
    "formula = \"change(previous(output), output)\""
    "Add `ordered = true`, or the key along which the rows follow each other."
    WORD "formula-word"
    "A comparison behind `where` asks for a word that no row has."
    "It picks nothing, or everything, and probably by a slip."
    "formula = \"sum(wind.*.output where status = 'finel')\""
    "Write a word that the column has."
    CYCLE "formula-cycle"
    "A figure is calculated from itself."
    "It can't be worked out."
    "a = { formula = \"b + 1\" }\nb = { formula = \"a - 1\" }"
    "Name a typed figure in place of one of them."
    UNITS "formula-units"
    "A formula adds or compares figures that count different things, or gives another unit than it is said to have."
    "A sum of dollars and bytes means nothing, and dollars become euros by a rate alone."
    "formula = \"price-usd + price-eur\""
    "Take figures of one kind, or multiply by a figure that turns one into the other."
    SIZE "formula-size"
    "A formula gives its unit in another size than it is said to have."
    "Who divides by 12 by hand would divide twice."
    "unit = \"USD/month\"\nformula = \"fee-a-year\""
    "Write `convert(…)` around the formula; it does the division."
    RANGE "formula-range"
    "A formula has a range where one number must be."
    "A range less a range can be taken in two ways."
    "formula = \"total - server\""
    "Name an end: `total.high - server.high`."
    HUNDRED "formula-hundred"
    "A formula multiplies or divides by 100 beside a percentage."
    "A percentage is a number of hundredths already, so the result would be off by a factor of 100."
    "unit = \"%\"\nformula = \"part / whole * 100\""
    "Leave the 100 out."
    KIND "formula-kind"
    "A formula has a text, a word or a date where a number must be, or the other way round."
    "Texts can be compared, and not calculated with."
    "formula = \"region * 2\""
    "Name a column of numbers."
    BOUNDS "formula-bounds"
    "A formula joins figures whose bounds point in opposite directions."
    "More than one figure and less than another have a sum of which nothing is known."
    "formula = \"over-ten + under-five\""
    "Say which bound the result has, or `bound = \"none\"` where it is not to have one."
    COMPARE "formula-compare"
    "A formula takes figures of different subjects or scopes."
    "One company's figure beside the whole market's misleads where nobody meant to compare them."
    "formula = \"market.total.high - one-company.total\""
    "Add `compare = true` where the comparison is meant, or take figures that belong together."
    EXPECTATION "expectation"
    "Something that must be true of the data is not."
    "One of the figures that it names is wrong, or what is expected is."
    "expect = [\"total.low <= total.median\"]"
    "Correct the figure. If it is right as its source gives it, add an entry to a set of conflicts that names it."
}
