//! Files that are published as they are, and that a browser may run: SVG and other XML with scripts, and HTML.
//!
//! Such a file runs on the site's own origin when it is opened by itself. Pages are held to a policy that allows no script but the
//! site's own; these files are not.

mod xml;

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Source};

pub(super) static CODES: &[&Code] = &[&SCRIPT, &HTML];

static SCRIPT: Code = Code {
    name: "svg-script",
    severity: Severity::Error,
    rule: true,
    what: "An SVG or XML file that is published as it is holds a script, or what may run or hide one: an event handler, a \
           `javascript:` link, HTML in `<foreignObject>`, a stylesheet of XML, an entity, or an encoding other than UTF-8.",
    why: "Whoever opens the file by its address runs the script on the site's own origin, where it may change and read every page.",
    example: "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
    mend: "Remove what the message names; drawing programs can save a plain SVG without it. A site that trusts every such file of \
           its own writes `svg-script = \"off\"` under `[rules]` in content/site.toml.",
};

static HTML: Code = Code {
    name: "html-file",
    severity: Severity::Warning,
    rule: true,
    what: "An HTML file is published as it is.",
    why: "Its numbers and links are not checked, the site's policy doesn't hold for it, and its scripts run on the site's own origin.",
    example: "static/demo.html",
    mend: "Write it as a page, in a file that ends in `.md`. A site that means to publish such files writes `html-file = \"off\"` \
           under `[rules]` in content/site.toml.",
};

/// What a browser does with a file by its ending.
enum Kind {
    Xml,
    Html,
}

fn kind(path: &str) -> Option<Kind> {
    let (_, extension) = path.rsplit_once('.')?;
    match &*extension.to_ascii_lowercase() {
        "svg" | "xml" | "xsl" | "xslt" | "rdf" | "mathml" => Some(Kind::Xml),
        "html" | "htm" | "xhtml" | "xht" | "shtml" => Some(Kind::Html),
        _ => None,
    }
}

/// Whether a file of this path has to be looked at.
pub fn may_be_active(path: &str) -> bool {
    kind(path).is_some()
}

/// The problem with a file that a browser may run, by its path from the root.
pub fn active(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    match kind(path)? {
        Kind::Html => {
            let source = Source::new(path, "");
            let message = "the file is published as it is: nothing in it is checked, and its scripts run on the site's own origin";
            let help = "write it as a page that ends in `.md`; if it is meant as it is, write html-file = \"off\" under [rules] in \
                        content/site.toml";
            Some(Diagnostic::new(&HTML, &Place::start_of(&source), message).help(help))
        }
        Kind::Xml => {
            let (place, what) = match std::str::from_utf8(bytes) {
                Ok(text) => {
                    let (range, what) = xml::script(text)?;
                    (Place::new(&Source::new(path, text), range), what)
                }
                Err(_) => (Place::start_of(&Source::new(path, "")), "bytes that are not UTF-8".to_owned()),
            };
            let help = "remove it, or save the file as plain SVG; if every such file of the site is to be trusted, write \
                        svg-script = \"off\" under [rules] in content/site.toml";
            Some(Diagnostic::new(&SCRIPT, &place, format!("the file holds {what}")).help(help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_is_looked_at() {
        let script = b"<svg><script/></svg>";
        for (path, expected) in [
            ("static/a.svg", Some("svg-script")),
            ("content/A.SVG", Some("svg-script")),
            ("content/feed.xml", Some("svg-script")),
            ("static/a.html", Some("html-file")),
            ("static/a.XHTML", Some("html-file")),
            ("static/a.js", None),
            ("static/a.txt", None),
            ("static/svg", None),
        ] {
            assert_eq!(active(path, script).map(|problem| problem.code.name), expected, "{path}");
            assert_eq!(may_be_active(path), expected.is_some(), "{path}");
        }
    }

    #[test]
    fn a_script_is_reported_where_it_is() {
        let problem = active("static/a.svg", b"<svg>\n  <script>x</script></svg>").expect("a problem");
        assert_eq!(problem.place.expect("a place").to_string(), "static/a.svg:2:3");
        assert_eq!(problem.message, "the file holds an element `script`");
        let wide: Vec<u8> = "<svg><script/></svg>".encode_utf16().flat_map(u16::to_le_bytes).chain([0xff]).collect();
        assert!(active("static/a.svg", &wide).is_some_and(|problem| problem.message.contains("UTF-8")));
        assert!(
            active("static/a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>").is_none()
        );
    }
}
