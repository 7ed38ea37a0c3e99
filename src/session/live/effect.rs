//! What an edit changes, and what has to be checked again because of it.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Changes, Effect, Linkers, Live};
use crate::check;
use crate::content::{self, Node};
use crate::data::{Contents, Data, DataSet, RecordPages};
use crate::diagnostic::Diagnostic;
use crate::session::parts::{self, DataPart, PagePart};
use crate::site::{Destination, OutputKind, Site, SitePage, outputs_of_data, page_anchors, texts_of, visit_page};

impl Live {
    /// Reads the files that may have changed.
    pub(super) fn effect(&self, changes: &Changes) -> Effect {
        let tree = &self.parts.tree;
        let touched = |entries: &[crate::input::Entry]| entries.iter().any(|entry| changes.touches(&entry.path));
        let pages = self.changed_pages(changes);
        let data = match touched(&tree.data) {
            true => Some(parts::data(&self.root, tree)).filter(|data| !same_texts(data, &self.parts.data)),
            false => None,
        };
        let single = tree.config.iter().chain(&tree.lock).any(|entry| changes.touches(&entry.path));
        let whole = single || [&tree.templates, &tree.statics, &tree.files].into_iter().any(|list| touched(list));
        let moves = pages.iter().any(|(at, page)| !self.stays(*at, page));
        let reshaped = data.as_ref().is_some_and(|data| !self.keeps_shape(data));
        if whole || moves || reshaped {
            return Effect::Anything;
        }
        match data {
            Some(data) => Effect::Data(Box::new(data), pages),
            None if pages.is_empty() => Effect::Nothing,
            None => Effect::Pages(pages),
        }
    }

    /// Pages whose text is another than it was.
    fn changed_pages(&self, changes: &Changes) -> Vec<(usize, PagePart)> {
        let tree = &self.parts.tree;
        let options = self.parts.options();
        let listed: Vec<usize> = match changes.only() {
            Some(paths) => {
                let mut listed = Vec::new();
                for path in paths {
                    match tree.pages.binary_search_by(|entry| entry.path.as_ref().cmp(path)) {
                        Ok(at) => listed.push(at),
                        Err(_) => {
                            let inside = format!("{path}/");
                            let start = tree.pages.partition_point(|entry| *entry.path < *inside);
                            let rest = tree.pages[start..].iter();
                            listed.extend(
                                (start..)
                                    .zip(rest)
                                    .take_while(|(_, page)| page.path.starts_with(&inside))
                                    .map(|(at, _)| at),
                            );
                        }
                    }
                }
                listed
            }
            None => (0..tree.pages.len()).collect(),
        };
        let read = listed.into_par_iter().filter_map(|at| {
            let page = parts::page(&self.root, &tree.pages[at], options);
            let same = match (&page.value, &self.parts.pages[at].value) {
                (Ok(new), Ok(old)) => new.page.source.text() == old.page.source.text(),
                _ => false,
            };
            (!same).then_some((at, page))
        });
        read.collect()
    }

    /// Whether a page written anew has the address, the aliases and the place among its neighbors that it had.
    fn stays(&self, at: usize, new: &PagePart) -> bool {
        let (Ok(new), Ok(old)) = (&new.value, &self.parts.pages[at].value) else { return false };
        let aliases = |front: &content::FrontMatter| -> Vec<(Arc<str>, Option<Arc<str>>)> {
            let text = |text: &crate::document::Text| Arc::from(&*text.text);
            front.aliases.iter().map(|alias| (text(&alias.from), alias.to.as_ref().map(text))).collect()
        };
        let (new, old) = (&new.page.front, &old.page.front);
        let is_shown = !new.draft || self.options.drafts;
        is_shown
            && new.draft == old.draft
            && new.weight == old.weight
            && new.slug.as_ref().map(|slug| &*slug.text) == old.slug.as_ref().map(|slug| &*slug.text)
            && aliases(new) == aliases(old)
            // What is said of addresses names places in pages, which may have moved.
            && self.found.site.is_empty()
    }

    /// Whether other data has the sets, the kinds and the ids that there were, and neither they nor these have a problem.
    fn keeps_shape(&self, data: &DataPart) -> bool {
        let (new, old) = (&data.value.0, &self.parts.data.value.0);
        let kind = |contents: &Contents| std::mem::discriminant(contents);
        data.problems.is_empty()
            && self.parts.data.problems.is_empty()
            && new.sets.len() == old.sets.len()
            && new.sets.iter().zip(&old.sets).all(|(new, old)| {
                let is_same = new.is_of_same_texts(old);
                new.name == old.name
                    && kind(&new.contents) == kind(&old.contents)
                    && (is_same || !matches!(new.contents, Contents::Terms(_)))
            })
            && new.figures.iter().map(|figure| &figure.id).eq(old.figures.iter().map(|figure| &figure.id))
            && outputs_of_data(new) == outputs_of_data(old)
    }

