//! The server as an editor's browser meets it: Pages' rules, saves that appear, and requests of ill will.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use bandbook::diagnostic::Diagnostic;
use bandbook::serve::{Desk, Limits, Notice, ServeOptions, Server, Stopper};
use bandbook::session::{self, BuildOptions};
use tempfile::TempDir;

/// How long to wait for what comes in any case, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);

/// A site in a folder of its own, served on a port of its own.
struct Served {
    folder: TempDir,
    address: SocketAddr,
    notices: Receiver<String>,
    stopper: Stopper,
    thread: Option<std::thread::JoinHandle<()>>,
}

struct Listener(Sender<String>);

impl Desk for Listener {
    fn notice(&self, notice: Notice<'_>) {
        let _ = self.0.send(match notice {
            Notice::Listening { base, .. } => format!("listening {base}"),
            Notice::Polling { cause } => format!("polling {cause}"),
            Notice::Built { problems, pages, .. } => {
                let codes: Vec<&str> = problems.iter().map(|problem| problem.code.name).collect();
                format!("built {pages} {codes:?}")
            }
            Notice::Failed(failure) => format!("failed {failure}"),
        });
    }

    fn draw(&self, problem: &Diagnostic) -> String {
        let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}: {place}: <{}>\n{}", problem.code.name, problem.message, problem.help.as_deref().unwrap_or(""))
    }
}

