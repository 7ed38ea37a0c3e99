//! What units are called: the one table by which texts are read, searched and written.
//!
//! A unit is known to this room by its word in data, such as `month`, `kWh` or `GB-month`. Any other word counts things.

use std::borrow::Cow;

use super::digits;
use super::scan::{after_spaces, char_at, is_hyphen, is_word_char, slice};
use crate::data::number::Number;
use crate::data::unit::{Measure, Thing};

/// Units whose word in data is their name: the word, its plural, and what else they are called.
static NAMED: [(&str, &str, &[&str]); 12] = [
    ("second", "seconds", &["sec", "secs"]),
    ("minute", "minutes", &["mins"]),
    ("hour", "hours", &["hr", "hrs"]),
    ("day", "days", &[]),
    ("week", "weeks", &["wk", "wks"]),
    ("month", "months", &["mo", "mos"]),
    ("quarter", "quarters", &[]),
    ("year", "years", &["yr", "yrs", "annum"]),
    ("decade", "decades", &[]),
    ("century", "centuries", &[]),
    ("byte", "bytes", &[]),
    ("bit", "bits", &[]),
];

/// Names that mean something else beside a number: `three quarters` are 75%.
static ALSO_WORDS: [&str; 4] = ["quarter", "decade", "century", "bit"];

/// Names of units that have symbols, without and with a prefix: `gram`, `kilograms`.
static BASES: [(&str, &str); 19] = [
    ("second", "s"),
    ("meter", "m"),
    ("metre", "m"),
    ("gram", "g"),
    ("liter", "l"),
    ("litre", "l"),
    ("watt", "W"),
    ("joule", "J"),
    ("calorie", "cal"),
    ("volt", "V"),
    ("ampere", "A"),
    ("ohm", "Ω"),
    ("hertz", "Hz"),
    ("newton", "N"),
    ("pascal", "Pa"),
    ("coulomb", "C"),
    ("byte", "B"),
    ("bit", "bit"),
    ("kelvin", "K"),
];

/// The names of prefixes. A unit's name without one is its symbol too.
static PREFIXES: [(&str, &str); 17] = [
    ("", ""),
    ("nano", "n"),
    ("micro", "µ"),
    ("milli", "m"),
    ("centi", "c"),
    ("deci", "d"),
    ("hecto", "h"),
    ("kilo", "k"),
    ("mega", "M"),
    ("giga", "G"),
    ("tera", "T"),
    ("peta", "P"),
    ("kibi", "Ki"),
    ("mebi", "Mi"),
    ("gibi", "Gi"),
    ("tebi", "Ti"),
    ("pebi", "Pi"),
];

/// Symbols that stand for nothing but their unit, so that a number before one is a quantity wherever it stands. Others, such as
/// `m` and `TV`, are read only where a figure has a unit of their kind.
const SYMBOLS: &str = "ns µs ms min mm cm km µm µg mg kg ml Hz kHz MHz GHz Wh kWh MWh GWh TWh kW MW GW kJ MJ kcal kΩ Ω °C °F ha m² \
                       km² m³ KB kB MB GB TB PB KiB MiB GiB TiB kbit Mbit Gbit";

/// Symbols that are written in another way in data.
static OTHER_SYMBOLS: [(&str, &str); 4] = [("us", "µs"), ("μs", "µs"), ("μg", "µg"), ("mcg", "µg")];

/// Plurals that no rule gives.
static IRREGULAR: [(&str, &str); 10] = [
    ("person", "people"),
    ("child", "children"),
    ("man", "men"),
    ("woman", "women"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("half", "halves"),
    ("life", "lives"),
    ("analysis", "analyses"),
    ("century", "centuries"),
];

/// Which units are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Those whose names and symbols mean nothing else beside a number.
    Plain,
    /// Those, and all names.
    Named,
    /// Every one, such as `m` and `TV`.
    Any,
}

/// The unit that is named at a byte, with where it ends.
pub(super) fn unit_at(text: &str, at: usize, known: Known) -> Option<(Measure, usize)> {
    if let Some(found) = degrees(text, at) {
        return Some(found);
    }
    let mut end = word_end(text, at);
    let mut word = meaning(slice(text, at..end), known)?.into_owned();
    // `GB-months`, but not `day-old`.
    while let Some(joint) = char_at(text, end).filter(|&c| is_hyphen(c) || c == '·') {
        let start = end + joint.len_utf8();
        let next = word_end(text, start);
        let Some(part) = meaning(slice(text, start..next), known) else { break };
        word = format!("{word}-{part}");
        end = next;
    }
    let is_whole = !char_at(text, end).is_some_and(is_word_char);
    is_whole.then(|| (Measure::one(&word), end))
}

