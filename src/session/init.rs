//! A small, complete site to begin with. Its files are those of the repository's `init/`.

use std::path::PathBuf;

use crate::data::notation::Date;
use crate::diagnostic::Failure;
use crate::emit;

include!(concat!(env!("OUT_DIR"), "/init.rs"));

/// What `init` is asked for.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// The folder that the site is made in; it may exist, and hold other files.
    pub folder: PathBuf,
    /// The day from which the first data are; their age is counted from it.
    pub today: Date,
}

/// Writes a small site that builds and checks clean as it is. Gives the paths of its files, from the folder.
///
/// # Errors
/// When a file of the site is there already: then nothing is written. When the system refuses to write.
pub fn init(options: &InitOptions) -> Result<Vec<&'static str>, Failure> {
    let files: Vec<(&'static str, Vec<u8>)> =
        FILES.iter().map(|(path, text)| (*path, fill(text, options.today).into_bytes())).collect();
    emit::create(&options.folder, &files)?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Puts in what is known only now: the month, and which release of the generator this is.
fn fill(text: &str, today: Date) -> String {
    let day = today.to_string();
    let month = day.get(..7).unwrap_or(&day);
    text.replace("{{month}}", month)
        .replace("{{repository}}", env!("CARGO_PKG_REPOSITORY"))
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
}
