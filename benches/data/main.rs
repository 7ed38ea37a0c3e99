//! How long it takes to read and work out large tables, and to check and build the sites that hold them.
//!
//! `cargo bench --bench data` prints a table; nothing here passes or fails by the clock.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't go on should stop")]
#![expect(clippy::print_stdout, reason = "it prints what it measures")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bandbook::data;
use bandbook::diagnostic::Source;
use bandbook::session::{BuildOptions, CheckOptions, build, check};

const ROUNDS: usize = 9;
/// Rows of the table with three columns of ranges.
const RANGES: usize = 2_000;
/// Rows of the CSV file with six columns.
const CELLS: usize = 10_000;

/// The data files of a site, by their names in `content/data/`.
type Files = Vec<(&'static str, String)>;

fn main() {
    println!("milliseconds, {ROUNDS} rounds\n\n{:<56}{:>8}{:>8}{:>8}", "", "median", "least", "most");
    of(&format!("{RANGES} rows of three ranges, all derived"), &ranges());
    of(&format!("{CELLS} rows of six columns from a CSV file"), &cells());
}

fn of(what: &str, files: &Files) {
    let sources: Vec<Arc<Source>> =
        files.iter().map(|(name, text)| Source::new(format!("content/data/{name}"), text.as_str())).collect();
    measure(&format!("{what}: data"), || {
        let mut problems = Vec::new();
        let data = data::read(&sources, &[], &mut problems);
        assert!(problems.is_empty() && !data.figures.is_empty(), "{problems:?}");
    });
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    let root = folder.path();
    measure(&format!("{what}: check"), || {
        let report = check(&CheckOptions { root: root.to_owned(), ..CheckOptions::default() }).unwrap();
        assert!(!report.failed(), "{:?}", report.diagnostics);
    });
    measure(&format!("{what}: build"), || {
        let out = root.join("public");
        let report =
            build(&BuildOptions { root: root.to_owned(), out: out.clone(), ..BuildOptions::default() }).unwrap();
        assert!(!report.failed(), "{:?}", report.diagnostics);
        fs::remove_dir_all(out).unwrap();
    });
}

fn write(root: &Path, files: &Files) {
    let data = root.join("content/data");
    fs::create_dir_all(&data).unwrap();
    fs::write(root.join("content/site.toml"), "title = \"Large\"\nbase_url = \"https://example.com/\"\n").unwrap();
    let page = "+++\ndescription = \"Large tables.\"\n+++\n\n# Large tables\n\nIn all [1,000](figure:summary.rows) rows or more.\n";
    let page = page
        .replace("[1,000]", if files.iter().any(|(name, _)| name.ends_with(".csv")) { "[10,000]" } else { "[2,000]" });
    fs::write(root.join("content/index.md"), page).unwrap();
    for (name, text) in files {
        fs::write(data.join(name), text).unwrap();
    }
}

/// A table of three ranges a row, with everything derived, and one calculated column.
fn ranges() -> Files {
    let mut text = "title = \"Plans\"\nunit = \"USD/month\"\nordered = true\nrecords = \"quoted\"\n\
                    derive = [\"midpoint\", \"spread\", \"width\", \"step\", \"overlap\", \"gap\"]\n\n\
                    [columns]\nserver = { title = \"Server\" }\nstorage = { title = \"Storage\" }\n\
                    transfer = { title = \"Transfer\" }\ntotal = { title = \"Total\", formula = \"server + storage + transfer\" }\n"
        .to_owned();
    for row in 0..RANGES {
        let end = |by: usize| (row * 2 + by, row * 2 + by * 3);
        let ((a, b), (c, d), (e, f)) = (end(4), end(7), end(9));
        write!(text, "\n[[row]]\nid = \"p{row}\"\nserver = [{a}, {b}]\nstorage = [{c}, {d}]\ntransfer = [{e}, {f}]\n")
            .unwrap();
    }
    vec![("plans.toml", text), ("summary.toml", summary("plans.*.total.low"))]
}

/// A CSV file, a column that adds, one that looks up, and sums by the value of a column.
fn cells() -> Files {
    let table = "title = \"Measurements\"\nrows = \"csv\"\nrecords = \"quoted\"\n\n[columns]\n\
                 station = { title = \"Station\", type = \"text\" }\nday = { title = \"Day\", type = \"text\" }\n\
                 morning = { title = \"Morning\", unit = \"visit\" }\nevening = { title = \"Evening\", unit = \"visit\" }\n\
                 rain = { title = \"Rain\", unit = \"mm\", blank = \"no data\" }\n\
                 visits = { title = \"Visits\", unit = \"visit\", formula = \"morning + evening\" }\n\
                 share = { title = \"Of the station's visits\", unit = \"%\", formula = \"visits / stations.{station}.visits\" }\n";
    let mut csv = "id,station,day,morning,evening,rain\n".to_owned();
    for row in 0..CELLS {
        let rain = if row % 50 == 0 { String::new() } else { format!("{}.{}", row % 37, row % 10) };
        writeln!(csv, "m{row:05},s{},d{},{},{},{rain}", row % 100, row / 100, row % 997 + 1, row % 513 + 1).unwrap();
    }
    let stations = "title = \"Stations\"\nkey = [\"station\"]\nrows = \"csv\"\nrecords = \"quoted\"\n\n[columns]\n\
                    station = { title = \"Station\", type = \"text\" }\n\
                    visits = { title = \"Visits\", unit = \"visit\", formula = \"sum(measurements.*.visits where station = {station})\" }\n";
    let list = (0..100).fold("station\n".to_owned(), |text, at| format!("{text}s{at}\n"));
    vec![
        ("measurements.toml", table.to_owned()),
        ("measurements.csv", csv),
        ("stations.toml", stations.to_owned()),
        ("stations.csv", list),
        ("summary.toml", summary("measurements.*.visits")),
    ]
}

fn summary(counted: &str) -> String {
    format!("kind = \"facts\"\ntitle = \"Summary\"\n\n[rows]\ntitle = \"Rows\"\nformula = \"count({counted})\"\n")
}

fn measure(what: &str, run: impl Fn()) {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            run();
            started.elapsed()
        })
        .collect();
    took.sort();
    let milliseconds = |took: Duration| took.as_secs_f64() * 1e3;
    let [median, least, most] = [ROUNDS / 2, 0, ROUNDS - 1].map(|at| milliseconds(took[at]));
    println!("{what:<56}{median:>8.1}{least:>8.1}{most:>8.1}");
}
