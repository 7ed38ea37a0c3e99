//! What a site is published as: every file with its address and what it is made of.
//!
//! Whoever needs an address reads this one list: the check for collisions, links, the sitemap, the record of addresses, building,
//! checking and serving.

use std::sync::Arc;

use super::address::Address;
use super::page::SitePage;
use crate::data::{Contents, Data, DataSet, RecordPages};
use crate::diagnostic::Place;

/// A file that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its address.
    pub address: Address,
    /// What it is.
    pub kind: OutputKind,
}

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
    /// Where the page says so.
    pub place: Place,
}

/// What a file is made of. It depends on nothing else but the templates and what the whole site shares. Numbers are indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// A page.
    Page(usize),
    /// A file that is copied as it is.
    File(usize),
    /// The list of sets with records.
    Sets,
    /// The records of a data set; where each row has a page of its own, the list of these.
    Records(usize),
    /// The records of one row, or of one fact, of a data set.
    Row(usize),
    /// A data set as CSV.
    Csv(usize),
    /// A data set as JSON.
    Json(usize),
    /// What the downloads hold.
    Readme,
    /// `sitemap.xml`
    Sitemap,
    /// `robots.txt`
    Robots,
    /// `.nojekyll`, which is empty.
    NoJekyll,
    /// A page that leads to another one.
    Redirect(usize),
}

impl OutputKind {
    /// Whether it is a page for readers.
    pub const fn is_page(self) -> bool {
        matches!(self, Self::Page(_) | Self::Sets | Self::Records(_) | Self::Row(_))
    }

    /// The data set that it is made of, by its index.
    pub const fn set(self) -> Option<usize> {
        match self {
            Self::Records(set) | Self::Row(set) | Self::Csv(set) | Self::Json(set) => Some(set),
            _ => None,
        }
    }
}

/// All files of a site. The pages come first, so that a page and its file have one index.
pub(super) fn outputs(pages: &[SitePage], files: &[StaticFile], redirects: &[Redirect], data: &Data) -> Vec<Output> {
    let output = |address: &Address, kind| Output { address: address.clone(), kind };
    let pages = pages.iter().enumerate().map(|(at, page)| output(&page.address, OutputKind::Page(at)));
    let files = files.iter().enumerate().map(|(at, file)| output(&file.address, OutputKind::File(at)));
    let redirects = redirects.iter().enumerate().map(|(at, redirect)| output(&redirect.from, OutputKind::Redirect(at)));
    let own = [
        ("/sitemap.xml", OutputKind::Sitemap),
        ("/robots.txt", OutputKind::Robots),
        ("/.nojekyll", OutputKind::NoJekyll),
    ];
    let own = own.map(|(address, kind)| output(&Address::new(address), kind));
    pages.chain(files).chain(outputs_of_data(data)).chain(own).chain(redirects).collect()
}

/// The files that are made of data alone.
pub fn outputs_of_data(data: &Data) -> Vec<Output> {
    let mut all = Vec::new();
    let mut add = |address: Address, kind| all.push(Output { address, kind });
    if !data.figures.is_empty() {
        add(Address::new("/figures/"), OutputKind::Sets);
    }
    for (at, set) in data.sets.iter().enumerate() {
        if set.holds_figures() {
            add(records_of_set(&set.name), OutputKind::Records(at));
        }
        for page in record_pages_of_rows(set) {
            add(page, OutputKind::Row(at));
        }
        add(Address::new(&format!("/data/{}.csv", set.name)), OutputKind::Csv(at));
        add(Address::new(&format!("/data/{}.json", set.name)), OutputKind::Json(at));
    }
    if !data.sets.is_empty() {
        add(Address::new("/data/README.txt"), OutputKind::Readme);
    }
    all
}

/// The pages of records of a set's rows, or of its facts; none where the set has one page for all.
pub fn record_pages_of_rows(set: &DataSet) -> impl Iterator<Item = Address> {
    let ids: Vec<&str> = match &set.contents {
        Contents::Table(table) | Contents::Facts(table) if table.records != RecordPages::Rows => Vec::new(),
        Contents::Table(table) if set.holds_figures() => table.rows.iter().map(|row| &*row.id).collect(),
        Contents::Facts(table) => {
            table.columns.iter().filter(|column| column.makes_figures()).map(|column| &*column.id).collect()
        }
        _ => Vec::new(),
    };
    ids.into_iter().map(|id| records_of_row(&set.name, id))
}

/// The address of a set's page of records, which each set with figures has.
pub fn records_of_set(set: &str) -> Address {
    Address::new(&format!("/figures/{set}/"))
}

/// The address of the records of a row, or of a fact.
pub(super) fn records_of_row(set: &str, row: &str) -> Address {
    Address::new(&format!("/figures/{set}/{row}/"))
}
