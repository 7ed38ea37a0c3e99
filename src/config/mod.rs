//! The site's settings: `content/site.toml`, held against its fields and turned into types.
//!
//! This room knows the names of neither rules nor pages: `check` and `site` hold those against what exists.

mod address;
mod fields;
mod labels;

use std::sync::Arc;

pub use address::{BaseUrl, decoded, origin};
pub use fields::FIELDS;
pub use labels::{Labels, PLACE_FIELDS, PlaceWords};

use crate::diagnostic::{Code, Diagnostic, Known, Place, Reported, Severity, Source, Span};
use crate::document::{self, Item, Table, Text, Value};

/// What a site says about itself.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's title; empty where the file is broken.
    pub title: Arc<str>,
    /// Where it is published.
    pub base_url: BaseUrl,
    /// One or two sentences about it.
    pub description: Option<Text>,
    /// Its language.
    pub language: Language,
    /// The repository's address.
    pub repository: Option<Text>,
    /// The address before a file's path in `content/` at which it is edited, with a closing slash.
    pub edit_base: Option<Arc<str>>,
    /// Whether pages may hold raw HTML.
    pub allow_html: bool,
    /// Other hosts from which pages may load images, as `https://host`.
    pub image_hosts: Vec<String>,
    /// The groups of the navigation, in order; none: all pages.
    pub navigation: Vec<NavigationGroup>,
    /// What rules are here, in the order of the file.
    pub rules: Vec<RuleSetting>,
    /// The numbers that rules hold to.
    pub limits: Limits,
    /// The scopes that data may name; empty where they may say anything.
    pub scopes: Vec<Text>,
    /// The generator's own words.
    pub labels: Labels,
    /// Where the dates of pages come from.
    pub dates: Dates,
    /// What the site's own templates need, by key.
    pub extra: Vec<(String, Value)>,
    /// Err where some setting could not be read.
    pub whole: Known<()>,
}

impl Config {
    /// Takes back what may be wrong where the syntax is broken: keys may then be missing, or be in another table. Nothing is said
    /// of the navigation, of HTML and of old values until the file can be read.
    fn hide(&mut self, reported: Reported) {
        self.whole = Err(reported);
        self.allow_html = true;
        self.navigation = Vec::new();
        self.limits.stale_warn_days = u32::MAX;
        self.limits.stale_fail_days = u32::MAX;
    }
}

impl Default for Config {
    /// The settings of a site that says nothing.
    fn default() -> Self {
        Self {
            title: Arc::default(),
            base_url: BaseUrl::default(),
            description: None,
            language: Language::default(),
            repository: None,
            edit_base: None,
            allow_html: false,
            navigation: Vec::new(),
            rules: Vec::new(),
            limits: Limits::default(),
            scopes: Vec::new(),
            labels: Labels::default(),
            dates: Dates::default(),
            extra: Vec::new(),
            image_hosts: Vec::new(),
            whole: Ok(()),
        }
    }
}

/// A language tag, `en` where nothing is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language(pub Arc<str>);

/// A group of the navigation.
#[derive(Clone, Debug)]
pub struct NavigationGroup {
    /// Its title.
    pub title: Text,
    /// Files and folders of `content/`, in order.
    pub pages: Vec<Text>,
    /// Where it starts.
    pub place: Place,
}

/// One line of `[rules]`.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    /// The rule's name as typed.
    pub name: String,
    /// What it is here.
    pub severity: Severity,
    /// Where the name stands.
    pub place: Place,
}

/// The numbers that rules hold to.
#[derive(Clone, Debug)]
pub struct Limits {
    /// After how many days a value is reported as old.
    pub stale_warn_days: u32,
    /// After how many days an old value is an error.
    pub stale_fail_days: u32,
    /// By how many percent a value may move without a release that says why.
    pub max_move_percent: u32,
    /// Units below a day (`hour`, `minute`, `second`, `ms`) that count as typed figures in prose.
    pub typed_units: Vec<Text>,
}

/// Where the dates of pages come from.
#[derive(Clone, Debug, Default)]
pub enum Dates {
    /// From the page itself.
    #[default]
    FrontMatter,
    /// From the repository's history, where the page itself says nothing. Asked for here.
    Git(Place),
}

impl Default for Language {
    fn default() -> Self {
        Self("en".into())
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { stale_warn_days: 365, stale_fail_days: 730, max_move_percent: 25, typed_units: Vec::new() }
    }
}

/// The codes that this room raises.
pub static CODES: &[&Code] = &[&ADDRESS, &MISSING, &LANGUAGE, &LIMIT, &BLANK];

