//! The template engine, and the only file that knows which one it is.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic, Known, Place, Reported, Severity, Source, nearest};
use crate::site::{ResolvedBlock, Site};

/// One template: its path below `templates/`, and its text.
#[derive(Clone, Debug)]
pub struct Template {
    /// `components/table.html`
    pub path: Arc<str>,
    /// The text, with its path from the root for messages; Err where it can't be read.
    pub source: Known<Arc<Source>>,
}

/// All templates of a site, checked and ready.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
    sources: BTreeMap<Arc<str>, Arc<Source>>,
    /// Paths of templates that can't be read, which was reported.
    unread: BTreeMap<Arc<str>, Reported>,
}

pub(super) static TEMPLATE: Code = Code {
    name: "template",
    severity: Severity::Error,
    rule: false,
    what: "A template is not valid, or failed on a page.",
    why: "The page can't be made, and half a page is worse than none.",
    example: "{{ page.titel }}",
    mend: "Mend the template at the place named; `templates/` of the generator shows every value that there is.",
};

pub(super) static MISSING: Code = Code {
    name: "template-missing",
    severity: Severity::Error,
    rule: false,
    what: "A page asks for a template that does not exist.",
    why: "The page can't be made.",
    example: "template = \"pages.html\"",
    mend: "Write the template's path below templates/; the message names the nearest one.",
};

/// The most that one template may write: 64 MiB. A template that loops doubles its output until something gives way.
const LIMIT: usize = 64 << 20;

impl Engine {
    /// Loads all templates. Of two with the same path the later one counts, so that a site's own replace the defaults.
    pub fn load(templates: &[Template]) -> Result<Self, Vec<Diagnostic>> {
        let mut sources = BTreeMap::new();
        let mut unread = BTreeMap::new();
        for template in templates {
            let path = Arc::clone(&template.path);
            match &template.source {
                Ok(source) => drop(sources.insert(path, Arc::clone(source))),
                Err(reported) => drop(unread.insert(path, *reported)),
            }
        }
        let mut engine = Self { tera: Tera::new(), sources, unread };
        // Every name ends with nothing: a page's template is escaped whatever it is called.
        engine.tera.autoescape_on([""]);
        let all = engine.sources.iter().map(|(path, source)| (path.to_string(), source.text()));
        match engine.tera.add_raw_templates(all) {
            Ok(()) => Ok(engine),
            Err(first) => Err(engine.every_problem(&first)),
        }
    }

