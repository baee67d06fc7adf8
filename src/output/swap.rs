//! One directory in the place of another, so that a run may be killed at any moment.
//!
//! The next tree is put together in `.DIR.argopacks-new` beside `DIR`. Linux and macOS exchange the
//! two in one step; other systems, and some file systems, need two. What can be found afterwards:
//!
//! | `DIR` | `…-new` | `…-old` | how far the run came | what the next run does |
//! |---|---|---|---|---|
//! | any | no | no | not begun, or to its end | nothing |
//! | any | yes | no | `-new` is the next tree unfinished, or the last one after the exchange | removes `-new` |
//! | no | any | yes | between the two steps | puts `-old` back, removes `-new` |
//! | yes | no | yes | after both steps | removes `-old`, as `-new` |
//! | yes | yes | yes | between the two steps, and then somebody made `DIR` anew | refuses |
//!
//! What others have put into `DIR` is in both trees, so that nothing is lost with either.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::Context;

use super::Refusal;
use super::target::Target;

/// Held while a directory is replaced: of two runs for one directory the second waits. The system
/// releases it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _parent: Option<File>,
}

impl Lock {
    /// Locks the directory above. Where that cannot be done, runs do not wait.
    fn of(parent: &Path) -> Self {
        let parent = File::open(parent).ok();
        #[cfg(unix)]
        if let Some(parent) = &parent {
            let _ = rustix::fs::flock(parent, rustix::fs::FlockOperation::LockExclusive);
        }
        Self { _parent: parent }
    }
}

/// Brings what a run that was killed has left to one of its ends. Fails if that is not for
/// argopacks to decide, or something cannot be moved or removed.
pub(super) fn recover(target: &Target) -> Result<Lock, Refusal> {
    let lock = Lock::of(&target.parent);
    let what = || format!("could not clear away what a run left beside `{}`", target.shown);
    if exists(&target.aside) {
        let to = match (exists(&target.path), exists(&target.staging)) {
            (false, _) => &target.path,
            (true, false) => &target.staging,
            (true, true) => return Err(made_anew(target)),
        };
        fs::rename(&target.aside, to).with_context(what)?;
    }
    remove(&target.staging).with_context(what)?;
    Ok(lock)
}

fn made_anew(target: &Target) -> Refusal {
    let aside = target.aside.display();
    let fault = format!(
        "was made anew while a run that was killed had its files in `{aside}`: move that directory back or away"
    );
    target.refused(&fault)
}

/// Has the next tree take the place of the directory, if it `is_there`, and removes the last one.
pub(super) fn swap(target: &Target, is_there: bool) -> anyhow::Result<()> {
    let swapped = if !is_there {
        fs::rename(&target.staging, &target.path)
    } else if exchange(&target.staging, &target.path).unwrap_or(false) {
        Ok(())
    } else {
        in_two_steps(target)
    };
    if let Err(error) = swapped {
        drop(remove(&target.staging));
        return Err(not_swapped(target, error));
    }
    remove(&target.staging).with_context(|| {
        let (shown, staging) = (&target.shown, target.staging.display());
        format!("`{shown}` is written, but the old files in `{staging}` could not be removed")
    })
}

fn not_swapped(target: &Target, error: io::Error) -> anyhow::Error {
    let hint = match error.kind() {
        ErrorKind::ResourceBusy => ": it may be a mount point; name a directory in it",
        ErrorKind::CrossesDevices => {
            ": its file system cannot move it; remove it first, or name another"
        }
        _ => "",
    };
    anyhow::Error::new(error).context(format!("could not replace `{}`{hint}", target.shown))
}

/// Exchanges two directories in one step, if the system and the file system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?;
    Ok(true)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
#[allow(clippy::unnecessary_wraps)]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// The last tree aside, the next one in, and the last one where it is removed. Fails with the last
/// one in its place.
fn in_two_steps(target: &Target) -> io::Result<()> {
    fs::rename(&target.path, &target.aside)?;
    if let Err(error) = fs::rename(&target.staging, &target.path) {
        fs::rename(&target.aside, &target.path)?;
        return Err(error);
    }
    fs::rename(&target.aside, &target.staging)
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Removes what is at a path, of a link only the link.
fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Names of directories, each with what it is.
    type State = &'static [(&'static str, &'static str)];

    /// Directories, each with a file that says what it is.
    fn target(directories: &[(&str, &str)]) -> (tempfile::TempDir, Target) {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in directories {
            fs::create_dir(root.path().join(name)).unwrap();
            fs::write(root.path().join(name).join("is"), text).unwrap();
        }
        let target = Target::to_read(&root.path().join("out")).unwrap();
        (root, target)
    }

    /// Every directory that is there, with what it is.
    fn left(root: &Path) -> Vec<(String, String)> {
        let mut left: Vec<(String, String)> = fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let text = fs::read_to_string(entry.path().join("is")).unwrap();
                (entry.file_name().into_string().unwrap(), text)
            })
            .collect();
        left.sort();
        left
    }

    const NEW: &str = ".out.argopacks-new";
    const OLD: &str = ".out.argopacks-old";

    #[test]
    fn every_state_that_a_killed_run_leaves_comes_to_an_end() {
        let states: [(State, Option<&str>); 7] = [
            (&[], None),
            (&[("out", "last")], Some("last")),
            (&[("out", "last"), (NEW, "next, unfinished")], Some("last")),
            (&[("out", "next"), (NEW, "last, partly removed")], Some("next")),
            (&[(NEW, "first, unfinished")], None),
            (&[(NEW, "next"), (OLD, "last")], Some("last")),
            (&[("out", "next"), (OLD, "last")], Some("next")),
        ];
        for (state, expected) in states {
            let (root, target) = target(state);
            recover(&target).unwrap();
            let expected: Vec<(String, String)> =
                expected.iter().map(|text| ("out".to_owned(), (*text).to_owned())).collect();
            assert_eq!(left(root.path()), expected, "{state:?}");
        }
    }

    #[test]
    fn a_directory_that_was_made_anew_is_nobodys_to_remove() {
        let state = [("out", "somebody's"), (NEW, "next"), (OLD, "last")];
        let (root, target) = target(&state);
        assert!(matches!(recover(&target), Err(Refusal::Target(_))));
        assert_eq!(left(root.path()).len(), 3);
    }

    #[test]
    fn one_step_and_two_come_to_the_same() {
        let state = [("out", "last"), (NEW, "next")];
        let expected = [("out".to_owned(), "next".to_owned())];
        let (root, one) = target(&state);
        swap(&one, true).unwrap();
        assert_eq!(left(root.path()), expected);
        let (root, two) = target(&state);
        in_two_steps(&two).unwrap();
        assert_eq!(fs::read_to_string(two.staging.join("is")).unwrap(), "last");
        recover(&two).unwrap();
        assert_eq!(left(root.path()), expected);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn linux_exchanges_in_one_step() {
        let (_root, target) = target(&[("out", "last"), (NEW, "next")]);
        assert!(exchange(&target.staging, &target.path).unwrap());
    }
}
