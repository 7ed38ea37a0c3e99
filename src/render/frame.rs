//! The sidebar: rendered once a branch, and shared by the pages of that branch.

use std::sync::Arc;

use super::Renderer;
use super::text::as_typed;
use super::views::{NavPageView, NavSectionView};
use crate::diagnostic::Diagnostic;
use crate::site::{Navigation, NavigationEntry};

/// The most entries of one list that a sidebar shows; of a longer list it shows the stretch around the page.
const STRETCH: usize = 60;

impl Renderer<'_> {
    /// The sidebar of a page, with the page marked in it; without a page, all branches are closed.
    pub(super) fn sidebar(&self, page: Option<usize>) -> Result<String, Diagnostic> {
        let position = page.and_then(|page| self.shared.positions.get(&page)).map_or(&[][..], Vec::as_slice);
        let key = branch(&self.site.navigation, position);
        let cached = self.shared.sidebars.read().ok().and_then(|cache| cache.get(&key).cloned());
        let html = match cached {
            Some(html) => html,
            None => {
                let html: Arc<str> =
                    self.engine.render("components/nav.html", "sections", &self.sections(position))?.into();
                if let Ok(mut cache) = self.shared.sidebars.write() {
                    cache.insert(key, Arc::clone(&html));
                }
                html
            }
        };
        let Some(page) = page else { return Ok(html.to_string()) };
        // The component is the same for every page of the branch; only this attribute tells the pages apart.
        let link = format!("href=\"{}\"", self.site.base.href(&self.site.pages[page].address));
        Ok(match html.find(&link) {
            Some(at) => {
                let end = at + link.len();
                let mut marked = String::with_capacity(html.len() + 20);
                marked.push_str(&html[..end]);
                marked.push_str(" aria-current=\"page\"");
                marked.push_str(&html[end..]);
                marked
            }
            None => html.to_string(),
        })
    }

    fn sections(&self, position: &[u32]) -> Vec<NavSectionView> {
        let sections = self.site.navigation.sections.iter().enumerate();
        sections
            .map(|(at, section)| {
                let here = position.first().is_some_and(|first| *first as usize == at);
                NavSectionView {
                    title: section.title.as_ref().map(as_typed),
                    pages: self.entries(&section.entries, if here { &position[1..] } else { &[] }),
                }
            })
            .collect()
    }

    fn entries(&self, entries: &[NavigationEntry], position: &[u32]) -> Vec<NavPageView> {
        let here = position.first().map(|at| *at as usize);
        let (start, end) = stretch(entries.len(), here);
        entries[start..end]
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                let page = &self.site.pages[entry.page];
                NavPageView {
                    title: page.title.clone(),
                    href: self.site.base.href(&page.address),
                    children: match here {
                        Some(here) if here == start + at => self.entries(&entry.children, &position[1..]),
                        _ => Vec::new(),
                    },
                }
            })
            .collect()
    }
}

/// What distinguishes a page's sidebar from others: the section, the stretch of each list, and the branches opened.
fn branch(navigation: &Navigation, position: &[u32]) -> Vec<u32> {
    let Some((section, rest)) = position.split_first() else { return Vec::new() };
    let mut key = vec![*section];
    let mut entries = navigation.sections.get(*section as usize).map_or(&[][..], |section| &section.entries);
    for at in rest {
        key.push(stretch(entries.len(), Some(*at as usize)).0 as u32);
        let Some(entry) = entries.get(*at as usize) else { break };
        if entry.children.is_empty() {
            break;
        }
        key.push(*at);
        entries = &entry.children;
    }
    key
}

/// The stretch of a list of `len` entries that shows around an index.
fn stretch(len: usize, here: Option<usize>) -> (usize, usize) {
    if len <= STRETCH {
        return (0, len);
    }
    let start = here.unwrap_or(0) / STRETCH * STRETCH;
    (start.min(len), (start + STRETCH).min(len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_shows_the_stretch_around_the_page() {
        for (len, here, expected) in [
            (3, None, (0, 3)),
            (60, Some(59), (0, 60)),
            (61, Some(0), (0, 60)),
            (61, Some(60), (60, 61)),
            (1000, Some(130), (120, 180)),
            (1000, None, (0, 60)),
        ] {
            assert_eq!(stretch(len, here), expected);
        }
    }
}
