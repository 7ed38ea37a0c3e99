//! A site of many pages: sections of a hundred, each page with six sections of its own, nineteen figures and eighteen links.

use std::fmt::Write;
use std::fs;
use std::path::Path;

const SETS: usize = 4;
const ROWS: usize = 25;

/// Writes it.
pub fn write(root: &Path, pages: usize) {
    let data = root.join("content/data");
    fs::create_dir_all(&data).unwrap();
    let config = "title = \"Many\"\nbase_url = \"https://example.com/\"\ndescription = \"Many.\"\n";
    fs::write(root.join("content/site.toml"), config).unwrap();
    fs::write(data.join("sources.toml"), SOURCES).unwrap();
    for set in 0..SETS {
        fs::write(data.join(format!("set{set}.toml")), table(set)).unwrap();
    }
    fs::write(data.join("quoted.toml"), facts(pages)).unwrap();
    fs::write(
        root.join("content/index.md"),
        "+++\ntitle = \"Front\"\ndescription = \"Front.\"\n+++\n\n```table set0\n```\n",
    )
    .unwrap();
    for page in 0..pages {
        let path = root.join(file(page));
        if page % 100 == 0 {
            let folder = path.parent().unwrap();
            fs::create_dir_all(folder).unwrap();
            let text =
                format!("+++\ntitle = \"Section {}\"\ndescription = \"A section.\"\n+++\n\nPages.\n", page / 100);
            fs::write(folder.join("index.md"), text).unwrap();
        }
        fs::write(path, text(page, pages)).unwrap();
    }
}

/// The file of a page, from the root.
pub fn file(page: usize) -> String {
    format!("content/s{:03}/p{page}.md", page / 100)
}

/// The address of a page.
pub fn address(page: usize) -> String {
    format!("/s{:03}/p{page}/", page / 100)
}

/// The id of the datum that a page quotes with nine others.
pub fn fact(page: usize) -> String {
    format!("f{}", page / 10)
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

const SOURCES: &str = "kind = \"sources\"\ntitle = \"Sources\"\n\n[list]\ntitle = \"Price list\"\npublisher = \"an invented company\"\n\
                       url = \"not given\"\nkind = \"price list\"\n";

const HEAD: &str = "unit = \"USD/month\"\nscope = \"employer\"\nas_of = \"2026-10\"\nsources = [\"list\"]\n\
                    confidence = \"medium\"\n";

fn ends(set: usize, row: usize) -> (usize, usize) {
    (set * 100 + row * 2 + 4, set * 100 + row * 2 + 9)
}

fn table(set: usize) -> String {
    let columns = "[columns]\ntitle = { title = \"Plan\", type = \"text\" }\nserver = { title = \"Server\" }\n";
    let mut text = format!("title = \"Set {set}\"\n{HEAD}\n{columns}");
    for row in 0..ROWS {
        let (low, high) = ends(set, row);
        write!(text, "\n[[row]]\nid = \"r{row}\"\ntitle = \"Row {row}\"\nserver = [{low}, {high}]\n").unwrap();
    }
    text
}

fn facts(pages: usize) -> String {
    let mut text = format!("kind = \"facts\"\ntitle = \"Quoted\"\n{HEAD}");
    for fact in 0..pages.div_ceil(10) {
        write!(text, "\n[f{fact}]\ntitle = \"f{fact}\"\nvalue = 4312\n").unwrap();
    }
    text
}

fn text(page: usize, pages: usize) -> String {
    let mut text = format!(
        "+++\ntitle = \"Page {page}\"\ndescription = \"The page of number {page}.\"\n+++\n\nIt costs [$4.3K](figure:quoted.{}).\n\n",
        fact(page)
    );
    for section in 0..6 {
        let name = |at: usize| char::from(b'a' + at as u8);
        writeln!(text, "## Section {} of it\n", name(section)).unwrap();
        text +=
            "Here stands a paragraph of some length that tells what a plan is for, and that goes on for a while.\n\n";
        for at in 0..3 {
            let (set, row) = ((page / 50 + at) % SETS, (page * 7 + section * 3 + at) % ROWS);
            let (low, high) = ends(set, row);
            let other = (page * 13 + section * 31 + at * 7 + 1) % pages;
            writeln!(
                text,
                "A server of this kind costs [${low}–${high}](figure:set{set}.r{row}.server) a month, as [another page](../s{:03}/p{other}.md#section-{}-of-it) says.\n",
                other / 100,
                name(at)
            )
            .unwrap();
        }
    }
    text
}
