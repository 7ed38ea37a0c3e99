//! One problem a line: `content/bands.md:12:38: error[figure-value]: the message (the help)`.

use std::io::{self, Write};

use bandbook::diagnostic::{Diagnostic, Position};

use super::human::paint;
use super::visible::visible;
use super::{Sheet, severity};

/// Draws each diagnostic on a line of its own.
pub fn draw(diagnostics: &[Diagnostic], sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics {
        if let Some(place) = &diagnostic.place {
            let Position { line, column } = place.position();
            write!(out, "{}{}:{line}:{column}: ", visible(&sheet.prefix), visible(place.source.path()))?;
        }
        let kind = format!("{}[{}]", severity(diagnostic.severity), diagnostic.code.name);
        let kind = if sheet.color { paint(diagnostic.severity, &kind) } else { kind };
        write!(out, "{kind}: {}", visible(&diagnostic.message))?;
        match &diagnostic.help {
            Some(help) => writeln!(out, " ({})", visible(&help.replace('\n', " ")))?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples::{disagreement, hostile, loose, placeless};
    use super::*;

    fn check(diagnostic: Diagnostic, sheet: &Sheet, expected: &str) {
        let mut drawn = Vec::new();
        draw(&[diagnostic], sheet, &mut drawn).unwrap();
        assert_eq!(String::from_utf8(drawn).unwrap(), format!("{expected}\n"));
    }

    #[test]
    fn each_problem_is_one_line() {
        let plain = &Sheet::default();
        check(
            disagreement(),
            plain,
            "content/bands.md:3:19: error[figure-value]: the text says $430K, the data say $432K \
             (Type `$432K`, or correct the datum.)",
        );
        check(loose("a.md"), plain, "a.md:1:7: warning[loose-figure]: 12% is bound to no datum");
        check(placeless(), plain, "error[figure-value]: there is no content folder (Run `bandbook init`.)");
        check(
            hostile(),
            plain,
            "content/a,b:c%.md:1:3: error[figure-value]: ␛]0;title␇ 100%␊::error::<b>`*_| (Type� a␍ b.)",
        );
        let colored = Sheet { color: true, prefix: "docs/".to_owned(), width: None };
        // The yellow of consoles of Windows is bright.
        let yellow = if cfg!(windows) { 93 } else { 33 };
        let expected =
            format!("docs/a.md:1:7: \x1b[1m\x1b[{yellow}mwarning[loose-figure]\x1b[0m: 12% is bound to no datum");
        check(loose("a.md"), &colored, &expected);
    }
}