    /// Gives every template a value under a name.
    pub(super) fn share<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.tera.global_context().insert(name, value);
    }

    /// Whether there is a template of that path.
    pub fn has(&self, template: &str) -> bool {
        self.sources.contains_key(template)
    }

    /// Pages and blocks that ask for a template which does not exist.
    pub fn missing_templates(&self, site: &Site) -> Vec<Diagnostic> {
        let blocks = site.pages.iter().flat_map(|page| page.blocks.iter()).filter_map(|(_, block)| match block {
            ResolvedBlock::Own(own) => Some(own),
            _ => None,
        });
        let lacks = |path: &str| !self.has(path) && !self.unread.contains_key(path);
        let of_blocks = blocks.filter(|own| lacks(&own.template())).map(|own| {
            let message = format!("there is no template `{}`", own.template());
            let problem = Diagnostic::new(&MISSING, &own.name.place, message);
            let names = self.paths().filter_map(|path| path.strip_prefix("blocks/")?.strip_suffix(".html"));
            match nearest(&own.name.text, names) {
                Some(near) => problem.help(format!("did you mean `block {near}`?")),
                None => problem.help(format!("write templates/{}, or take the block out", own.template())),
            }
        });
        let wanted = site.pages.iter().filter_map(|page| page.page.front.template.as_ref());
        let of_pages = wanted.filter(|name| lacks(&name.text)).map(|name| {
            let problem = Diagnostic::new(&MISSING, &name.place, format!("there is no template `{}`", name.text));
            let whole = format!("{}.html", name.text);
            match self
                .paths()
                .find(|path| *path == whole)
                .or_else(|| nearest(&name.text, self.paths().filter(|path| !path.starts_with("components/"))))
            {
                Some(near) => problem.help(format!("did you mean \"{near}\"?")),
                None => problem.help("write a file below templates/, such as \"page.html\", or leave the line out"),
            }
        });
        of_pages.chain(of_blocks).collect()
    }

    /// The paths of all templates, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(AsRef::as_ref)
    }

    /// Renders a template with views under their names, to the end of `out`.
    pub fn render_into(&self, template: &str, context: &Context, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let limit = out.len() + LIMIT;
        let writer = Bounded { out, limit };
        self.tera.render_to(template, context, writer).map_err(|error| self.problem(&error, template))
    }

    /// Renders a template with one view under its name.
    pub fn render<T: Serialize + ?Sized>(
        &self,
        template: &str,
        name: &'static str,
        view: &T,
    ) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert(name, view);
        let mut out = Vec::with_capacity(256);
        self.render_into(template, &context, &mut out)?;
        Ok(String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// The engine stops at its first problem; each template parsed alone gives the syntax problems of all.
    fn every_problem(&self, first: &tera::Error) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (path, source) in &self.sources {
            if let Err(error) = Tera::new().add_raw_template(path, source.text()) {
                // Alone, a template lacks its parent and what it includes; only its own syntax is judged here.
                if let ErrorKind::SyntaxError(_) = error.kind() {
                    problems.push(self.problem(&error, path));
                }
            }
        }
        if problems.is_empty() {
            problems.push(self.lost_block().unwrap_or_else(|| self.problem(first, "")));
        }
        problems
    }

    /// A block that one template fills, and that the template which it extends no longer has. The engine's error names no file.
    fn lost_block(&self) -> Option<Diagnostic> {
        for (path, child) in &self.sources {
            let above = |source: &Arc<Source>| parent(source).and_then(|parent| self.sources.get(parent));
            // A template that leads back to itself is another problem, and has no end.
            let chain: Vec<&Arc<Source>> =
                std::iter::successors(above(child), |source| above(source)).take(self.sources.len()).collect();
            // The generator's own were whole, so the site's own has lost it.
            let Some(own) = chain.iter().find(|source| !is_default(source)) else { continue };
            let lost = blocks(child).find(|block| chain.iter().all(|source| blocks(source).all(|own| own != *block)));
            if let Some(block) = lost {
                let message = format!("the template has no block `{block}`, which `templates/{path}` fills");
                let help = format!("write `{{% block {block} %}}{{% endblock {block} %}}` where it is to stand");
                return Some(Diagnostic::new(&TEMPLATE, &Place::start_of(own), message).help(help));
            }
        }
        None
    }

    fn problem(&self, error: &tera::Error, rendered: &str) -> Diagnostic {
        let (name, message, span) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                (report.filename(), report.message().to_owned(), Some(report.span()))
            }
            ErrorKind::MissingParent { current, parent } => {
                (&**current, format!("there is no template `{parent}`"), None)
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                (&**tpl, "the template leads back to itself".to_owned(), None)
            }
            ErrorKind::Io(_) => (rendered, format!("the template writes more than {} MiB", LIMIT >> 20), None),
            other => (rendered, first_line(&other.to_string()), None),
        };
        let source = self.sources.get(name).or_else(|| self.sources.get(rendered));
        let Some(source) = source else {
            return Diagnostic::without_place(&TEMPLATE, first_line(&message))
                .help("mend the template that the message names");
        };
        let place = match span {
            Some(span) => {
                let start = offset(source.text(), span.start_line, span.start_col);
                let end = offset(source.text(), span.end_line, span.end_col).max(start);
                Place::new(source, start..end)
            }
            None => Place::start_of(source),
        };
        Diagnostic::new(&TEMPLATE, &place, first_line(&message)).help(match error.kind() {
            ErrorKind::RenderingError(_) => {
                "check the names here: a value that may be missing is asked for with `{% if … %}` first"
            }
            _ => {
                "tags are written `{% … %}` and values `{{ … }}`; names are those that the engine and the generator's own templates know"
            }
        })
    }
}

