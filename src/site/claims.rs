//! Who claims which address. Two for one is an error.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::address::Address;
use super::{Output, OutputKind, Site, alias};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source};

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
pub(super) fn collisions(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let files: Vec<String> = site.outputs.iter().map(|output| on_disk(&output.address)).collect();
    for (other, at) in clashes(&files) {
        diagnostics.push(collision(site, &site.outputs[other], &site.outputs[at]));
    }
}

/// The paths that are another's, or for which another would have to be a folder: the index of the other, and their own.
fn clashes(files: &[String]) -> Vec<(usize, usize)> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut found = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let other = *first.entry(file).or_insert(at);
        found.extend((other != at).then_some((other, at)));
    }
    for (at, file) in files.iter().enumerate() {
        let folders = file.match_indices('/').filter_map(|(end, _)| first.get(&file[..end]));
        found.extend(folders.map(|other| (*other, at)));
    }
    found
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

/// What claims an address, for messages, and where it says so.
fn claimant(site: &Site, output: &Output) -> (String, Option<Place>) {
    match output.kind {
        OutputKind::Page(at) => {
            let page = &site.pages[at];
            let place = match &page.page.front.slug {
                Some(slug) => slug.place.clone(),
                None => Place::start_of(&page.page.source),
            };
            (format!("the page `content/{}`", page.file), Some(place))
        }
        OutputKind::File(at) => {
            let path = &site.files[at].path;
            (format!("the file `{path}`"), Some(place_of_file(path)))
        }
        OutputKind::Redirect(at) => {
            let redirect = &site.redirects[at];
            let name = format!("an alias of `content/{}`", site.pages[redirect.page].file);
            (name, Some(redirect.place.clone()))
        }
        _ => (format!("what the generator writes to `{}`", output.address.file()), None),
    }
}

fn collision(site: &Site, other: &Output, output: &Output) -> Diagnostic {
    let [(other_name, other_place), (name, place)] = [other, output].map(|output| claimant(site, output));
    let message = format!("{other_name} and {name} both claim the address {}", output.address);
    let problem = match (place, other_place) {
        (Some(place), Some(also)) => Diagnostic::new(&COLLISION, &place, message).label(&also, "the other one"),
        (Some(place), None) | (None, Some(place)) => Diagnostic::new(&COLLISION, &place, message),
        (None, None) => Diagnostic::without_place(&COLLISION, message),
    };
    let (one, two) = (output.address.as_str(), other.address.as_str());
    let is_alias = [output, other].iter().any(|output| matches!(output.kind, OutputKind::Redirect(_)));
    problem.help(if one != two && one.nfc().eq(two.nfc()) {
        "the two look alike, and write an accent in two ways: rename one of them in other letters"
    } else if is_alias {
        "remove the alias, or write another old address there"
    } else {
        "rename one of the two, or give a page another last part: slug = \"…\""
    })
}

/// A place for what has no text of its own, such as a picture: the start of its file.
pub(super) fn place_of_file(path: &str) -> Place {
    Place::start_of(&Source::new(path, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(addresses: &[&str], expected: &[(usize, usize)]) {
        let files: Vec<String> = addresses.iter().map(|text| on_disk(&Address::new(text))).collect();
        assert_eq!(clashes(&files), expected, "{addresses:?}");
    }

    #[test]
    fn two_for_one_address_collide() {
        check(&["/", "/a/", "/b/"], &[]);
        check(&["/a/", "/a/"], &[(0, 1)]);
        check(&["/Bands/", "/bands/"], &[(0, 1)]);
        check(&["/a/index.html", "/a/"], &[(0, 1)]);
        check(&["/caf\u{e9}/", "/cafe\u{301}/"], &[(0, 1)]);
        check(&["/caf\u{e9}/", "/cafe/"], &[]);
        check(&["/a", "/b/", "/a/"], &[(0, 2)]);
    }
}
