//! A small site in a folder of its own, the program run on it, and what came of that.
//!
//! ```ignore
//! let run = Project::new().file("content/bands.md", "# Bands\n").run("build --drafts");
//! run.succeeds().says("built 2 pages");
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A site, gone with this value.
pub struct Project {
    folder: TempDir,
    home: TempDir,
    variables: Vec<(String, String)>,
}

/// What a run wrote, and its exit code.
#[derive(Debug)]
pub struct Run {
    /// What went to standard output.
    pub stdout: String,
    /// What went to standard error.
    pub stderr: String,
    /// The exit code; none when a signal ended the program.
    pub code: Option<i32>,
}

impl Project {
    /// A site of one page with nothing wrong.
    pub fn new() -> Self {
        Self::empty()
            .file("content/site.toml", "title = \"Pay\"\nbase_url = \"https://example.org/\"\n")
            .file("content/index.md", "+++\ndescription = \"Words.\"\n+++\n\n# Welcome\n\nWords.\n")
    }

    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// Writes a file, and the folders it is in; one that is there is replaced.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Removes a file, or a folder with all that is in it.
    pub fn without(self, path: &str) -> Self {
        let path = self.path(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        self
    }

    /// Sets an environment variable for the runs that follow. They see no other but `PATH` and a home folder of their own.
    pub fn variable(mut self, name: &str, value: impl AsRef<Path>) -> Self {
        self.variables.push((name.to_owned(), value.as_ref().to_str().unwrap().to_owned()));
        self
    }

    /// Runs the program in the site's folder, with arguments as a shell would split them, quotes aside.
    pub fn run(&self, arguments: &str) -> Run {
        self.run_in(".", arguments)
    }

    /// Runs the program in a folder of the site.
    pub fn run_in(&self, folder: &str, arguments: &str) -> Run {
        let output = self.command(folder, arguments).stdin(Stdio::null()).output().unwrap();
        Run {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
        }
    }

    /// The program, ready to run, for tests that need more of it.
    pub fn command(&self, folder: &str, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bandbook"));
        command.args(arguments.split_whitespace()).current_dir(self.path(folder)).env_clear();
        // Without the second one hardly a program starts on Windows.
        for name in ["PATH", "SYSTEMROOT"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        // Whoever runs the tests keeps a cache folder of their own.
        command.env("HOME", self.home.path()).env("LOCALAPPDATA", self.home.path());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs git in the site's folder, with none of the settings of whoever runs the tests.
    #[track_caller]
    pub fn git(&self, arguments: &[&str]) {
        self.git_at("2026-01-01T00:00:00Z", arguments);
    }

    /// The same, with a clock that shows another time. The author's shows one long ago.
    #[track_caller]
    pub fn git_at(&self, moment: &str, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.path("."))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
            .env("GIT_COMMITTER_DATE", moment)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Commits all that is there.
    #[track_caller]
    pub fn commit(&self, moment: &str) {
        self.git(&["add", "--all"]);
        self.git_at(moment, &["commit", "--message=Change"]);
    }

    /// The home folder that the program is given.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A path in the site's folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether there is a file or a folder.
    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }
}

impl Run {
    /// Exit code 0.
    #[track_caller]
    pub fn succeeds(&self) -> &Self {
        self.exits(0)
    }

    /// Exit code 1: the site holds an error.
    #[track_caller]
    pub fn finds_errors(&self) -> &Self {
        self.exits(1)
    }

    /// Exit code 2: wrong usage, or the system failed.
    #[track_caller]
    pub fn is_refused(&self) -> &Self {
        self.exits(2)
    }

    /// Standard error holds these words.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.stderr.contains(words), "standard error lacks {words:?}\n{self:#?}");
        self
    }

    /// Standard output holds these words.
    #[track_caller]
    pub fn prints(&self, words: &str) -> &Self {
        assert!(self.stdout.contains(words), "standard output lacks {words:?}\n{self:#?}");
        self
    }

    #[track_caller]
    fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "\n{}{}", self.stdout, self.stderr);
        self
    }
}
