//! Puts the next tree together beside the directory, with what others have put into it, and has it
//! take the directory's place.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;

use super::compare::is_of_others;
use super::found::{Found, Item};
use super::target::Target;
use super::{Tree, swap};

/// Replaces a directory. Fails with the directory as it was, unless only the old tree could not be
/// removed.
pub(super) fn replace(target: &Target, tree: &Tree, found: &Found) -> anyhow::Result<()> {
    let built = build(target, tree, found)
        .with_context(|| format!("could not write beside `{}`", target.shown));
    if built.is_err() {
        // What cannot be removed now is removed by the next run.
        drop(fs::remove_dir_all(&target.staging));
        return built;
    }
    swap::swap(target, found.permissions.is_some())
}

fn build(target: &Target, tree: &Tree, found: &Found) -> anyhow::Result<()> {
    fs::create_dir(&target.staging)?;
    for (path, text) in &tree.files {
        let to = target.staging.join(path);
        make_directory_of(&to)?;
        if found.bytes(path) == Some(text.as_bytes()) {
            carry(&target.path.join(path), &to)?;
        } else {
            fs::write(&to, text).with_context(|| path.clone())?;
        }
    }
    carry_others(target, tree, found)?;
    set_permissions(target, found)
}

/// Puts into the next tree what others have put into the directory.
fn carry_others(target: &Target, tree: &Tree, found: &Found) -> anyhow::Result<()> {
    for (path, item) in found.items.iter().filter(|(path, it)| is_of_others(path, it, tree, found))
    {
        let to = target.staging.join(path);
        if let Item::Directory(_) = item {
            fs::create_dir_all(&to)?;
        } else {
            make_directory_of(&to)?;
            carry(&target.path.join(path), &to).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

fn make_directory_of(path: &Path) -> anyhow::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all).context("could not make a directory")
}

/// Gives a file a second place, links as links. Where the file system has no hard links, it is
/// copied.
fn carry(from: &Path, to: &Path) -> anyhow::Result<()> {
    let linked = fs::hard_link(from, to);
    let Err(error) = linked else { return Ok(()) };
    let is_file = fs::symlink_metadata(from)?.is_file();
    match error.kind() {
        ErrorKind::Unsupported | ErrorKind::PermissionDenied | ErrorKind::TooManyLinks
            if is_file =>
        {
            fs::copy(from, to)?;
            Ok(())
        }
        _ => Err(error.into()),
    }
}

/// Gives directories the rights that they had, the innermost first.
fn set_permissions(target: &Target, found: &Found) -> anyhow::Result<()> {
    for (path, item) in found.items.iter().rev() {
        let to = target.staging.join(path);
        if let Item::Directory(permissions) = item
            && to.is_dir()
        {
            fs::set_permissions(to, permissions.clone())?;
        }
    }
    if let Some(permissions) = &found.permissions {
        fs::set_permissions(&target.staging, permissions.clone())?;
    }
    Ok(())
}
