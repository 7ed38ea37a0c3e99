//! A site that is edited at random, and held against a build of the same files after each edit.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bandbook::diagnostic::{Diagnostic, Severity};
use bandbook::session::{self, BuildOptions, Changes, Live, LiveOptions};
use tempfile::TempDir;

/// A generator of numbers that is the same on every machine: the `xorshift64*` of Vigna, "An experimental exploration of Marsaglia's
/// xorshift generators, scrambled" (2016).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// Each seed gives other numbers, and the same ones every time.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    /// One of some values.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

/// A site in a folder of its own, kept up to date while it is edited.
pub struct Desk {
    folder: TempDir,
    pub live: Live,
}

impl Desk {
    pub fn new(site: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in site {
            put(&folder.path().join(path), text);
        }
        let options = LiveOptions { root: folder.path().to_owned(), ..LiveOptions::default() };
        let mut live = Live::open(options).unwrap();
        while live.prove(usize::MAX) {}
        Self { folder, live }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn update(&mut self, changes: &Changes) {
        self.live.update(changes).unwrap();
        while self.live.prove(usize::MAX) {}
    }

    /// Holds what the live site says and shows against a build of the same files. Says how it went.
    pub fn compare(&self, what: &str) -> bool {
        let out = tempfile::tempdir().unwrap();
        let options = BuildOptions {
            root: self.folder.path().to_owned(),
            out: out.path().join("public"),
            ..BuildOptions::default()
        };
        let report = session::build(&options).unwrap();
        let (said, expected) = (texts(self.live.problems()), texts(&report.diagnostics));
        assert_eq!(said, expected, "{what}");
        if report.failed() {
            return false;
        }
        let shelf = self.live.shelf().unwrap();
        let built = files(&options.out);
        let mut paths: BTreeSet<String> = shelf.paths().collect();
        paths.remove(".bandbook-manifest");
        assert_eq!(paths, built.keys().cloned().collect::<BTreeSet<_>>(), "{what}");
        for (path, bytes) in &built {
            let shown = shelf.file(path).unwrap().unwrap();
            let (shown, bytes) = (String::from_utf8_lossy(shown.as_ref()), String::from_utf8_lossy(bytes));
            assert!(shown == bytes, "{what}: {path} differs");
        }
        true
    }
}

/// Writes a file, and the folders that it is in.
pub fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Problems as texts, with all that is said of them.
pub fn texts(problems: &[Diagnostic]) -> Vec<String> {
    let text = |problem: &Diagnostic| {
        let place = problem.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let labels: Vec<String> =
            problem.labels.iter().map(|label| format!("{} {}", label.place, label.text)).collect();
        let level = if problem.severity == Severity::Error { "error" } else { "warning" };
        format!("{level} {} {place} {} {labels:?} {:?}", problem.code.name, problem.message, problem.help)
    };
    problems.iter().map(text).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found.remove(".bandbook-manifest");
    found
}

/// A site without a problem.
pub const SITE: &[(&str, &str)] = &[
    (
        "content/site.toml",
        "title = \"Plans\"\nbase_url = \"https://example.com/repo/\"\ndescription = \"Plans and prices.\"\n\n[limits]\ntyped_units = [\"hour\"]\n",
    ),
    (
        "content/index.md",
        "+++\ntitle = \"Plans\"\ndescription = \"From [$4](figure:plans.small.total.low).\"\n+++\n\nThe small plan costs [$4–$6](figure:plans.small.total), see [the prices](plans.md#prices) and [more](deep/more.md#two).\n\n```facts\nfigures = [\"plans.small.total\", \"plans.large.total\"]\n```\n",
    ),
    (
        "content/plans.md",
        "+++\ntitle = \"All plans\"\ndescription = \"Every plan.\"\n+++\n\n## Prices {#prices}\n\n```table plans\ncaption = \"Prices, from [$4](figure:plans.small.total.low)\"\n```\n\n## Chart {#chart}\n\n```chart plans\nkind = \"range\"\ny = \"total\"\ncaption = \"Prices\"\n```\n\nA [VPS](term:vps) is meant, see [the row](plans.md#large).\n",
    ),
    (
        "content/deep/more.md",
        "+++\ntitle = \"More\"\ndescription = \"More.\"\naliases = [\"/old/\"]\n+++\n\n## One\n\nThe gap is [$8](figure:facts.fee), a large one costs [$18](figure:facts.rise.up) more, and [back](../index.md).\n\n## Two\n\nText of [a friend](../plans.md#chart).\n",
    ),
    (
        "content/words.md",
        "+++\ntitle = \"Words\"\ndescription = \"Words.\"\n+++\n\n```list terms\n```\n\n```list sources\n```\n\n```list conflicts\n```\n\nBy the hour it is [$0.048](figure:prices.north.large.hour) in the north.\n\n```table prices\n```\n",
    ),
    (
        "content/data/plans.toml",
        "title = \"Plans\"\nunit = \"USD/month\"\nscope = \"employer\"\nas_of = \"2026-10\"\nsources = [\"list\"]\nconfidence = \"medium\"\nrange_meaning = \"The cheapest and the dearest.\"\nnote = \"As on the [front page](/).\"\nordered = true\nderive = [\"midpoint\", \"step\", \"gap\"]\nexpect = [\"total.low < next(total.low)\"]\n\n[columns]\ntitle = { title = \"Plan\", type = \"text\" }\ntotal = { title = \"Total\" }\nyear = { title = \"A year\", unit = \"USD/year\", formula = \"convert(total)\" }\n\n[[row]]\nid = \"small\"\ntitle = \"Small\"\ntotal = [4, 6]\n\n[[row]]\nid = \"large\"\ntitle = \"Large\"\ntotal = [22, 30]\n",
    ),
    (
        "content/data/facts.toml",
        "kind = \"facts\"\ntitle = \"Facts\"\nunit = \"USD/month\"\nas_of = \"2026-10\"\nsources = [\"list\"]\nconfidence = \"medium\"\n\n[fee]\ntitle = \"Fee\"\nvalue = 8\n\n[rise]\ntitle = \"From small to large\"\nformula = \"difference(plans.small.total.low, plans.large.total.low)\"\n",
    ),
    (
        "content/data/prices.toml",
        "title = \"By the hour\"\nkey = [\"region\", \"size\"]\nrows = \"csv\"\nas_of = \"2026-10\"\nsources = [\"list\"]\nconfidence = \"medium\"\n\n[columns]\nregion = { title = \"Region\", type = \"text\" }\nsize = { title = \"Size\", type = \"text\" }\nhour = { title = \"An hour\", header = \"Price per hour\", unit = \"USD/hour\" }\n",
    ),
    ("content/data/prices.csv", "Region,Size,Price per hour\nNorth,Small,0.006\nNorth,Large,0.048\nEast,Large,0.044\n"),
    (
        "content/data/terms.toml",
        "kind = \"terms\"\ntitle = \"Terms\"\n\n[vps]\nterm = \"Virtual private server\"\nshort = \"VPS\"\ndefinition = \"A part of a machine.\"\n",
    ),
    (
        "content/data/sources.toml",
        "kind = \"sources\"\ntitle = \"Sources\"\n\n[list]\ntitle = \"Price list\"\npublisher = \"an invented company\"\nurl = \"not given\"\nkind = \"price list\"\ncaution = \"Made up.\"\n",
    ),
    (
        "content/data/conflicts.toml",
        "kind = \"conflicts\"\ntitle = \"Conflicts\"\n\n[two]\ntitle = \"Two prices\"\nkind = \"caution\"\nline = \"Two are named.\"\nfigures = [\"plans.small.total\"]\nexplanation = \"Two are named.\"\nstatus = \"open\"\n",
    ),
    ("content/plan.txt", "A file beside pages.\n"),
    ("static/extra.css", "a { color: red }\n"),
];

/// What an editor may do: in a file, put one text for another.
const EDITS: &[(&str, &str, &str)] = &[
    ("content/index.md", "The small plan costs", "A small plan is for"),
    ("content/index.md", "[$4–$6]", "[$4–$7]"),
    ("content/index.md", "[$4–$6](figure:plans.small.total)", "[$4–$6](figure:plans.smal.total)"),
    ("content/index.md", "title = \"Plans\"", "title = \"Plans and prices\""),
    ("content/index.md", "plans.md#prices", "plans.md#price"),
    ("content/index.md", "\"plans.small.total\", ", ""),
    ("content/index.md", "+++\n\nThe", "+++\n\n<b>The"),
    ("content/plans.md", "## Prices {#prices}", "## Prices {#all}"),
    ("content/plans.md", "title = \"All plans\"", "title = \"Plans\"\nweight = 1"),
    ("content/plans.md", "description = \"Every plan.\"", "description = \"Every plan.\"\ndraft = true"),
    ("content/plans.md", "[VPS](term:vps)", "server for $5 a month"),
    ("content/plans.md", "```table plans", "```table plan"),
    ("content/plans.md", "kind = \"range\"", "kind = \"rang\""),
    ("content/plans.md", "A [VPS]", "<!-- bandbook: allow typed-figure: an example -->\nA"),
    ("content/deep/more.md", "## Two", "## Zwei"),
    ("content/deep/more.md", "aliases = [\"/old/\"]", "aliases = [\"/plans/\"]"),
    ("content/deep/more.md", "aliases = [\"/old/\"]\n", "slug = \"less\"\n"),
    ("content/deep/more.md", "[$8](figure:facts.fee)", "[$9](figure:facts.fee)"),
    ("content/deep/more.md", "[back](../index.md)", "[back](../inde.md)"),
    ("content/words.md", "```list terms\n```", "No terms."),
    ("content/words.md", "```list conflicts\n```\n\n", ""),
    ("content/words.md", "```table prices", "```table price"),
    ("content/words.md", "[$0.048]", "[$0.05]"),
    ("content/plans.md", "## Chart", "```list conflicts\n```\n\n## Chart"),
    ("content/data/conflicts.toml", "figures = [\"plans.small.total\"]", "figures = [\"plans.large.total\"]"),
    ("content/data/conflicts.toml", "kind = \"caution\"", "kind = \"contradiction\""),
    ("content/data/plans.toml", "total = [4, 6]", "total = [4, 7]"),
    ("content/data/plans.toml", "total = [4, 6]", "total = [4, 6"),
    ("content/data/plans.toml", "total = [22, 30]", "total = [40, 30]"),
    ("content/data/plans.toml", "id = \"large\"", "id = \"big\""),
    ("content/data/plans.toml", "# ", "## "),
    ("content/data/plans.toml", "title = \"Large\"", "title = \"Big\""),
    ("content/data/plans.toml", "title = \"Plans\"", "# The plans.\n\ntitle = \"Plans\""),
    ("content/data/plans.toml", "ordered = true\n", ""),
    ("content/data/plans.toml", "total.low < next(total.low)", "total.low > next(total.low)"),
    (
        "content/data/plans.toml",
        "total = { title = \"Total\" }",
        "total = { title = \"Total\", derive = [\"midpoint\"] }",
    ),
    ("content/data/plans.toml", "convert(total)", "convert(total) + 12"),
    ("content/data/plans.toml", "convert(total)", "total"),
    ("content/data/plans.toml", "scope = \"employer\"", "scope = \"market\"\nbadge = \"Employer's own\""),
    ("content/data/plans.toml", "[front page](/)", "[front page](/front/)"),
    ("content/data/facts.toml", "value = 8", "value = 9"),
    ("content/data/facts.toml", "value = 8", "value = \"unstated\""),
    ("content/data/facts.toml", "plans.small.total.low", "plans.small.total.high"),
    ("content/data/facts.toml", "(plans.small.total.low, plans.large", "(plans.large.total.low, plans.small"),
    ("content/data/prices.toml", "rows = \"csv\"", "rows = \"csv\"\nbadge = \"Provisional\""),
    ("content/data/prices.toml", "rows = \"csv\"\n", ""),
    ("content/data/prices.toml", "header = \"Price per hour\", ", ""),
    ("content/data/prices.csv", "0.048", "0.05"),
    ("content/data/prices.csv", "0.048", "much"),
    ("content/data/prices.csv", "Region", "Regoin"),
    ("content/data/prices.csv", "North,Large", "South,Large"),
    ("content/data/prices.csv", "East,Large", "North,Large"),
    ("content/data/prices.csv", "North,Small,0.006\n", ""),
    ("content/data/prices.csv", "East", "[East](../plans.md)"),
    ("content/data/facts.toml", "sources = [\"list\"]", "sources = [\"lists\"]"),
    ("content/data/terms.toml", "[vps]", "[server]"),
    ("content/data/terms.toml", "A part of a machine.", "A part of a [machine](../plans.md)."),
    ("content/data/sources.toml", "Price list", "The list"),
    ("content/site.toml", "title = \"Plans\"", "title = \"Hosting\""),
    ("content/site.toml", "description", "descripton"),
    ("content/site.toml", "[limits]", "[rules]\ntyped-figure = \"error\"\n\n[limits]"),
    ("content/site.toml", "base_url", "allow_html = true\nbase_url"),
    ("content/plan.txt", "beside", "next to"),
    ("static/extra.css", "red", "blue"),
];

/// What an editor may make or remove.
const FILES: &[(&str, &str)] = &[
    (
        "content/new.md",
        "+++\ntitle = \"New\"\ndescription = \"New.\"\n+++\n\nSee [the fee](index.md) of [$8](figure:facts.fee).\n",
    ),
    ("content/deep/er/page.md", "# A page below\n\nFor $7 a month.\n"),
    ("content/data/more.toml", "kind = \"facts\"\ntitle = \"More\"\n\n[a]\ntitle = \"A\"\nvalue = 5\nunit = \"%\"\n"),
    ("content/data/alone.csv", "a,b\n1,2\n"),
    ("content/files/a.pdf", "not a page"),
    ("templates/components/link.html", "<a href=\"{{ link.href }}\">{{ link.html | safe }}</a>"),
    ("templates/components/term.html", "{{ term.nothing.here }}"),
    ("static/site.css", "a { color: green }\n"),
    ("content/404.md", "# Not here\n\nSee [the front](index.md).\n"),
];

/// Edits a site at random, and holds it against a build after each edit. Says how many of the edits left a site that could be built.
pub fn edit_at_random(seed: u64, steps: usize) -> usize {
    let mut dice = Dice::new(seed);
    let mut desk = Desk::new(SITE);
    assert!(desk.compare("at first"), "{:?}", texts(desk.live.problems()));
    let mut undo: Vec<(&str, &str, &str)> = Vec::new();
    let mut built = 0;
    for step in 0..steps {
        let mut changes = Changes::default();
        let mut what = format!("seed {seed}, step {step}:");
        for _ in 0..=dice.roll(2) {
            match dice.roll(5) {
                0 => {
                    let (path, text) = *dice.pick(FILES);
                    if desk.path(path).exists() {
                        fs::remove_file(desk.path(path)).unwrap();
                    } else {
                        put(&desk.path(path), text);
                    }
                    what += &format!(" {path} made or removed;");
                    changes.add(path);
                }
                1 | 2 if !undo.is_empty() => {
                    let (path, old, new) = undo.swap_remove(dice.roll(undo.len()));
                    fs::write(desk.path(path), desk.read(path).replacen(new, old, 1)).unwrap();
                    what += &format!(" {path} `{old}` again;");
                    changes.add(path);
                }
                _ => {
                    let (path, old, new) = *dice.pick(EDITS);
                    let text = desk.read(path);
                    if text.contains(old) {
                        fs::write(desk.path(path), text.replacen(old, new, 1)).unwrap();
                        undo.push((path, old, new));
                    }
                    what += &format!(" {path} `{new}`;");
                    changes.add(path);
                }
            }
        }
        if dice.roll(20) == 0 {
            changes.add_everything();
        }
        desk.update(&changes);
        built += usize::from(desk.compare(&what));
        // Now and then all is mended, so that not every step meets a broken site.
        if dice.roll(4) == 0 {
            let mut changes = Changes::default();
            for (path, text) in SITE {
                put(&desk.path(path), text);
                changes.add(*path);
            }
            for (path, _) in FILES {
                let _ = fs::remove_file(desk.path(path));
                changes.add(*path);
            }
            undo.clear();
            desk.update(&changes);
            assert!(desk.compare(&format!("mended after {what}")));
        }
    }
    built
}
