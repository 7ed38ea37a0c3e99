//! The kinds that hold no figures: records, ladders, terms, sources, conflicts, releases.

use std::collections::HashMap;
use std::sync::Arc;

use super::Reader;
use crate::config::BaseUrl;
use crate::data::fields::{CONFLICT_TABLE, SET, SOURCE_TABLE, TERM_TABLE};
use crate::data::set::{
    ConflictEntry, Ladder, RecordColumn, RecordRow, Records, Release, ReleaseChange, Rung, SourceEntry, TermEntry,
};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::document::{self, Entry, Item, Shape, Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&RECORD_CELL, &SEVERITY, &SOURCE_URL, &SELF_CITATION];

static RECORD_CELL: Code = Code {
    name: "record-cell",
    severity: Severity::Error,
    rule: false,
    what: "A row of records lacks a column, has one that isn't declared, or a word that isn't on the column's scale.",
    why: "A blank cell leaves open whether something was forgotten; a word off the scale can't be ordered.",
    example: "[columns.demand]\ntitle = \"Demand\"\nvalues = [\"High\", \"Low\"]\n\n[[row]]\nid = \"a\"\ndemand = \"Hihg\"",
    mend: "Give each row a text for each declared column, from the column's `values` where it has them.",
};
static SEVERITY: Code = Code {
    name: "conflict-severity",
    severity: Severity::Error,
    rule: false,
    what: "A conflict's severity is none of 1, 2 and 3.",
    why: "It decides whether the conflict is shown beside its figures.",
    example: "severity = 5",
    mend: "Write 1 for what must be shown, 2 for what is worth knowing, 3 for what editors note.",
};
static SOURCE_URL: Code = Code {
    name: "source-url",
    severity: Severity::Error,
    rule: false,
    what: "A source's address is not an absolute address of the web.",
    why: "The link on the page would lead nowhere.",
    example: "url = \"example.com/report\"",
    mend: "Write the whole address, `https://example.com/report`, or `\"not given\"`.",
};
static SELF_CITATION: Code = Code {
    name: "self-citation",
    severity: Severity::Error,
    rule: false,
    what: "A source cites itself.",
    why: "Readers see two sources where there is one.",
    example: "[survey]\ntitle = \"A survey\"\ncites = [\"survey\"]",
    mend: "Write the id of the source that it names, or remove the id from `cites`.",
};

