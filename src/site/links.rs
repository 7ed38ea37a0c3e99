//! Where links lead: a target as written, held against the pages and files that exist.

use super::address::{Address, encode_typed};
use super::{OutputKind, Site, StaticFile};
use crate::content::Target;

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

    fn resolve_address<'a>(&'a self, path: &'a str, fragment: Option<&'a str>) -> Result<Destination<'a>, Unresolved> {
        let slashed = Address::new(&if path.ends_with('/') { path.to_owned() } else { format!("{path}/") });
        let found = [&slashed, &Address::new(path)].into_iter().find_map(|address| self.output_at(address));
        match found.map(|output| (output.kind, &output.address)) {
            Some((OutputKind::Page(page), _)) => Ok(Destination::Page(page, fragment)),
            Some((OutputKind::File(at), _)) => Ok(Destination::File(&self.files[at], fragment)),
            Some((kind, address)) if !matches!(kind, OutputKind::Redirect(_)) => {
                Ok(Destination::Generated(address.clone(), fragment))
            }
            _ if self.is_unread_address(&slashed) => Err(Unresolved::Reported),
            _ => Err(Unresolved::Address),
        }
    }
}