static ADDRESS: Code = Code {
    name: "site-address",
    severity: Severity::Error,
    rule: false,
    what: "An address in the site's settings is not an absolute address of the web.",
    why: "The sitemap, canonical links and links to the repository are made from it, and would lead nowhere.",
    example: "base_url = \"example.com\"",
    mend: "Write the whole address with its scheme: `base_url = \"https://example.com/\"`.",
};
pub(crate) static MISSING: Code = Code {
    name: "missing-config",
    severity: Severity::Error,
    rule: false,
    what: "There is no `content/site.toml`.",
    why: "The site's title and address are said there. Without them every page would be published under false ones.",
    example: "a folder `content` that holds pages and no `site.toml`",
    mend: "Make the file, with a `title` and a `base_url`.",
};
static LANGUAGE: Code = Code {
    name: "site-language",
    severity: Severity::Error,
    rule: false,
    what: "The site's language is not a language tag.",
    why: "Screen readers choose a voice, and browsers their hyphenation, by it.",
    example: "language = \"English\"",
    mend: "Write a tag such as `language = \"en\"` or `\"en-US\"`.",
};
static LIMIT: Code = Code {
    name: "site-limit",
    severity: Severity::Error,
    rule: false,
    what: "A limit is below zero, too large, or contradicts another one.",
    why: "A rule can't hold to it.",
    example: "stale_warn_days = -1",
    mend: "Write a whole number of days or percent, and the limit that warns below the one that fails.",
};
static BLANK: Code = Code {
    name: "site-blank",
    severity: Severity::Error,
    rule: false,
    what: "A text of the site's settings is empty.",
    why: "A page without a title or a button without a word is of no use to anybody.",
    example: "title = \"\"",
    mend: "Write the text, or leave the line out where it may be missing.",
};

/// What is said where there is no `content/site.toml`.
pub fn missing() -> Diagnostic {
    Diagnostic::without_place(&MISSING, "there is no `content/site.toml`").help(
        "make it, with two lines: `title = \"…\"`, and `base_url = \"…\"`, the address at which the site is published",
    )
}

/// Reads `content/site.toml`. Whatever is broken is reported, and keeps its default.
pub fn parse(source: &Arc<Source>, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let span = Span::new(0, source.text().len());
    let (mut config, whole) = document::parse(source, span, FIELDS, diagnostics, read);
    if let Err(reported) = whole {
        config.hide(reported);
    }
    config
}

fn read(table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut reader = Reader { diagnostics };
    Config {
        title: reader.text(table, "title").map(|title| title.text).unwrap_or_default(),
        base_url: reader.base_url(table).unwrap_or_default(),
        description: reader.text(table, "description"),
        language: reader.language(table).unwrap_or_default(),
        repository: reader.address(table, "repository"),
        edit_base: reader
            .address(table, "edit_base")
            .map(|address| format!("{}/", address.text.trim_end_matches('/')).into()),
        allow_html: table.boolean("allow_html").unwrap_or(false),
        image_hosts: table.table("csp").map(|csp| reader.hosts(csp, "images")).unwrap_or_default(),
        navigation: table.list("nav").iter().filter_map(|group| reader.group(group.as_table()?)).collect(),
        rules: table.table("rules").map(rules).unwrap_or_default(),
        limits: table.table("limits").map(|limits| reader.limits(limits)).unwrap_or_default(),
        scopes: table.texts("scopes"),
        labels: table.table("labels").map(|labels| reader.labels(labels)).unwrap_or_default(),
        dates: match table.table("dates").and_then(|dates| dates.get("from")) {
            Some(from) if from.as_str() == Some("git") => Dates::Git(from.place()),
            _ => Dates::FrontMatter,
        },
        extra: extra(table),
        whole: table.reported.map_or(Ok(()), Err),
    }
}

