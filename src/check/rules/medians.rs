//! Stated medians that look like midpoints are documented as such.

use super::conflicts::is_documented;
use crate::check::{Look, Rule};
use crate::data::{Amount, BandRow, Bands, Contents, Number};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&MIDPOINT], look: Look::Site(look) };

static MIDPOINT: Code = Code {
    name: "median-at-midpoint",
    severity: Severity::Warning,
    rule: true,
    what: "A stated median lies within 1.5% of the middle of its range, and no conflict says so.",
    why: "Medians of real samples rarely lie there: such a number is probably the midpoint under another name, and readers \
          should know.",
    example: "total = { range = [365_000, 500_000], median = 432_000 }   # the middle is 432,500",
    mend: "Add an entry to a set of `kind = \"conflicts\"` that names the medians, such as `figures = [\"bands.l3.total.median\"]`.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    for set in &site.data.sets {
        let Contents::Bands(bands) = &set.contents else { continue };
        for (at, measure) in bands.measures.iter().enumerate() {
            let suspects = suspects(bands, at);
            let open: Vec<(String, &Place)> = suspects
                .map(|(row, place)| (format!("{}.{}.{}.median", set.name, row.id, measure.id), place))
                .filter(|(id, _)| !is_documented(site, id))
                .collect();
            let Some((first, place)) = open.first() else { continue };
            let message = match open.len() {
                1 => format!("`{first}` lies within 1.5% of the middle of its range"),
                count => format!(
                    "{count} medians of `{}.{}` lie within 1.5% of the middle of their ranges",
                    set.name, measure.id
                ),
            };
            let ids: Vec<String> = open.iter().map(|(id, _)| format!("\"{id}\"")).collect();
            let mut problem = Diagnostic::new(&MIDPOINT, place, message)
                .help(format!("say so in an entry of a set of kind = \"conflicts\": figures = [{}]", ids.join(", ")));
            for (_, place) in open.iter().skip(1) {
                problem = problem.label(place, "another");
            }
            problems.push(problem);
        }
    }
}

/// Rows whose median of a measure lies at most 1.5% off the middle, with the median's place.
fn suspects(bands: &Bands, measure: usize) -> impl Iterator<Item = (&BandRow, &Place)> {
    bands.rows.iter().filter_map(move |row| {
        let cell = row.cells.get(measure)?.as_ref()?;
        let (median, Amount::Range(low, high)) = (cell.median.as_ref()?, cell.amount) else { return None };
        let ends = low.add(high)?;
        let off = median.value.add(median.value)?.sub(ends)?.abs()?;
        let limit = ends.abs()?.mul(Number::from_integer(15))?;
        (low < high && off.mul(Number::from_integer(1000))? <= limit).then_some((row, &median.place))
    })
}
