//! Compares the data with what they were: at a revision of the repository, or in another folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::figures::{Quoting, quotes};
use super::load::load;
use super::parts::{self, Part};
use super::publish::judge;
use super::text_of;
use super::{Report, report, with_threads};
use crate::check;
use crate::data::notation::{self, Per, Style, Words};
use crate::data::{self, Amount, Change, Data, Figure, Number, Shift, Signing, Unit};
use crate::diagnostic::{Diagnostic, Failure, Severity};
use crate::input::{self, Root};
use crate::render::figure_label;
use crate::site::{Citations, Site, citations};

/// What `diff` is asked for.
#[derive(Clone, Debug, Default)]
pub struct DiffOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// A folder that holds `content/`, or else a revision of the repository.
    pub against: String,
    /// How many threads; nothing for as many as there are processors.
    pub threads: Option<usize>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Compared {
    /// The figures that differ, by id.
    pub figures: Vec<Moved>,
    /// How many problems the old data have, so that figures may be missing on their side.
    pub old_problems: usize,
    /// What is wrong with the present data, and moves that no release explains.
    pub report: Report,
}

/// A figure that is not what it was.
#[derive(Clone, Debug, Serialize)]
pub struct Moved {
    /// Its id.
    pub id: String,
    /// What it is: "M Medium server, Total".
    pub title: String,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    /// What it was, as the site writes it.
    pub old: Option<String>,
    /// What it is, as the site writes it.
    pub new: Option<String>,
    /// The plain value that it had.
    pub old_value: Option<String>,
    /// The plain value that it has.
    pub new_value: Option<String>,
    /// What it counts.
    pub unit: String,
    /// How far it moved: one step for a value, low and high for a range.
    pub steps: Vec<Step>,
    /// Whether it is worked out from others.
    pub calculated: bool,
    /// Whether it is but one end of a range, which is listed as a whole too.
    pub end: bool,
    /// Every place that quotes it, or an end of it.
    pub quoted: Vec<Quoting>,
}

/// How far one number moved.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// `low` or `high` of a range; nothing of a value.
    pub side: Option<&'static str>,
    /// What it is less what it was, as the site writes it: `+$15K`.
    pub by: String,
    /// The same in percent of what it was: `+4.1%`. `None` where that was zero.
    pub percent: Option<String>,
    /// The plain difference.
    pub by_value: String,
}

/// Compares the data of a site with what they were.
///
/// # Errors
/// When the system refuses to read, and when what to compare with is neither a folder with a site nor a revision.
pub fn diff(options: &DiffOptions) -> Result<Compared, Failure> {
    with_threads(options.threads, || {
        let (old, old_problems) = read_old(options)?;
        let mut loaded = load(&options.root, None, false)?;
        let changes = data::difference(&old, &loaded.site.data);
        let limit = loaded.site.config.limits.max_move_percent;
        let moves = check::moves(&changes, &old, &loaded.site.data, limit);
        let figures = {
            let citations = citations(&loaded.site);
            changes.iter().map(|change| moved(&loaded.site, &citations, change)).collect()
        };
        loaded.problems.extend(moves);
        let mut judged = judge(&mut loaded, None);
        judged.retain(concerns_data);
        Ok(Compared { figures, old_problems, report: report(&loaded.site, judged) })
    })
}

fn read_old(options: &DiffOptions) -> Result<(Arc<Data>, usize), Failure> {
    let folder = Path::new(&options.against);
    let (data, problems) = if input::holds_site(folder) {
        let root = Root::open(folder)?;
        let tree = input::walk(&root);
        let Part { value: (data, _), problems } = parts::data(&root, &tree);
        (data, problems)
    } else {
        let sources = input::data_at(&Root::open(&options.root)?, &options.against)?;
        let mut problems = Vec::new();
        (Arc::new(data::read(&sources, &[], &mut problems)), problems)
    };
    Ok((data, problems.iter().filter(|problem| problem.severity == Severity::Error).count()))
}

/// Whether a problem is one of values, not of the pages that are yet to follow them.
fn concerns_data(problem: &Diagnostic) -> bool {
    let is_of = |codes: &[&crate::diagnostic::Code]| codes.iter().any(|code| std::ptr::eq(*code, problem.code));
    let in_data = problem.place.as_ref().is_some_and(|place| place.source.path().starts_with("content/data/"));
    in_data && (is_of(data::CODES) || is_of(crate::document::CODES) || is_of(check::MOVE_CODES))
}

fn moved(site: &Site, citations: &Citations<'_>, change: &Change<'_>) -> Moved {
    let figure = change.figure();
    let value = |figure: &Figure| notation::value_attribute(&figure.datum());
    let single = change.moves.len() == 1;
    Moved {
        id: figure.id.to_string(),
        title: figure_label(site, figure),
        change: match (change.old, change.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        },
        old: change.old.map(|old| text_of(site, old)),
        new: change.new.map(|new| text_of(site, new)),
        old_value: change.old.map(value),
        new_value: change.new.map(value),
        unit: figure.unit.to_string(),
        steps: (change.moves.iter().zip(["low", "high"]))
            .filter(|(shift, _)| single || !shift.by.is_zero())
            .map(|(shift, side)| step(site, figure, shift, (!single).then_some(side)))
            .collect(),
        calculated: change.is_calculated(),
        end: change.is_end(),
        quoted: quoted(citations, figure),
    }
}

/// The places that quote a figure; of a typed range, those of its ends too, since both change with it.
fn quoted(citations: &Citations<'_>, figure: &Figure) -> Vec<Quoting> {
    let mut found = quotes(citations, &figure.id);
    if figure.inputs.is_none() && matches!(figure.amount, Amount::Range(..)) {
        for end in ["low", "high"] {
            found.extend(quotes(citations, &format!("{}.{end}", figure.id)));
        }
    }
    let key = |quoting: &Quoting| (quoting.at.file.clone(), quoting.at.line, quoting.at.column);
    found.sort_by_key(key);
    found.dedup_by_key(|quoting| key(quoting));
    found
}

fn step(site: &Site, figure: &Figure, shift: &Shift, side: Option<&'static str>) -> Step {
    let by = match figure.unit.is_percent() {
        // A share that moves from 10% to 12% has moved by 2 points, which are 20%.
        true => format!("{} points", signed(site, &shift.by, &Unit::NUMBER)),
        false => signed(site, &shift.by, &figure.unit),
    };
    let percent = shift.percent.as_ref().map(|percent| signed(site, percent, &Unit::PERCENT));
    Step { side, by, percent, by_value: shift.by.to_plain_string() }
}

fn signed(site: &Site, value: &Number, unit: &Unit) -> String {
    let words = Words::from(&site.config.labels);
    let style = Style { bound: false, per: Per::Quantities, words: &words };
    let amount = Amount::One(value.clone());
    let signing = Signing::Always;
    let datum = notation::Datum { signing, calculated: true, ..notation::Datum::new(&amount, unit) };
    notation::write(&datum, &style)
}
