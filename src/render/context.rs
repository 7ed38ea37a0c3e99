//! What rendering needs besides the site: the engine, the words of numbers, and what is rendered once and shared.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, RwLock};

use super::engine::Engine;
use super::views::SiteView;
use crate::data::notation::Words;
use crate::diagnostic::Diagnostic;
use crate::site::{Address, Site};

/// A figure's id, its text, and whether its badge was spelled out before.
type Shown = (Arc<str>, String, bool);

/// Renders the pages of one site. Every method is pure: the same site gives the same bytes, in any order, on any thread.
pub struct Renderer<'a> {
    pub(super) site: &'a Site,
    pub(super) engine: Engine,
    pub(super) words: Words,
    /// Rendered sidebars by the branch that they open.
    pub(super) sidebars: RwLock<HashMap<Vec<u32>, Arc<str>>>,
    /// Rendered figures by id, text, and whether their badge was spelled out before.
    pub(super) figures: RwLock<HashMap<Shown, Arc<str>>>,
    /// Where each page stands in the navigation: section, then the index at each depth.
    pub(super) positions: HashMap<usize, Vec<u32>>,
    /// Ids of the figures that each page shows, each once.
    pub(super) shown: Vec<Vec<&'a str>>,
    /// Conflicts by the figures that they name: id of the figure, set and index of the conflict.
    pub(super) conflicts: BTreeMap<String, Vec<(usize, usize)>>,
}

/// Addresses of the assets, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet.
    pub stylesheet: Option<Address>,
    /// The script.
    pub script: Option<Address>,
    /// The icon.
    pub icon: Option<Address>,
    /// The font to load first.
    pub font: Option<Address>,
}

impl<'a> Renderer<'a> {
    /// Makes the engine ready for a site.
    pub fn new(site: &'a Site, mut engine: Engine, assets: &Assets) -> Self {
        engine.share("site", &site_view(site, assets));
        let labels: BTreeMap<&str, &str> = site.config.labels.iter().collect();
        engine.share("labels", &labels);
        Self {
            site,
            engine,
            words: Words::from(&site.config.labels),
            sidebars: RwLock::default(),
            figures: RwLock::default(),
            positions: super::frame::positions(&site.navigation),
            shown: shown(site),
            conflicts: super::records::conflicts_by_figure(site),
        }
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

fn site_view(site: &Site, assets: &Assets) -> SiteView {
    let href = |address: &Option<Address>| address.as_ref().map(|address| site.base.href(address));
    SiteView {
        title: site.config.title.to_string(),
        description: site.config.description.as_ref().map(super::nodes::plain).unwrap_or_default(),
        language: site.config.language.0.to_string(),
        home: site.base.href(&Address::new("/")),
        address: site.base.absolute(&Address::new("/")),
        base: site.base.path().to_owned(),
        stylesheet: href(&assets.stylesheet).unwrap_or_default(),
        script: href(&assets.script),
        icon: href(&assets.icon).unwrap_or_default(),
        font: href(&assets.font),
        repository: site.config.repository.as_ref().map(|text| text.text.to_string()),
        figures: (!site.data.figures.is_empty()).then(|| site.base.href(&Address::new("/figures/"))),
        extra: super::nodes::extra(site.config.extra.iter().map(|(key, value)| (key.as_str(), value))),
    }
}

fn shown(site: &Site) -> Vec<Vec<&str>> {
    let mut shown = vec![Vec::new(); site.pages.len()];
    for (id, quotes) in site.quotes.iter() {
        let mut last = None;
        for quote in quotes {
            if last != Some(quote.page) {
                shown[quote.page].push(id);
                last = Some(quote.page);
            }
        }
    }
    shown
}
