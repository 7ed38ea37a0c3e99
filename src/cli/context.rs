//! What was typed beside the verb, and what it means here: in this folder, on this terminal, in this environment.

use std::env;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use bandbook::diagnostic::Failure;

use super::arguments::General;
use super::draw::{self, Format, Sheet};
use super::exit::Exit;
use super::output::{Paper, Stream};
use super::spinner;

/// What goes with every verb.
#[derive(Debug)]
pub struct Context {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// How many threads to use, where somebody said so.
    pub threads: Option<usize>,
    /// How problems are written.
    pub format: Format,
    /// Whether the closing line is left out.
    pub quiet: bool,
    /// What standard output can show.
    pub out: Paper,
    /// What standard error can show.
    pub error: Paper,
    /// The home folder, which no build publishes to.
    pub home: Option<PathBuf>,
    /// Where builds keep what only they need.
    pub cache: Option<PathBuf>,
    /// Where GitHub takes a report in Markdown.
    pub summary: Option<PathBuf>,
    /// GitHub's copy of the repository, which its annotations count paths from.
    pub workspace: Option<PathBuf>,
}

impl Context {
    /// Asks the environment and the terminal.
    pub fn new(general: General) -> Self {
        let General { root, format, color, threads, quiet } = general;
        let variable = |name| env::var_os(name).filter(|value: &OsString| !value.is_empty()).map(PathBuf::from);
        let home = env::home_dir().filter(|home| !home.as_os_str().is_empty());
        Self {
            root,
            threads,
            format,
            quiet,
            out: Stream::Out.paper(color),
            error: Stream::Error.paper(color),
            cache: cache(home.as_deref(), &variable),
            home,
            summary: variable("GITHUB_STEP_SUMMARY"),
            workspace: variable("GITHUB_WORKSPACE"),
        }
    }

    /// Runs what may take long; whoever watches a terminal sees that it does.
    pub fn watch<T>(&self, doing: &str, work: impl FnOnce() -> T) -> T {
        let people = matches!(self.format, Format::Human | Format::Short);
        if people && self.error.is_terminal && !self.quiet { spinner::watch(doing, work) } else { work() }
    }

    /// What diagnostics are drawn on, and what their paths start with: paths are shown from where one stands.
    pub fn sheet(&self) -> Sheet {
        let workspace = self.workspace.as_deref().filter(|_| self.format == Format::Github);
        let root = workspace.and_then(|workspace| self.root_in(workspace)).unwrap_or_else(|| self.root.clone());
        let paper = match self.format.stream() {
            Stream::Out => self.out,
            Stream::Error => self.error,
        };
        Sheet { color: paper.color, width: paper.width, prefix: prefix(&root) }
    }

    /// Adds Markdown to the summary of a step, where GitHub takes one.
    pub fn summarize(&self, text: &str) -> Result<(), Failure> {
        let Some(path) = &self.summary else { return Ok(()) };
        let file = OpenOptions::new().append(true).create(true).open(path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| Failure::new("write", path, error))
    }

    /// Says why the system failed, to people and, in their own format, to programs.
    pub fn fail(&self, failure: &Failure) -> Exit {
        if let Some(text) = draw::failure(self.format, failure) {
            // Where even this can't be said, the exit code says it.
            let _ = Stream::Out.write(|out| out.write_all(text.as_bytes()));
        }
        self.refuse(&failure.to_string(), failure.help.as_deref())
    }

    /// Says why nothing was done, and what to type instead.
    pub fn refuse(&self, message: &str, help: Option<&str>) -> Exit {
        let text = draw::refusal(message, help, self.error.color);
        let _ = Stream::Error.write(|out| out.write_all(text.as_bytes()));
        Exit::Trouble
    }

    /// The root as seen from GitHub's workspace, when it lies in there.
    fn root_in(&self, workspace: &Path) -> Option<PathBuf> {
        let root = self.root.canonicalize().ok()?;
        root.strip_prefix(workspace.canonicalize().ok()?).ok().map(Path::to_owned)
    }
}

/// The folder for caches of this program, where the system has one.
fn cache(home: Option<&Path>, variable: &dyn Fn(&'static str) -> Option<PathBuf>) -> Option<PathBuf> {
    let folder = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_vendor = "apple") {
        home.map(|home| home.join("Library/Caches"))
    } else {
        let named = variable("XDG_CACHE_HOME").filter(|folder| folder.is_absolute());
        named.or_else(|| home.map(|home| home.join(".cache")))
    };
    folder.filter(|folder| folder.is_absolute()).map(|folder| folder.join("bandbook"))
}

/// What stands before a path that counts from the root: nothing, or the root and a slash.
fn prefix(root: &Path) -> String {
    let mut prefix = String::new();
    for part in root.components().filter(|part| *part != Component::CurDir) {
        match part {
            // Behind a drive's letter there is one already.
            Component::RootDir if prefix.ends_with('/') => (),
            Component::RootDir => prefix.push('/'),
            part => {
                prefix.push_str(&part.as_os_str().to_string_lossy());
                prefix.push('/');
            }
        }
    }
    prefix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(all(unix, not(target_vendor = "apple")))]
    #[test]
    fn the_cache_folder_is_an_absolute_one_of_the_user() {
        for (home, named, expected) in [
            (Some("/home/a"), None, Some("/home/a/.cache/bandbook")),
            (Some("/home/a"), Some("/tmp/c"), Some("/tmp/c/bandbook")),
            (Some("/home/a"), Some("c"), Some("/home/a/.cache/bandbook")),
            (None, Some("/tmp/c"), Some("/tmp/c/bandbook")),
            (Some("a"), None, None),
            (None, None, None),
        ] {
            let found =
                cache(home.map(Path::new), &|name| named.filter(|_| name == "XDG_CACHE_HOME").map(PathBuf::from));
            assert_eq!(found.as_deref(), expected.map(Path::new), "{home:?} {named:?}");
        }
    }

    #[test]
    fn paths_are_shown_from_where_one_stands() {
        for (root, expected) in [
            (".", ""),
            ("", ""),
            ("./", ""),
            ("docs", "docs/"),
            ("./docs/", "docs/"),
            ("../a", "../a/"),
            ("/a/b", "/a/b/"),
            ("/", "/"),
            #[cfg(windows)]
            (r"C:\my site", "C:/my site/"),
            #[cfg(windows)]
            (r"docs\site", "docs/site/"),
        ] {
            assert_eq!(prefix(Path::new(root)), expected, "{root}");
        }
    }
}
