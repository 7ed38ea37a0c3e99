//! What holds for any single change of data: `fix` rewrites the size of a figure that is otherwise the same, and nothing else.
//!
//! The site is the corpus's sample with one more page, which quotes each of its figures in several notations. Each
//! change is made alone: an entry, a file or a line taken out, an id renamed, a value changed in each way that it can be.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::mem::discriminant;
use std::path::Path;
use std::sync::Arc;

use bandbook::data::notation::{self, Style};
use bandbook::data::{self, Amount, Data, Figure, Number, Unit};
use bandbook::diagnostic::Source;
use bandbook::session::{FixOptions, Fixed, fix};

use crate::corpus;

type Files = BTreeMap<String, String>;

const QUOTES: &str = "content/quotes.md";

#[test]
fn no_change_of_data_makes_a_sentence_quote_something_else() {
    let site = site();
    let before = read_data(&site);
    let changes = changes(&site);
    assert!(500 < changes.len(), "{} changes", changes.len());
    let outcomes = in_parallel(&changes, |(name, file, text)| {
        let mut changed = site.clone();
        match text {
            Some(text) => changed.insert(file.clone(), text.clone()),
            None => changed.remove(file),
        };
        hold(&changed, &before).map_err(|cause| format!("{name} in {file}: {cause}"))
    });
    let wrong: Vec<&String> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        changes.len(),
        wrong.iter().map(|cause| format!("{cause}\n")).collect::<String>()
    );
    let rewritten: usize = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).sum();
    assert!(300 < rewritten, "{rewritten} texts were rewritten");
}

/// What comes of each item, in order. Plain threads: in a pool, one that waits for its own tasks would start others on
/// top of them.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let size = items.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> =
            items.chunks(size).map(|part| scope.spawn(|| part.iter().map(&work).collect::<Vec<R>>())).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// How many texts `fix` rewrites in a site; what it does wrong is an error.
fn hold(site: &Files, before: &Data) -> Result<usize, String> {
    let after = read_data(site);
    let folder = write(site);
    let fixed = fixed(folder.path(), true);
    let failed = fixed.left.failed();
    let mut rewritten = 0;
    for file in fixed.files.iter().filter(|file| file.edits > 0) {
        let old = file.before.as_ref().map_or("", |source| source.text());
        rewritten += hold_file(old, &file.after, before, &after).map_err(|cause| format!("{}: {cause}", file.path))?;
    }
    let named = site.values().flat_map(|text| links(text).1).map(|link| link.id);
    let gone: Vec<String> = named.filter(|id| after.figures.get(id).is_none()).collect();
    if !gone.is_empty() && !failed {
        return Err(format!("nothing is wrong, and these are gone: {}", gone.join(", ")));
    }
    if rewritten > 0 {
        self::fixed(folder.path(), false);
        let again = self::fixed(folder.path(), true);
        if let Some(file) = again.files.first() {
            return Err(format!("a second run changes {}", file.path));
        }
    }
    Ok(rewritten)
}

fn hold_file(old: &str, new: &str, before: &Data, after: &Data) -> Result<usize, String> {
    let ((old_rest, old_links), (new_rest, new_links)) = (links(old), links(new));
    if old_rest != new_rest {
        let mut lines = old_rest.lines().zip(new_rest.lines());
        return Err(format!("text outside of figures was changed: {:?}", lines.find(|(one, other)| one != other)));
    }
    let mut rewritten = 0;
    for (one, other) in old_links.iter().zip(&new_links).filter(|(one, other)| one.text != other.text) {
        let (Some(was), Some(is)) = (before.figures.get(&one.id), after.figures.get(&other.id)) else {
            return Err(format!("`{}` became `{}`, and `{}` is gone", one.text, other.text, one.id));
        };
        let reading = |text: &str| notation::read(text).map_err(|problem| problem.message);
        let (said, says) = (reading(&one.text)?, reading(&other.text)?);
        let same_words = discriminant(&said.shape) == discriminant(&says.shape)
            && said.bound.as_ref().map(|part| part.value) == says.bound.as_ref().map(|part| part.value)
            && said.per.as_ref().map(|part| &part.value) == says.per.as_ref().map(|part| &part.value);
        let is_word = matches!(is.amount, Amount::Text(_));
        if one.id != other.id || !same_words || is_word || kind(was) != kind(is) {
            return Err(format!(
                "`{}` became `{}` for `{}`: {:?}, then {:?}",
                one.text,
                other.text,
                one.id,
                kind(was),
                kind(is)
            ));
        }
        rewritten += 1;
    }
    Ok(rewritten)
}

