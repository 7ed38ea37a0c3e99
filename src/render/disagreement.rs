//! What does not agree about figures: the conflicts that name one, and the line that says what a block's asterisks stand for.

use std::collections::BTreeMap;

use super::Renderer;
use super::nodes::{Scope, as_typed, plain};
use super::views::{DisagreementView, DisagreementsView, LinkView};
use crate::data::{Amount, Contents, Figure};
use crate::site::Site;

/// Conflicts by the figures that they name, as set and entry.
pub(super) fn conflicts_by_figure(site: &Site) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut found: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, set) in site.data.sets.iter().enumerate() {
        let Contents::Conflicts(conflicts) = &set.contents else { continue };
        for (index, conflict) in conflicts.iter().enumerate() {
            for id in &conflict.figures {
                found.entry(id.text.to_string()).or_default().push((at, index));
            }
        }
    }
    found
}

impl Renderer<'_> {
    /// Conflicts that name a figure, or what it is below.
    pub(super) fn conflicts_of(&self, id: &str) -> Vec<LinkView> {
        let ends = id.match_indices('.').map(|(at, _)| at).chain([id.len()]);
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for place in ends.filter_map(|end| self.shared.conflicts.get(&id[..end])).flatten() {
            if !seen.contains(place) {
                seen.push(*place);
            }
        }
        seen.into_iter()
            .filter_map(|(set, index)| match &self.site.data.sets[set].contents {
                Contents::Conflicts(conflicts) => conflicts.get(index),
                _ => None,
            })
            .map(|conflict| {
                let anchor = format!("conflict-{}", conflict.id);
                let page = self.site.register_place(&anchor);
                LinkView {
                    title: plain(&conflict.title),
                    href: page
                        .map(|page| self.site.base.href_with(&self.site.pages[page].address, Some(&anchor)))
                        .unwrap_or_default(),
                }
            })
            .collect()
    }

    /// Each conflict that names a figure of a block, once, with the rows that it concerns; or the block above that lists
    /// them all, since a list that a page repeats is not read.
    pub(super) fn disagreements<'f>(
        &self,
        block: &str,
        figures: impl Iterator<Item = &'f Figure>,
        scope: &mut Scope<'_>,
    ) -> DisagreementsView {
        let mut found: Vec<(LinkView, Vec<String>)> = Vec::new();
        let mut marked: Vec<String> = Vec::new();
        for figure in figures {
            // What is not stated bears no asterisk.
            let is_marked = figure.amount != Amount::Unstated;
            let codes: Vec<String> =
                figure.rows.iter().filter(|_| is_marked).filter_map(|row| row.code.as_ref()).map(as_typed).collect();
            for conflict in self.conflicts_of(&figure.id) {
                add_new(&mut marked, &codes);
                match found.iter_mut().find(|(known, _)| *known == conflict) {
                    Some((_, rows)) => add_new(rows, &codes),
                    None => found.push((conflict, codes.clone())),
                }
            }
        }
        let entries: Vec<DisagreementView> = found
            .into_iter()
            .map(|(LinkView { title, href }, rows)| {
                let says_it = rows.len() == marked.len() || named_in(&title, &rows);
                let rows = (!says_it && !rows.is_empty()).then(|| rows.join(", "));
                DisagreementView { title, href, rows }
            })
            .collect();
        if entries.is_empty() {
            return DisagreementsView::default();
        }
        let titles: Vec<String> = entries.iter().map(|entry| entry.title.clone()).collect();
        let above = scope.disagreements.iter().find(|(_, known)| titles.iter().all(|title| known.contains(title)));
        if let Some((above, _)) = above {
            return DisagreementsView { entries: Vec::new(), above: Some(above.clone()) };
        }
        scope.disagreements.push((block.to_owned(), titles));
        DisagreementsView { entries, above: None }
    }
}

/// Adds what a list does not hold yet.
fn add_new(list: &mut Vec<String>, more: &[String]) {
    for one in more {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}

/// Whether a title names each of some codes as a word.
pub(super) fn named_in(title: &str, codes: &[String]) -> bool {
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    codes.iter().all(|code| words.contains(&code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn a_title_names_a_code_only_as_a_word() {
        let check = |title, codes: &[&str], expected| {
            let codes: Vec<String> = codes.iter().map(|&code| code.to_owned()).collect();
            assert_eq!(named_in(title, &codes), expected, "{title}");
        };
        check("The top total of L1 exceeds its parts", &["L1"], true);
        check("The top total of L10 exceeds its parts", &["L1"], false);
        check("L1 and L2 share a title", &["L1", "L2"], true);
        check("L1 shares a title", &["L1", "L2"], false);
    }
}
