//! What rendering needs besides the site: the engine, the words of numbers, and what is rendered once and shared.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

use super::engine::Engine;
use super::text::{as_typed, extra};
use super::views::SiteView;
use crate::data::notation::Words;
use crate::diagnostic::Diagnostic;
use crate::site::{Address, Navigation, NavigationEntry, Site};

/// A figure's id, its text, and whether its badge and that it is calculated were said before.
type Shown = (Arc<str>, String, bool, bool);

/// Renders the pages of one site. Every method is pure: the same site gives the same bytes, in any order, on any thread.
pub struct Renderer<'a> {
    pub(super) site: &'a Site,
    pub(super) engine: &'a Engine,
    pub(super) words: Words,
    pub(super) shared: Arc<Shared>,
}

/// What is worked out once for a site, and shared by all that is rendered of it.
#[derive(Debug)]
pub struct Shared {
    /// Where each page stands in the navigation: section, then the index at each depth.
    pub(super) positions: Arc<HashMap<usize, Vec<u32>>>,
    /// Whether any figure has a badge.
    pub(super) has_badges: bool,
    /// Rendered sidebars by the branch that they open.
    pub(super) sidebars: Arc<RwLock<HashMap<Vec<u32>, Arc<str>>>>,
    /// Rendered figures by id, text, and whether their badge was spelled out before.
    pub(super) figures: Arc<RwLock<HashMap<Shown, Arc<str>>>>,
}

impl Shared {
    /// What a site shares.
    pub fn new(site: &Site) -> Self {
        Self {
            positions: Arc::new(positions(&site.navigation)),
            has_badges: has_badges(site),
            sidebars: Arc::default(),
            figures: Arc::default(),
        }
    }

    /// The same after data have changed, of which no sidebar shows anything.
    #[must_use]
    pub fn with_other_data(&self, site: &Site) -> Self {
        Self {
            positions: Arc::clone(&self.positions),
            has_badges: has_badges(site),
            sidebars: Arc::clone(&self.sidebars),
            figures: Arc::default(),
        }
    }

    /// The same after titles have changed, which sidebars hold, and nothing else has that is shared.
    #[must_use]
    pub fn with_other_titles(&self) -> Self {
        Self {
            positions: Arc::clone(&self.positions),
            has_badges: self.has_badges,
            sidebars: Arc::default(),
            figures: Arc::clone(&self.figures),
        }
    }
}

/// Where each page stands: the section's index, then its index in the list at each depth.
fn positions(navigation: &Navigation) -> HashMap<usize, Vec<u32>> {
    fn walk(entries: &[NavigationEntry], above: &[u32], positions: &mut HashMap<usize, Vec<u32>>) {
        for (at, entry) in entries.iter().enumerate() {
            let mut position = above.to_vec();
            position.push(at as u32);
            walk(&entry.children, &position, positions);
            positions.insert(entry.page, position);
        }
    }
    let mut found = HashMap::new();
    for (at, section) in navigation.sections.iter().enumerate() {
        walk(&section.entries, &[at as u32], &mut found);
    }
    found
}

fn has_badges(site: &Site) -> bool {
    site.data.figures.iter().any(|figure| figure.record.badge.is_some())
}

/// Addresses of the assets, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet.
    pub stylesheet: Option<Address>,
    /// The script.
    pub script: Option<Address>,
    /// The script of pages that have moved.
    pub redirect_script: Option<Address>,
    /// The icon.
    pub icon: Option<Address>,
    /// The font to load first.
    pub font: Option<Address>,
}

impl<'a> Renderer<'a> {
    /// For a site, with an engine that was made ready for it.
    pub fn new(site: &'a Site, engine: &'a Engine, shared: Arc<Shared>) -> Self {
        Self { site, engine, words: Words::from(&site.config.labels), shared }
    }

    /// The site.
    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// What a page needs to say of a problem in a template: the problem, and the page that was being made.
    pub(super) fn while_making(&self, problem: Diagnostic, what: &str) -> Diagnostic {
        let message = format!("{} (while making {what})", problem.message);
        Diagnostic { message, ..problem }
    }
}

impl Engine {
    /// Tells every template what a site says of itself: its settings, its labels and the addresses of its assets.
    #[must_use]
    pub fn for_site(mut self, site: &Site, assets: &Assets) -> Self {
        self.share("site", &site_view(site, assets));
        let labels: BTreeMap<&str, &str> = site.config.labels.iter().collect();
        self.share("labels", &labels);
        self
    }
}

fn site_view(site: &Site, assets: &Assets) -> SiteView {
    let href = |address: &Option<Address>| address.as_ref().map(|address| site.base.href(address));
    SiteView {
        title: site.config.title.to_string(),
        description: site.config.description.as_ref().map(as_typed).unwrap_or_default(),
        language: site.config.language.0.to_string(),
        home: site.base.href(&Address::new("/")),
        address: site.base.absolute(&Address::new("/")),
        base: site.base.path().to_owned(),
        stylesheet: href(&assets.stylesheet).unwrap_or_default(),
        script: href(&assets.script),
        redirect_script: href(&assets.redirect_script),
        icon: href(&assets.icon).unwrap_or_default(),
        font: href(&assets.font),
        repository: site.config.repository.as_ref().map(|text| text.text.to_string()),
        figures: (!site.data.figures.is_empty()).then(|| site.base.href(&Address::new("/figures/"))),
        image_hosts: site.config.image_hosts.clone(),
        extra: extra(site.config.extra.iter().map(|(key, value)| (key.as_str(), value))),
    }
}
