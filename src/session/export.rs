//! Files for download: every data set as CSV and as JSON, and a README beside them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::data::DataSet;
use crate::render::{Export, Renderer};
use crate::site::{Address, guarded};

/// What the columns mean, and what there is.
pub(super) fn readme(renderer: &Renderer<'_>) -> Vec<u8> {
    let site = renderer.site();
    let mut text = format!("{}\n{}\n\n", one_line(&site.config.title), site.base.absolute(&Address::new("/")));
    for set in &site.data.sets {
        let export = renderer.export(set);
        text.push_str(&format!("{}.csv, {}.json: {}\n", set.name, set.name, one_line(&export.title)));
        text.push_str(&format!("    {}\n", export.columns.join(", ")));
    }
    text.push_str(
        "\nOne row a figure, or a row of text. `id` is the figure's permanent id, `record` the address of its record.\n\
         `value`, or `low` and `high`, are plain numbers in `unit`; they are empty where the source does not say.\n\
         `text` is the value as people read it, with what the source says of it, such as \"about\" or \"over\".\n\
         `calculated` is true for what this site works out from other figures.\n\
         What a spreadsheet would take for a formula, such as =, +, - or @ at the start of a text, has an apostrophe before it.\n",
    );
    text.into_bytes()
}

/// A text of which no line may be taken for another's.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A set as CSV.
pub(super) fn csv(export: Export<'_>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory can't fail, and every row has as many cells as there are columns.
    let _ = writer.write_record(export.columns.iter().map(|name| guarded(name).into_owned()));
    for row in export.rows {
        let _ = writer.write_record(row.into_iter().map(|cell| match cell {
            Value::String(text) => guarded(&text).into_owned(),
            Value::Null => String::new(),
            other => other.to_string(),
        }));
    }
    writer.into_inner().unwrap_or_default()
}

/// A set as JSON.
pub(super) fn json(set: &DataSet, export: Export<'_>) -> Vec<u8> {
    let Export { title, note, columns, rows } = export;
    let rows = RowsOfJson { columns, rows: RefCell::new(rows) };
    let whole = SetOfJson { note, rows, set: &set.name, title };
    let mut bytes = serde_json::to_vec_pretty(&whole).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A set, with its keys in order.
#[derive(Serialize)]
struct SetOfJson<'a> {
    note: Option<String>,
    rows: RowsOfJson<'a>,
    set: &'a str,
    title: String,
}

/// Rows that are made while they are written, since a set may have very many.
struct RowsOfJson<'a> {
    columns: Vec<String>,
    rows: RefCell<Box<dyn Iterator<Item = Vec<Value>> + 'a>>,
}

impl Serialize for RowsOfJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = |row: Vec<Value>| -> BTreeMap<&str, Value> {
            self.columns.iter().map(String::as_str).zip(row).filter(|(_, cell)| !cell.is_null()).collect()
        };
        serializer.collect_seq(self.rows.borrow_mut().by_ref().map(row))
    }
}
