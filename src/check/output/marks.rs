//! One finished file, read from its start to its end: its ids, its links, its marks, and its numbers without one.

use std::cell::OnceCell;

use super::html::{Piece, Scanner};
use super::numbers::{MARK, Mark, UNMARKED};
use super::own::{Holder, Own};
use super::{Findings, Finished, MARKUP, Reading, Says};
use crate::check::rules::images;

/// What a number in an element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Text, in which a figure has a mark.
    Text,
    /// Titles, lists of contents and links, which hold plain text.
    Plain,
    /// A figure's mark.
    Marked,
    /// Not looked at: code, dates, numbers that are no data.
    Silent,
}

/// An element that is open.
struct Open<'a> {
    name: &'a str,
    at: usize,
    place: Place,
    mark: Option<Mark>,
}

const SILENT: &[&str] = &["code", "pre", "kbd", "samp", "script", "style", "textarea", "time"];
const PLAIN: &[&str] = &["title", "desc", "nav", "a", "option", "button", "summary"];
/// Attributes that are read to people.
const SPOKEN: &[&str] = &["alt", "title", "aria-label", "aria-description", "placeholder", "content", "label"];
/// Elements whose end tag HTML lets one leave out; authors of raw HTML do.
const OPTIONAL: &[&str] =
    &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "html", "head", "body"];

pub(super) fn read(reading: &Reading<'_>, text: &str, finished: &mut Finished) {
    let path = finished.path.clone();
    let own = OnceCell::new();
    let mut reader =
        Reader { reading, finished, findings: Findings::new(&path, text), open: Vec::new(), is_malformed: false, own };
    let is_xml = path.ends_with(".xml");
    let mut scanner = Scanner::new(text);
    while let Some((at, piece)) = scanner.next() {
        match piece {
            Piece::Open { name, attributes, alone } => {
                let place = reader.enter(at, name, &attributes, is_xml);
                let mark = attributes.iter().find(|(key, _)| *key == "data-figure").map(|(_, id)| Mark {
                    id: id.to_string(),
                    value: attributes.iter().find(|(key, _)| *key == "value").map(|(_, value)| value.to_string()),
                    is_data: name == "data",
                    at,
                    text: String::new(),
                });
                let element = Open { name, at, place, mark };
                if alone {
                    reader.leave(element);
                } else {
                    reader.open.push(element);
                }
            }
            Piece::Close(name) => reader.close(at, name),
            Piece::Text(words) => reader.text(at, &words, is_xml),
            Piece::Broken(what) => {
                reader.malformed(at, format!("the finished file holds {what}"));
            }
        }
    }
    while let Some(element) = reader.open.pop() {
        reader.unclosed(&element);
        reader.leave(element);
    }
    let found = reader.findings.found;
    finished.findings.extend(found);
}

struct Reader<'a, 't> {
    reading: &'a Reading<'a>,
    finished: &'a mut Finished,
    findings: Findings<'t>,
    open: Vec<Open<'t>>,
    /// Whether markup that can't be read was noted.
    is_malformed: bool,
    /// What the file may say without a mark; most files are not asked.
    own: OnceCell<Own<'a>>,
}

