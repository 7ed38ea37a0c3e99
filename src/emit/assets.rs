//! Static files: which of them carry their hash in their name, and the stylesheet's addresses of them.
//!
//! A deployment mixes old and new files for some minutes, so stylesheets, scripts and fonts are never overwritten:
//! their names change with their bytes. Everything else keeps its name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::render::Assets;
use crate::site::{Address, StaticFile};

/// One file of `static/`, ready to be written.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its path below `static/`: `fonts/sans.woff2`.
    pub path: Arc<str>,
    /// Where it is published.
    pub address: Address,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

/// Gives static files their addresses, and puts those addresses into the stylesheets that name them.
///
/// `files` are paths below `static/` with their bytes; of two with the same path the later counts.
pub fn assets(files: Vec<(Arc<str>, Cow<'static, [u8]>)>) -> Vec<Asset> {
    let files: BTreeMap<Arc<str>, Cow<'static, [u8]>> = files.into_iter().collect();
    let rewritten = |bytes: Cow<'static, [u8]>, rewrite: &dyn Fn(&str) -> String| match std::str::from_utf8(&bytes) {
        Ok(text) => Cow::Owned(rewrite(text).into_bytes()),
        Err(_) => bytes,
    };
    let (styles, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| path.ends_with(".css"));
    let others = others.into_iter().map(|(path, mut bytes)| {
        if path.ends_with(".js") {
            bytes = rewritten(bytes, &|text| without_indents(text, "//"));
        }
        let address = Address::new(&if is_hashed(&path) { asset_name(&path, &bytes) } else { path.to_string() });
        Asset { path, address, bytes }
    });
    let mut assets: Vec<Asset> = others.collect();
    let names: BTreeMap<&str, &Address> = assets.iter().map(|asset| (&*asset.path, &asset.address)).collect();
    let styles = styles.into_iter().map(|(path, bytes)| {
        let rewrite = |text: &str| without_blanks(&without_indents(&with_addresses(&path, text, &names), "/*"));
        let bytes = rewritten(bytes, &rewrite);
        Asset { address: Address::new(&asset_name(&path, &bytes)), path, bytes }
    });
    let styles: Vec<Asset> = styles.collect();
    assets.extend(styles);
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    assets
}

/// What templates need to know of the assets.
pub fn for_templates(assets: &[Asset]) -> Assets {
    let find = |path: &str| assets.iter().find(|asset| &*asset.path == path).map(|asset| asset.address.clone());
    let font = assets.iter().find(|asset| asset.path.ends_with(".woff2")).map(|asset| asset.address.clone());
    let (script, redirect_script) = (find("site.js"), find("moved.js"));
    Assets { stylesheet: find("site.css"), script, redirect_script, icon: find("icon.svg"), font }
}

/// The same as files of the site, which claim their addresses.
pub fn claims(assets: &[Asset]) -> Vec<StaticFile> {
    let files = assets.iter();
    files
        .map(|asset| StaticFile { address: asset.address.clone(), path: format!("static/{}", asset.path).into() })
        .collect()
}

fn is_hashed(path: &str) -> bool {
    [".js", ".woff2", ".woff"].iter().any(|ending| path.ends_with(ending))
}

/// A script or stylesheet without what only its writers need: the blanks before its lines, empty lines, and lines that hold one
/// comment. It is left as it is where a text or a comment might run over lines, in which blanks may mean something.
fn without_indents(text: &str, comment: &str) -> String {
    let runs_on = |line: &str| {
        let opens = line.matches("/*").count() != line.matches("*/").count();
        opens || line.ends_with('\\') || line.matches('`').count() % 2 == 1
    };
    if text.lines().any(runs_on) {
        return text.to_owned();
    }
    let is_comment = |line: &str| match comment {
        "/*" => line.starts_with("/*") && line.ends_with("*/") && line.matches("*/").count() == 1,
        mark => line.starts_with(mark),
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A stylesheet without the blanks around braces and behind colons, commas and semicolons. Those before a colon stay, since
/// `a :hover` is not `a:hover`, and so do lines with a quoted text.
fn without_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.contains(['"', '\'']) {
            out.push_str(line);
        } else {
            let tight = line.replace("; ", ";").replace(": ", ":").replace(", ", ",");
            let tight = tight.replace(" { ", "{").replace(" {", "{").replace(" }", "}");
            out.push_str(&tight.replace(";}", "}"));
        }
    }
    out
}

