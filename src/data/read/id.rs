//! Ids: how they are made, and that none stands twice.

use std::collections::HashMap;
use std::sync::Arc;

use super::reader::Reader;
use crate::data::ids::id_of;
use crate::diagnostic::{Code, Diagnostic, Known, Place, Severity};

pub(super) const CODES: &[&Code] = &[&BAD_ID, &DUPLICATE_ID];

pub(super) static BAD_ID: Code = Code {
    name: "bad-id",
    severity: Severity::Error,
    rule: false,
    what: "An id holds something else than lowercase letters, digits and single hyphens.",
    why: "Ids are parts of addresses and of links in prose, where other signs mean something else.",
    example: "id = \"Level 3\"",
    mend: "Write it in lowercase with hyphens: `id = \"level-3\"`. A row can't be called `a-to-b` beside rows called `a` and `b`: that names what is between the two.",
};
pub(super) static DUPLICATE_ID: Code = Code {
    name: "duplicate-id",
    severity: Severity::Error,
    rule: false,
    what: "Two things have the same id.",
    why: "A link to the id could mean either, and one of the two values would be lost.",
    example: "[[row]]\nid = \"l3\"\n\n[[row]]\nid = \"l3\"",
    mend: "Give one of them another id, or remove it.",
};

/// Whether a text is one part of an id: `[a-z0-9]+(-[a-z0-9]+)*`.
pub(super) fn is_part(text: &str) -> bool {
    text.split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// What an author probably meant by something that is no id.
pub(super) fn suggestion(text: &str) -> Option<String> {
    let id: String = id_of(text).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let words: Vec<&str> = id.split('-').filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

impl Reader<'_> {
    /// Whether an id is well made and new; what is wrong with it is reported. It is noted in `seen`.
    pub(super) fn new_id(&mut self, id: &str, place: &Place, what: &str, seen: &mut HashMap<Arc<str>, Place>) -> bool {
        if self.well_made(id, place, what).is_err() {
            return false;
        }
        if let Some(first) = seen.get(id) {
            let problem = Diagnostic::new(&DUPLICATE_ID, place, format!("the {what} id `{id}` stands twice"))
                .label(first, "it is used here first")
                .help("give one of the two another id, or remove it");
            let reported = self.push(problem);
            self.lose_set(reported);
            return false;
        }
        seen.insert(id.into(), place.clone());
        true
    }

    /// Reports an id that isn't well made.
    pub(super) fn well_made(&mut self, id: &str, place: &Place, what: &str) -> Known<()> {
        if is_part(id) {
            return Ok(());
        }
        let problem = Diagnostic::new(&BAD_ID, place, format!("the {what} id `{id}` is not made as ids are"));
        let reported = self.push(match suggestion(id) {
            Some(better) => problem.help(format!("use lowercase letters, digits and single hyphens: `{better}`")),
            None => problem.help("use lowercase letters, digits and single hyphens, such as `level-3`"),
        });
        self.lose_set(reported);
        Err(reported)
    }
}
