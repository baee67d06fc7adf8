//! How the places of definitions are written in READMEs.

use std::path::{Component, Path, PathBuf};

use crate::Compiled;
use crate::source::{STDIN_SHOWN, Span};

/// How files are named: from the directory that all definitions with an object are in, so that it
/// matters neither where argopacks runs nor how its paths are written.
pub(super) struct Places<'c, 'm> {
    compiled: &'c Compiled<'m>,
    base: PathBuf,
}

impl<'c, 'm> Places<'c, 'm> {
    /// How the files of the objects are named.
    pub(super) fn of(compiled: &'c Compiled<'m>) -> Self {
        let spans = compiled.objects.list.iter().map(|object| object.span);
        let is_own =
            |span: &Span| span.is_written() && compiled.library.name_of(span.file).is_none();
        let paths = spans.filter(is_own).map(|span| &compiled.sources.file(span.file).path);
        let directories = paths
            .filter(|path| *path != STDIN_SHOWN)
            .filter_map(|path| absolute(path).parent().map(Path::to_owned));
        Self { compiled, base: directories.reduce(|a, b| common(&a, &b)).unwrap_or_default() }
    }

    /// `file:line` of where a span starts.
    pub(super) fn place(&self, span: Span) -> String {
        if !span.is_written() {
            return "argopacks".to_owned();
        }
        let file = self.compiled.sources.file(span.file);
        let (line, _) = file.line_col(span.start as usize);
        if let Some(pack) = self.compiled.library.name_of(span.file) {
            return format!("pack {pack}:{line}");
        }
        match absolute(&file.path).strip_prefix(&self.base) {
            Ok(below) if file.path != STDIN_SHOWN => {
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                format!("{}:{line}", parts.join("/"))
            }
            _ => format!("{}:{line}", file.path),
        }
    }
}

/// A path from the root, without `.` and `..`.
fn absolute(path: &str) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
    let mut plain = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            component => plain.push(component),
        }
    }
    plain
}

/// The directory that two are in.
fn common(one: &Path, other: &Path) -> PathBuf {
    one.components().zip(other.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}