/// All that must stay the same about a figure whose text is rewritten: what kind of value it has, with which signs, its
/// unit and its bound.
fn kind(figure: &Figure) -> (u8, Vec<Ordering>, Unit, Option<data::Bound>) {
    let sign = |number: &Number| number.cmp(&Number::ZERO);
    let (shape, signs) = match &figure.amount {
        Amount::Unstated => (0, vec![]),
        Amount::One(number) => (1, vec![sign(number)]),
        Amount::Range(low, high) => (2, vec![sign(low), sign(high)]),
        Amount::Date(_) => (3, vec![]),
        Amount::Text(_) => (4, vec![]),
        Amount::From(low) => (5, vec![sign(low)]),
        Amount::To(high) => (6, vec![sign(high)]),
        Amount::Tolerance { value, .. } => (7, vec![sign(value)]),
    };
    (shape, signs, figure.unit.clone(), figure.bound)
}

/// A link to a figure.
struct Link {
    text: String,
    id: String,
}

/// A text without the texts of its links to figures, and the links.
fn links(text: &str) -> (String, Vec<Link>) {
    let (mut rest, mut found) = (String::new(), Vec::new());
    let mut parts = text.split("](figure:");
    let mut part = parts.next().unwrap_or_default();
    for next in parts {
        let (before, shown) = part.rsplit_once('[').unwrap();
        rest.push_str(before);
        rest.push_str("[](figure:");
        found.push(Link { text: shown.to_owned(), id: next.split(')').next().unwrap().to_owned() });
        part = next;
    }
    rest.push_str(part);
    (rest, found)
}

fn site() -> Files {
    let mut site: Files =
        corpus::sample().into_iter().filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?))).collect();
    let data = read_data(&site);
    let mut page = "+++\ntitle = \"Quotes\"\ndescription = \"Each figure.\"\n+++\n".to_owned();
    for figure in data.figures.iter() {
        for id in [figure.id.to_string(), format!("{}.up", figure.id), format!("{}.down", figure.id)] {
            for text in data.figures.get(&id).map(notations).unwrap_or_default() {
                page.push_str(&format!("\nThis is [{text}](figure:{id}) below, and more.\n"));
            }
        }
    }
    site.insert(QUOTES.to_owned(), page);
    let folder = write(&site);
    let fixed = fixed(folder.path(), true);
    assert!(!fixed.left.failed() && fixed.files.iter().all(|file| file.edits == 0), "{:#?}", fixed.left.diagnostics);
    site
}

/// The notations in which the page quotes a figure: those that agree with it.
fn notations(figure: &Figure) -> Vec<String> {
    let datum = figure.datum();
    let style = Style::default();
    let plain = notation::write(&datum, &style);
    let signed = format!("+{}", plain.trim_start_matches('+'));
    let full = plain.replace('K', ",000");
    let words = plain.replace('$', "USD ").replace('%', " percent");
    let other = plain.replace('–', " to ").replace("over ", "more than ").replace("about ", "around ");
    let unsigned = plain.trim_start_matches('−').to_owned();
    let mut texts = vec![plain, signed, full, words, other, unsigned];
    texts.sort();
    texts.dedup();
    texts.retain(|text| {
        notation::read(text)
            .is_ok_and(|written| notation::compare(&written, &datum).is_ok_and(|agreed| agreed.warning.is_none()))
    });
    texts
}

/// Every change: its name, the file, and what the file holds then.
fn changes(site: &Files) -> Vec<(String, String, Option<String>)> {
    let mut changes = Vec::new();
    for (path, text) in site.iter().filter(|(path, _)| path.starts_with("content/data/")) {
        changes.push(("the file is deleted".to_owned(), path.clone(), None));
        let lines: Vec<&str> = text.lines().collect();
        let mut add =
            |name: String, lines: Vec<String>| changes.push((name, path.clone(), Some(lines.join("\n") + "\n")));
        let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<String>>();
        let heads: Vec<usize> =
            (0..lines.len()).filter(|at| lines[*at].starts_with('[')).chain([lines.len()]).collect();
        for block in heads.windows(2) {
            let (start, end) = (block[0], block[1]);
            add(
                format!("{} is deleted", lines[start..end].join(" ")),
                [own(&lines[..start]), own(&lines[end..])].concat(),
            );
            if let Some(next) = heads.iter().find(|head| **head > end) {
                let swapped = [&lines[..start], &lines[end..*next], &lines[start..end], &lines[*next..]].map(own);
                add(format!("{} is moved down", lines[start]), swapped.concat());
            }
            let copy: Vec<String> = own(&lines[start..end]).iter().map(|line| renamed(line)).collect();
            if copy != own(&lines[start..end]) {
                add(
                    format!("{} is copied", copy.join(" ")),
                    [own(&lines[..end]), copy.clone(), own(&lines[end..])].concat(),
                );
                add(
                    format!("{} is renamed", copy.join(" ")),
                    [own(&lines[..start]), copy, own(&lines[end..])].concat(),
                );
            }
        }
        for (at, line) in lines.iter().enumerate() {
            for value in values(line) {
                let mut lines = own(&lines);
                lines[at].clone_from(&value);
                add(format!("line {}, `{line}` becomes `{value}`", at + 1), lines);
            }
            if !line.trim().is_empty() {
                add(
                    format!("line {}, `{line}` is deleted", at + 1),
                    [own(&lines[..at]), own(&lines[at + 1..])].concat(),
                );
            }
        }
    }
    changes
}

