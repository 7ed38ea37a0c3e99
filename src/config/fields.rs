//! The keys of `content/site.toml`.

use super::labels;
use crate::document::{Field, Shape};

/// The keys of `content/site.toml`.
pub static FIELDS: &[Field] = &[
    Field::required("title", Shape::Text, "The site's title."),
    Field::required(
        "base_url",
        Shape::Text,
        "The address at which the site is published, such as \"https://example.com/\".",
    ),
    Field::optional("description", Shape::Text, "One or two sentences about the site."),
    Field::optional("language", Shape::Text, "The site's language as in HTML, such as \"en-US\"."),
    Field::optional("repository", Shape::Text, "The address of the repository."),
    Field::optional("edit_base", Shape::Text, "The address before a file's path in `content/` at which it is edited."),
    Field::optional("allow_html", Shape::Boolean, "Whether pages may hold raw HTML."),
    Field::optional("scopes", Shape::Names(&Shape::Text), "What figures may hold for, by the `scope` that data say."),
    Field::optional("csp", Shape::Table(CSP), "What pages may load from other hosts."),
    Field::optional(
        "nav",
        Shape::List(&Shape::Table(NAV)),
        "The groups of the navigation, in order; none given: all pages.",
    ),
    Field::optional(
        "rules",
        Shape::Map(&Shape::OneOf(SEVERITIES)),
        "What each rule is here: \"error\", \"warn\" or \"off\".",
    ),
    Field::optional("limits", Shape::Table(LIMITS), "The numbers that rules hold to."),
    Field::optional("labels", Shape::Table(labels::FIELDS), "The generator's own words."),
    Field::optional("dates", Shape::Table(DATES), "Where the dates of pages come from."),
    Field::optional("extra", Shape::Map(&Shape::Anything), "Anything that the site's own templates need."),
];

static NAV: &[Field] = &[
    Field::required("title", Shape::Text, "The group's title."),
    Field::optional("pages", Shape::List(&Shape::Text), "Files and folders of `content/`, in order."),
];

static CSP: &[Field] = &[Field::optional(
    "images",
    Shape::List(&Shape::Text),
    "Hosts from which pages may load images, such as \"https://images.example.org\".",
)];

static LIMITS: &[Field] = &[
    Field::optional("stale_warn_days", Shape::Integer, "After how many days a value is reported as old."),
    Field::optional("stale_fail_days", Shape::Integer, "After how many days an old value is an error."),
    Field::optional(
        "max_move_percent",
        Shape::Integer,
        "By how many percent a value may move without a release that says why.",
    ),
    Field::optional(
        "typed_units",
        Shape::List(&Shape::OneOf(SMALL_UNITS)),
        "Units below a day that count as typed figures in prose.",
    ),
];

static DATES: &[Field] = &[Field::required(
    "from",
    Shape::OneOf(ORIGINS),
    "Where the dates of pages come from: \"front-matter\" alone, or \"git\" where front matter says nothing.",
)];

static SEVERITIES: &[&str] = &["error", "warn", "off"];
static SMALL_UNITS: &[&str] = &["hour", "minute", "second", "ms"];
static ORIGINS: &[&str] = &["front-matter", "git"];
