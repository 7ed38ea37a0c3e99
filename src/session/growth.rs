//! Holds that what a check costs grows with what is on a page and with the number of pages, rows and problems, and not with a square.

use super::codes;
use super::load::waivers;
use super::outputs::make;
use super::parts;
use crate::check::rules::fixture;
use crate::check::{self, Reading};
use crate::data::notation::Date;
use crate::emit;
use crate::render::{Engine, Renderer, Shared};
use crate::work::growth;

/// The text of `n` pieces.
fn many(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect()
}

fn facts(n: usize, more: &str) -> (String, String) {
    facts_worth(n, |at| at + 1, more)
}

fn facts_worth(n: usize, value: impl Fn(usize) -> usize, more: &str) -> (String, String) {
    let head = "kind = \"facts\"\nunit = \"USD\"\nsources = [\"s\"]\n";
    let fact = |at| format!("[f{at}]\ntitle = \"Fact {at}\"\nvalue = {}\n{more}", value(at));
    ("data/f.toml".to_owned(), head.to_owned() + &many(n, fact))
}

fn table(n: usize) -> (String, String) {
    let head = "unit = \"USD\"\nordered = true\nderive = [\"midpoint\", \"step\", \"overlap\", \"gap\"]\n\
                expect = [\"base.low < next(base.low)\"]\n[columns]\ncode = { title = \"Code\", type = \"text\" }\n\
                base = { title = \"Base\" }\nmore = { title = \"More\", formula = \"base + 1\" }\n";
    let row = |at| format!("[[row]]\nid = \"r{at}\"\ncode = \"R{at}\"\nbase = [{}, {}]\n", at + 100, at + 200);
    ("data/b.toml".to_owned(), head.to_owned() + &many(n, row))
}

fn terms(n: usize, more: impl Fn(usize) -> String) -> (String, String) {
    let term = |at| format!("[t{at}]\nterm = \"Term {at}\"\nshort = \"T{at}\"\ndefinition = \"D\"\n{}", more(at));
    ("data/t.toml".to_owned(), "kind = \"terms\"\n".to_owned() + &many(n, term))
}

fn conflicts(n: usize) -> (String, String) {
    let conflict = |at| {
        format!(
            "[c{at}]\ntitle = \"C {at}\"\nkind = \"contradiction\"\nfigures = [\"f.f{at}\"]\nexplanation = \"E\"\nstatus = \"open\"\n"
        )
    };
    ("data/c.toml".to_owned(), "kind = \"conflicts\"\n".to_owned() + &many(n, conflict))
}

fn page(text: String) -> (String, String) {
    ("index.md".to_owned(), text)
}

fn pages(n: usize, text: impl Fn(usize) -> String) -> Vec<(String, String)> {
    (0..n).map(|at| (format!("page-{at}.md"), text(at))).collect()
}

/// Reads a site, holds the rules against it, judges the problems, and finds where they are.
fn check(files: &[(String, String)]) {
    looked_at(files, false);
}

/// The same, and renders each file and reads it back.
fn check_and_render(files: &[(String, String)]) {
    looked_at(files, true);
}

fn looked_at(files: &[(String, String)], renders: bool) {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (site, mut problems) = fixture::site(&files);
    problems.extend(check::run(&site));
    problems.extend(check::run_late(&site, Date::parse("2026-11-20").ok()));
    if renders {
        let engine = Engine::load(&parts::default_templates())
            .expect("the default templates hold")
            .for_site(&site, &emit::for_templates(&[]));
        let renderer = Renderer::new(&site, &engine, Shared::new(&site).into());
        let reading = Reading::new(&site, Vec::new());
        let made = site.outputs.iter().map(|output| {
            let bytes = make(output, &renderer).expect("a page of the sample renders");
            reading.read(&output.address.file(), &bytes)
        });
        let read = made.collect();
        problems.extend(reading.problems(read));
    }
    let judged = check::judge(problems, &site.config, &waivers(&site, [].iter()), &codes(), None);
    judged.iter().flat_map(|problem| &problem.place).for_each(|place| _ = place.position());
}

