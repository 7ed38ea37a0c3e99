//! Who claims which address: pages, copied files, redirects and what the generator adds. Two for one is an error.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::address::Address;
use super::alias;
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source};

/// A file that is copied as it is.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// Where it is published.
    pub address: Address,
    /// Where it lies, from the root: `content/bands/plan.pdf`, `static/icon.svg`.
    pub path: Arc<str>,
}

/// An address that leads to a page.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old address.
    pub from: Address,
    /// The page.
    pub page: usize,
    /// The heading on it.
    pub fragment: Option<String>,
}

/// Something that wants an address.
#[derive(Clone, Debug)]
pub struct Claimant {
    /// The address.
    pub address: Address,
    /// What it is, for messages: "the page `content/bands.md`".
    pub name: String,
    /// Where it says so.
    pub place: Option<Place>,
}

pub(super) static CODES: &[&Code] = &[&COLLISION, &alias::ALIAS];

static COLLISION: Code = Code {
    name: "address-collision",
    severity: Severity::Error,
    rule: false,
    what: "Two things claim the same address.",
    why: "Only one of them could be published, and which one would be a matter of chance. Addresses that differ in case \
          alone, or in the way in which an accent is written, are the same file on many computers.",
    example: "content/bands.md and content/bands/index.md",
    mend: "Rename one of the two, give one a `slug`, or remove the alias.",
};

/// Reports every address that two claim, and every file that would have to be a folder too.
pub(super) fn collisions(claims: &[Claimant], diagnostics: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, &Claimant> = HashMap::new();
    for claim in claims {
        match first.entry(on_disk(&claim.address)) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(claim);
            }
            std::collections::hash_map::Entry::Occupied(slot) => report(claim, slot.get(), diagnostics),
        }
    }
    for claim in claims {
        let file = on_disk(&claim.address);
        for (at, _) in file.match_indices('/') {
            if let Some(other) = first.get(&file[..at]) {
                report(claim, other, diagnostics);
            }
        }
    }
}

/// The file of an address as computers see it that don't tell capitals from small letters, nor `é` in one sign from `e` with an
/// accent of its own.
fn on_disk(address: &Address) -> String {
    let file = address.file();
    if file.is_ascii() {
        file.to_ascii_lowercase()
    } else {
        file.nfc().collect::<String>().to_lowercase().nfc().collect()
    }
}

fn report(claim: &Claimant, other: &Claimant, diagnostics: &mut Vec<Diagnostic>) {
    let message = format!("{} and {} both claim the address {}", other.name, claim.name, claim.address);
    let problem = match (&claim.place, &other.place) {
        (Some(place), Some(also)) => Diagnostic::new(&COLLISION, place, message).label(also, "the other one"),
        (Some(place), None) | (None, Some(place)) => Diagnostic::new(&COLLISION, place, message),
        (None, None) => Diagnostic::without_place(&COLLISION, message),
    };
    let (one, two) = (claim.address.as_str(), other.address.as_str());
    let is_alias = [claim, other].iter().any(|claim| claim.name.starts_with("an alias"));
    diagnostics.push(problem.help(if one != two && one.nfc().eq(two.nfc()) {
        "the two look alike, and write an accent in two ways: rename one of them in other letters"
    } else if is_alias {
        "remove the alias, or write another old address there"
    } else {
        "rename one of the two, or give a page another last part: slug = \"…\""
    }));
}

/// A place for what has no text of its own, such as a picture: the start of its file.
pub(super) fn place_of_file(path: &str) -> Place {
    Place::start_of(&Source::new(path, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(addresses: &[&str], expected: &[&str]) {
        let claims: Vec<Claimant> = addresses
            .iter()
            .map(|text| Claimant { address: Address::new(text), name: format!("`{text}`"), place: None })
            .collect();
        let mut diagnostics = Vec::new();
        collisions(&claims, &mut diagnostics);
        let found: Vec<&str> = diagnostics.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn two_for_one_address_collide() {
        check(&["/", "/a/", "/b/"], &[]);
        check(&["/a/", "/a/"], &["`/a/` and `/a/` both claim the address /a/"]);
        check(&["/Bands/", "/bands/"], &["`/Bands/` and `/bands/` both claim the address /bands/"]);
        check(&["/a/index.html", "/a/"], &["`/a/index.html` and `/a/` both claim the address /a/"]);
        check(
            &["/caf\u{e9}/", "/cafe\u{301}/"],
            &["`/caf\u{e9}/` and `/cafe\u{301}/` both claim the address /cafe\u{301}/"],
        );
        check(&["/caf\u{e9}/", "/cafe/"], &[]);
        check(&["/a", "/a/"], &["`/a` and `/a/` both claim the address /a/"]);
    }
}
