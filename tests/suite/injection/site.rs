//! The sample site of the corpus with a text put into any of its fields.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path as FilePath;

use bandbook::config;
use bandbook::content::{BLOCK_FIELDS, FRONT_MATTER_FIELDS};
use bandbook::data::KINDS;
use bandbook::diagnostic::Place;
use bandbook::document::{Field, Shape};

use super::fields::{Path, Spot, Toml, spots};
use crate::corpus;

/// A page with a text in each place of Markdown: `¤` is plain text, `¦` is taken as it is.
const PAGE: &str = include_str!("page.md");

/// What the sample has no example of: a fact that says more than its value, and rows in a CSV file.
const MORE: [(&str, &str); 3] = [
    (
        "content/data/measured.toml",
        "kind = \"facts\"\ntitle = \"Measured\"\nsources = [\"survey\"]\n[length]\ntitle = \"Length\"\nunit = \"mm\"\n\
         value = { value = 12.50, plus_minus = 0.05, note = \"Measured twice.\" }\n",
    ),
    (
        "content/data/prices.toml",
        "title = \"Prices\"\nsources = [\"survey\"]\nrows = \"csv\"\n[columns]\nregion = { title = \"Region\", type = \"text\" }\n\
         hour = { title = \"An hour\", header = \"Price\", unit = \"USD/hour\" }\n",
    ),
    ("content/data/prices.csv", "id,Region,Price,note\nnorth,\"Region ¤\",0.0050,\"Note ¤\"\n"),
];

/// The sample, in pieces.
pub struct Site {
    files: BTreeMap<String, Vec<Piece>>,
    /// All places that take a string.
    pub places: Vec<Target>,
}

/// Whether a cell is of a column of text, which is inline Markdown.
fn is_of_text(table: &Toml, cell: &Path) -> bool {
    let column = cell.last().map_or("", |name| name);
    let type_of = |value: &Toml| value.get("type").and_then(|kind| kind.text(&[])).map(str::to_owned);
    let own = table.get("columns").and_then(|columns| columns.get(column)).and_then(type_of);
    own.or_else(|| type_of(table)).is_some_and(|kind| kind == "text")
}

enum Piece {
    Text(String),
    Toml(Toml),
    /// Where a page holds a text.
    Slot,
}

/// A place that takes a string.
pub struct Target {
    file: String,
    piece: usize,
    path: Path,
    /// The field's name: `table.row.*.title`, `page.md:12`.
    pub field: String,
    pub is_markdown: bool,
    /// Text that is not the name of anything.
    pub is_prose: bool,
    /// What the sample has there.
    pub typed: String,
}

/// What is written into which place, by the place's number.
pub type Texts = BTreeMap<usize, String>;

/// Where each place's text ended up.
pub struct Written {
    pub files: BTreeMap<String, Vec<u8>>,
    ranges: Vec<(String, Range<usize>)>,
}

impl Site {
    pub fn new() -> Self {
        let mut site = Self { files: BTreeMap::new(), places: Vec::new() };
        let mut files = corpus::sample();
        files.insert("content/page.md".to_owned(), PAGE.into());
        files.extend(MORE.map(|(path, text)| (path.to_owned(), text.into())));
        for (file, bytes) in files {
            let text = String::from_utf8(bytes).unwrap();
            match file.rsplit('.').next() {
                Some("toml") => site.add_toml(&file, &text),
                Some("md") => site.add_page(&file, &text),
                Some("csv") => {
                    text.split_inclusive('\n').enumerate().for_each(|(at, line)| site.add_line(&file, line, at));
                }
                _ => {
                    site.add(&file, Piece::Text(text));
                }
            }
        }
        site
    }

    fn add(&mut self, file: &str, piece: Piece) -> usize {
        let pieces = self.files.entry(file.to_owned()).or_default();
        pieces.push(piece);
        pieces.len() - 1
    }

    fn add_document(&mut self, file: &str, toml: &str, fields: &'static [Field], name: &str) {
        self.add_value(file, Toml::parse(toml), |value| spots(fields, value, name));
    }

    fn add_value(&mut self, file: &str, value: Toml, spots: impl Fn(&Toml) -> Vec<Spot>) {
        let spots = spots(&value);
        for Spot { path, field, shape } in spots {
            let typed = value.text(&path).unwrap_or_default().to_owned();
            let is_prose = matches!(shape, Shape::Text | Shape::Markdown | Shape::Anything);
            let is_markdown = matches!(shape, Shape::Markdown) || field == "table.row.*.*" && is_of_text(&value, &path);
            let piece = self.files.get(file).map_or(0, Vec::len);
            self.places.push(Target { file: file.to_owned(), piece, path, field, is_markdown, is_prose, typed });
        }
        self.add(file, Piece::Toml(value));
    }

