//! Images: the picture's target, and the text for those who don't see it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::bound::BOUND_LINK;
use super::link::{self, LINK_TARGET};
use super::page::{Image, Node, Target};
use super::plain::Context;
use super::walk::Walk;
use crate::diagnostic::{Diagnostic, Report};

impl<'a> Walk<'a, '_> {
    /// Takes a whole image.
    pub(super) fn image(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let Tag::Image { link_type, dest_url, title, id } = tag else {
            return;
        };
        self.end_run();
        let place = self.target_range(&dest_url, link_type, &id, &range);
        let alt = self.take_alt();
        self.end_run();
        self.show(&alt);
        let bound = link::scheme(&dest_url)
            .filter(|(scheme, _)| link::BOUND.iter().any(|bound| bound.eq_ignore_ascii_case(scheme)));
        if let Some((scheme, _)) = bound {
            let problem = Diagnostic::new(
                &BOUND_LINK,
                &self.origin.place(range.clone()),
                format!("a {} can't be an image", scheme.to_ascii_lowercase()),
            )
            .help("remove the `!` before the bracket");
            let problem = self.origin.edit(problem, range.start..range.start + 1, "");
            self.broken_link(problem, range);
            return;
        }
        let target = match self.target(&dest_url, &place) {
            Target::Page { path, .. } => self.no_picture(&place, format!("`{path}` is a page, not a picture")),
            Target::Fragment(id) => self.no_picture(&place, format!("`#{id}` is a heading, not a picture")),
            Target::External(address)
                if !address.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")) =>
            {
                self.no_picture(&place, format!("`{address}` is not a picture"))
            }
            target => target,
        };
        self.push(Node::Image(Image {
            target,
            typed: dest_url.to_string(),
            target_place: self.origin.place(place),
            alt,
            title: (!title.is_empty()).then(|| title.to_string()),
            place: self.origin.place(range),
        }));
    }

    fn no_picture(&mut self, place: &Range<usize>, message: String) -> Target {
        let problem = Diagnostic::new(&LINK_TARGET, &self.origin.place(place.clone()), message)
            .help("name the picture's file, or remove the `!` to make it a link");
        self.gaps.hide_links(self.diagnostics.report(problem));
        Target::Broken
    }

    /// Takes all events up to the image's end, and gives its text.
    fn take_alt(&mut self) -> String {
        let mut alt = String::new();
        let mut depth = 0usize;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Text(text) => {
                    self.words(&text, range, Context::ImageText);
                    alt.push_str(&text);
                }
                Event::Code(text) => {
                    self.plain.push("\u{fffc}", self.origin.file_range(range), false, Context::ImageText);
                    alt.push_str(&text);
                }
                Event::SoftBreak | Event::HardBreak => {
                    self.plain.space(self.origin.file_range(range));
                    alt.push(' ');
                }
                Event::Start(tag) => {
                    depth += 1;
                    if let Tag::Link { dest_url, .. } = &tag
                        && link::scheme(dest_url).is_some_and(|(scheme, _)| link::BOUND.contains(&scheme))
                    {
                        self.refuse(
                            &range,
                            "a figure, term or literal can't stand in an image's text".into(),
                            "write the image's text without it".into(),
                        );
                    }
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => (),
            }
        }
        alt
    }
}
