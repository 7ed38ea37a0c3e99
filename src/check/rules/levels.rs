//! Pay rises along a ladder, or a conflict says why not.

use super::conflicts::is_documented;
use crate::check::{Look, Rule};
use crate::data::notation::{self, Style};
use crate::data::{Amount, Contents, Figure, Rung};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&FALLING], look: Look::Site(look) };

static FALLING: Code = Code {
    name: "level-falls",
    severity: Severity::Error,
    rule: true,
    what: "A rung of a ladder has a lower end, or a lower median, than the rung before it.",
    why: "On a ladder each rung is worth at least the one below. A fall is nearly always a mistyped digit or a swapped row.",
    example: "[[row]]\nid = \"l3\"\ntotal = [365, 500]\n\n[[row]]\nid = \"l4\"\ntotal = [495, 475]",
    mend: "Correct the number. Where the source itself says so, add an entry to a set of `kind = \"conflicts\"` that names \
           the figure.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    for set in &site.data.sets {
        let Contents::Ladder(ladder) = &set.contents else { continue };
        let is_priced = |rung: &&Rung| rung.branch_of.is_none() && (rung.band.is_some() || rung.figure.is_some());
        let rungs: Vec<&Rung> = ladder.rungs.iter().filter(is_priced).collect();
        for pair in rungs.windows(2) {
            let [lower, upper] = pair else { continue };
            for (lower, upper) in pairs(site, lower, upper) {
                compare(site, lower, upper, problems);
            }
        }
    }
}

/// The figures of two rungs that can be held against each other.
fn pairs<'s>(site: &'s Site, lower: &Rung, upper: &Rung) -> Vec<(&'s Figure, &'s Figure)> {
    let band_set = |rung: &Rung| rung.band.as_ref().and_then(|band| band.text.split('.').next().map(str::to_owned));
    let (Some(low), Some(high)) = (&lower.band, &upper.band) else {
        return site.rung_figure(lower).zip(site.rung_figure(upper)).into_iter().collect();
    };
    let set = band_set(lower).filter(|set| band_set(upper).as_ref() == Some(set));
    let Some(Contents::Bands(bands)) = set.and_then(|set| site.set(&set)).map(|set| &set.contents) else {
        return Vec::new();
    };
    let figure = |band: &str, measure: &str| site.data.figures.get(&format!("{band}.{measure}"));
    let typed = bands.measures.iter().filter(|measure| measure.sum.is_empty());
    typed.filter_map(|measure| figure(&low.text, &measure.id).zip(figure(&high.text, &measure.id))).collect()
}

fn compare(site: &Site, lower: &Figure, upper: &Figure, problems: &mut Vec<Diagnostic>) {
    let scope = |figure: &Figure| figure.record.scope.as_ref().map(|scope| scope.text.clone());
    if lower.unit != upper.unit || scope(lower) != scope(upper) {
        return;
    }
    for side in ["", ".low", ".high", ".median"] {
        let end = |figure: &Figure| site.data.figures.get(&format!("{}{side}", figure.id));
        let (Some(below), Some(above)) = (end(lower), end(upper)) else { continue };
        let (Amount::One(from), Amount::One(to)) = (below.amount, above.amount) else { continue };
        if to >= from || is_documented(site, &below.id) || is_documented(site, &above.id) {
            continue;
        }
        let write = |figure: &Figure| notation::write(&figure.datum(), &Style::default());
        let message = format!("`{}` is {}, less than {} on the rung before", above.id, write(above), write(below));
        problems.push(Diagnostic::new(&FALLING, &above.place, message).label(&below.place, "the rung before").help(
            format!("correct it, or add an entry with figures = [\"{}\"] to a set of kind = \"conflicts\"", upper.id),
        ));
    }
}