struct Reader<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn text(&mut self, table: &Table, key: &str) -> Option<Text> {
        let text = table.text(key)?;
        if text.text.trim().is_empty() {
            self.diagnostics.push(
                Diagnostic::new(&BLANK, &table.get(key)?.place(), format!("`{key}` is empty"))
                    .help(format!("write it between the quotes, or remove the line: {key} = \"…\"")),
            );
            return None;
        }
        Some(text)
    }

    fn base_url(&mut self, table: &Table) -> Option<BaseUrl> {
        let text = self.text(table, "base_url")?;
        BaseUrl::parse(&text.text).map_err(|(what, help)| self.refuse("base_url", &text, &what, help)).ok()
    }

    /// An address that visitors can follow, with path and query as they may be.
    fn address(&mut self, table: &Table, key: &str) -> Option<Text> {
        let text = self.text(table, key)?;
        let address = text.text.split(['?', '#']).next().unwrap_or("");
        match BaseUrl::parse(address) {
            Ok(_) => Some(text),
            Err((what, help)) => {
                self.refuse(key, &text, &what, help);
                None
            }
        }
    }

    /// A list of hosts, each with its scheme and nothing behind it.
    fn hosts(&mut self, table: &Table, key: &str) -> Vec<String> {
        let mut hosts = Vec::new();
        for text in table.texts(key) {
            match (BaseUrl::parse(&text.text), origin(&text.text)) {
                (Ok(url), Some(host)) if &*url.base_path == "/" => hosts.push(host),
                (_, Some(host)) => {
                    self.refuse(key, &text, "holds more than a host", format!("write the host alone: \"{host}\""));
                }
                (Err((what, help)), None) => self.refuse(key, &text, &what, help),
                // An address that can be read has a host.
                (Ok(_), None) => (),
            }
        }
        hosts
    }

    fn refuse(&mut self, key: &str, text: &Text, what: &str, help: String) {
        let message = format!("`{key}` {what}: \"{}\"", text.text);
        self.diagnostics.push(Diagnostic::new(&ADDRESS, &text.place, message).help(help));
    }

    fn language(&mut self, table: &Table) -> Option<Language> {
        let text = self.text(table, "language")?;
        let mut parts = text.text.split('-');
        let first = parts.next().unwrap_or("");
        let fits = matches!(first.len(), 2 | 3)
            && first.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if !fits {
            self.diagnostics.push(
                Diagnostic::new(&LANGUAGE, &text.place, format!("`language` is not a language tag: \"{}\"", text.text))
                    .help(match text.text.contains('_') {
                        true => format!("write it with a hyphen: \"{}\"", text.text.replace('_', "-")),
                        false => "write a tag such as \"en\" or \"en-US\"".to_owned(),
                    }),
            );
            return None;
        }
        Some(Language(text.text))
    }

    fn group(&mut self, table: &Table) -> Option<NavigationGroup> {
        Some(NavigationGroup { title: self.text(table, "title")?, pages: table.texts("pages"), place: table.place() })
    }

    fn limits(&mut self, table: &Table) -> Limits {
        let default = Limits::default();
        let mut limits = Limits {
            stale_warn_days: self.limit(table, "stale_warn_days").unwrap_or(default.stale_warn_days),
            stale_fail_days: self.limit(table, "stale_fail_days").unwrap_or(default.stale_fail_days),
            max_move_percent: self.limit(table, "max_move_percent").unwrap_or(default.max_move_percent),
            typed_units: table.texts("typed_units"),
        };
        if limits.stale_warn_days > limits.stale_fail_days {
            match (table.get("stale_warn_days"), table.get("stale_fail_days")) {
                (Some(warn), Some(fail)) => self.diagnostics.push(
                    Diagnostic::new(
                        &LIMIT,
                        &warn.place(),
                        format!(
                            "a value would fail after {} days, and be warned of after {}",
                            limits.stale_fail_days, limits.stale_warn_days
                        ),
                    )
                    .label(&fail.place(), "fails already here")
                    .help("make `stale_warn_days` the smaller of the two"),
                ),
                (Some(_), None) => limits.stale_fail_days = limits.stale_warn_days,
                _ => limits.stale_warn_days = limits.stale_fail_days,
            }
        }
        limits
    }

    fn limit(&mut self, table: &Table, key: &str) -> Option<u32> {
        let value = table.get(key)?;
        let Item::Integer(digits) = &value.item else {
            return None;
        };
        let limit = digits.parse::<u32>().ok().filter(|limit| *limit <= 100_000);
        if limit.is_none() {
            self.diagnostics.push(
                Diagnostic::new(&LIMIT, &value.place(), format!("`{key}` can't be {digits}"))
                    .help("write a whole number from 0 to 100000"),
            );
        }
        limit
    }

    fn labels(&mut self, table: &Table) -> Labels {
        let mut known = table.clone();
        known.entries.retain(|entry| match entry.value.as_table() {
            Some(group) => group.entries.iter().all(|entry| self.text(group, &entry.key).is_some()),
            None => self.text(table, &entry.key).is_some(),
        });
        Labels::default().with(&known)
    }
}

impl Config {
    /// What the site says a rule is, where it says so.
    pub fn severity_of(&self, rule: &Code) -> Option<Severity> {
        self.rules.iter().find(|setting| setting.name == rule.name).map(|setting| setting.severity)
    }
}

fn rules(table: &Table) -> Vec<RuleSetting> {
    let setting = |entry: &document::Entry| {
        let severity = match entry.value.as_str()? {
            "error" => Severity::Error,
            "warn" => Severity::Warning,
            _ => Severity::Off,
        };
        Some(RuleSetting { name: entry.key.clone(), severity, place: entry.key_place() })
    };
    table.entries.iter().filter_map(setting).collect()
}

fn extra(table: &Table) -> Vec<(String, Value)> {
    let entries = table.table("extra").map(|extra| extra.entries.as_slice()).unwrap_or_default();
    entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
}

#[cfg(test)]
mod tests;
