//! The record of what was published, which only `fix` writes: addresses and anchors that links from elsewhere may hold.

use std::collections::BTreeSet;

use super::file::FixedFile;
use crate::check;
use crate::site::Site;

const PATH: &str = "content/addresses.lock";

/// The record with what the site has now beside all that it had; nothing where it holds that already. What is gone stays
/// in it, since it is reported from there until an author removes the line.
pub(super) fn lock(site: &Site) -> Option<FixedFile> {
    let fresh = check::lock_text(site);
    let kept = site.lock.as_ref().map_or("", |lock| lock.text());
    let entries = |text| -> BTreeSet<String> { lines(text).filter(|line| !line.starts_with('#')).collect() };
    let (known, mut all) = (entries(kept), entries(&fresh));
    all.extend(known.iter().cloned());
    if site.lock.is_some() && all == known {
        return None;
    }
    let opening = lines(&fresh).filter(|line| line.starts_with('#'));
    let text: String = opening.chain(all).map(|line| format!("{line}\n")).collect();
    FixedFile::whole(PATH, site.lock.clone(), text)
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty())
}
