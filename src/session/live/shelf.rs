//! A site to be looked at: each of its files is made when somebody asks for it, as `build` would make it.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::diagnostic::Diagnostic;
use crate::emit::Asset;
use crate::render::{Engine, Renderer, Shared};
use crate::session::outputs::make;
use crate::site::{Address, OutputKind, Site};

/// A site without errors, with all that its files are made of. A copy of it costs little.
#[derive(Clone)]
pub struct Shelf {
    pub(super) site: Arc<Site>,
    pub(super) engine: Arc<Engine>,
    pub(super) shared: Arc<Shared>,
    pub(super) assets: Arc<Vec<Asset>>,
    pub(super) copies: Arc<Vec<Arc<Vec<u8>>>>,
    /// A few files that were made already: those that an edit changed, since somebody looks at them.
    pub(super) made: Arc<RwLock<HashMap<usize, Arc<Vec<u8>>>>>,
}

/// The bytes of a file. A clone shares them.
#[derive(Clone)]
pub enum FileBytes {
    /// Bytes that were made or read.
    Held(Arc<Vec<u8>>),
    /// Those of a static file.
    Asset(Arc<Vec<Asset>>, usize),
}

impl AsRef<[u8]> for FileBytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Held(bytes) => bytes,
            Self::Asset(assets, at) => &assets[*at].bytes,
        }
    }
}

/// The most bytes that are kept of files that were made.
const KEPT: usize = 4 << 20;

impl Shelf {
    /// The bytes of a file, by its path from the published folder; nothing where the site has no such file.
    ///
    /// # Errors
    /// When a template fails on it.
    pub fn file(&self, path: &str) -> Option<Result<FileBytes, Diagnostic>> {
        self.site.output_of_file(path).map(|at| self.output(at))
    }

    /// The bytes of an output, by its index.
    pub(super) fn output(&self, at: usize) -> Result<FileBytes, Diagnostic> {
        if let Some(bytes) = self.made.read().ok().and_then(|made| made.get(&at).cloned()) {
            return Ok(FileBytes::Held(bytes));
        }
        let output = &self.site.outputs[at];
        match output.kind {
            // Behind the files beside pages are the static ones.
            OutputKind::File(at) => Ok(match self.copies.get(at) {
                Some(bytes) => FileBytes::Held(Arc::clone(bytes)),
                None => FileBytes::Asset(Arc::clone(&self.assets), at - self.copies.len()),
            }),
            _ => {
                let renderer = Renderer::new(&self.site, &self.engine, Arc::clone(&self.shared));
                make(output, &renderer).map(|bytes| FileBytes::Held(Arc::new(bytes)))
            }
        }
    }

    /// Keeps an output that was made, as far as there is room.
    pub(super) fn keep(&self, at: usize, bytes: Arc<Vec<u8>>) {
        if let Ok(mut made) = self.made.write() {
            let kept: usize = made.values().map(|bytes| bytes.len()).sum();
            if kept + bytes.len() <= KEPT {
                made.insert(at, bytes);
            }
        }
    }

    /// Whether there is a file at a path from the published folder.
    pub fn holds(&self, path: &str) -> bool {
        self.kind(path).is_some()
    }

    /// Whether a file is a page for readers, and neither an asset, a download nor a redirect.
    pub fn is_page(&self, path: &str) -> bool {
        self.kind(path).is_some_and(OutputKind::is_page)
    }

    /// Whether a file is made when it is asked for. The others are held, and shared by all who ask.
    pub fn is_made(&self, path: &str) -> bool {
        self.kind(path).is_some_and(|kind| !matches!(kind, OutputKind::File(_)))
    }

    fn kind(&self, path: &str) -> Option<OutputKind> {
        self.site.output_of_file(path).map(|at| self.site.outputs[at].kind)
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.site.outputs.iter().map(|output| output.address.file())
    }

    /// The folder on its host that the site is published in, with its slashes: `/`, `/repo/`.
    pub fn base(&self) -> &str {
        self.site.base.path()
    }

    /// The address of the stylesheet, as pages link to it.
    pub fn stylesheet(&self) -> Option<String> {
        let style = self.assets.iter().find(|asset| &*asset.path == "site.css")?;
        Some(self.site.base.href(&style.address))
    }

    /// The address of the front page, as pages link to it.
    pub fn front(&self) -> String {
        self.site.base.href(&Address::new("/"))
    }
}