impl<'t> Reader<'_, 't> {
    /// Takes what an element says by its attributes; what its numbers are.
    fn enter(
        &mut self,
        at: usize,
        name: &str,
        attributes: &[(&str, std::borrow::Cow<'_, str>)],
        is_xml: bool,
    ) -> Place {
        // Records write their formulas and citations out of figures, as plain text to be copied.
        let whole = if self.finished.path.starts_with("figures/") { Place::Plain } else { Place::Text };
        let outer = self.open.last().map_or(whole, |open| open.place);
        let has = |wanted: &str| attributes.iter().any(|(key, _)| *key == wanted);
        let place = match outer {
            Place::Silent => Place::Silent,
            _ if has("data-literal") || SILENT.contains(&name) => Place::Silent,
            // A picture's own title says more than its mark.
            Place::Marked if matches!(name, "title" | "desc") => Place::Plain,
            Place::Marked => Place::Marked,
            _ if has("data-figure") => Place::Marked,
            Place::Plain => Place::Plain,
            Place::Text if PLAIN.contains(&name) => Place::Plain,
            Place::Text => Place::Text,
        };
        for (key, value) in attributes {
            match *key {
                "id" => self.finished.ids.push(value.to_string()),
                "href" | "src" | "xlink:href" | "action" | "poster" => {
                    self.finished.links.push(value.to_string());
                    if name == "img" {
                        self.image(at, value);
                    }
                }
                "content" if name == "meta" => {
                    let address = value.split_once("url=").map_or(&**value, |(_, address)| address);
                    if has("http-equiv") && address.len() < value.len() || address.starts_with("http") {
                        self.finished.links.push(address.to_owned());
                    }
                }
                _ => (),
            }
            if SPOKEN.contains(key) && !is_xml && place != Place::Silent {
                self.numbers(at, value, false);
            }
        }
        place
    }

    /// Notes an image that the page's policy keeps browsers from loading.
    fn image(&mut self, at: usize, address: &str) {
        let site = self.reading.site;
        let whole = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
        let is_of_the_web = whole.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
        if !is_of_the_web || !whole.contains("://") {
            return;
        }
        let Some((message, help)) = images::blocked(site, &whole) else { return };
        let page = match self.reading.origins.holder(&self.finished.path) {
            Holder::Page(page) => Some(page),
            _ => None,
        };
        if !images::is_judged(site, page, address) {
            let shown = vec![format!("\"{address}\""), format!("'{address}'")];
            self.findings.add_shown(&images::HOST, at, message, help, shown);
        }
    }

    fn text(&mut self, at: usize, words: &str, is_xml: bool) {
        let Some(element) = self.open.last() else { return };
        if is_xml {
            if matches!(element.name, "loc" | "link") && !words.trim().is_empty() {
                self.finished.links.push(words.trim().to_owned());
            }
            return;
        }
        match element.place {
            Place::Silent => (),
            Place::Text => self.numbers(at, words, true),
            Place::Plain => self.numbers(at, words, false),
            Place::Marked => {
                if let Some(mark) = self.open.iter_mut().rev().find_map(|open| open.mark.as_mut()) {
                    mark.text.push_str(words);
                }
            }
        }
    }

    fn numbers(&mut self, at: usize, text: &str, can_be_marked: bool) {
        for figure in self.reading.numbers.unmarked(text) {
            let offset = figure.range.start;
            let shown = text.get(figure.range.clone()).unwrap_or("").to_owned();
            if !can_be_marked {
                let own = self.own.get_or_init(|| self.reading.own(&self.finished.path));
                if self.reading.numbers.is_shared(&shown) || own.says(&shown, figure.written.as_ref()) {
                    continue;
                }
            }
            let whose = if can_be_marked { "comes from no datum" } else { "is no datum of this page" };
            let says = Says::OfPage(format!("shows `{shown}`, which {whose}"));
            let help = match can_be_marked {
                true => {
                    "let the template take it from a figure and mark it with data-figure, or say why it is no data with data-literal"
                }
                false => {
                    "let the template take it from a figure of this page: none that it binds or shows has this value, and no mark can stand here"
                }
            };
            // Where entities stand before it, the text's start has to do.
            let exact = at + offset;
            let is_exact = self.findings.text.get(exact..).is_some_and(|rest| rest.starts_with(&shown));
            let at = if is_exact { exact } else { at };
            self.findings.add_shown(&UNMARKED, at, says, help.to_owned(), vec![shown]);
        }
    }

    fn close(&mut self, at: usize, name: &str) {
        let Some(found) = self.open.iter().rposition(|open| open.name == name) else {
            return self.malformed(at, format!("the finished file holds an end tag `</{name}>` without its start"));
        };
        while self.open.len() > found + 1 {
            if let Some(element) = self.open.pop() {
                self.unclosed(&element);
                self.leave(element);
            }
        }
        if let Some(element) = self.open.pop() {
            self.leave(element);
        }
    }

    fn unclosed(&mut self, element: &Open<'_>) {
        if !OPTIONAL.contains(&element.name) {
            self.malformed(element.at, format!("the finished file holds a tag `<{}>` without its end", element.name));
        }
    }

    /// Notes markup that can't be read, at its tag. Whatever else is wrong with the markup of a file most often follows from the first.
    fn malformed(&mut self, at: usize, message: String) {
        if std::mem::replace(&mut self.is_malformed, true) {
            return;
        }
        let rest = self.findings.text.get(at..).unwrap_or("");
        let tag = rest.split_inclusive('>').next().unwrap_or("").to_owned();
        self.findings.add_shown(&MARKUP, at, message, "correct the template that wrote it".to_owned(), vec![tag]);
    }

    fn leave(&mut self, element: Open<'_>) {
        let Some(mark) = element.mark else { return };
        if let Some(message) = self.reading.numbers.mark(&mark) {
            let help = "let the template write text and value from the same figure";
            let shown = vec![format!("data-figure=\"{}\"", mark.id)];
            self.findings.add_shown(&MARK, mark.at, message, help.to_owned(), shown);
        }
    }
}
