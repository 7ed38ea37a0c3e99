//! Images say in words what they show, and lie where pages may load them from.

use crate::check::{Look, Rule};
use crate::config::origin;
use crate::content::{Image, Node, Target};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::site::{Site, SitePage, visit, visit_page};

pub(crate) static RULE: Rule = Rule { codes: &[&TEXT, &HOST], look: Look::Page(look) };

/// The hosts of images in the free texts of data.
pub(crate) static IN_DATA: Rule = Rule { codes: &[], look: Look::Site(look_at_data) };

static TEXT: Code = Code {
    name: "image-text",
    severity: Severity::Error,
    rule: true,
    what: "An image has no text that says what it shows.",
    why: "Who can't see the picture, or whose connection doesn't load it, learns nothing of it.",
    example: "![](ladder.png)",
    mend: "Write between the brackets what the picture shows: `![The ladder of six levels](ladder.png)`. A mere ornament \
           can be waived.",
};

pub(in crate::check) static HOST: Code = Code {
    name: "image-host",
    severity: Severity::Error,
    rule: true,
    what: "An image is on another host, and the site doesn't allow images from there.",
    why: "The policy at the head of every page tells browsers not to load it, so readers see a broken image.",
    example: "![The ladder](https://images.example.org/ladder.png)",
    mend: "Put the image into the content folder and link to its file, or allow the host in content/site.toml: \
           `images = [\"https://images.example.org\"]` below `[csp]`.",
};

fn look(site: &Site, page: usize, problems: &mut Vec<Diagnostic>) {
    visit_page(&site.pages[page].page, &mut |node| {
        let Node::Image(image) = node else { return };
        if image.alt.trim().is_empty() {
            let file = image.target_place.text();
            problems.push(
                Diagnostic::new(&TEXT, &image.place, "the image has no text")
                    .help(format!("write between the brackets what it shows: ![what it shows]({file})")),
            );
        }
        problems.extend(foreign_image(site, image));
    });
}

fn look_at_data(site: &Site, problems: &mut Vec<Diagnostic>) {
    for text in site.texts.iter() {
        visit(&text.nodes, &mut |node| {
            if let Node::Image(image) = node {
                problems.extend(foreign_image(site, image));
            }
        });
    }
}

fn foreign_image(site: &Site, image: &Image) -> Option<Diagnostic> {
    let Target::External(address) = &image.target else { return None };
    let (message, help) = blocked(site, address)?;
    Some(Diagnostic::new(&HOST, &image.target_place, message).help(help))
}

/// What is wrong with the address of an image of another site, and what to do; nothing where pages may load it.
pub(in crate::check) fn blocked(site: &Site, address: &str) -> Option<(String, String)> {
    let own_file = "put the image into the content folder and write its file's name";
    let Some(host) = origin(address) else {
        let message = format!("the image `{address}` is on a host that the pages' policy can't name");
        return Some((message, own_file.to_owned()));
    };
    let is_own = origin(site.base.origin()).is_some_and(|own| own == host);
    // A setting that can't be read may allow it.
    let is_allowed = is_own || site.config.image_hosts.contains(&host) || site.config.whole.is_err();
    (!is_allowed).then(|| {
        let message = format!("the image `{address}` is on another host, from which pages load no images");
        (message, format!("{own_file}, or allow the host in content/site.toml: `[csp]`, `images = [\"{host}\"]`"))
    })
}

/// Whether a page, or a text of data, shows the image at an address by Markdown, so that the rule has looked at it.
pub(in crate::check) fn is_judged(site: &Site, page: Option<&SitePage>, address: &str) -> bool {
    let mut is_shown = false;
    let mut see = |node: &Node| {
        is_shown |= matches!(node, Node::Image(Image { target: Target::External(shown), .. }) if shown == address);
    };
    if let Some(page) = page {
        visit_page(&page.page, &mut see);
    }
    site.texts.iter().for_each(|text| visit(&text.nodes, &mut see));
    is_shown
}