#[test]
fn figures_of_a_page() {
    growth("typed figures", |n| check(&[facts(n, ""), page(many(n, |at| format!("It is ${} here.\n\n", at + 1)))]));
    growth("typed figures of one value", |n| check(&[facts_worth(n, |_| 7, ""), page("It is $7.\n\n".repeat(n))]));
    growth("unknown figures", |n| {
        check(&[facts(n, ""), page(many(n, |at| format!("[${}](figure:f.g{at}x)\n\n", at + 1)))]);
    });
    growth("wrong figures on one line", |n| {
        check(&[facts(n, ""), page(many(n, |at| format!("[$9K](figure:f.f{at}) and. ")))]);
    });
    growth("figures of one scope", |n| {
        let figure = |at| format!("It is [${}](figure:f.f{at}) here. ", at + 1);
        check(&[facts(n, "scope = \"one city\"\n"), page(many(n, figure))]);
    });
}

#[test]
fn links_of_a_page() {
    growth("empty links on one line", |n| check(&[page("[](index.md) ".repeat(n))]));
    growth("links to pages that are missing", |n| {
        let mut files = pages(n, |_| "Text.\n".to_owned());
        files.push(page(many(n, |at| format!("[x](paeg-{at}.md)\n\n"))));
        check(&files);
    });
    growth("pages with a link to one that is missing", |n| check(&pages(n, |at| format!("[x](paeg-{at}.md)\n"))));
    growth("anchors that are missing", |n| check(&[page(many(n, |at| format!("## A {at}\n\n[x](#b-{at})\n\n")))]));
    growth("files of sets", |n| {
        let text = "type = \"text\"\n[columns]\na = { title = \"A\" }\n[[row]]\nid = \"x\"\na = \"A\"\n";
        let set = |at| (format!("data/f{at}.toml"), text.to_owned());
        let mut files: Vec<(String, String)> = (0..n).map(set).collect();
        files.push(page(many(n, |at| format!("[x](/data/f{at}.csv)\n\n"))));
        check(&files);
    });
}

#[test]
fn terms_of_pages() {
    let pair = |n: usize| move |at: usize| format!("not_to_confuse = \"t{}\"\n", (at + 1) % n);
    growth("terms used", |n| check(&[terms(n, |_| String::new()), page(many(n, |at| format!("A T{at} here. ")))]));
    growth("terms confused", |n| check(&[terms(n, pair(n)), page(many(n, |at| format!("A T{at} here. ")))]));
    growth("terms linked", |n| {
        check(&[terms(n, |_| String::new()), page(many(n, |at| format!("A T{at} and [x](term:t{at}).\n\n")))]);
    });
    growth("terms unknown", |n| {
        check(&[terms(n, |_| String::new()), page(many(n, |at| format!("[x](term:u{at})\n\n")))]);
    });
    growth("terms unknown to many sets", |n| {
        let set = |at| {
            let term = format!("[t{at}]\nterm = \"Term {at}\"\nshort = \"T{at}\"\ndefinition = \"D\"\n");
            (format!("data/t{at}.toml"), "kind = \"terms\"\n".to_owned() + &term)
        };
        let mut files: Vec<(String, String)> = (0..n).map(set).collect();
        files.push(page(many(n, |at| format!("[x](term:u{at})\n\n"))));
        check(&files);
    });
    growth("terms on pages", |n| {
        let mut files = pages(n, |at| format!("A T{at} here.\n"));
        files.push(terms(n, pair(n)));
        check(&files);
    });
}

