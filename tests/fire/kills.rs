//! Builds that are killed at random moments, in both ways of publishing.
//!
//! Where nothing but the site is in the published folder, readers must meet the old site or the new one. Where another file is there
//! too, files are published one by one: each must be the old one or the new one. The next build always completes the site.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk::{Dice, put};

/// Files by their path from the published folder.
type Files = BTreeMap<String, Vec<u8>>;

const PAGES: usize = 60;
/// A file that someone else put into the published folder, so that it can't be exchanged as a whole.
const FOREIGN: &str = "CNAME";

/// Kills builds until `count` were killed, half of them in each way of publishing.
pub fn run(count: usize, seed: u64, bandbook: &Path) -> String {
    let whole = Stage::new(bandbook, false).kill(count.div_ceil(2), seed);
    let one_by_one = Stage::new(bandbook, true).kill(count / 2, seed.wrapping_add(1));
    format!("kills: {}", whole + one_by_one)
}

/// Two versions of a site, and the folder that both are published in.
struct Stage<'a> {
    bandbook: &'a Path,
    folder: tempfile::TempDir,
    /// What each version publishes.
    versions: [Files; 2],
    is_shared: bool,
}

impl<'a> Stage<'a> {
    fn new(bandbook: &'a Path, is_shared: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        put(&folder.path().join("precious.txt"), "mine");
        let mut stage = Self { bandbook, folder, versions: Default::default(), is_shared };
        for version in [0, 1] {
            write_site(&stage.root(version), version);
            stage.build(version);
            stage.versions[version] = read(&stage.out());
        }
        assert_ne!(stage.versions[0], stage.versions[1]);
        if is_shared {
            put(&stage.out().join(FOREIGN), "example.org\n");
        }
        stage
    }

    /// Kills builds of the version that is not published, lets one end, and begins again, until `count` were killed.
    fn kill(&self, count: usize, seed: u64) -> usize {
        let mut dice = Dice::new(seed);
        let (mut killed, mut published) = (0, 1);
        let mut took = Duration::from_millis(100);
        for attempt in 0.. {
            if killed == count {
                break;
            }
            assert!(attempt < 100 * count, "builds end before they can be killed");
            let next = 1 - published;
            let moment = took.mul_f64(dice.roll(1_000) as f64 / 1_000.0);
            killed += usize::from(self.kill_one(next, moment));
            self.is_sound(published, next, &format!("seed {seed}, killed after {moment:?}"));
            // Now and then the next build is killed too, before any could complete the site.
            if dice.roll(3) > 0 {
                let began = Instant::now();
                self.build(next);
                took = began.elapsed();
                assert!(
                    self.files() == self.versions[next],
                    "seed {seed}, after {moment:?}: the next build is not whole"
                );
                published = next;
            }
        }
        killed
    }

    /// Whether a build was killed before its end.
    fn kill_one(&self, version: usize, moment: Duration) -> bool {
        let mut build = self.command(version).spawn().unwrap();
        std::thread::sleep(moment);
        build.kill().unwrap();
        match build.wait().unwrap().code() {
            None => true,
            Some(0) => false,
            // There is no other sign of a kill there.
            Some(1) if cfg!(windows) => true,
            Some(code) => panic!("the build of version {version} ended with {code}"),
        }
    }

    /// The published folder is one version whole, or, file by file, a mixture of whole files; and nothing else is lost.
    fn is_sound(&self, old: usize, new: usize, what: &str) {
        let (found, old, new) = (self.files(), &self.versions[old], &self.versions[new]);
        if !self.is_shared {
            assert!(found == *old || found == *new, "{what}: neither the old site nor the new one is there");
            return;
        }
        for (path, bytes) in &found {
            let is_whole = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
            assert!(is_whole, "{what}: {path} is neither the old file nor the new one");
        }
        for path in old.keys().filter(|path| new.contains_key(*path)) {
            assert!(found.contains_key(path), "{what}: {path} is gone");
        }
    }

    /// What is published, once it is seen that the files of others are as they were.
    fn files(&self) -> Files {
        assert_eq!(fs::read_to_string(self.folder.path().join("precious.txt")).unwrap(), "mine");
        let mut files = read(&self.out());
        if self.is_shared {
            assert_eq!(files.remove(FOREIGN).as_deref(), Some(&b"example.org\n"[..]));
        }
        files
    }

    fn build(&self, version: usize) {
        let output = self.command(version).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn command(&self, version: usize) -> Command {
        let mut command = Command::new(self.bandbook);
        command.args(["build", "--quiet", "--root"]).arg(self.root(version)).arg("--out").arg(self.out());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn root(&self, version: usize) -> PathBuf {
        self.folder.path().join(format!("site-{version}"))
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("public")
    }
}

/// A site of which the two versions share some pages, differ in others, and have some alone.
fn write_site(root: &Path, version: usize) {
    put(
        &root.join("content/site.toml"),
        "title = \"Site\"\nbase_url = \"https://example.org/\"\ndescription = \"D.\"\n",
    );
    put(&root.join("content/files/list.txt"), &format!("version {version}\n").repeat(2_000));
    for page in 0..PAGES {
        let (name, text) = match page % 3 {
            0 => (format!("same-{page}"), "The same text."),
            1 => (format!("other-{page}"), if version == 0 { "The first text." } else { "The second text." }),
            _ => (format!("alone-{version}-{page}"), "A page of one version."),
        };
        let text = format!("+++\ntitle = \"Page {page}\"\ndescription = \"D.\"\n+++\n\n{text}\n");
        put(&root.join(format!("content/{name}.md")), &text);
    }
    put(&root.join("content/index.md"), "+++\ntitle = \"Front\"\ndescription = \"D.\"\n+++\n\nText.\n");
}

/// The files below a folder, without the generator's own list of them.
fn read(root: &Path) -> Files {
    fn walk(folder: &Path, root: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                walk(&path, root, files);
            } else if !name.starts_with(".bandbook") {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    walk(root, root, &mut files);
    files
}