    fn add_toml(&mut self, file: &str, text: &str) {
        if file.ends_with("site.toml") {
            return self.add_document(file, text, config::FIELDS, "site");
        }
        let value = Toml::parse(text);
        let kind = value.get("kind").and_then(|kind| kind.text(&[])).unwrap_or("table").to_owned();
        let kind = KINDS.iter().find(|own| own.name == kind).unwrap();
        self.add_value(file, value, |value| super::fields::spots_of(&kind.shape, value, kind.name));
    }

    /// A page in pieces: its front matter, the options of its blocks, its slots, and what is between them.
    fn add_page(&mut self, file: &str, text: &str) {
        let mut rest = text;
        if let Some((front, body)) = text.strip_prefix("+++\n").and_then(|text| text.split_once("+++\n")) {
            self.add(file, Piece::Text("+++\n".to_owned()));
            self.add_document(file, front, FRONT_MATTER_FIELDS, "front");
            rest = body;
            self.add(file, Piece::Text("+++\n".to_owned()));
        }
        let mut lines = rest.split_inclusive('\n').enumerate();
        while let Some((number, line)) = lines.next() {
            self.add_line(file, line, number);
            let Some(info) = line.strip_prefix("```") else { continue };
            let inner: String =
                lines.by_ref().map(|(_, line)| line).take_while(|line| !line.starts_with("```")).collect();
            let is_of = |block: &str| {
                let block = block.trim_end_matches(" SET");
                info.trim().strip_prefix(block).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            };
            match BLOCK_FIELDS.iter().find(|(block, _)| is_of(block)) {
                Some((block, fields)) => self.add_document(file, &inner, fields, block.trim_end_matches(" SET")),
                None => self.add_line(file, &inner, number + 1),
            }
            self.add(file, Piece::Text("```\n".to_owned()));
        }
    }

    fn add_line(&mut self, file: &str, line: &str, number: usize) {
        let mut rest = line;
        while let Some(at) = rest.find(['¤', '¦']) {
            self.add(file, Piece::Text(rest[..at].to_owned()));
            let is_markdown = rest[at..].starts_with('¤');
            let piece = self.add(file, Piece::Slot);
            self.places.push(Target {
                file: file.to_owned(),
                piece,
                path: Path::new(),
                field: format!("{}:{}", file.rsplit('/').next().unwrap_or(file), number + 1),
                is_markdown,
                is_prose: true,
                typed: "word".to_owned(),
            });
            rest = &rest[at + '¤'.len_utf8()..];
        }
        self.add(file, Piece::Text(rest.to_owned()));
    }

    /// The site with these texts in their places.
    pub fn write(&self, texts: &Texts) -> Written {
        let mut written = Written { files: BTreeMap::new(), ranges: vec![Default::default(); self.places.len()] };
        for (file, pieces) in &self.files {
            let mut out = String::new();
            for (at, piece) in pieces.iter().enumerate() {
                let here = || self.places.iter().enumerate().filter(|(_, target)| target.is_at(file, at));
                match piece {
                    Piece::Text(text) => out.push_str(text),
                    Piece::Slot => {
                        let start = out.len();
                        let (number, target) = here().next().unwrap();
                        let text = texts.get(&number).map_or(target.typed.clone(), |text| text.replace('\n', " "));
                        out.push_str(&if file.ends_with(".csv") { text.replace('"', "\"\"") } else { text });
                        written.ranges[number] = (file.clone(), start..out.len());
                    }
                    Piece::Toml(value) => {
                        let mut value = value.clone();
                        for (number, target) in here() {
                            if let Some(text) = texts.get(&number) {
                                value.set(&target.path, text);
                            }
                        }
                        let mut places = Vec::new();
                        value.write(&mut out, &mut places);
                        for (number, target) in here() {
                            if let Some((_, range)) = places.iter().find(|(path, _)| *path == target.path) {
                                written.ranges[number] = (file.clone(), range.clone());
                            }
                        }
                    }
                }
            }
            written.files.insert(file.clone(), out.into_bytes());
        }
        written
    }
}

impl Target {
    fn is_at(&self, file: &str, piece: usize) -> bool {
        self.file == file && self.piece == piece
    }
}

impl Written {
    /// Writes the files into a folder.
    pub fn save(&self, folder: &FilePath) {
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }

    /// The file and the line that a place's text is on.
    pub fn line(&self, at: usize) -> (&str, usize) {
        let (file, range) = &self.ranges[at];
        let before = self.files.get(file).map_or(&[][..], |bytes| &bytes[..range.start]);
        (file, before.iter().filter(|byte| **byte == b'\n').count())
    }

    /// The place whose text a problem is about: the text itself, or the key before it.
    pub fn at(&self, place: &Place) -> Option<usize> {
        let start = place.span.start as usize;
        let behind = place.source.text()[place.span.end as usize..].bytes();
        let key = behind.take_while(|byte| matches!(byte, b' ' | b'=' | b'[')).count();
        let end = place.span.end as usize + if key > 1 { key + 1 } else { 0 };
        self.ranges.iter().position(|(file, range)| {
            file == place.source.path() && start < range.end.max(range.start + 1) && range.start < end.max(start + 1)
        })
    }
}
