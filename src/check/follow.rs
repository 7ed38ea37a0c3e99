//! What follows from another problem, and is held back: one cause gives one problem.
//!
//! What a broken data file or front matter leaves open is held back where it would be said. Here is what shows only when
//! all problems are known.

use crate::diagnostic::{Diagnostic, Severity, nearest};

/// Faults that hide a page's text from some place on.
const HIDING: &[&str] =
    &["unclosed-fence", "unclosed-comment", "front-matter", "heading-space", "heading-braces", "merge-marker"];

/// What can't be said while some page hides its text: what it would lead to, and what would lead there.
const OF_ALL_TEXT: &[&str] = &[
    "footnote",
    "link-anchor",
    "alias-anchor",
    "anchor-removed",
    "unused-data",
    "page-orphan",
    "confusable-terms",
    "conflict-hidden",
];

/// What can't be said while something that leads elsewhere can't be followed.
const OF_ALL_LINKS: &[&str] = &["unused-data", "page-orphan", "conflict-hidden"];

/// Takes out the problems that follow from another; gives the rules that could not speak.
pub(super) fn hold_back(problems: &mut Vec<Diagnostic>) -> Vec<&'static str> {
    let is_fault = |problem: &Diagnostic| !problem.code.rule && problem.severity == Severity::Error;
    let hides = problems.iter().any(|problem| HIDING.contains(&problem.code.name));
    let misleads = problems.iter().any(|problem| {
        let name = problem.code.name;
        name == "empty-list"
            || is_fault(problem)
                && (name == "figure-unknown" || !(name.starts_with("figure-") || name.starts_with("output-")))
    });
    let mut faults: Vec<(String, u32, u32)> = problems
        .iter()
        .filter(|problem| is_fault(problem) || problem.message.ends_with("lacks `figure:`"))
        .filter_map(|problem| {
            let place = problem.place.as_ref()?;
            Some((place.source.path().to_owned(), place.span.start, place.span.end))
        })
        .collect();
    faults.sort();
    // A target that can't be written so, and leads nowhere either, is mended in one go.
    let lost: Vec<(String, u32)> = problems
        .iter()
        .filter(|problem| matches!(problem.code.name, "link-page" | "link-file" | "link-address"))
        .filter_map(|problem| problem.place.as_ref())
        .map(|place| (place.source.path().to_owned(), place.span.start))
        .collect();
    let is_lost = |problem: &Diagnostic| {
        let place = problem.place.as_ref();
        problem.code.name == "link-target"
            && place.is_some_and(|place| {
                lost.iter().any(|(path, at)| path == place.source.path() && *at == place.span.start)
            })
    };
    lesser(problems);
    problems.retain(|problem| {
        let name = problem.code.name;
        let is_left = !is_lost(problem);
        is_left
            && !(hides && OF_ALL_TEXT.contains(&name))
            && !(misleads && OF_ALL_LINKS.contains(&name))
            && !(problem.code.rule && is_in_broken_link(problem, &faults))
    });
    let silent = [(hides, OF_ALL_TEXT), (misleads, OF_ALL_LINKS)].into_iter().filter(|(is_so, _)| *is_so);
    silent.flat_map(|(_, names)| names.iter().copied()).collect()
}

/// Takes out the lesser one of two problems of one file that have one cause.
fn lesser(problems: &mut Vec<Diagnostic>) {
    let path = |problem: &Diagnostic| problem.place.as_ref().map(|place| place.source.path().to_owned());
    let of = |name: &str| -> Vec<Option<String>> {
        problems.iter().filter(|problem| problem.code.name == name).map(path).collect()
    };
    let untitled = of("page-title");
    let unreadable: Vec<Option<String>> = of("not-utf8");
    let lost_template = unreadable.iter().flatten().any(|path| path.starts_with("templates/"));
    // A footnote that lacks its colon, or has another label than its mark.
    let quoted =
        |problem: &Diagnostic| problem.message.split('`').find(|part| part.starts_with("[^")).map(str::to_owned);
    let footnotes: Vec<(Option<String>, Option<String>, bool)> = problems
        .iter()
        .filter(|problem| problem.code.name == "footnote" && !problem.message.contains("leads to no footnote"))
        .map(|problem| (path(problem), quoted(problem), problem.message.contains("is missing")))
        .collect();
    let mut shapes: Vec<(Option<String>, u32)> = Vec::new();
    problems.iter().filter(|problem| problem.code.name == "figure-shape").for_each(|problem| {
        shapes.extend(problem.place.as_ref().map(|place| (path(problem), place.span.end)));
    });
    let is_shared = problems.iter().any(|problem| problem.code.name == "same-abbreviation");
    let wordless = problems.iter().any(|problem| problem.code.name == "output-words");
    let mut figures: Vec<(Option<String>, u32)> = Vec::new();
    let mut markup: Vec<Option<String>> = Vec::new();
    problems
        .iter()
        .filter(|problem| problem.code.name == "output-markup" && !problem.message.contains("without its end"))
        .for_each(|problem| markup.push(path(problem)));
    problems.retain(|problem| {
        let (at, start) = (path(problem), problem.place.as_ref().map_or(0, |place| place.span.start));
        match problem.code.name {
            "page-description" => !untitled.contains(&at),
            // What its first lines and headings held is gone with its title.
            "address-removed" | "anchor-removed" => untitled.is_empty(),
            "link-anchor" => !untitled.iter().flatten().any(|path| problem.message.starts_with(&**path)),
            "template-missing" => !lost_template,
            "term-first-use" => !is_shared,
            // Headings are gone with the words of their page.
            "output-link" => !(wordless && problem.message.contains("has no id")),
            "output-markup" => !(problem.message.contains("without its end") && markup.contains(&at)),
            "output-figure" => {
                let is_new = !figures.contains(&(at.clone(), start));
                figures.push((at, start));
                is_new
            }
            "footnote" if problem.message.contains("leads to no footnote") => {
                let label = quoted(problem).unwrap_or_default();
                !footnotes.iter().any(|(path, other, lacks_colon)| {
                    let other = other.as_deref().unwrap_or("");
                    *path == at && if *lacks_colon { other == label } else { nearest(&label, [other]).is_some() }
                })
            }
            "typed-figure" => {
                let text = problem.place.as_ref().map_or("", |place| place.source.text());
                !shapes.iter().any(|(path, end)| {
                    let between = text.get(*end as usize..start as usize).unwrap_or("\n");
                    *path == at
                        && !between.contains('\n')
                        && between.split_once(')').is_some_and(|(_, joint)| {
                            matches!(joint.trim(), "to" | "–" | "-" | "—" | "and" | "through")
                        })
                })
            }
            _ => true,
        }
    });
}

