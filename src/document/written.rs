//! Numbers as people write them, `$100,000`, `140K`, `10–20%`, made into those of TOML.

use toml::de::DeTable;

/// A piece of a value.
enum Piece {
    /// A number: its digits as TOML has them, and whether they stood so.
    Number(String, bool),
    /// A dash between two numbers.
    Dash,
    /// Anything else, as it stands.
    Other(char),
}

/// A number or a range as people write it, `$450K` or `10–20%`, as a value of TOML. Nothing where it is one already, or where
/// other words stand in it.
pub fn number_in(value: &str) -> Option<String> {
    let (mut text, mut joined, mut as_is, mut has_number) = (String::new(), false, true, false);
    let mut at = 0;
    while at < value.len() {
        let (length, piece) = piece(&value[at..])?;
        at += length;
        match piece {
            Piece::Number(digits, is_right) => {
                text.push_str(&digits);
                has_number = true;
                as_is &= is_right;
            }
            Piece::Dash => {
                text.truncate(text.trim_end().len());
                text.push_str(", ");
                joined = true;
            }
            Piece::Other(c) => {
                let bracket = match c {
                    '(' | '{' => '[',
                    ')' | '}' => ']',
                    ';' => ',',
                    c => c,
                };
                // After a dash, the space that stood behind it is there already.
                if !(c == ' ' && text.ends_with(' ')) {
                    text.push(bracket);
                }
                as_is &= bracket == c;
            }
        }
    }
    if joined && !text.contains('[') {
        text = format!("[{}]", text.trim());
    }
    let differs = has_number && (joined || !as_is);
    (differs && DeTable::parse_recoverable(&format!("x = {text}")).1.is_empty()).then_some(text)
}

/// The first piece of a text, and its length. Nothing where words stand in it.
fn piece(text: &str) -> Option<(usize, Piece)> {
    let first = text.chars().next()?;
    if matches!(first, '[' | ']' | '(' | ')' | '{' | '}' | ',' | ';' | ' ') {
        return Some((1, Piece::Other(first)));
    }
    if matches!(first, '-' | '–' | '—') {
        return Some((first.len_utf8(), Piece::Dash));
    }
    number(text)
}

/// A number with what people write around it: a currency before, a magnitude, `%` or a currency behind.
fn number(text: &str) -> Option<(usize, Piece)> {
    let sign = text.chars().next().filter(|c| matches!(c, '$' | '€' | '£' | '¥')).map_or(0, char::len_utf8);
    let mut at = sign;
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    while is_digit(at)
        || (bytes.get(at) == Some(&b'_') && is_digit(at + 1))
        || (bytes.get(at) == Some(&b'.') && is_digit(at + 1) && at > sign)
        || (bytes.get(at) == Some(&b',') && (1..4).all(|next| is_digit(at + next)) && !is_digit(at + 4) && at > sign)
    {
        at += 1;
    }
    let typed = &text[sign..at];
    if typed.is_empty() || !typed.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = &text[at..];
    let (tail, zeros) = [("K", 3), ("k", 3), ("M", 6), ("m", 6), ("%", 0), (" %", 0), (" USD", 0), (" EUR", 0)]
        .into_iter()
        .find(|(word, _)| {
            rest.strip_prefix(word).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
        })
        .map_or((0, 0), |(word, zeros)| (word.len(), zeros));
    let as_is = sign == 0 && tail == 0 && !typed.contains(',');
    if as_is {
        return Some((at, Piece::Number(typed.to_owned(), true)));
    }
    let mut digits: String = typed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    if zeros > 0 {
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        digits.retain(|c| c != '.');
        digits.push_str(&"0".repeat(zeros.max(decimals) - decimals));
        digits = digits.trim_start_matches('0').to_owned();
    }
    Some((at + tail, Piece::Number(grouped(&digits), false)))
}

/// `100_000`
fn grouped(digits: &str) -> String {
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    decimals.map_or(out.clone(), |decimals| format!("{out}.{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn numbers_as_people_write_them_become_those_of_toml() {
        for (value, expected) in [
            ("[100,000, 140,000]", Some("[100_000, 140_000]")),
            ("[$100_000, 140_000]", Some("[100_000, 140_000]")),
            ("[100_000, 1.4M]", Some("[100_000, 1_400_000]")),
            ("450K", Some("450_000")),
            ("432_000 USD", Some("432_000")),
            ("[10%, 20%]", Some("[10, 20]")),
            ("10–20", Some("[10, 20]")),
            ("[100_000 - 140_000]", Some("[100_000, 140_000]")),
            ("(1, 2)", Some("[1, 2]")),
            ("{1, 2}", Some("[1, 2]")),
            ("[1, 2]", None),
            ("unstated", None),
            ("1,5", None),
            ("", None),
        ] {
            assert_eq!(number_in(value).as_deref(), expected, "{value}");
        }
    }
}
