//! Where the repository is, and the two binaries that several steps need but that are built once.

use std::cell::OnceCell;
use std::env;
use std::path::{Path, PathBuf};

use crate::command::Task;

/// The repository that is tested.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    release: OnceCell<Result<PathBuf, String>>,
    debug: OnceCell<Result<PathBuf, String>>,
}

impl Workspace {
    /// The repository that Cargo runs this crate in, also where its binary came with a copied `target` folder.
    pub(crate) fn here() -> Self {
        let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&folder).parent().expect("xtask/ lies in the repository's root");
        Self { root: root.to_owned(), release: OnceCell::new(), debug: OnceCell::new() }
    }

    /// Cargo's output folder, which also takes what the steps write.
    pub(crate) fn target(&self) -> PathBuf {
        match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.root.join("target"),
        }
    }

    /// A Cargo command in the repository's root.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Task {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Task::new(cargo).args(arguments).current_dir(&self.root)
    }

    /// The generator as it is shipped.
    pub(crate) fn release(&self) -> Result<&Path, String> {
        self.built(&self.release, "release", &["build", "--release", "--locked"])
    }

    /// The generator with overflow checks and debug assertions, as the tests have already built it.
    pub(crate) fn debug(&self) -> Result<&Path, String> {
        self.built(&self.debug, "debug", &["test", "--workspace", "--locked", "--no-run"])
    }

    fn built<'a>(
        &'a self,
        cell: &'a OnceCell<Result<PathBuf, String>>,
        profile: &str,
        build: &[&str],
    ) -> Result<&'a Path, String> {
        let binary = cell.get_or_init(|| {
            self.cargo(build).run().map_err(|problem| format!("no {profile} binary: {problem}"))?;
            Ok(self.target().join(profile).join(format!("bandbook{}", env::consts::EXE_SUFFIX)))
        });
        binary.as_deref().map_err(String::clone)
    }
}
