//! The end of a build: whether anything has changed, and by which way it gets into the published folder.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::disk::failed;
use super::exchange;
use super::leftover::{kept, remove_listed};
use super::manifest::Manifest;
use super::name::ancestors;
use super::plan::Plan;
use super::scan::Identity;
use super::stage::{Output, Stage, State, in_the_way};
use super::transfer::Transfer;
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

pub(super) fn publish(mut stage: Stage) -> Result<Published, Failure> {
    let files = std::mem::take(&mut stage.files).into_inner().unwrap_or_else(PoisonError::into_inner);
    let outputs: Vec<(Box<str>, Output)> = files.into_iter().collect();
    let manifest = Manifest::new(outputs.iter().map(|(path, output)| (path.clone(), output.hash)).collect());
    let written = outputs.iter().filter(|(_, output)| output.state == State::Staged).count();
    let mut published = Published { files: outputs.len(), written, ..Published::default() };
    published.problems.append(&mut stage.problems);
    if written == 0 && stage.folder.before.as_ref() == Some(&manifest) {
        stage.owns_tree.store(false, Ordering::SeqCst);
        let is_recorded = outputs.iter().all(|(_, output)| output.state == State::Recorded);
        if !is_recorded || !stage.record.is_current(outputs.len()) {
            let files = outputs.into_iter().map(|(path, output)| (path, output.hash, output.identity));
            stage.record.replace(&stage.disk, files);
        }
        return Ok(published);
    }
    if let Some(path) = manifest.paths().find(|path| ancestors(path).any(|folder| manifest.lists(folder))) {
        return Err(in_the_way(path));
    }
    let before = stage.folder.before.take().unwrap_or_default();
    let plan = Plan::new(&stage, &outputs, &manifest, &before);
    plan.refuse_conflicts()?;
    published.removed = plan.obsolete.len();
    for path in &plan.altered {
        let at = stage.folder.live.join(path);
        published.problems.push(kept(&at, "was published by an earlier build, and somebody has changed it since"));
    }
    let left = bring(&plan)?;
    stage.owns_tree.store(false, Ordering::SeqCst);
    if let Some(left) = left {
        published.problems.push(left);
        stage.record.stages.push(stage.token);
    }
    record(&mut stage, outputs);
    Ok(published)
}

/// Brings the published folder up to date, and removes the stage. Gives back a warning if that can't be removed.
fn bring(plan: &Plan<'_>) -> Result<Option<Diagnostic>, Failure> {
    let (stage, live) = (plan.stage, plan.stage.folder.live.as_path());
    let tree = stage.tree()?;
    let Some(_lock) = exchange::shield(plan, tree)? else {
        Transfer { plan, from: tree, to: live }.run()?;
        let is_gone = stage.disk.remove_tree(tree).is_ok();
        return Ok((!is_gone).then(|| kept(tree, "can't be removed")));
    };
    // From here on readers have the new site, whatever happens.
    let failure = |failure: Failure| kept(tree, &format!("holds a site that was published before: {failure}"));
    let ended = Transfer { plan, from: live, to: tree }.run();
    let ended = ended.and_then(|()| stage.disk.exchange(tree, live).map_err(failed("publish to", live)));
    let is_listed = |path: &OsStr| path.to_str().is_some_and(|path| plan.manifest.lists(path));
    let remove = || remove_listed(&stage.disk, tree, plan.manifest, &is_listed).map_err(failed("remove", tree));
    Ok(match ended.and_then(|()| remove()) {
        Ok(true) => None,
        Ok(false) => Some(kept(tree, "holds files that no build has written")),
        Err(error) => Some(failure(error)),
    })
}

/// Records the published files, as far as they are those that this build wrote or found.
fn record(stage: &mut Stage, outputs: Vec<(Box<str>, Output)>) {
    let live = &stage.folder.live;
    let found = |path: &str| Path::symlink_metadata(&live.join(path)).ok().map(|metadata| Identity::new(&metadata));
    let files: Vec<_> = if stage.record.is_kept() { outputs } else { Vec::new() }
        .into_par_iter()
        .filter_map(|(path, output)| {
            let found = found(&path).filter(|found| found.is_same_file(&output.identity))?;
            Some((path, output.hash, found))
        })
        .collect();
    stage.record.replace(&stage.disk, files.into_iter());
}
