//! One finished file, read from its start to its end: its ids, its links, its marks, and its numbers without one.

use std::cell::OnceCell;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::numbers::{MARK, Mark, UNMARKED};
use super::own::{Holder, Own};
use super::{Findings, Finished, Reading, Says};
use crate::check::rules::images;
use crate::diagnostic::{Code, Severity};

pub(super) static MARKUP: Code = Code {
    name: "output-markup",
    severity: Severity::Error,
    rule: true,
    what: "A finished page is not valid HTML: a tag without its end, an end tag without its start, or what the standard calls a \
           parse error, such as a missing quote.",
    why: "Browsers guess what was meant, each in its own way, and what can't be read can't be checked.",
    example: "<a href=\"/bands/>Bands</a>",
    mend: "Correct the template that wrote it: the message shows its line where the tag stands in a template as it is.",
};

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

/// A start tag: its name, where it is, and its attributes.
struct Tag {
    name: String,
    at: usize,
    attributes: Vec<Attribute>,
}

/// An attribute, and where its name and its value are.
struct Attribute {
    key: String,
    at: usize,
    value: String,
    value_at: usize,
}

/// An element that is open.
struct Open {
    name: String,
    at: usize,
    place: Place,
    mark: Option<Mark>,
}

const SILENT: &[&str] = &["code", "pre", "kbd", "samp", "script", "style", "textarea", "time"];
const PLAIN: &[&str] = &["title", "desc", "nav", "a", "option", "button", "summary"];
/// Attributes that are read to people.
const SPOKEN: &[&str] = &["alt", "title", "aria-label", "aria-description", "placeholder", "content", "label"];
/// Elements without content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements whose end tag HTML lets one leave out; authors of raw HTML do.
const OPTIONAL: &[&str] =
    &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "html", "head", "body"];

pub(super) fn read(reading: &Reading<'_>, finished: &mut Finished, findings: &mut Findings<'_>) {
    let text = findings.text;
    let mut reader = Reader {
        reading,
        is_xml: finished.path.ends_with(".xml"),
        finished,
        findings,
        tag: None,
        open: Vec::new(),
        is_malformed: false,
        is_lost: false,
        own: OnceCell::new(),
    };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        reader.take(event, span);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    while let Some(element) = reader.open.pop() {
        reader.unclosed(&element);
        reader.leave(element);
    }
}

struct Reader<'a, 't> {
    reading: &'a Reading<'a>,
    finished: &'a mut Finished,
    findings: &'a mut Findings<'t>,
    is_xml: bool,
    /// The start tag that is being read.
    tag: Option<Tag>,
    open: Vec<Open>,
    /// Whether markup that can't be read was noted.
    is_malformed: bool,
    /// Whether that was in a tag: a quote may be missing, and what is text or a tag behind it is not certain.
    is_lost: bool,
    /// What the file may say without a mark; most files are not asked.
    own: OnceCell<Own<'a>>,
}

impl Tag {
    fn get(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.key == key)
    }
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Reader<'_, '_> {
    fn take(&mut self, event: CallbackEvent<'_>, span: Span<usize>) {
        let at = span.start;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Some(Tag { name: string(name), at, attributes: Vec::new() });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut self.tag {
                    tag.attributes.push(Attribute { key: string(name), at, value: String::new(), value_at: at });
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(last) = self.tag.as_mut().and_then(|tag| tag.attributes.last_mut()) {
                    (last.value, last.value_at) = (string(value), at);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(tag) = self.tag.take() {
                    self.enter(tag, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => self.close(at, &String::from_utf8_lossy(name)),
            CallbackEvent::String { value } => self.text(at, &String::from_utf8_lossy(value)),
            CallbackEvent::Error(error) if self.finished.path.ends_with(".html") => {
                self.is_lost |= self.tag.is_some();
                let at = self.tag.as_ref().map_or(at, |tag| tag.at);
                let error = error.as_str().replace('-', " ").replace("eof", "end of the file");
                self.malformed(at, format!("the finished file is not valid HTML: {error}"));
            }
            _ => (),
        }
    }

    /// Takes what an element says by its attributes.
    fn enter(&mut self, tag: Tag, self_closing: bool) {
        // Records write their formulas and citations out of figures, as plain text to be copied.
        let whole = if self.finished.path.starts_with("figures/") { Place::Plain } else { Place::Text };
        let outer = self.open.last().map_or(whole, |open| open.place);
        let (name, mark) = (&*tag.name, tag.get("data-figure"));
        let place = match outer {
            Place::Silent => Place::Silent,
            _ if tag.get("data-literal").is_some() || SILENT.contains(&name) => Place::Silent,
            // A picture's own title says more than its mark.
            Place::Marked if matches!(name, "title" | "desc") => Place::Plain,
            Place::Marked => Place::Marked,
            _ if mark.is_some() => Place::Marked,
            Place::Plain => Place::Plain,
            Place::Text if PLAIN.contains(&name) => Place::Plain,
            Place::Text => Place::Text,
        };
        for Attribute { key, at, value, value_at } in &tag.attributes {
            match &**key {
                "id" => self.finished.ids.push((value.clone(), *at)),
                "href" | "src" | "xlink:href" | "action" | "poster" => {
                    self.finished.links.push(value.clone());
                    if name == "img" {
                        self.image(tag.at, value);
                    }
                }
                "content" if name == "meta" => {
                    let address = value.split_once("url=").map_or(&**value, |(_, address)| address);
                    if tag.get("http-equiv").is_some() && address.len() < value.len() || address.starts_with("http") {
                        self.finished.links.push(address.to_owned());
                    }
                }
                _ => (),
            }
            if SPOKEN.contains(&&**key) && !self.is_xml && place != Place::Silent {
                self.numbers(*value_at, value, false);
            }
        }
        let mark = mark.map(|id| Mark {
            id: id.value.clone(),
            value: tag.get("value").map(|value| value.value.clone()),
            is_data: name == "data",
            at: tag.at,
            text: String::new(),
        });
        let alone = self_closing || !self.is_xml && VOID.contains(&name);
        let element = Open { name: tag.name, at: tag.at, place, mark };
        if alone {
            self.leave(element);
        } else {
            self.open.push(element);
        }
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

    fn text(&mut self, at: usize, words: &str) {
        let Some(element) = self.open.last() else { return };
        if self.is_xml {
            if matches!(&*element.name, "loc" | "link") && !words.trim().is_empty() {
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
        if self.is_lost {
            return;
        }
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

    fn unclosed(&mut self, element: &Open) {
        if !OPTIONAL.contains(&&*element.name) {
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

    fn leave(&mut self, element: Open) {
        let Some(mark) = element.mark.filter(|_| !self.is_lost) else { return };
        if let Some(message) = self.reading.numbers.mark(&mark) {
            let help = "let the template write text and value from the same figure";
            let shown = vec![format!("data-figure=\"{}\"", mark.id)];
            self.findings.add_shown(&MARK, mark.at, message, help.to_owned(), shown);
        }
    }
}
