//! Where links lead: a target as written, held against the pages and files that exist.

use super::address::{Address, encode_typed};
use super::{Site, StaticFile};
use crate::content::Target;
use crate::data::Data;

/// Where a link leads.
#[derive(Clone, Debug)]
pub enum Destination<'a> {
    /// A page, and a heading on it.
    Page(usize, Option<&'a str>),
    /// A heading of the same page.
    Here(&'a str),
    /// A copied file, and what follows its `#`, such as `page=3` of a PDF.
    File(&'a StaticFile, Option<&'a str>),
    /// What the generator adds, such as `/figures/bands/`.
    Generated(Address, Option<&'a str>),
    /// Another site.
    External(&'a str),
}

/// Why a target leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// There is no such page.
    Page,
    /// There is no such file.
    File,
    /// There is nothing at the address.
    Address,
    /// It was reported when its page, or the page that it leads to, was read.
    Reported,
}

impl Site {
    /// Where a target leads.
    pub fn resolve<'a>(&'a self, target: &'a Target) -> Result<Destination<'a>, Unresolved> {
        match target {
            Target::Page { path, .. } if self.unread(path).is_some() => Err(Unresolved::Reported),
            Target::Page { path, fragment } => {
                self.page_of_file(path).map(|page| Destination::Page(page, fragment.as_deref())).ok_or(Unresolved::Page)
            }
            Target::File { path, fragment } => self
                .file_at(&Address::new(path))
                .map(|file| Destination::File(file, fragment.as_deref()))
                .ok_or(Unresolved::File),
            Target::Fragment(id) => Ok(Destination::Here(id)),
            Target::Address { path, fragment } => self.resolve_address(path, fragment.as_deref()),
            Target::External(address) => Ok(Destination::External(address)),
            Target::Broken => Err(Unresolved::Reported),
        }
    }

    /// The address that is published for a link or a picture. Where the site has nothing at its target, which the site or the
    /// author has accepted by then, it is what was typed.
    pub fn href(&self, target: &Target, typed: &str) -> String {
        let base = &self.base;
        match self.resolve(target) {
            Ok(Destination::Page(page, fragment)) => base.href_with(&self.pages[page].address, fragment),
            Ok(Destination::Here(fragment)) => format!("#{fragment}"),
            Ok(Destination::File(file, fragment)) => base.href_with(&file.address, fragment),
            Ok(Destination::Generated(address, fragment)) => base.href_with(&address, fragment),
            Ok(Destination::External(address)) => address.to_owned(),
            Err(_) => encode_typed(typed),
        }
    }

    /// Addresses of what the generator adds: records of figures and files for download.
    pub fn generated_addresses(&self) -> Vec<Address> {
        generated_addresses(&self.data)
    }

    fn resolve_address<'a>(&'a self, path: &'a str, fragment: Option<&'a str>) -> Result<Destination<'a>, Unresolved> {
        let slashed = Address::new(&if path.ends_with('/') { path.to_owned() } else { format!("{path}/") });
        if let Some(page) = self.page_at(&slashed).or_else(|| self.page_at(&Address::new(path))) {
            return Ok(Destination::Page(page, fragment));
        }
        let exact = Address::new(path);
        if let Some(file) = self.file_at(&exact) {
            return Ok(Destination::File(file, fragment));
        }
        match [&exact, &slashed].into_iter().find(|address| self.index.generated.contains(address)) {
            Some(address) => Ok(Destination::Generated(address.clone(), fragment)),
            None if self.is_unread_address(&slashed) => Err(Unresolved::Reported),
            None => Err(Unresolved::Address),
        }
    }
}

/// Addresses of what the generator adds for data.
pub(super) fn generated_addresses(data: &Data) -> Vec<Address> {
    let mut addresses = Vec::new();
    if !data.figures.is_empty() {
        addresses.push(Address::new("/figures/"));
    }
    for set in &data.sets {
        if set.holds_figures() {
            addresses.push(Address::new(&format!("/figures/{}/", set.name)));
        }
        addresses.push(Address::new(&format!("/data/{}.csv", set.name)));
        addresses.push(Address::new(&format!("/data/{}.json", set.name)));
    }
    if !data.sets.is_empty() {
        addresses.push(Address::new("/data/README.txt"));
    }
    addresses
}