/// Whether a rule looks at the text of a link that is reported itself: `[$432K](Figure:…)`.
fn is_in_broken_link(problem: &Diagnostic, faults: &[(String, u32, u32)]) -> bool {
    let Some(place) = &problem.place else { return false };
    let (path, span) = (place.source.path(), place.span);
    let text = place.source.text();
    let from = faults.partition_point(|(file, ..)| file.as_str() < path);
    faults[from..].iter().take_while(|(file, ..)| file == path).any(|&(_, start, end)| {
        let whole = text.get(start as usize..end as usize).unwrap_or("");
        if start <= span.start && span.end <= end {
            return whole.starts_with(['[', '(']) && ["](", "][", ")["].iter().any(|joint| whole.contains(joint));
        }
        // Up to the fault, and a little into it: some stand at the bracket, some at the target behind it.
        let Some(between) = text.get(span.end as usize..start as usize) else { return false };
        // `[text] (figure:…)`, where the two are parted.
        if between.is_empty() && whole.strip_prefix(']').is_some_and(|rest| rest.trim_start().starts_with('(')) {
            return true;
        }
        let reach: String = [between, whole.get(..2).unwrap_or("")].concat();
        !between.contains(['[', '\n']) && reach.contains("](") && reach.find(')').is_none_or(|at| at > between.len())
    })
}

#[cfg(test)]
mod tests {
    use super::hold_back;
    use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source};

    const fn code(name: &'static str, severity: Severity, rule: bool) -> Code {
        Code { name, severity, rule, what: "", why: "", example: "", mend: "" }
    }

    static TYPED: Code = code("typed-figure", Severity::Warning, true);
    static UNUSED: Code = code("unused-data", Severity::Warning, true);
    static ORPHAN: Code = code("page-orphan", Severity::Warning, true);
    static FOOTNOTE: Code = code("footnote", Severity::Error, false);
    static FENCE: Code = code("unclosed-fence", Severity::Error, false);
    static SCHEME: Code = code("link-scheme", Severity::Error, false);
    static VALUE: Code = code("figure-value", Severity::Error, false);

    /// Problems at stretches of a text, and the names of those that stay.
    fn check(text: &str, found: &[(&'static Code, &str)], expected: &[&str]) {
        let source = Source::new("content/a.md", text);
        let mut problems: Vec<Diagnostic> = found
            .iter()
            .map(|(code, at)| {
                let start = text.find(at).expect("it is there");
                Diagnostic::new(code, &Place::new(&source, start..start + at.len()), "x")
            })
            .collect();
        hold_back(&mut problems);
        assert_eq!(problems.iter().map(|problem| problem.code.name).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn nothing_is_said_of_the_text_of_a_link_that_is_reported() {
        let text = "It is [about $5K a year](Figure:a.b), and $7K.";
        let link = (&SCHEME, "Figure:a.b");
        check(text, &[(&TYPED, "$5K"), link], &["link-scheme"]);
        check(text, &[link, (&TYPED, "$7K")], &["link-scheme", "typed-figure"]);
        check(
            "[$5K](a.md) and [b](Figure:c)",
            &[(&TYPED, "$5K"), (&SCHEME, "Figure:c")],
            &["typed-figure", "link-scheme"],
        );
    }

    #[test]
    fn nothing_is_said_of_what_a_page_hides_or_of_what_nothing_leads_to() {
        let text = "a[^b] ```";
        check(text, &[(&FOOTNOTE, "[^b]"), (&UNUSED, "a"), (&FENCE, "```")], &["unclosed-fence"]);
        check(text, &[(&FOOTNOTE, "[^b]"), (&ORPHAN, "a")], &["footnote"]);
        check(text, &[(&VALUE, "b"), (&ORPHAN, "a")], &["figure-value", "page-orphan"]);
    }
}