#[test]
fn tables() {
    let columns =
        "[columns]\nname = { title = \"Name\", type = \"text\" }\nprice = { title = \"Price\", unit = \"USD\" }\n";
    let csv = |n, row: &dyn Fn(usize) -> String| {
        let head = format!("key = [\"name\"]\nrows = \"csv\"\n{columns}");
        [("data/p.toml".to_owned(), head), ("data/p.csv".to_owned(), "name,price\n".to_owned() + &many(n, row))]
    };
    growth("rows of CSV", |n| check(&csv(n, &|at| format!("Row {at},{at}\n"))));
    growth("broken cells of CSV", |n| check(&csv(n, &|at| format!("Row {at},${at}\n"))));
    growth("broken rows of CSV", |n| check(&csv(n, &|at| format!("Row {at}\n"))));
    growth("rows of CSV with one key", |n| check(&csv(n, &|_| "Row,1\n".to_owned())));
    growth("keys that no column has", |n| {
        let row = |at| format!("[[row]]\nid = \"r{at}\"\nname = \"N\"\nprice = 1\nextra-{at} = 1\n");
        check(&[("data/p.toml".to_owned(), columns.to_owned() + &many(n, row))]);
    });
    growth("rows that are combined", |n| {
        let names = |at| format!("[[row]]\nid = \"r{at}\"\nname = \"N\"\n");
        let text = "[columns]\nname = { title = \"Name\", type = \"text\" }\n";
        let both = "key = [\"a\", \"b\"]\ncombine = [\"n\", \"m\"]\n[columns]\na = { title = \"A\", type = \"text\" }\n\
                    b = { title = \"B\", type = \"text\" }\n";
        check(&[
            ("data/both.toml".to_owned(), both.to_owned()),
            ("data/m.toml".to_owned(), text.to_owned() + &many(2, names)),
            ("data/n.toml".to_owned(), text.to_owned() + &many(n, names)),
        ]);
    });
}

#[test]
fn rows_and_waivers() {
    let named = |n, letter: &str| {
        let rows: Vec<String> = (0..n).map(|at| format!("\"{letter}{at}\"")).collect();
        page(format!("```table b\nrows = [{}]\n```\n", rows.join(", ")))
    };
    growth("rows named", |n| check(&[table(n), named(n, "r")]));
    growth("rows unknown", |n| check(&[table(n), named(n, "q")]));
    growth("rows known and unknown", |n| {
        let rows: Vec<String> = (0..n).map(|at| format!("\"r{at}\", \"unlike-{at}\"")).collect();
        check(&[table(2 * n), page(format!("```table b\nrows = [{}]\n```\n", rows.join(", ")))]);
    });
    growth("conflicts", |n| check(&[facts(n, ""), conflicts(n), page("```list c\n```\n".to_owned())]));
    growth("rows that are no neighbors", |n| {
        let far = |at| format!("[$1](figure:b.r{at}-to-r{}.base.gap)\n\n", at + 2);
        check(&[table(n), page(many(n - 2, far))]);
    });
    growth("waivers", |n| {
        let waived = |at| format!("<!-- bandbook: allow typed-figure: a reason -->\n\nIt is ${at} here.\n\n");
        check(&[facts(3, ""), page(many(n, waived))]);
    });
}

#[test]
fn rendered_pages() {
    let with_records = |n, records: &str| {
        let (path, text) = table(n);
        (path, format!("records = \"{records}\"\n{text}"))
    };
    let shown = |n: usize| page(many(n / 8, |at| format!("[$100 to $200](figure:b.r{at}.base)\n\n")));
    growth("a page of records", |n| check_and_render(&[table(n / 8), page("```table b\n```\n".to_owned())]));
    growth("a page of records for each row", |n| {
        check_and_render(&[with_records(n / 4, "rows"), page("```table b\n```\n".to_owned())]);
    });
    growth("records of what is quoted", |n| check_and_render(&[with_records(n, "quoted"), shown(n)]));
    growth("lists", |n| check_and_render(&[terms(n, |_| String::new()), page("```list t\n```\n".to_owned())]));
}