impl Reader<'_> {
    pub(super) fn records(&mut self, table: &Table) -> Records {
        let mut seen = HashMap::new();
        let mut columns = Vec::new();
        for entry in table.table("columns").map(|columns| columns.entries.as_slice()).unwrap_or_default() {
            let Some(column) = entry.value.as_table() else { continue };
            if !self.new_id(&entry.key, &entry.key_place(), "column", &mut seen) {
                continue;
            }
            let title = self.text(column, "title").unwrap_or_else(|| key_text(entry));
            columns.push(RecordColumn { id: entry.key.as_str().into(), title, values: column.texts("values") });
        }
        // A column that nobody declares may be one that could not be read.
        let declared = table.table("columns").map_or(0, |columns| columns.entries.len());
        let suspect = table.reported.is_some()
            || table.table("columns").and_then(Table::fault).is_some()
            || columns.len() < declared;
        let mut seen = HashMap::new();
        let rows = table
            .list("row")
            .iter()
            .filter_map(|row| self.record(row.as_table()?, &columns, suspect, &mut seen))
            .collect();
        Records { columns, rows }
    }

    fn record(
        &mut self,
        table: &Table,
        columns: &[RecordColumn],
        suspect: bool,
        seen: &mut HashMap<Arc<str>, Place>,
    ) -> Option<RecordRow> {
        let known: Vec<&str> = columns.iter().map(|column| &*column.id).chain(["id"]).collect();
        let unknown: Vec<&Entry> = table.entries.iter().filter(|entry| !known.contains(&&*entry.key)).collect();
        for entry in &unknown {
            let free: Vec<&str> = known.iter().copied().filter(|name| table.get(name).is_none()).collect();
            let problem = document::unknown_key(entry, &free);
            // A name that no column has is one mistake, in however many rows it stands.
            if nearest(&entry.key, free).is_some() {
                self.push(problem);
            } else if !suspect && self.unknown.insert(entry.key.clone()) {
                self.push(problem.help(format!("remove it, or declare [columns.{}] with a title", entry.key)));
            }
        }
        let id = table.text("id");
        let cells = columns.iter().map(|column| self.record_cell(table, column, id.as_ref(), &unknown)).collect();
        let id = id?;
        self.new_id(&id.text, &id.place, "row", seen).then(|| RecordRow { id: id.text, cells, place: table.place() })
    }

    fn record_cell(
        &mut self,
        table: &Table,
        column: &RecordColumn,
        row: Option<&Text>,
        unknown: &[&Entry],
    ) -> Option<Text> {
        let Some(value) = table.get(&column.id) else {
            let is_mistyped = unknown.iter().any(|entry| nearest(&entry.key, [&*column.id]).is_some());
            if !is_mistyped && table.reported.is_none() {
                let place = row.map_or_else(|| table.place(), |id| id.place.clone());
                let name = row.map_or_else(|| "the row".to_owned(), |id| format!("row `{}`", id.text));
                self.push(
                    Diagnostic::new(&RECORD_CELL, &place, format!("{name} has no `{}`", column.id))
                        .help(format!("add {} = \"…\"", column.id)),
                );
            }
            return None;
        };
        if value.as_str().is_none() {
            self.push(document::wrong_shape(value, &column.id, &Shape::Markdown));
        }
        let text = self.text(table, &column.id)?;
        if !column.values.is_empty() && !column.values.iter().any(|word| word.text == text.text) {
            let words: Vec<&str> = column.values.iter().map(|word| &*word.text).collect();
            let problem = Diagnostic::new(
                &RECORD_CELL,
                &text.place,
                format!("\"{}\" is not on the scale of `{}`", text.text, column.id),
            );
            self.push(match nearest(&text.text, words.iter().copied()) {
                Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                None => problem.help(format!("write one of {}", words.join(", "))),
            });
            return None;
        }
        Some(text)
    }

    pub(super) fn ladder(&mut self, table: &Table) -> Ladder {
        let mut seen = HashMap::new();
        let rungs = table.list("rung").iter().filter_map(Value::as_table);
        let rungs = rungs.filter_map(|rung| self.watch(|reader| reader.rung(rung, &mut seen)).0).collect();
        Ladder { rungs }
    }

    fn rung(&mut self, table: &Table, seen: &mut HashMap<Arc<str>, Place>) -> Option<Rung> {
        let id = table.text("id")?;
        let title = self.text(table, "title");
        self.new_id(&id.text, &id.place, "rung", seen);
        let fault = self.fault.or(table.reported).or_else(|| self.latest.filter(|_| title.is_none()));
        self.lose_row(&id.text, fault);
        Some(Rung {
            id: id.text,
            title: title?,
            track: self.text(table, "track"),
            band: table.text("band"),
            figure: table.text("figure"),
            branch_of: table.text("branch_of"),
            note: self.text(table, "note"),
            place: table.place(),
        })
    }

    pub(super) fn terms(&mut self, table: &Table) -> Vec<TermEntry> {
        let mut seen = std::mem::take(&mut self.gathered.terms);
        let terms = self.entries(table, "term", &TERM_TABLE, &mut seen, |reader, entry, term| {
            Some(TermEntry {
                id: entry.key.as_str().into(),
                term: reader.text(term, "term")?,
                short: reader.text(term, "short"),
                definition: reader.text(term, "definition")?,
                not_to_confuse: reader.text(term, "not_to_confuse"),
                place: entry.key_place(),
            })
        });
        self.gathered.terms = seen;
        terms
    }

    pub(super) fn sources(&mut self, table: &Table) -> Vec<SourceEntry> {
        let mut seen = std::mem::take(&mut self.gathered.sources);
        let sources = self.entries(table, "source", &SOURCE_TABLE, &mut seen, |reader, entry, source| {
            let cites = source.texts("cites");
            reader.diagnostics.extend(document::repeated(source.list("cites"), "cites"));
            for own in cites.iter().filter(|cited| *cited.text == *entry.key) {
                let message = format!("the source `{}` cites itself", entry.key);
                reader.push(
                    Diagnostic::new(&SELF_CITATION, &own.place, message)
                        .help("write the id of the other source that it names, or remove this one"),
                );
            }
            reader.gathered.cited.extend(cites.iter().cloned());
            Some(SourceEntry {
                id: entry.key.as_str().into(),
                title: reader.text(source, "title")?,
                publisher: reader.text(source, "publisher"),
                url: reader.source_url(source),
                kind: reader.text(source, "kind"),
                accessed: reader.date(source, "accessed").map(|(date, _)| date),
                cites,
                promotional: source.boolean("promotional").unwrap_or(false),
                caution: reader.text(source, "caution"),
                place: entry.key_place(),
            })
        });
        self.gathered.sources = seen;
        sources
    }

    /// A source's address, which may have a query and a fragment.
    fn source_url(&mut self, table: &Table) -> Option<Text> {
        let text = self.text(table, "url").filter(|text| &*text.text != "not given")?;
        let address = text.text.split(['?', '#']).next().unwrap_or("");
        if BaseUrl::parse(address).is_err() || text.text.contains(char::is_whitespace) {
            self.remark(
                Diagnostic::new(&SOURCE_URL, &text.place, format!("`url` is no address of the web: \"{}\"", text.text))
                    .help("write it with https:// before it, or \"not given\""),
            );
            return None;
        }
        Some(text)
    }

    pub(super) fn conflicts(&mut self, table: &Table) -> Vec<ConflictEntry> {
        self.entries(table, "conflict", &CONFLICT_TABLE, &mut HashMap::new(), |reader, entry, conflict| {
            reader.diagnostics.extend(document::repeated(conflict.list("figures"), "figures"));
            Some(ConflictEntry {
                id: entry.key.as_str().into(),
                title: reader.text(conflict, "title")?,
                severity: reader.severity(conflict.get("severity")?)?,
                figures: conflict.texts("figures"),
                explanation: reader.text(conflict, "explanation")?,
                decision: reader.text(conflict, "decision"),
                status: conflict.text("status")?,
                place: entry.key_place(),
            })
        })
    }

    fn severity(&mut self, value: &Value) -> Option<u8> {
        let Item::Integer(digits) = &value.item else { return None };
        let severity = digits.parse::<u8>().ok().filter(|severity| (1..=3).contains(severity));
        if severity.is_none() {
            self.push(
                Diagnostic::new(&SEVERITY, &value.place(), format!("there is no severity {digits}"))
                    .help("write 1 (must be shown), 2 (worth knowing) or 3 (for editors)"),
            );
        }
        severity
    }

    pub(super) fn releases(&mut self, table: &Table) -> Vec<Release> {
        let mut seen: HashMap<Arc<str>, Place> = HashMap::new();
        let mut releases = Vec::new();
        for table in table.list("release").iter().filter_map(Value::as_table) {
            let Some(release) = self.release(table) else { continue };
            if let Some(first) = seen.get(&release.version.text) {
                let message = format!("the release `{}` stands twice", release.version.text);
                self.push(
                    Diagnostic::new(&super::id::DUPLICATE_ID, &release.version.place, message)
                        .label(first, "it stands here first")
                        .help("give one of the two another version, or join their changes"),
                );
            }
            seen.insert(Arc::clone(&release.version.text), release.version.place.clone());
            releases.push(release);
        }
        releases
    }

    fn release(&mut self, table: &Table) -> Option<Release> {
        let mut changes = Vec::new();
        for change in table.list("change").iter().filter_map(Value::as_table) {
            let Some(figure) = self.text(change, "figure") else { continue };
            if change.str("was").is_some_and(|was| was.trim().is_empty()) {
                self.text(change, "was");
            }
            if let Some(was) =
                change.get("was").filter(|was| was.as_str().is_some_and(|was| document::number_in(was).is_some()))
            {
                self.number("was", was);
            }
            let (was, reason) = (change.get("was").cloned(), self.text(change, "reason"));
            changes.push(ReleaseChange { figure, was, reason });
        }
        Some(Release {
            version: self.text(table, "version")?,
            date: self.date(table, "date").map(|(date, _)| date),
            note: self.text(table, "note"),
            changes,
            place: table.place(),
        })
    }

    /// The tables of a file that stand beside the keys of every set: one entry each, by id.
    fn entries<T>(
        &mut self,
        table: &Table,
        what: &str,
        shape: &'static Shape,
        seen: &mut HashMap<Arc<str>, Place>,
        read: impl Fn(&mut Self, &Entry, &Table) -> Option<T>,
    ) -> Vec<T> {
        let known: Vec<&str> = SET.iter().map(|field| field.name).collect();
        let mut found = Vec::new();
        for entry in table.entries.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let Item::Table(own) = &entry.value.item else {
                let problem = document::unknown_key(entry, &known);
                let reported = self.push(match nearest(&entry.key, known.iter().copied()) {
                    Some(_) => problem,
                    None => problem.help(format!("a {what} is a table: [{}]", entry.key)),
                });
                self.lose_row(&entry.key, Some(reported));
                continue;
            };
            if !self.new_id(&entry.key, &entry.key_place(), what, seen) {
                self.gathered.broken.sources |= what == "source";
                continue;
            }
            let (one, fault) = self.watch(|reader| {
                let mut own = own.clone();
                reader.hold(&mut own, shape);
                read(reader, entry, &own)
            });
            found.extend(one);
            self.lose_row(&entry.key, fault);
        }
        found
    }
}

/// A text that stands in for a missing title: the key itself.
pub(super) fn key_text(entry: &Entry) -> Text {
    Text { text: entry.key.as_str().into(), place: entry.key_place(), exact: false }
}