/// A plain text as HTML, escaped as templates escape what they print.
pub fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut out).expect("writing to memory can't fail");
    String::from_utf8(out).expect("a text is escaped with ASCII")
}

/// Whether a template is the generator's own, as it came.
fn is_default(source: &Source) -> bool {
    let path = source.path().strip_prefix("templates/").unwrap_or(source.path());
    super::embedded::TEMPLATES.iter().any(|(default, text)| *default == path && *text == source.text())
}

/// The names of the blocks that a template opens.
fn blocks(source: &Source) -> impl Iterator<Item = &str> {
    let after = source.text().split("{% block ").chain(source.text().split("{%- block ")).skip(1);
    after.filter_map(|rest| rest.split([' ', '-', '%']).next())
}

/// The template that a template extends.
fn parent(source: &Source) -> Option<&str> {
    source.text().split_once("extends \"")?.1.split('"').next()
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or("the template failed").trim_end_matches('.');
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The byte of a line (from one) and a column in characters (from zero).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text.get(start..).unwrap_or("");
    start + rest.char_indices().nth(column).map_or_else(|| rest.lines().next().unwrap_or("").len(), |(at, _)| at)
}

/// A writer that refuses to grow beyond a limit.
struct Bounded<'a> {
    out: &'a mut Vec<u8>,
    limit: usize,
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.out.len() + bytes.len() > self.limit {
            return Err(io::Error::other("too much output"));
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(path: &str, text: &str) -> Template {
        Template { path: path.into(), source: Ok(Source::new(format!("templates/{path}"), text)) }
    }

    #[test]
    fn every_broken_template_is_reported_at_its_place() {
        let templates =
            [template("a.html", "x\n{% if %}"), template("b.html", "{{ 1 + }}"), template("c.html", "fine")];
        let problems = Engine::load(&templates).expect_err("two are broken");
        let places: Vec<String> =
            problems.iter().map(|problem| problem.place.as_ref().expect("a place").to_string()).collect();
        assert_eq!(places.len(), 2, "{problems:?}");
        assert!(
            places[0].starts_with("templates/a.html:2:") && places[1].starts_with("templates/b.html:1:"),
            "{places:?}"
        );
    }

    #[test]
    fn a_missing_value_names_template_line_and_column() {
        let engine = Engine::load(&[template("a.html", "ok\n  {{ page.titel.x }}")]).expect("it loads");
        let problem = engine.render("a.html", "page", &serde_json::json!({ "title": "x" })).expect_err("no such value");
        assert!(problem.place.as_ref().expect("a place").to_string().starts_with("templates/a.html:2:"), "{problem:?}");
    }

    #[test]
    fn a_template_that_never_ends_is_stopped() {
        let engine = Engine::load(&[template(
            "a.html",
            "{% for a in range(end=3000) %}{% for b in range(end=3000) %}0123456789{% endfor %}{% endfor %}",
        )])
        .expect("it loads");
        let problem = engine.render("a.html", "x", &0).expect_err("it is too long");
        assert!(problem.message.contains("64 MiB"), "{problem:?}");
    }

    #[test]
    fn html_is_escaped_and_a_later_template_replaces_an_earlier_one() {
        let engine =
            Engine::load(&[template("a.html", "old"), template("a.html", "<b>{{ x }}</b>")]).expect("it loads");
        assert_eq!(engine.render("a.html", "x", "<i>\"'&").expect("it renders"), "<b>&lt;i&gt;&quot;&#39;&amp;</b>");
    }
}