/// The head of an entry with another id, which is near the old one; any other line as it is.
fn renamed(line: &str) -> String {
    match line.strip_prefix("id = \"").and_then(|rest| rest.strip_suffix('"')) {
        Some(id) => format!("id = \"{id}x\""),
        None if line.starts_with('[') && !line.starts_with("[[") && !line.starts_with("[row.") => {
            line.replace(']', "x]")
        }
        None => line.to_owned(),
    }
}

/// A line with each other value that its key may take.
fn values(line: &str) -> Vec<String> {
    let Some((key, value)) = line.split_once(" = ") else { return Vec::new() };
    let words: &[&str] = match key {
        "unit" => &["USD/month", "EUR/year", "USD", "year", "month", "day", "GB", "%", "percentage points", ""],
        "bound" => &["over", "up-to", "about"],
        "sources" => return vec!["sources = [\"survei\"]".to_owned()],
        "ordered" => return vec!["ordered = false".to_owned()],
        "formula" => return formulas(line),
        _ => &[],
    };
    let mut found: Vec<String> = words.iter().map(|word| format!("{key} = \"{word}\"")).collect();
    found.retain(|other| other != line);
    found.extend(numbers(value).into_iter().map(|value| format!("{key} = {value}")));
    found
}

/// A formula with its sides or arguments turned, with the other ends, and with a minus for a plus.
fn formulas(line: &str) -> Vec<String> {
    let mut found = vec![line.replace(".low", ".high"), line.replace(" + ", " - ")];
    for mark in [", ", " + ", " - ", " / "] {
        let Some((before, after)) = line.split_once(mark) else { continue };
        let start = before.rfind(['(', '"']).map_or(0, |at| at + 1);
        let end = after.find([')', '"']).unwrap_or(after.len());
        found.push(format!("{}{}{mark}{}{}", &before[..start], &after[..end], &before[start..], &after[end..]));
    }
    found.retain(|other| other != line);
    found
}

/// Other values than a number, a range, or a cell with both: another size, shape, or none.
fn numbers(value: &str) -> Vec<String> {
    let plain = value.replace("_0", "0");
    let times = |number: f64, factor: f64| (number * factor * 10_000.0).round() / 10_000.0;
    if let Ok(number) = plain.parse::<f64>() {
        let sizes =
            [0.0, 0.0004, 0.5, 0.7, 0.97, 1.01, 1.1, 1.5, 3.0].iter().map(|factor| times(number, *factor).to_string());
        return sizes.chain(["\"unstated\"".to_owned(), format!("[{plain}, {}]", number * 2.0)]).collect();
    }
    let Some(start) = plain.find('[') else { return Vec::new() };
    let end = plain[start..].find(']').map_or(plain.len(), |end| start + end + 1);
    let ends: Vec<f64> = plain[start + 1..end - 1].split(", ").filter_map(|end| end.parse().ok()).collect();
    let [low, high] = ends[..] else { return Vec::new() };
    let ranges = [(0.9, 1.0), (1.1, 1.0), (1.0, 1.1), (1.0, 1.6), (0.4, 0.6), (0.0, 1.0), (2.0, 3.0), (1.0, 0.9)];
    let mut found: Vec<String> = ranges
        .iter()
        .map(|(one, other)| {
            format!("{}[{}, {}]{}", &plain[..start], times(low, *one), times(high, *other), &plain[end..])
        })
        .collect();
    found.push(low.to_string());
    found.push("\"unstated\"".to_owned());
    if let Some((_, median)) = plain[end..].split_once("median = ") {
        let digits: String = median.chars().take_while(char::is_ascii_digit).collect();
        found.extend(
            [times(low, 1.01), times(high, 0.99), times(low + high, 0.5)]
                .map(|other| plain.replace(&format!("median = {digits}"), &format!("median = {other}"))),
        );
    }
    found
}

fn read_data(site: &Files) -> Data {
    let sources: Vec<Arc<Source>> = site
        .iter()
        .filter(|(path, _)| path.starts_with("content/data/"))
        .map(|(path, text)| Source::new(path.as_str(), text.as_str()))
        .collect();
    data::read(&sources, &[], &mut Vec::new())
}

fn write(site: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in site {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn fixed(root: &Path, dry_run: bool) -> Fixed {
    fix(&FixOptions { root: root.to_owned(), dry_run, threads: Some(1), ..FixOptions::default() }).unwrap()
}
