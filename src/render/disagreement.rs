//! What does not agree about figures: the conflicts that name one, and the line that says what a block's asterisks stand for.

use std::collections::{HashMap, HashSet};

use super::Renderer;
use super::nodes::{Scope, plain};
use super::views::{DisagreementView, DisagreementsView, LinkView};
use crate::data::{Amount, Contents, Figure};

impl Renderer<'_> {
    /// Conflicts that name a figure, or what it is below.
    pub(super) fn conflicts_of(&self, id: &str) -> Vec<LinkView> {
        let mut seen: HashSet<(usize, usize)> = HashSet::new();
        let found: Vec<(usize, usize)> = self.site.conflicts(id).filter(|place| seen.insert(*place)).collect();
        found
            .into_iter()
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
        let mut found: Vec<(LinkView, Rows)> = Vec::new();
        let mut by_title: HashMap<(String, String), usize> = HashMap::new();
        let mut marked = Rows::default();
        for figure in figures {
            // What is not stated bears no asterisk.
            let is_marked = figure.amount != Amount::Unstated;
            let codes: Vec<String> =
                figure.rows.iter().filter(|_| is_marked).filter_map(|row| row.code.as_ref()).map(plain).collect();
            for conflict in self.conflicts_of(&figure.id) {
                marked.add(&codes);
                let at = *by_title.entry((conflict.title.clone(), conflict.href.clone())).or_insert(found.len());
                if at == found.len() {
                    found.push((conflict, Rows::default()));
                }
                found[at].1.add(&codes);
            }
        }
        let entries: Vec<DisagreementView> = found
            .into_iter()
            .map(|(LinkView { title, href }, rows)| {
                let rows = rows.codes;
                let says_it = rows.len() == marked.codes.len() || named_in(&title, &rows);
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

/// The codes of rows, each once.
#[derive(Default)]
struct Rows {
    codes: Vec<String>,
    known: HashSet<String>,
}

impl Rows {
    fn add(&mut self, codes: &[String]) {
        self.codes.extend(codes.iter().filter(|code| self.known.insert((*code).clone())).cloned());
    }
}

/// Whether a title names each of some codes as a word.
pub(super) fn named_in(title: &str, codes: &[String]) -> bool {
    let words: HashSet<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    codes.iter().all(|code| words.contains(code.as_str()))
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
