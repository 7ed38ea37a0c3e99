//! How long it takes from a save until the new bytes are served, as medians over real saves, a real watch and real requests.
//!
//! `cargo bench --bench serve` prints a table; nothing here passes or fails by the clock. Work in a folder in memory: a slow
//! disk is not what is measured.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't go on should stop")]
#![expect(clippy::print_stdout, reason = "it prints what it measures")]

mod client;
mod site;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use client::Client;

const ROUNDS: usize = 50;
const EDITS: usize = 1_000;

fn main() {
    println!("from save to served, milliseconds, {ROUNDS} saves each\n");
    println!("{:<44}{:>8}{:>8}{:>8}", "", "median", "least", "most");
    let folder = tempfile::tempdir().unwrap();
    site::copy(Path::new("content"), &folder.path().join("content"));
    of_reference(folder.path());
    for pages in [1_000, 10_000] {
        let folder = tempfile::tempdir().unwrap();
        site::write(folder.path(), pages);
        of_many(folder.path(), pages);
    }
}

fn of_reference(root: &Path) {
    let mut client = Client::start(root);
    let page = root.join("content/faq.md");
    let text = fs::read_to_string(&page).unwrap();
    measure("reference site: a body", &mut client, "/faq/", |round, mark| {
        fs::write(&page, format!("{text}\nSave {round} is {mark}.\n")).unwrap();
    });
    let title = text.lines().find(|line| line.starts_with("title = ")).unwrap().to_owned();
    measure("reference site: a title", &mut client, "/bands/", |_, mark| {
        fs::write(&page, text.replacen(&title, &format!("title = \"Questions {mark}\""), 1)).unwrap();
    });
    let data = root.join("content/data/sources.toml");
    let sources = fs::read_to_string(&data).unwrap();
    let line =
        sources.lines().find(|line| line.starts_with("title = ") && !line.contains("Sources")).unwrap().to_owned();
    measure("reference site: a source's title", &mut client, "/methodology/", |_, mark| {
        fs::write(&data, sources.replacen(&line, &format!("title = \"Source {mark}\""), 1)).unwrap();
    });
    memory("reference site", &mut client, &page, &text);
}

fn of_many(root: &Path, pages: usize) {
    let started = Instant::now();
    let mut client = Client::start(root);
    println!("{:<44}{:>8.0}", format!("{pages} pages: until it answers first"), started.elapsed().as_secs_f64() * 1e3);
    client.settle();
    let (file, address) = (root.join(site::file(pages / 2)), site::address(pages / 2));
    let text = fs::read_to_string(&file).unwrap();
    measure(&format!("{pages} pages: a body"), &mut client, &address, |round, mark| {
        fs::write(&file, format!("{text}\nSave {round} is {mark}.\n")).unwrap();
    });
    measure(&format!("{pages} pages: a heading that pages link to"), &mut client, &address, |_, mark| {
        fs::write(&file, format!("{text}\n## Heading {mark}\n\nText.\n")).unwrap();
    });
    let title = text.lines().find(|line| line.starts_with("title = ")).unwrap().to_owned();
    measure(&format!("{pages} pages: a title"), &mut client, &address, |_, mark| {
        fs::write(&file, text.replacen(&title, &format!("title = \"Page {mark}\""), 1)).unwrap();
    });
    let data = root.join("content/data/quoted.toml");
    let values = fs::read_to_string(&data).unwrap();
    let key = site::fact(pages / 2);
    measure(&format!("{pages} pages: a datum quoted on ten"), &mut client, &address, |round, mark| {
        // The pages say $4.3K, which stays true.
        let value = 4_300 + round % 20;
        let old = format!("[{key}]\ntitle = \"{key}\"\nvalue = 4312\n");
        let new = format!("[{key}]\ntitle = \"{key} {mark}\"\nvalue = {value}\n");
        let text = values.replacen(&old, &new, 1);
        assert!(text != values, "there is such a datum");
        fs::write(&data, text).unwrap();
    });
    memory(&format!("{pages} pages"), &mut client, &file, &text);
}

/// Saves, waits for the server's word, asks for the page, and looks for what was saved.
fn measure(what: &str, client: &mut Client, address: &str, save: impl Fn(usize, &str)) {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            std::thread::sleep(Duration::from_millis(30));
            client.forget();
            let mark = format!("mark{round:04}x");
            let started = Instant::now();
            save(round, &mark);
            loop {
                client.wait();
                if client.get(address).contains(&mark) {
                    break started.elapsed();
                }
            }
        })
        .collect();
    took.sort();
    let milliseconds = |took: Duration| took.as_secs_f64() * 1e3;
    println!(
        "{what:<44}{:>8.1}{:>8.1}{:>8.1}",
        milliseconds(took[ROUNDS / 2]),
        milliseconds(took[0]),
        milliseconds(took[ROUNDS - 1])
    );
}

/// How much memory the process holds before and after many edits, where the system says so.
fn memory(what: &str, client: &mut Client, page: &Path, text: &str) {
    let held = || {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?.to_owned();
        line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
    };
    let edit = |client: &mut Client, times: usize| {
        for round in 0..times {
            client.forget();
            fs::write(page, format!("{text}\nEdit {round}.\n")).unwrap();
            client.wait();
        }
    };
    edit(client, 100);
    let before = held();
    edit(client, EDITS);
    if let (Some(before), Some(after)) = (before, held()) {
        println!("{:<44}{after:>8.1}  (MB; {before:.1} before {EDITS} edits)", format!("{what}: memory"));
    }
}
