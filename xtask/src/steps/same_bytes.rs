//! Builds the repository's own site in ways that must not matter, and compares every file of every build.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::command::Task;
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target().join("same-bytes");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{} could not be removed: {error}", folder.display()))?;
    }
    let elsewhere = folder.join("elsewhere, with a space");
    copy_sources(workspace, &elsewhere)?;

    let plain = Build {
        site: &workspace.root,
        out: folder.join("plain"),
        threads: "1",
        zone: "UTC",
        locale: "C",
        umask: "022",
    };
    let other = Build {
        site: &elsewhere,
        out: folder.join("other"),
        threads: "7",
        zone: "Pacific/Kiritimati",
        locale: "tr_TR.UTF-8",
        umask: "077",
    };
    let debug = Build { out: folder.join("debug"), ..plain.clone() };

    let first = plain.run(workspace.release()?)?;
    let builds = [
        ("another folder, time zone, locale, umask and number of threads", other.run(workspace.release()?)?),
        ("a second build over the first", plain.run(workspace.release()?)?),
        ("a build with debug assertions", debug.run(workspace.debug()?)?),
    ];
    for (what, files) in &builds {
        let differences = differences(&first, files);
        for difference in differences.iter().take(10) {
            println!("error: {what}: {difference}");
        }
        if !differences.is_empty() {
            return Err(format!("{what}: {} files differ", differences.len()));
        }
    }
    let bytes: usize = first.values().map(Vec::len).sum();
    Ok(format!("{} files, {bytes} bytes, {} builds", first.len(), builds.len() + 1))
}

/// One way to build the site.
#[derive(Clone)]
struct Build<'a> {
    site: &'a Path,
    out: PathBuf,
    threads: &'a str,
    zone: &'a str,
    locale: &'a str,
    umask: &'a str,
}

impl Build<'_> {
    fn run(&self, bandbook: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, String> {
        // A process can set its umask only for itself, so a shell does it and then becomes the generator.
        Task::new("sh")
            .args(["-c", "umask \"$0\" && exec \"$@\"", self.umask])
            .arg(bandbook)
            .arg("build")
            .arg("--out")
            .arg(&self.out)
            .args(["--threads", self.threads])
            .env("TZ", self.zone)
            .env("LC_ALL", self.locale)
            .env("LANG", self.locale)
            .current_dir(self.site)
            .run()?;
        let mut files = BTreeMap::new();
        read(&self.out, &self.out, &mut files)
            .map_err(|error| format!("{} could not be read: {error}", self.out.display()))?;
        if files.contains_key(Path::new("index.html")) {
            Ok(files)
        } else {
            Err(format!("the build wrote no index.html to {}", self.out.display()))
        }
    }
}

/// Copies what the repository holds, last files first, so that a folder lists them in another order.
///
/// History stays behind, since only sites that take their dates from Git read it.
fn copy_sources(workspace: &Workspace, to: &Path) -> Result<(), String> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let names = Task::new("git").args(list).current_dir(&workspace.root).output()?;
    for name in names.split_terminator('\0').rev() {
        let (source, copy) = (workspace.root.join(name), to.join(name));
        if source.is_file() {
            let copied = fs::create_dir_all(copy.parent().expect("a copy lies below a folder"))
                .and_then(|()| fs::copy(source, copy));
            copied.map_err(|error| format!("{name} could not be copied: {error}"))?;
        }
    }
    Ok(())
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root).expect("a walk stays below its root").to_owned();
            files.insert(name, fs::read(path)?);
        }
    }
    Ok(())
}

fn differences(first: &BTreeMap<PathBuf, Vec<u8>>, second: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, bytes) in first {
        match second.get(name) {
            None => found.push(format!("{} is missing", name.display())),
            Some(other) if other != bytes => {
                let at = bytes.iter().zip(other).take_while(|(one, two)| one == two).count();
                found.push(format!("{} differs from byte {at} on", name.display()));
            }
            Some(_) => (),
        }
    }
    found.extend(
        second.keys().filter(|name| !first.contains_key(*name)).map(|name| format!("{} is added", name.display())),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_difference_is_found() {
        let tree =
            |files: &[(&str, &str)]| files.iter().map(|(name, text)| (name.into(), text.as_bytes().to_vec())).collect();
        let first = tree(&[("a", "one"), ("b", "two"), ("c", "three")]);
        assert!(differences(&first, &first).is_empty());
        let second = tree(&[("a", "one"), ("b", "twice"), ("d", "four")]);
        assert_eq!(differences(&first, &second), ["b differs from byte 2 on", "c is missing", "d is added"]);
    }
}