    /// Pages were written anew, and nothing else has changed.
    pub(super) fn rewrite(&mut self, pages: Vec<(usize, PagePart)>) {
        let (rewritten, _) = self.rewritten(pages, &Arc::clone(&self.site.data));
        let (mut checked, has_other_titles) = self.touched_by(&rewritten);
        checked.extend(rewritten.iter().map(|(at, _)| *at));
        self.unproven.extend(rewritten.iter().map(|(at, _)| *at));
        self.note_links(&rewritten);
        let quotes = |(at, page): &(usize, SitePage)| self.site.pages[*at].quotes != page.quotes;
        let is_quoted_otherwise = rewritten.iter().any(quotes);
        let site = Arc::new(self.site.with_pages(rewritten));
        let before = std::mem::replace(&mut self.site, site);
        self.doubt_records(|set| is_quoted_otherwise && holds_quoted(set));
        // A figure's card may lead to where a conflict is listed.
        if !self.site.lists_as(&before) {
            self.shared = Arc::new(self.shared.with_other_data(&self.site));
        }
        if has_other_titles {
            self.shared = Arc::new(self.shared.with_other_titles());
        }
        self.check_again(&checked);
    }

    /// Values of data have changed, and maybe pages too.
    pub(super) fn exchange_data(&mut self, data: DataPart, pages: Vec<(usize, PagePart)>) {
        let new = Arc::clone(&data.value.0);
        let mut affected = self.showing_what_changed(&new);
        let (mut rewritten, edited) = self.rewritten(pages, &new);
        affected.retain(|at| !edited.contains(at));
        let found = &mut self.found.pages;
        let resolved = affected.iter().map(|at| {
            let page = &self.site.pages[*at];
            let mut problems = Vec::new();
            let page = page.rewritten(Arc::clone(&page.page), &new, self.parts.history(), &mut problems);
            found[*at] = problems;
            (*at, page)
        });
        rewritten.extend(resolved);
        let (mut checked, has_other_titles) = self.touched_by(&rewritten);
        checked.extend(rewritten.iter().map(|(at, _)| *at));
        self.unproven.extend(rewritten.iter().map(|(at, _)| *at));
        self.note_links(&rewritten);
        let mut problems = Vec::new();
        let texts = texts_of(&new, &mut problems);
        self.found.texts = problems;
        self.parts.data = data;
        let site = Arc::new(self.site.with_data(new, texts, rewritten));
        let before = std::mem::replace(&mut self.site, site);
        let is_same = |set: &DataSet| before.set(&set.name).is_some_and(|before| set.is_of_same_texts(before));
        self.doubt_records(|set| !is_same(set) || holds_quoted(set));
        self.shared = Arc::new(self.shared.with_other_data(&self.site));
        if has_other_titles {
            self.shared = Arc::new(self.shared.with_other_titles());
        }
        self.check_again(&checked);
    }

    /// Pages of the tree as pages of the site, which their problems are noted of; and which those are.
    fn rewritten(&mut self, pages: Vec<(usize, PagePart)>, data: &Data) -> (Vec<(usize, SitePage)>, BTreeSet<usize>) {
        let mut rewritten = Vec::with_capacity(pages.len());
        for (in_tree, part) in pages {
            if let Ok(file) = &part.value
                && let Some(at) = self.site.page_of_file(&file.file)
            {
                let mut problems = Vec::new();
                let page =
                    self.site.pages[at].rewritten(Arc::clone(&file.page), data, self.parts.history(), &mut problems);
                self.found.pages[at] = problems;
                rewritten.push((at, page));
            }
            self.parts.pages[in_tree] = part;
        }
        let edited = rewritten.iter().map(|(at, _)| *at).collect();
        (rewritten, edited)
    }

    /// Other pages that pages written anew may break or mend; and whether titles have changed.
    fn touched_by(&mut self, rewritten: &[(usize, SitePage)]) -> (BTreeSet<usize>, bool) {
        let mut touched = BTreeSet::new();
        let mut has_other_titles = false;
        for (at, new) in rewritten {
            let old = Arc::clone(&self.site.pages[*at]);
            has_other_titles |= old.title != new.title;
            if page_anchors(&old) != page_anchors(new) {
                let site = &self.site;
                let linkers = self.linkers.get_or_insert_with(|| linkers(site));
                touched.extend(linkers[*at].iter().map(|page| *page as usize));
            }
        }
        (touched, has_other_titles)
    }