/// A stylesheet in which every `url("…")` of an asset names the asset's address. Addresses are relative to the stylesheet,
/// so the base path does not enter.
fn with_addresses(path: &str, text: &str, names: &BTreeMap<&str, &Address>) -> String {
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    let up = "../".repeat(path.matches('/').count());
    let mut parts = text.split_inclusive("url(\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (target, rest) = part.split_at(part.find('"').unwrap_or(part.len()));
        match names.get(&*format!("{folder}{target}")) {
            Some(address) => out.extend([&up, address.encoded().trim_start_matches('/')]),
            None => out.push_str(target),
        }
        out.push_str(rest);
    }
    out
}

/// A file's path with ten hexadecimal digits of its content's hash before the extension: `site.css` becomes
/// `site.1a2b3c4d5e.css`. Such a file may be kept by browsers forever.
fn asset_name(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let digits = hash.get(..10).unwrap_or_default();
    let path = Path::new(path);
    let ending = path.extension().map_or(digits.to_owned(), |ending| format!("{digits}.{}", ending.display()));
    path.with_extension(ending).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_names_its_font_by_the_hashed_address() {
        let files = vec![
            (
                Arc::from("site.css"),
                Cow::Borrowed(&b"@font-face{src:url(\"fonts/a.woff2\")} b{background:url(\"data:x\")}"[..]),
            ),
            (Arc::from("fonts/a.woff2"), Cow::Borrowed(&b"font"[..])),
            (Arc::from("icon.svg"), Cow::Borrowed(&b"<svg/>"[..])),
        ];
        let assets = assets(files);
        let address = |path: &str| {
            assets
                .iter()
                .find(|asset| &*asset.path == path)
                .map(|asset| asset.address.to_string())
                .expect("it is there")
        };
        let font = address("fonts/a.woff2");
        assert!(
            font.starts_with("/fonts/a.") && font.ends_with(".woff2") && font.len() > "/fonts/a.woff2".len(),
            "{font}"
        );
        assert_eq!(address("icon.svg"), "/icon.svg");
        let style = assets.iter().find(|asset| &*asset.path == "site.css").expect("it is there");
        let text = String::from_utf8_lossy(&style.bytes);
        assert_eq!(text, format!("@font-face{{src:url(\"{}\")}} b{{background:url(\"data:x\")}}\n", &font[1..]));
        assert_ne!(style.address.as_str(), "/site.css");
    }

    #[test]
    fn scripts_and_styles_go_out_without_indents_and_comment_lines() {
        let check = |text: &str, comment: &str, expected: &str| assert_eq!(without_indents(text, comment), expected);
        check("// Why.\n\n  f(); // stays\n    g('//');\n", "//", "f(); // stays\ng('//');\n");
        check("/* Why. */\na {\n  b: c; /* stays */\n}\n", "/*", "a {\nb: c; /* stays */\n}\n");
        check("/* One. */ a { } /* Two. */\n", "/*", "/* One. */ a { } /* Two. */\n");
        // A text or a comment that runs over lines.
        for text in ["  x = `a\n    b`;\n", "  x = 'a \\\n  b';\n", "/*\n  a\n*/\n  f();\n"] {
            check(text, "//", text);
        }
    }
    #[test]
    fn an_assets_name_holds_ten_digits_of_its_hash() {
        for (path, expected) in [
            ("site.css", "site.af1349b9f5.css"),
            ("assets/site.css", "assets/site.af1349b9f5.css"),
            ("a.b/site", "a.b/site.af1349b9f5"),
            ("a/font.latin.woff2", "a/font.latin.af1349b9f5.woff2"),
            (".htaccess", ".htaccess.af1349b9f5"),
        ] {
            assert_eq!(asset_name(path, b""), expected);
        }
        assert_ne!(asset_name("a.css", b"a"), asset_name("a.css", b"b"));
    }

    #[test]
    fn styles_go_out_without_blanks_that_mean_nothing() {
        let check = |text: &str, expected: &str| assert_eq!(without_blanks(text), expected);
        check("a, b { c: d; e: f(1, 2); }\n", "a,b{c:d;e:f(1,2)}\n");
        check("@media (a: b) { c { d: e } }\n", "@media (a:b){c{d:e}}\n");
        check("a :is(b, c) > d { e: calc(1px - 2px) }\n", "a :is(b,c) > d{e:calc(1px - 2px)}\n");
        check("a::before { content: \", \"; }\n", "a::before { content: \", \"; }\n");
    }
}