/// Where one of the forms of a counted thing stands at a byte: whether it is the form for one, and where it ends.
pub(super) fn noun_at(text: &str, at: usize, word: &str) -> Option<(bool, usize)> {
    let end = |phrase: &str| phrase_end(text, at, phrase);
    let (one, many) = forms(word);
    let found = end(&many).map(|end| (false, end)).or_else(|| Some((true, end(&one)?)))?;
    Some((found.0 && one != many, found.1))
}

/// Whether two words for things are one, whatever their number: `request` and `requests`.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let is = |one: &str, other: &str| one.eq_ignore_ascii_case(other) || plural(one).eq_ignore_ascii_case(other);
    is(one, other) || is(other, one)
}

/// What a measure's word is for one and for more: `month` and `months`, `kWh` and `kWh`.
pub(super) fn forms(word: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    let is_symbol = !Measure::one(word).is_count() && !is_named(word.rsplit(['-', '·']).next().unwrap_or(word));
    (Cow::Borrowed(word), if is_symbol { Cow::Borrowed(word) } else { Cow::Owned(plural(word)) })
}

/// A measure as it stands behind `per`: `month`, `100 g`, `1,000,000 requests`.
pub(super) fn per(measure: &Measure) -> String {
    let (one, many) = forms(&measure.word);
    if measure.number == Number::ONE {
        return one.into_owned();
    }
    let decimals = measure.number.decimals().unwrap_or(0);
    format!("{} {many}", digits::decimal(&measure.number, decimals, ",", "."))
}

/// The other sizes of a unit, by their words: `TB` and `MB` of `GB`, `year` of `month`.
pub(super) fn other_sizes(word: &str) -> Vec<String> {
    let own = Measure::one(word);
    let named = NAMED.iter().map(|(name, ..)| (*name).to_owned());
    let prefixed =
        BASES.iter().flat_map(|(_, symbol)| PREFIXES.iter().map(move |(_, prefix)| format!("{prefix}{symbol}")));
    let watt_hours = PREFIXES.iter().map(|(_, prefix)| format!("{prefix}Wh"));
    let is_other = |other: &Measure| !own.is_count() && own.is_like(other) && own.scale() != other.scale();
    named.chain(prefixed).chain(watt_hours).filter(|other| is_other(&Measure::one(other))).collect()
}

/// Whether a word is a unit's symbol, which has no plural.
pub(super) fn is_symbol(word: &str) -> bool {
    let (one, many) = forms(word);
    one == many && !Measure::one(word).is_count()
}

/// Whether a text is the name of a unit, or of things, for one: `month`, `request`, `percentage point`. The other form is given.
pub(super) fn other_number(shown: &str, thing: &Thing) -> Option<(bool, String)> {
    let (one, many) = match thing {
        Thing::Points => (Cow::Borrowed("percentage point"), Cow::Borrowed("percentage points")),
        Thing::Measure(measure) => forms(&measure.word),
        _ => return None,
    };
    let is = |form: &str| shown.eq_ignore_ascii_case(form);
    match (is(&one), is(&many)) {
        (true, false) => Some((true, many.into_owned())),
        (false, true) => Some((false, one.into_owned())),
        _ => None,
    }
}

/// The word in data of a name or a symbol.
fn meaning(word: &str, which: Known) -> Option<Cow<'_, str>> {
    let named = NAMED.iter().find(|(name, many, others)| {
        [name, many].into_iter().chain(*others).any(|known| known.eq_ignore_ascii_case(word))
    });
    if let Some((name, ..)) = named {
        return (which != Known::Plain || !ALSO_WORDS.contains(name)).then_some(Cow::Borrowed(name));
    }
    let other = OTHER_SYMBOLS.iter().find(|(other, _)| *other == word && (which == Known::Any || word != "us"));
    if let Some((_, symbol)) = other {
        return Some(Cow::Borrowed(symbol));
    }
    if let Some(symbol) = spelled_out(word) {
        return Some(Cow::Owned(symbol));
    }
    let is_symbol = match which {
        Known::Any => !Measure::one(word).is_count(),
        Known::Plain | Known::Named => SYMBOLS.split(' ').any(|symbol| symbol == word),
    };
    (is_symbol && !word.is_empty()).then_some(Cow::Borrowed(word))
}

/// The symbol of a name: `kg` for `kilograms`.
fn spelled_out(word: &str) -> Option<String> {
    // No name is shorter than `ohm`.
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    let small = word.to_ascii_lowercase();
    let one = if small == "hertz" { &small } else { small.strip_suffix('s').unwrap_or(&small) };
    let one = if one.ends_with("hert") { &small } else { one };
    BASES.iter().find_map(|(base, symbol)| {
        let lead = one.strip_suffix(base)?;
        let (_, prefix) = PREFIXES.iter().find(|(name, _)| *name == lead)?;
        Some(format!("{prefix}{symbol}"))
    })
}

