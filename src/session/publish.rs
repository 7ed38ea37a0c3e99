//! From a site to its files: rendered and written in one task each, then published whole.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::load::{Loaded, load};
use super::outputs::make;
use super::{Report, base_url, codes, report, with_threads};
use crate::check::{self, Waiting};
use crate::data::notation::Date;
use crate::diagnostic::{Diagnostic, Failure, Severity, Source};
use crate::emit::{self, Guard, Stage};
use crate::input;
use crate::render::{Engine, Renderer, Shared};
use crate::site::OutputKind;

/// What `build` is asked for.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The published folder.
    pub out: PathBuf,
    /// Replaces the configured base URL.
    pub base_url: Option<String>,
    /// Publishes drafts too.
    pub drafts: bool,
    /// How many threads; `None` for as many as there are processors.
    pub threads: Option<usize>,
    /// The user's home folder, which is never an output folder.
    pub home: Option<PathBuf>,
    /// A folder of the user's for what the next build need not find out again. Nothing of it reaches the published files.
    pub cache: Option<PathBuf>,
}

/// What `check` is asked for.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Replaces the configured base URL.
    pub base_url: Option<String>,
    /// Checks drafts too.
    pub drafts: bool,
    /// How many threads; `None` for as many as there are processors.
    pub threads: Option<usize>,
    /// The day against which values out of date are judged; nothing to leave them unjudged.
    pub today: Option<Date>,
}

/// Reads, checks and publishes a site. Where any problem is an error, nothing is written.
///
/// # Errors
/// When the system refuses: a file that can't be read, a disk that is full, an output folder that isn't ours.
pub fn build(options: &BuildOptions) -> Result<Report, Failure> {
    with_threads(options.threads, || publish(options))
}

fn publish(options: &BuildOptions) -> Result<Report, Failure> {
    let mut loaded = load(&options.root, base_url(options.base_url.as_deref()), options.drafts)?;
    let engine = engine(&mut loaded);
    let judged = judge(&mut loaded, None);
    let (Some(engine), false) = (engine, failed(&judged)) else { return Ok(report(&loaded.site, judged)) };
    let guard = Guard { root: &options.root, home: options.home.as_deref() };
    let stage = Stage::open(&options.out, &guard, options.cache.as_deref())?;
    let sink = |path: &str, bytes: &[u8]| stage.write(path, bytes);
    let broken = render(&loaded, engine, &sink)?;
    if !broken.is_empty() {
        loaded.problems = judged;
        loaded.problems.extend(broken);
        let judged = judge(&mut loaded, None);
        return Ok(report(&loaded.site, judged));
    }
    let published = stage.publish()?;
    let report = report(&loaded.site, published.problems.into_iter().chain(judged).collect());
    Ok(Report { files: published.files, written: published.written, removed: published.removed, ..report })
}

/// Reads and checks a site, renders it in memory, and writes nothing.
///
/// # Errors
/// When the system refuses to read.
pub fn check(options: &CheckOptions) -> Result<Report, Failure> {
    with_threads(options.threads, || read_back(options))
}

fn read_back(options: &CheckOptions) -> Result<Report, Failure> {
    let mut loaded = load(&options.root, base_url(options.base_url.as_deref()), options.drafts)?;
    let engine = engine(&mut loaded);
    loaded.problems.extend(check::run_late(&loaded.site, options.today));
    let raw = loaded.problems.clone();
    let judged = judge(&mut loaded, None);
    // What is old or moved is no reason not to look at the finished files.
    let (Some(engine), false) = (engine, stands_in_the_way(&judged)) else {
        return Ok(Report { unfinished: true, ..report(&loaded.site, judged) });
    };
    let reading = check::Reading::new(&loaded.site, templates_in_use(&loaded));
    let finished = Mutex::new(Vec::new());
    let broken = render(&loaded, engine, &|path, bytes| {
        let read = reading.read(path, bytes);
        if let Ok(mut finished) = finished.lock() {
            finished.push(read);
        }
        Ok(())
    })?;
    let mut problems = raw;
    if broken.is_empty() {
        problems.extend(reading.problems(finished.into_inner().unwrap_or_default()));
    }
    problems.extend(broken);
    loaded.problems = problems;
    let waiting = check::waiting(&loaded.site);
    let judged = judge(&mut loaded, Some(&waiting));
    Ok(report(&loaded.site, judged))
}

/// The engine with all templates; where one is broken, its problems join the others.
pub(super) fn engine(loaded: &mut Loaded) -> Option<Engine> {
    match Engine::load(&loaded.templates) {
        Ok(engine) => {
            loaded.problems.extend(engine.missing_templates(&loaded.site));
            Some(engine)
        }
        Err(problems) => {
            loaded.problems.extend(problems);
            None
        }
    }
}

pub(super) fn judge(loaded: &mut Loaded, complete: Option<&Waiting>) -> Vec<Diagnostic> {
    let problems = std::mem::take(&mut loaded.problems);
    let mut judged = check::judge(problems, &loaded.site.config, &loaded.waivers(), &codes(), complete);
    loaded.past.explain(&mut judged, &loaded.site, &loaded.root);
    judged
}

pub(super) fn failed(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// Whether a site can't be rendered to the end: it has an error that is not a rule's, or one of a rule that `build` runs.
fn stands_in_the_way(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error && !check::is_late(problem.code))
}

/// The texts of the templates that are used, the site's own first.
fn templates_in_use(loaded: &Loaded) -> Vec<Arc<Source>> {
    let last = |path: &str| loaded.templates.iter().rposition(|template| *template.path == *path);
    let used = loaded.templates.iter().enumerate().filter(|(at, template)| last(&template.path) == Some(*at));
    let mut used: Vec<Arc<Source>> = used.filter_map(|(_, template)| template.source.clone().ok()).collect();
    used.reverse();
    used
}

/// Where finished files go: path from the published folder, and bytes.
type Sink<'a> = &'a (dyn Fn(&str, &[u8]) -> Result<(), Failure> + Sync);

/// Renders every file of the site into the sink. Problems of templates are returned; the system's refusals end it.
fn render(loaded: &Loaded, engine: Engine, sink: Sink<'_>) -> Result<Vec<Diagnostic>, Failure> {
    let site = &loaded.site;
    let engine = engine.for_site(site, &emit::for_templates(&loaded.assets));
    let renderer = Renderer::new(site, &engine, Arc::new(Shared::new(site)));
    let problems = Mutex::new(Vec::new());
    let note = |problem: Diagnostic| {
        if let Ok(mut problems) = problems.lock() {
            problems.push(problem);
        }
    };
    site.outputs.par_iter().try_for_each(|output| {
        let path = output.address.file();
        let bytes = match output.kind {
            // Behind the files beside pages are the static ones.
            OutputKind::File(at) => match loaded.copies.get(at) {
                Some((entry, _)) => input::read_bytes(&loaded.root, entry).map_err(|problem| *problem),
                None => return sink(&path, &loaded.assets[at - loaded.copies.len()].bytes),
            },
            _ => make(output, &renderer),
        };
        match bytes {
            Ok(bytes) => sink(&path, &bytes)?,
            Err(problem) => note(problem),
        }
        Ok(())
    })?;
    Ok(problems.into_inner().unwrap_or_default())
}
