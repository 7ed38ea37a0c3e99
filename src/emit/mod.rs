//! The published folder: the only room that writes to the disk.
//!
//! A build writes what is new or has changed into a folder of its own, the *stage*, and publishes at the end. With `public` as
//! the output folder there are:
//!
//! ```text
//! public/                               the site, with the list of its files in `.bandbook-manifest`
//! .public.bandbook-0f1e2d3c4b5a6978/    the stage, as long as the build runs: a random name, made by this run alone
//!     new/                              the files that are new or have changed
//!     site/                             links to all files of the site, where folders can be exchanged
//! ~/.cache/bandbook/<hash of the path>  the record of what the last build wrote
//! ```
//!
//! The stage is always on the same disk as the published folder, so that a file gets from one to the other by a rename: it is
//! made in that folder, and stays there if it can't be moved out of it.
//!
//! **What is trusted.** The record, since nothing that a checkout carries can reach it: which files are still what a build
//! wrote, and which stages a killed build has left. The list in the folder is believed only of plain files inside the
//! folder, and only if they have the bytes that it says. Stages that the record doesn't know are reported and left.
//!
//! **What is written.** A file whose bytes are those of the published one is not written. If nothing differs, nothing is
//! touched. A file that was edited by hand, or emptied by a power cut, is mended by the next build.
//!
//! **How it is published.** File by file: each is replaced by a rename. Where the system can exchange two folders in one step,
//! and the published one holds nothing of anybody else's, `site` takes its place while it is brought up to date. So readers
//! see the old site or the new one, and the folder stays the same one for whoever holds it: a shell in it, a container into
//! which it is mounted.
//!
//! **What is removed.** Plain files that an earlier build has published and this one has not, if nobody has changed them.
//! Whatever else is in the folder, empty folders and links included, stays where it is, and so does a folder that holds it.
//!
//! **What a kill leaves.** With an exchange the old site or the new one. File by file, some pages may be old and some new,
//! never half a page, and the next build completes it. A power cut is another matter: nothing is forced to the disk, since
//! a flush for each of thousands of files costs more than the build and the site can be built again.

mod assets;
mod disk;
mod folder;
mod leftover;
mod manifest;
mod name;
mod publish;
mod record;
mod source;
mod stage;

#[cfg(test)]
mod tests;

pub use assets::{Asset, assets, claims, for_templates};
pub use folder::Guard;
pub use publish::Published;
pub use source::{amend, clean, create, put};
pub use stage::Stage;

use crate::diagnostic::Code;

/// The codes that this room raises.
pub static CODES: &[&Code] = &[&leftover::LEFTOVER];