/// `degrees Celsius`
fn degrees(text: &str, at: usize) -> Option<(Measure, usize)> {
    let phrase = ["degrees", "degree"].iter().find_map(|word| phrase_end(text, at, word))?;
    let scales = [("Celsius", "°C"), ("Fahrenheit", "°F")];
    scales
        .iter()
        .find_map(|(name, symbol)| Some((Measure::one(symbol), phrase_end(text, after_spaces(text, phrase), name)?)))
}

/// Where a phrase ends that stands at a byte, as words of their own, with spaces of any kind between them.
pub(super) fn phrase_end(text: &str, at: usize, phrase: &str) -> Option<usize> {
    let mut end = at;
    for (place, word) in phrase.split_whitespace().enumerate() {
        let start = if place == 0 { end } else { after_spaces(text, end) };
        if (place > 0 && start == end) || !slice(text, start..start + word.len()).eq_ignore_ascii_case(word) {
            return None;
        }
        end = start + word.len();
    }
    let is_cut = phrase.ends_with(is_word_char) && char_at(text, end).is_some_and(is_word_char);
    (end > at && !is_cut).then_some(end)
}

/// Where the letters and signs of a unit end.
fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find(|c: char| !(c.is_alphabetic() || matches!(c, '°' | '²' | '³'))).unwrap_or(rest.len())
}

fn is_named(word: &str) -> bool {
    NAMED.iter().any(|(name, ..)| *name == word)
}

/// The plural of a phrase: that of its last word, or of the one before `per` or `of`. A word that ends in a plain `s` is one already.
fn plural(phrase: &str) -> String {
    if let Some(at) = [" per ", " of "].iter().find_map(|word| phrase.find(word)) {
        return plural(&phrase[..at]) + &phrase[at..];
    }
    let (lead, word) =
        phrase.rsplit_once([' ', '-']).map_or(("", phrase), |(lead, word)| (&phrase[..=lead.len()], word));
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| one.eq_ignore_ascii_case(word)) {
        return format!("{lead}{many}");
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if !word.ends_with(char::is_alphabetic) || word.chars().count() == 1 || word.ends_with('s') && !ends(&["ss", "us"])
    {
        return phrase.to_owned();
    }
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty() => format!("{lead}{stem}ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{phrase}es"),
        _ => format!("{phrase}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_name_and_by_symbol() {
        let check = |text: &str, known: Known, expected: Option<(&str, &str)>| {
            let found = unit_at(text, 0, known);
            let found = found.as_ref().map(|(measure, end)| (&*measure.word, &text[*end..]));
            assert_eq!(found, expected, "{text}");
        };
        check("months’ notice", Known::Plain, Some(("month", "’ notice")));
        check("Yrs", Known::Plain, Some(("year", "")));
        check("kilograms", Known::Plain, Some(("kg", "")));
        check("microseconds", Known::Plain, Some(("µs", "")));
        check("Hertz", Known::Plain, Some(("Hz", "")));
        check("gibibyte", Known::Plain, Some(("GiB", "")));
        check("kilowatt-hours.", Known::Plain, Some(("kW-hour", ".")));
        check("GB-months", Known::Plain, Some(("GB-month", "")));
        check("day-old", Known::Plain, Some(("day", "-old")));
        check("degrees Celsius", Known::Plain, Some(("°C", "")));
        check("mcg", Known::Plain, Some(("µg", "")));
        check("m²", Known::Plain, Some(("m²", "")));
        check("GBit", Known::Plain, None);
        check("quarters", Known::Plain, None);
        check("quarters", Known::Any, Some(("quarter", "")));
        check("TV", Known::Plain, None);
        check("TV", Known::Any, Some(("TV", "")));
        check("m of", Known::Any, Some(("m", " of")));
        check("requests", Known::Any, None);
        check("", Known::Any, None);
    }

    #[test]
    fn things_have_plurals() {
        for (one, many) in [
            ("request", "requests"),
            ("person", "people"),
            ("category", "categories"),
            ("day", "days"),
            ("box", "boxes"),
            ("class", "classes"),
            ("series", "series"),
            ("users", "users"),
            ("page view", "page views"),
            ("day of leave", "days of leave"),
            ("GB-month", "GB-months"),
            ("GB", "GB"),
            ("s", "s"),
            ("century", "centuries"),
            ("×", "×"),
        ] {
            assert_eq!(forms(one), (one.into(), many.into()));
        }
    }

    #[test]
    fn nouns_are_found_in_either_number() {
        assert_eq!(noun_at("requests a minute", 0, "request"), Some((false, 8)));
        assert_eq!(noun_at("request", 0, "request"), Some((true, 7)));
        assert_eq!(noun_at("People", 0, "person"), Some((false, 6)));
        assert_eq!(noun_at("page  views", 0, "page view"), Some((false, 11)));
        assert_eq!(noun_at("requesters", 0, "request"), None);
        assert!(is_same("Requests", "request") && is_same("person", "people") && !is_same("user", "use"));
    }
}
