//! The published folder: the only room that writes to the disk.
//!
//! A build writes into a hidden folder beside the published one, and publishes at the end by exchanging the two. With
//! `public` as the output folder there are:
//!
//! ```text
//! public/                      the site, with the list of its files in `.bandbook-manifest`
//! .public.bandbook/            bandbook's own; may be deleted whenever no build runs
//!     .gitignore               so that nobody commits it
//!     lock                     held by the build that is running
//!     stage/                   the site published before, kept so that the next build starts from it
//!     settled                  there as long as nothing has changed in the stage since
//!     exchanging               there only while the two are exchanged
//!     found/                   files that somebody put into `public` in that very moment, and whose place was taken
//! ```
//!
//! **What is written.** A file whose bytes are those of the published one is not written: at the end the stage gets a
//! hard link to it, so that its time of change stays. The published file itself is compared, not a note about it: a file
//! that was edited by hand, or emptied by a power cut, is mended by the next build. If nothing differs, nothing is touched.
//!
//! **What is removed.** Only files that the manifest in the published folder lists. Where the folder holds anything else (a
//! publisher's `CNAME`), or can't be exchanged (it is a mount, the system has no such call), files are moved into it one
//! by one instead, each by a rename.
//!
//! **What a kill leaves.** The exchange is one system call, so a process that is killed leaves the old site or the new one.
//! File by file, it may leave some pages old and some new, never half a page, and the next build completes it. The lock
//! dies with its process. A power cut is another matter: nothing is forced to the disk, since a flush for each of
//! thousands of files costs more than the build and the site can be built again. After one, files of the last build may
//! be empty; the next build sees it and mends them.

mod amend;
mod assets;
mod create;
mod disk;
mod exchange;
mod folder;
mod manifest;
mod name;
mod piecemeal;
mod publish;
mod scan;
mod shards;
mod stage;

#[cfg(test)]
mod desk;
#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

pub use amend::{amend, put};
pub use assets::{Asset, assets, claims, for_templates};
pub use create::create;
pub use folder::Guard;
pub use name::asset_name;
pub use publish::Published;
pub use stage::Stage;
