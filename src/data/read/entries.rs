//! The registers: terms, sources, conflicts, releases.

use std::collections::HashMap;
use std::sync::Arc;

use super::reader::Reader;
use super::value::in_digits;
use crate::config::BaseUrl;
use crate::data::fields::{CONFLICT_TABLE, SET, SOURCE_TABLE, TERM_TABLE};
use crate::data::set::{ConflictEntry, ConflictKind, Release, ReleaseChange, SourceEntry, TermEntry};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::document::{self, Entry, Item, Shape, Table, Text, Value};

pub(super) const CODES: &[&Code] = &[&SOURCE_URL, &SELF_CITATION];

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
                kind: conflict_kind(conflict.str("kind")?)?,
                line: reader.text(conflict, "line"),
                figures: conflict.texts("figures"),
                explanation: reader.text(conflict, "explanation")?,
                decision: reader.text(conflict, "decision"),
                status: conflict.text("status")?,
                place: entry.key_place(),
            })
        })
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
            if let Some(was) = change
                .get("was")
                .filter(|was| was.as_str().is_some_and(|was| in_digits(was).is_some_and(|digits| digits != was)))
            {
                let _ = self.typed("was", was);
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

fn conflict_kind(word: &str) -> Option<ConflictKind> {
    match word {
        "contradiction" => Some(ConflictKind::Contradiction),
        "gap" => Some(ConflictKind::Gap),
        "caution" => Some(ConflictKind::Caution),
        _ => None,
    }
}

/// A text that stands in for a missing title: the key itself.
pub(super) fn key_text(entry: &Entry) -> Text {
    Text { text: entry.key.as_str().into(), place: entry.key_place(), exact: false }
}