/// What came back: the status line, the headers in lowercase, the body.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn new(files: &[(&str, &str)]) -> Self {
        Self::with(files, ServeOptions::default())
    }

    fn with(files: &[(&str, &str)], options: ServeOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            put(&folder.path().join(path), text);
        }
        let server = Server::bind(ServeOptions { root: folder.path().to_owned(), port: 0, ..options }).unwrap();
        let (address, stopper) = (server.address(), server.stopper());
        let (sender, notices) = channel();
        let thread = std::thread::spawn(move || server.run(Arc::new(Listener(sender))).unwrap());
        let served = Self { folder, address, notices, stopper, thread: Some(thread) };
        served.hear("built");
        served
    }

    /// Waits for a notice that begins with some words.
    #[track_caller]
    fn hear(&self, words: &str) -> String {
        let mut heard = Vec::new();
        loop {
            match self.notices.recv_timeout(PATIENCE) {
                Ok(notice) if notice.starts_with(words) => return notice,
                Ok(notice) => heard.push(notice),
                Err(_) => panic!("no notice `{words}` among {heard:?}"),
            }
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn send(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Reply { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// Waits until a page holds some words: changes are seen when the system says so.
    #[track_caller]
    fn shows(&self, path: &str, words: &str) {
        let until = std::time::Instant::now() + PATIENCE;
        loop {
            let reply = self.get(path);
            if reply.body.contains(words) {
                return;
            }
            assert!(std::time::Instant::now() < until, "{path} never shows {words:?}\n{}", reply.body);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn listen(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let base = "/repo/.bandbook/events";
        write!(stream, "GET {base} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        BufReader::new(stream)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Saves a file as a whole: nobody sees it empty or in part, so it is one change and one event.
fn save(path: &Path, text: &str) {
    let beside = path.with_file_name(".being-saved");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

/// The next event's text.
fn event(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream has ended");
    }
    line
}

fn page(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"D.\"\n+++\n\n{body}\n")
}

fn site() -> Vec<(&'static str, String)> {
    vec![
        (
            "content/site.toml",
            "title = \"Site\"\nbase_url = \"https://example.com/repo/\"\ndescription = \"D.\"\n".to_owned(),
        ),
        ("content/index.md", page("Front", "See [bands](bands.md) and [more](deep/more.md#part).")),
        ("content/bands.md", page("Bands", "Text of bands.")),
        ("content/deep/more.md", page("More", "## Part {#part}\n\nText.")),
        ("content/404.md", page("Not found", "Nothing is here.")),
        ("content/files/a b.txt", "A file.\n".to_owned()),
        ("static/.well-known/proof", "proof\n".to_owned()),
    ]
}

fn start() -> Served {
    let site = site();
    let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Served::new(&files)
}

#[test]
fn a_site_that_moves_says_where_it_is_now() {
    let served = start();
    let mut events = served.listen();
    assert!(event(&mut events).contains("\"base\":\"/repo/\""));
    let move_to = |base: &str| {
        let config = format!("title = \"Site\"\nbase_url = \"https://example.com{base}\"\ndescription = \"D.\"\n");
        save(&served.path("content/site.toml"), &config);
        assert_eq!(served.hear("listening"), format!("listening {base}"));
    };
    move_to("/");
    assert!(event(&mut events).contains("\"base\":\"/\""));
    assert!(served.get("/bands/").body.contains("Text of bands"));

    // What an open page asks for where the site was is found where it is.
    let leads = |from: &str, to: &str| {
        let reply = served.get(from);
        assert!(reply.status == 302 && reply.head.lines().any(|line| line == format!("location: {to}")), "{reply:?}");
    };
    leads("/repo/icon.svg?a=b", "/icon.svg?a=b");
    for elsewhere in ["/repo//example.com/", "/repo/\\example.com/", "/other/icon.svg"] {
        assert_eq!(served.get(elsewhere).status, 404, "{elsewhere}");
    }
    move_to("/new/");
    leads("/repo/icon.svg", "/new/icon.svg");
    leads("/icon.svg", "/new/icon.svg");
    assert_eq!(served.get("/new/nothing").status, 404);
    move_to("/repo/");
    assert_eq!(served.get("/repo/icon.svg").status, 200);
}

#[test]
fn it_answers_by_the_rules_of_github_pages() {
    let served = start();
    for (path, status, holds) in [
        ("/repo/", 200, "Front"),
        ("/repo/bands/", 200, "Text of bands"),
        ("/repo/bands/?a=b", 200, "Text of bands"),
        ("/repo/bands/index.html", 200, "Text of bands"),
        ("/repo/404.html", 200, "Nothing is here"),
        ("/repo/404", 200, "Nothing is here"),
        ("/repo/files/a%20b.txt", 200, "A file."),
        ("/repo/.well-known/proof", 200, "proof"),
        // A page that was loaded while the site was elsewhere asks there.
        ("/elsewhere/.bandbook/worker.js", 200, "EventSource"),
        ("/repo/Bands/", 404, "Nothing is here"),
        ("/repo/nothing", 404, "Nothing is here"),
        ("/repo/deep/", 404, "Nothing is here"),
        ("/repo/bands//", 404, "Nothing is here"),
        ("/repo/bands/%", 400, ""),
        ("/repo/%ff", 400, ""),
        ("/repo/%00", 400, ""),
        ("/other/", 404, "the site is at /repo/"),
    ] {
        let reply = served.get(path);
        assert_eq!(reply.status, status, "{path}: {reply:?}");
        assert!(reply.body.contains(holds), "{path}: {reply:?}");
    }
    for (path, status, location) in [
        ("/repo", 301, "/repo/"),
        ("/repo?a=b", 301, "/repo/?a=b"),
        ("/repo/bands", 301, "/repo/bands/"),
        ("/repo/bands?a=b", 301, "/repo/bands/?a=b"),
        ("/", 302, "/repo/"),
    ] {
        let reply = served.get(path);
        assert_eq!(reply.status, status, "{path}: {reply:?}");
        assert!(
            reply.head.contains(&format!("location: {location}\r\n"))
                || reply.head.ends_with(&format!("location: {location}")),
            "{path}: {reply:?}"
        );
    }
    for (path, expected) in [
        ("/repo/", "text/html; charset=utf-8"),
        ("/repo/sitemap.xml", "text/xml; charset=utf-8"),
        ("/repo/robots.txt", "text/plain; charset=utf-8"),
        ("/repo/icon.svg", "image/svg+xml"),
    ] {
        assert!(served.get(path).head.contains(&format!("content-type: {expected}")), "{path}");
    }
    let head = served.send(&format!("HEAD /repo/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address));
    assert!(head.status == 200 && head.body.is_empty() && !head.head.contains("content-length: 0"), "{head:?}");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let reply = served.send(&format!(
            "{method} /repo/ HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            served.address
        ));
        assert!(reply.status == 405 && reply.head.contains("allow: get, head"), "{method}: {reply:?}");
    }
}

#[test]
fn a_page_is_the_built_one_but_for_one_script() {
    let served = start();
    let out = tempfile::tempdir().unwrap();
    let options = BuildOptions {
        root: served.folder.path().to_owned(),
        out: out.path().join("public"),
        ..BuildOptions::default()
    };
    session::build(&options).unwrap();
    let mut compared = 0;
    for (address, file) in [
        ("", "index.html"),
        ("bands/", "bands/index.html"),
        ("deep/more/", "deep/more/index.html"),
        ("404.html", "404.html"),
    ] {
        let reply = served.get(&format!("/repo/{address}")).body;
        let start = reply.find("<script src=\"/repo/.bandbook/reload.js").unwrap();
        let end = start + reply[start..].find("</script>").unwrap() + "</script>".len();
        let built = fs::read_to_string(options.out.join(file)).unwrap();
        assert_eq!(format!("{}{}", &reply[..start], &reply[end..]), built, "{file}");
        compared += 1;
    }
    assert_eq!(compared, 4);
    for file in ["sitemap.xml", "robots.txt", "icon.svg", "files/a b.txt"] {
        let reply = served.get(&format!("/repo/{}", file.replace(' ', "%20"))).body;
        assert_eq!(reply, fs::read_to_string(options.out.join(file)).unwrap(), "{file}");
    }
}

#[test]
fn every_way_of_saving_appears() {
    let served = start();
    let file = served.path("content/bands.md");
    // In place.
    fs::write(&file, page("Bands", "Saved in place.")).unwrap();
    served.shows("/repo/bands/", "Saved in place.");
    // In two goes, with the file empty between them.
    let mut handle = fs::File::create(&file).unwrap();
    handle.write_all(page("Bands", "Saved in two goes").as_bytes()).unwrap();
    served.shows("/repo/bands/", "Saved in two goes");
    handle.write_all(b"\n\nand this is the second.\n").unwrap();
    drop(handle);
    served.shows("/repo/bands/", "and this is the second.");
    // Beside it and renamed, as Vim and JetBrains do, with a probe and a backup left behind.
    fs::write(served.path("content/4913"), "").unwrap();
    fs::remove_file(served.path("content/4913")).unwrap();
    fs::rename(&file, served.path("content/bands.md~")).unwrap();
    fs::write(&file, page("Bands", "Saved with a backup.")).unwrap();
    served.shows("/repo/bands/", "Saved with a backup.");
    fs::write(served.path("content/.bands.md.tmp"), page("Bands", "Saved by a rename.")).unwrap();
    fs::rename(served.path("content/.bands.md.tmp"), &file).unwrap();
    served.shows("/repo/bands/", "Saved by a rename.");
    // Removed, and made again.
    fs::remove_file(&file).unwrap();
    served.hear("built 3 [\"link-page\"]");
    fs::write(&file, page("Bands", "Made again.")).unwrap();
    served.shows("/repo/bands/", "Made again.");
}

#[test]
fn folders_are_made_renamed_and_removed() {
    let served = start();
    // A file is written into a folder right after it was made, before anybody can watch it.
    put(&served.path("content/new/below/page.md"), &page("New", "In a new folder."));
    served.shows("/repo/new/below/page/", "In a new folder.");
    fs::write(served.path("content/new/below/page.md"), page("New", "Saved in the new folder.")).unwrap();
    served.shows("/repo/new/below/page/", "Saved in the new folder.");
    fs::rename(served.path("content/new"), served.path("content/other")).unwrap();
    served.shows("/repo/other/below/page/", "Saved in the new folder.");
    assert_eq!(served.get("/repo/new/below/page/").status, 404);
    fs::write(served.path("content/other/below/page.md"), page("New", "Saved after the rename.")).unwrap();
    served.shows("/repo/other/below/page/", "Saved after the rename.");
    fs::remove_dir_all(served.path("content/other")).unwrap();
    served.shows("/repo/other/below/page/", "Nothing is here.");
    // A folder of the site itself.
    put(&served.path("templates/components/literal.html"), "{{ literal.text }}");
    put(&served.path("static/robots-too.txt"), "More.\n");
    served.shows("/repo/robots-too.txt", "More.");
    fs::remove_dir_all(served.path("templates")).unwrap();
    put(&served.path("templates/404.html"), "<p>Another template.");
    served.shows("/repo/404.html", "Another template.");
}

#[test]
fn a_thousand_files_at_once_appear() {
    let served = start();
    for at in 0..1_000 {
        put(&served.path(&format!("content/many/p{at}.md")), &page(&format!("P{at}"), "One of many."));
    }
    served.shows("/repo/many/p999/", "One of many.");
    served.shows("/repo/many/p0/", "One of many.");
    fs::remove_dir_all(served.path("content/many")).unwrap();
    served.shows("/repo/many/p999/", "Nothing is here.");
    served.shows("/repo/", "Front");
}

#[test]
fn errors_are_told_and_the_last_good_page_stays() {
    let served = start();
    let mut events = served.listen();
    assert_eq!(event(&mut events), "data: {\"errors\":[],\"base\":\"/repo/\"}\n");
    save(&served.path("content/bands.md"), &page("Bands", "[$5](figure:no.such)"));
    let told = event(&mut events);
    assert!(told.contains("figure-unknown: content/bands.md:6:") && told.contains("there is no figure"), "{told}");
    assert!(served.get("/repo/bands/").body.contains("Text of bands."));
    save(&served.path("content/bands.md"), &page("Bands", "Mended."));
    assert_eq!(event(&mut events), "data: {\"errors\":[],\"base\":\"/repo/\"}\n");
    assert!(served.get("/repo/bands/").body.contains("Mended."));
    // Reading is no change: nobody is told of it.
    for _ in 0..20 {
        served.get("/repo/bands/");
        fs::read(served.path("content/bands.md")).unwrap();
    }
    save(&served.path("content/bands.md"), &page("Bands", "Another."));
    assert_eq!(event(&mut events), "data: {\"errors\":[],\"base\":\"/repo/\"}\n");
    assert!(served.get("/repo/bands/").body.contains("Another."));
}

#[test]
fn a_site_that_was_broken_from_the_start_says_so_and_comes_up_when_mended() {
    let mut site = site();
    site[2].1 = page("Bands", "[x](nothing.md) <");
    let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let served = Served::new(&files);
    let reply = served.get("/repo/bands/");
    assert_eq!(reply.status, 500, "{reply:?}");
    assert!(
        reply.body.contains("link-page: content/bands.md:6:") && reply.body.contains("&lt;there is no page"),
        "{reply:?}"
    );
    assert!(reply.body.contains("/repo/.bandbook/reload.js"), "{reply:?}");
    assert_eq!(served.get("/repo/.bandbook/page?at=/repo/bands/").body, "{}");
    fs::write(served.path("content/bands.md"), page("Bands", "Mended.")).unwrap();
    served.shows("/repo/bands/", "Mended.");
    assert!(served.get("/repo/.bandbook/page?at=/repo/bands/").body.contains("\"page\":"));
}

#[test]
fn only_pages_that_changed_are_told_apart() {
    let served = start();
    let state = |path: &str| served.get(&format!("/repo/.bandbook/page?at={path}")).body;
    let (front, bands, missing) = (state("/repo/"), state("/repo/bands/"), state("/repo/nothing/"));
    assert!(front != bands && missing == state("/repo/404.html"));
    fs::write(served.path("content/bands.md"), page("Bands", "Another text.")).unwrap();
    served.shows("/repo/bands/", "Another text.");
    assert_eq!(state("/repo/"), front);
    assert_ne!(state("/repo/bands/"), bands);
    // Another stylesheet changes every page, and nothing but its address in it.
    put(&served.path("static/site.css"), "p { color: red }\n");
    let until = std::time::Instant::now() + PATIENCE;
    while state("/repo/") == front {
        assert!(std::time::Instant::now() < until, "the stylesheet never comes");
        std::thread::sleep(Duration::from_millis(5));
    }
    let rest = |state: &str| state.split("\"rest\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert_eq!(rest(&state("/repo/")), rest(&front));
}

#[test]
fn strangers_are_refused() {
    let served = start();
    let with = |headers: &str| served.send(&format!("GET /repo/ HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"));
    let own = format!("Host: {}\r\n", served.address);
    assert_eq!(with(&own).status, 200);
    assert_eq!(with(&format!("Host: localhost:{}\r\n", served.address.port())).status, 200);
    for headers in [
        "Host: example.com\r\n".to_owned(),
        "Host: 192.168.0.1\r\n".to_owned(),
        String::new(),
        format!("{own}Origin: https://example.com\r\n"),
        format!("{own}Origin: null\r\n"),
        format!("{own}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"),
    ] {
        let reply = with(&headers);
        assert_eq!(reply.status, 403, "{headers}: {reply:?}");
        assert!(!reply.body.contains("Front"), "{headers}: {reply:?}");
    }
    let origin = format!("Origin: http://{}\r\n", served.address);
    for headers in [
        format!("{own}{own}"),
        format!("{own}Host: example.com\r\n"),
        format!("Host: example.com\r\n{own}"),
        format!("{own}{origin}Origin: https://example.com\r\n"),
        format!("{own}Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n"),
    ] {
        let reply = with(&headers);
        assert_eq!(reply.status, 400, "{headers}: {reply:?}");
        assert!(!reply.body.contains("Front"), "{headers}: {reply:?}");
    }
    let reply = with(&own);
    assert!(!reply.head.contains("access-control"), "{reply:?}");
    assert!(reply.head.contains("cross-origin-resource-policy: same-origin"), "{reply:?}");
    assert_eq!(
        served.send("GET http://example.com/repo/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").status,
        403
    );
}

#[test]
fn nothing_outside_the_site_can_be_asked_for() {
    let served = start();
    fs::write(served.path("secret.txt"), "a secret").unwrap();
    fs::write(served.path("content/.hidden.md"), "a secret").unwrap();
    for path in [
        "/repo/../secret.txt",
        "/repo/..%2fsecret.txt",
        "/repo/%2e%2e/secret.txt",
        "/repo/%252e%252e%252fsecret.txt",
        "/repo/..\\secret.txt",
        "/repo/..%5csecret.txt",
        "/repo//secret.txt",
        "/../secret.txt",
        "/secret.txt",
        "/repo/.hidden.md",
        "/repo/.hidden/",
        "/repo/site.toml",
        "/repo/index.md",
        "/repo/content/index.md",
        "/repo/.bandbook/../../secret.txt",
        "/repo/.bandbook/site.toml",
        "/etc/passwd",
        "/repo//etc/passwd",
        "/repo/file:///etc/passwd",
    ] {
        let reply = served.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {reply:?}");
        assert!(!reply.body.contains("secret") && !reply.body.contains("root:"), "{path}: {reply:?}");
    }
}

#[test]
fn nonsense_and_slow_clients_harm_nobody() {
    let served = start();
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(100_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X-A: b\r\n".repeat(2_000));
    for nonsense in [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\0\0\0\0",
        "GET / HTTP/1.1\r\nHost: a\r\nHost : b\r\n\r\n",
        &long,
        &many,
    ] {
        let mut stream = TcpStream::connect(served.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = stream.write_all(nonsense.as_bytes());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!String::from_utf8_lossy(&answer).contains(" 200 "), "{nonsense:?}");
    }
    // Clients that begin and don't end, and clients that never read, more of them than are held.
    let slow: Vec<TcpStream> = (0..300)
        .map(|at| {
            let mut stream = TcpStream::connect(served.address).unwrap();
            let start = if at % 2 == 0 {
                "GET /repo/ HT"
            } else {
                "GET /repo/.bandbook/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
            };
            stream.write_all(start.as_bytes()).unwrap();
            stream
        })
        .collect();
    fs::write(served.path("content/bands.md"), page("Bands", "Still answered.")).unwrap();
    served.shows("/repo/bands/", "Still answered.");
    drop(slow);
}

/// A site whose pages are larger than what the system keeps for a client that doesn't read.
fn heavy(limits: Limits) -> Served {
    let mut site = site();
    let template = format!("<!DOCTYPE html><title>Heavy</title>{}", "Heavy. ".repeat(1_700_000));
    site.push(("templates/heavy.html", template));
    for (path, text) in &mut site {
        if matches!(*path, "content/index.md" | "content/bands.md") {
            *text = text.replacen("title", "template = \"heavy.html\"\ntitle", 1);
        }
    }
    site.push(("content/files/large.txt", "Large. ".repeat(2_000_000)));
    let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (*path, text.as_str())).collect();
    Served::with(&files, ServeOptions { limits, ..ServeOptions::default() })
}

/// A client that asks for a file, sees that the answer begins, and never reads on.
fn slow_reader(served: &Served, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", served.address).unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    stream
}

#[test]
fn clients_that_never_read_share_bytes_and_another_page_is_not_made_for_them_without_end() {
    let served = heavy(Limits { bytes: 1, read: PATIENCE * 10, ..Limits::default() });
    let slow: Vec<TcpStream> = (0..40).map(|_| slow_reader(&served, "/repo/bands/")).collect();
    assert_eq!(served.get("/repo/bands/").status, 200, "the same page is shared");
    let refused = served.get("/repo/");
    assert!(refused.status == 503 && refused.body.contains("try again"), "{}", refused.head);
    let large = (0..40).map(|_| slow_reader(&served, "/repo/files/large.txt")).collect::<Vec<_>>();
    assert_eq!(served.get("/repo/files/large.txt").status, 200, "what is held anyway is shared by all");
    drop((slow, large));
    served.shows("/repo/", "Heavy.");
}

#[test]
fn a_client_that_never_reads_is_dropped_after_a_while() {
    let served = heavy(Limits { bytes: 1, read: Duration::from_millis(50), ..Limits::default() });
    let slow = slow_reader(&served, "/repo/bands/");
    // There is no room for another page until the first client is gone, which it never is by itself.
    served.shows("/repo/", "Heavy.");
    drop(slow);
}

#[test]
fn the_oldest_connection_makes_room_for_the_next() {
    let served = heavy(Limits { connections: 2, bytes: 1, read: PATIENCE * 10, ..Limits::default() });
    let slow = slow_reader(&served, "/repo/bands/");
    assert_eq!(served.get("/repo/").status, 503);
    let idle: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(served.address).unwrap()).collect();
    served.shows("/repo/", "Heavy.");
    drop((slow, idle));
}

#[test]
fn fifty_tabs_are_told() {
    let served = start();
    let mut tabs: Vec<BufReader<TcpStream>> = (0..50).map(|_| served.listen()).collect();
    tabs.iter_mut().for_each(|tab| assert_eq!(event(tab), "data: {\"errors\":[],\"base\":\"/repo/\"}\n"));
    save(&served.path("content/bands.md"), &page("Bands", "For fifty."));
    tabs.iter_mut().for_each(|tab| assert_eq!(event(tab), "data: {\"errors\":[],\"base\":\"/repo/\"}\n"));
    assert!(served.get("/repo/bands/").body.contains("For fifty."));
}

#[test]
fn files_are_looked_at_where_they_cannot_be_watched() {
    let site = site();
    let files: Vec<(&str, &str)> = site.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let served = Served::with(&files, ServeOptions { poll: true, ..ServeOptions::default() });
    put(&served.path("content/bands.md"), &page("Bands", "Seen by looking."));
    // Polling goes by times of change, which have a grain.
    let file = fs::File::options().write(true).open(served.path("content/bands.md")).unwrap();
    file.set_modified(std::time::SystemTime::now() + Duration::from_secs(10)).unwrap();
    served.shows("/repo/bands/", "Seen by looking.");
}

#[test]
fn a_port_that_is_taken_is_left_to_who_has_it() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::bind(ServeOptions { port, ..ServeOptions::default() }).unwrap();
    assert!(port < server.address().port());
    let away = ServeOptions { host: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), ..ServeOptions::default() };
    let failure = Server::bind(away).err().unwrap();
    assert!(failure.help.as_deref().is_some_and(|help| help.contains("--host")), "{failure:?}");
}

#[cfg(unix)]
#[test]
fn the_keyboard_ends_it_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in site() {
        put(&folder.path().join(path), &text);
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_bandbook"))
        .args(["serve", "--port", "0", "--root"])
        .arg(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut serving = String::new();
    said.read_line(&mut serving).unwrap();
    assert!(
        serving.starts_with("serving http://127.0.0.1:") && serving.ends_with("/repo/ until Ctrl-C\n"),
        "{serving}"
    );
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("read 4 pages in "), "{line}");
    // Once it has answered, it listens to signals too.
    let address = serving["serving http://".len()..].split('/').next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /repo/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    assert!(stream.read(&mut [0; 16]).unwrap() > 0);
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
