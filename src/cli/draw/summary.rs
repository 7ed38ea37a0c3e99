//! The whole list as Markdown, for the summary of a workflow step on GitHub.

use std::fmt::Write;

use bandbook::diagnostic::Diagnostic;

use super::severity;
use super::visible::{visible, visible_line};
use crate::cli::tally::Tally;

/// GitHub refuses a summary above 1 MiB; the rest is left for what else a step says.
const MOST_BYTES: usize = 900 * 1024;
/// A patch that nobody reads in a summary is left to the command.
const MOST_PATCH_BYTES: usize = 64 * 1024;

/// Every diagnostic as an item of a list, under a heading that counts them.
pub fn summary(diagnostics: &[Diagnostic], prefix: &str) -> String {
    let mut text = format!("### bandbook: {}\n\n", Tally::of(diagnostics));
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let item = item(diagnostic, prefix);
        if text.len() + item.len() > MOST_BYTES {
            let _ = writeln!(text, "- … and {} more", diagnostics.len() - index);
            break;
        }
        text.push_str(&item);
    }
    text.push('\n');
    text
}

/// The patch that `bandbook fix` would make, behind one line that opens it; nothing where it is too long to be read there.
pub fn folded(patch: &str) -> String {
    if patch.is_empty() || patch.len() > MOST_PATCH_BYTES {
        return String::new();
    }
    // A fence that no run of the text's own tildes closes.
    let longest = patch.split(|c| c != '~').map(str::len).max().unwrap_or(0);
    let fence = "~".repeat(longest.max(2) + 1);
    let text = visible_patch(patch);
    format!("<details><summary>What bandbook fix would change</summary>\n\n{fence}diff\n{text}{fence}\n\n</details>\n")
}

fn visible_patch(patch: &str) -> String {
    patch.lines().map(|line| format!("{}\n", visible_line(line))).collect()
}

fn item(diagnostic: &Diagnostic, prefix: &str) -> String {
    let mut item = format!("- **{}** ", severity(diagnostic.severity));
    if let Some(place) = &diagnostic.place {
        let _ = write!(item, "{}: ", plain(&format!("{prefix}{place}")));
    }
    let _ = write!(item, "{} ({})", plain(&diagnostic.message), diagnostic.code.name);
    for label in &diagnostic.labels {
        let _ = write!(item, "<br>{}: {}", plain(&format!("{prefix}{}", label.place)), plain(&label.text));
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(item, "<br>{}", plain(&help.replace('\n', " ")));
    }
    item.push('\n');
    item
}

/// A text that Markdown shows as it is: any punctuation of ASCII may be escaped.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() * 2);
    for c in visible(text).chars() {
        // These mean nothing in the middle of a line, and read better bare.
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ';' | '/' | '-' | '%' | '?' | '\'' | '"' | '(' | ')') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::samples::{disagreement, hostile, loose, placeless};
    use super::*;

    #[test]
    fn the_whole_list_is_markdown_that_shows_text_as_it_is() {
        let expected = r"### bandbook: 3 errors, 1 warning

- **error** docs/content/bands.md\:3\:19: the text says \$430K, the data say \$432K (figure-value)<br>docs/content/data/bands.toml\:5\:10: the datum stands here<br>Type \`\$432K\`, or correct the datum.
- **warning** docs/a.md\:1\:7: 12% is bound to no datum (loose-figure)
- **error** there is no content folder (figure-value)<br>Run \`bandbook init\`.
- **error** docs/content/a,b\:c%.md\:1\:3: ␛\]0;title␇ 100%␊\:\:error\:\:\<b\>\`\*\_\| (figure-value)<br>Type� a␍ b.

";
        assert_eq!(summary(&[disagreement(), loose("a.md"), placeless(), hostile()], "docs/"), expected);
    }

    #[test]
    fn a_list_that_github_would_refuse_ends_early_and_says_so() {
        let text = summary(&vec![loose("a.md"); 20_000], "");
        assert!(text.len() < 1024 * 1024 && text.lines().last().unwrap_or("").is_empty(), "{}", text.len());
        assert!(text.trim_end().rsplit('\n').next().unwrap_or("").starts_with("- … and "));
    }
}
