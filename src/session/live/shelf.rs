//! A site to be looked at: each of its files is made when somebody asks for it, as `build` would make it.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::diagnostic::Diagnostic;
use crate::emit::Asset;
use crate::render::{Engine, Renderer, Shared};
use crate::session::pieces::{Piece, make};
use crate::site::{Address, Site};

/// A site without errors, with all that its files are made of. A copy of it costs little.
#[derive(Clone)]
pub struct Shelf {
    pub(super) site: Arc<Site>,
    pub(super) engine: Arc<Engine>,
    pub(super) shared: Arc<Shared>,
    pub(super) assets: Arc<Vec<Asset>>,
    pub(super) copies: Arc<Vec<Arc<Vec<u8>>>>,
    pub(super) pieces: Arc<HashMap<String, Piece>>,
    /// A few files that were made already: those that an edit changed, since somebody looks at them.
    pub(super) made: Arc<RwLock<HashMap<String, Arc<Vec<u8>>>>>,
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
        let piece = *self.pieces.get(path)?;
        if let Some(bytes) = self.made.read().ok().and_then(|made| made.get(path).cloned()) {
            return Some(Ok(FileBytes::Held(bytes)));
        }
        match piece {
            Piece::Copy(at) => Some(Ok(FileBytes::Held(Arc::clone(&self.copies[at])))),
            Piece::Asset(at) => Some(Ok(FileBytes::Asset(Arc::clone(&self.assets), at))),
            piece => {
                let renderer = Renderer::new(&self.site, &self.engine, Arc::clone(&self.shared));
                let made = make(piece, &renderer, &self.assets);
                Some(made.map(|bytes| FileBytes::Held(Arc::new(bytes.into_owned()))))
            }
        }
    }

    /// Keeps a file that was made, as far as there is room.
    pub(super) fn keep(&self, path: &str, bytes: Arc<Vec<u8>>) {
        if let Ok(mut made) = self.made.write() {
            let kept: usize = made.values().map(|bytes| bytes.len()).sum();
            if kept + bytes.len() <= KEPT {
                made.insert(path.to_owned(), bytes);
            }
        }
    }

    /// Whether there is a file at a path from the published folder.
    pub fn holds(&self, path: &str) -> bool {
        self.pieces.contains_key(path)
    }

    /// Whether a file is a page for readers, and neither an asset, a download nor a redirect.
    pub fn is_page(&self, path: &str) -> bool {
        let piece = self.pieces.get(path);
        matches!(piece, Some(Piece::Page(_) | Piece::Records(_) | Piece::RecordsIndex))
    }

    /// Whether a file is made when it is asked for. The others are held, and shared by all who ask.
    pub fn is_made(&self, path: &str) -> bool {
        let piece = self.pieces.get(path);
        piece.is_some_and(|piece| !matches!(piece, Piece::Asset(_) | Piece::Copy(_)))
    }

    /// The paths of all files, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.pieces.keys().map(String::as_str)
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
