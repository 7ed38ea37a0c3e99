//! Where the records of figures are: on which page, and which figures have one.

use std::collections::HashMap;

use super::outputs::{records_of_row, records_of_set};
use super::{Address, Site};
use crate::data::{Figure, RecordPages};
use crate::work;

impl Site {
    /// The address of the page with a figure's record; `None` where its set has records of quoted figures alone, and nothing quotes
    /// this one.
    pub fn record_page(&self, figure: &Figure) -> Option<Address> {
        match self.set(&figure.set)?.table()?.records {
            RecordPages::Set => Some(records_of_set(&figure.set)),
            // What lies between two rows is said of the first of them.
            RecordPages::Rows => Some(records_of_row(&figure.set, &figure.rows.first()?.id)),
            RecordPages::Quoted => self.is_quoted(figure.record_id()).then(|| records_of_set(&figure.set)),
        }
    }

    /// The figures whose records are on a page, by id.
    pub fn records_at(&self, address: &Address) -> impl Iterator<Item = &Figure> {
        let collect = || {
            let mut all: HashMap<Address, Vec<usize>> = HashMap::new();
            for (at, figure) in self.data.figures.iter().enumerate() {
                if let Some(page) = self.record_page(figure) {
                    all.entry(page).or_default().push(at);
                }
            }
            all
        };
        let found = self.records.get_or_init(collect).get(address).map_or(&[][..], Vec::as_slice);
        work::steps(found.len());
        found.iter().filter_map(|at| self.data.figures.at(*at))
    }
}