    /// Has the pages of records of some sets made again, which may be too large now, and those that could not be made before.
    fn doubt_records(&mut self, is_doubtful: impl Fn(&DataSet) -> bool) {
        for (at, output) in self.site.outputs.iter().enumerate() {
            let Some(set) = output.kind.set().map(|set| &self.site.data.sets[set]) else { continue };
            let had_failed = self.found.made.remove(&at).is_some();
            if had_failed || matches!(output.kind, OutputKind::Records(_)) && is_doubtful(set) {
                self.unproven.push(at);
            }
        }
    }

    /// Keeps the list of who links to whom whole; links that are gone may stay in it.
    fn note_links(&mut self, rewritten: &[(usize, SitePage)]) {
        let Some(linkers) = &mut self.linkers else { return };
        for (at, page) in rewritten {
            for target in targets(&self.site, page) {
                if !linkers[target].contains(&(*at as u32)) {
                    linkers[target].push(*at as u32);
                }
            }
        }
    }

    fn check_again(&mut self, pages: &BTreeSet<usize>) {
        let site = &self.site;
        let checked: Vec<(usize, Vec<Diagnostic>)> =
            pages.par_iter().map(|page| (*page, check::run_page(site, *page))).collect();
        for (page, problems) in checked {
            self.found.rules[page] = problems;
            self.found.made.remove(&page);
        }
        self.found.whole = check::run_whole(&self.site);
        self.conclude();
    }

    /// Pages that show a figure or a set which reads otherwise now, and those of which something was wrong.
    fn showing_what_changed(&self, new: &Data) -> BTreeSet<usize> {
        let old = &self.site.data;
        let is_other: Vec<bool> =
            new.figures.iter().zip(old.figures.iter()).map(|(new, old)| !new.reads_as(old)).collect();
        let mut sets: HashSet<&str> = HashSet::new();
        sets.extend(
            new.sets.iter().zip(&old.sets).filter(|(new, old)| !new.is_of_same_texts(old)).map(|(new, _)| &*new.name),
        );
        sets.extend(
            new.figures.iter().zip(&is_other).filter(|(_, is_other)| **is_other).map(|(figure, _)| &*figure.set),
        );
        let is_touched = |(at, page): (usize, &Arc<SitePage>)| {
            let shows = page.quotes.iter().any(|quote| is_other[quote.figure as usize]);
            let names = || page.blocks.iter().any(|(_, block)| block.set().is_some_and(|set| sets.contains(set)));
            let faulty = || !self.found.pages[at].is_empty() || !self.found.rules[at].is_empty();
            (shows || names() || faulty()).then_some(at)
        };
        self.site.pages.iter().enumerate().filter_map(is_touched).collect()
    }
}

/// Whether data were read from the texts that they were read from before. Where something is wrong with either, nobody knows.
fn same_texts(new: &DataPart, old: &DataPart) -> bool {
    let (new_sets, old_sets) = (&new.value.0.sets, &old.value.0.sets);
    let same = |new: &DataSet, old: &DataSet| new.name == old.name && new.is_of_same_texts(old);
    new.problems.is_empty()
        && old.problems.is_empty()
        && new_sets.len() == old_sets.len()
        && new_sets.iter().zip(old_sets).all(|(new, old)| same(new, old))
}

/// Whether only those figures of a set have records that something shows.
fn holds_quoted(set: &DataSet) -> bool {
    set.table().is_some_and(|table| table.records == RecordPages::Quoted)
}

/// The pages that a page links to with a heading.
fn targets(site: &Site, page: &SitePage) -> Vec<usize> {
    let mut found = Vec::new();
    visit_page(&page.page, &mut |node| {
        let Node::Link(link) = node else { return };
        if let Ok(Destination::Page(page, Some(_))) = site.resolve(&link.target) {
            found.push(page);
        }
    });
    found.sort_unstable();
    found.dedup();
    found
}

fn linkers(site: &Site) -> Linkers {
    let targets: Vec<Vec<usize>> = site.pages.par_iter().map(|page| targets(site, page)).collect();
    let mut linkers = vec![Vec::new(); site.pages.len()];
    for (at, targets) in targets.into_iter().enumerate() {
        targets.into_iter().for_each(|target| linkers[target].push(at as u32));
    }
    linkers
}
