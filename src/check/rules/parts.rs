//! A total lies within the sums of its parts, or a conflict says why not.

use super::conflicts::is_documented;
use crate::check::{Look, Rule};
use crate::data::notation::{self, Style};
use crate::data::{Aspect, Contents};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::Site;

pub(crate) static RULE: Rule = Rule { codes: &[&OUTSIDE], look: Look::Site(look) };

static OUTSIDE: Code = Code {
    name: "total-outside-parts",
    severity: Severity::Error,
    rule: true,
    what: "A total reaches above the sum of its parts' high ends, or below the sum of their low ends.",
    why: "No combination of the parts makes such a total, so either one of the numbers is wrong or the total holds \
          something that is not listed. Readers who add up find it.",
    example: "base = [100, 150]\nbonus = [10, 20]\ntotal = [110, 190]   # parts = [\"base\", \"bonus\"] make 170 at most",
    mend: "Correct the number that was mistyped. Where the source itself says so, add an entry to a set of \
           `kind = \"conflicts\"` that names the total.",
};

fn look(site: &Site, problems: &mut Vec<Diagnostic>) {
    // A conflict that could not be read may be about any of them.
    if site.data.is_any_broken(|contents| matches!(contents, Contents::Conflicts(_))) {
        return;
    }
    // These figures exist only where the total lies outside.
    for figure in site.data.figures.iter() {
        let (side, word, sums) = match figure.aspect {
            Aspect::AboveParts => ("high", "above", "high"),
            Aspect::BelowParts => ("low", "below", "low"),
            _ => continue,
        };
        let Some((total, _)) = figure.id.rsplit_once('.') else { continue };
        // A part that could not be read may be what is missing.
        if site.data.is_broken(total) {
            continue;
        }
        let end = format!("{total}.{side}");
        let end = if site.data.figures.get(&end).is_some() { end } else { total.to_owned() };
        if is_documented(site, &end) || is_documented(site, &figure.id) {
            continue;
        }
        let by = notation::write(&figure.datum(), &Style::default());
        let message = format!("`{total}` lies {by} {word} the sum of its parts' {sums} ends");
        let place = site.data.figures.get(&end).map_or(&figure.place, |end| &end.place);
        problems.push(Diagnostic::new(&OUTSIDE, place, message).help(format!(
            "correct the number, or add an entry with figures = [\"{total}\"] to a set of kind = \"conflicts\""
        )));
    }
}
