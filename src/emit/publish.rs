//! The end of a build: whether anything has changed, and what is recorded.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use rayon::prelude::*;

use super::leftover::kept;
use super::manifest::Manifest;
use super::plan::Plan;
use super::record::Stamp;
use super::stage::{Output, Stage};
use crate::diagnostic::{Diagnostic, Failure};

/// What a build did to the published folder.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// The number of files of the site.
    pub files: usize,
    /// Those that are new or have changed.
    pub written: usize,
    /// Files of the build before that are gone.
    pub removed: usize,
    /// Warnings of what was found and left alone.
    pub problems: Vec<Diagnostic>,
}

impl Stage {
    /// Puts the files in place, and removes those that an earlier build has put there and this one has not.
    ///
    /// # Errors
    /// A file of somebody else's is in the way, or the system failed.
    pub fn publish(mut self) -> Result<Published, Failure> {
        let outputs = std::mem::take(&mut self.files).into_inner().unwrap_or_else(PoisonError::into_inner);
        let manifest = Manifest::new(outputs.iter().map(|(path, output)| (path.clone(), output.hash)).collect());
        let written = outputs.values().filter(|output| output.is_staged).count();
        let problems = std::mem::take(&mut self.problems);
        let mut published = Published { files: outputs.len(), written, removed: 0, problems };
        let before = self.before.take();
        if written > 0 || before.as_ref() != Some(&manifest) {
            let before = before.unwrap_or_default();
            let plan = Plan::new(&self, &outputs, &manifest, &before);
            plan.refuse_conflicts()?;
            plan.bring()?;
            published.removed = plan.obsolete.len();
            published.problems.extend(plan.altered.iter().map(|path| {
                let at = self.folder.live.join(path);
                kept(&at, "was published by an earlier build, and somebody has changed it since")
            }));
        }
        self.folder.is_new = false;
        published.problems.extend(self.clear());
        self.record(outputs);
        Ok(published)
    }

    /// Records the published files, as far as they are those that this build wrote or found.
    fn record(&mut self, outputs: BTreeMap<Box<str>, Output>) {
        let live = &self.folder.live;
        let recorded = outputs.into_par_iter().filter_map(|(path, output)| {
            let found = Stamp::of(&live.join(&*path).symlink_metadata().ok()?);
            let hash = output.hash.to_hex().to_string();
            found.is_same_file(&output.stamp).then_some((path, (hash, found)))
        });
        self.record.files = recorded.collect();
        self.record.save(&self.disk);
    }
}
