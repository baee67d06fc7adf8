//! A session: the files of a run with their documents, for as long as questions about them are
//! asked.
//!
//! The command line opens one, compiles once and ends. An editor server keeps one open, lays the
//! text of unsaved files over those on disk, and compiles again after a keystroke: only what has
//! changed is parsed again.

mod compile;
mod compiled;
mod exclude;
mod file;

pub use compiled::Compiled;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::diagnostics::Sink;
use crate::packs::Library;
use crate::source::{self, Content, FileId, SourceFile, SourceMap, Unread, shown};
use crate::yaml::{self, Document};
use file::Opened;

/// The files of a run, with what was read from them.
///
/// ```
/// use argopacks::Session;
/// use argopacks::emit::Format;
///
/// let project = "apiVersion: packs.argoproj.io/v1beta1\nkind: Project\nmetadata: {name: shop}\n";
/// let mut session = Session::open(&[]);
/// session.overlay("project.yaml", project);
/// let manifests = session.compile(|compiled| compiled.manifests(Format::Yaml)).unwrap();
/// assert_eq!(manifests.matches("\nkind: Namespace\n").count(), 1);
///
/// session.overlay("project.yaml", project.replace("name:", "nam:"));
/// let codes: Vec<&str> =
///     session.compile(|compiled| compiled.findings.iter().map(|f| f.rule.code).collect());
/// assert_eq!(codes, ["AP103"]);
/// ```
#[derive(Debug)]
pub struct Session {
    sources: SourceMap,
    library: Library,
    /// In the order of their paths.
    files: Vec<File>,
    /// The paths that could not be read when the session was opened.
    unread: Vec<Unread>,
}

/// A file of the session.
#[derive(Debug)]
struct File {
    /// As it was found.
    path: PathBuf,
    id: FileId,
    opened: Opened,
    /// None until they are parsed.
    documents: Option<Vec<Document>>,
}

impl Session {
    /// Reads and parses the definition files at the paths: files, directories, or `-` for standard
    /// input. What cannot be read is in [`Session::unread`].
    pub fn open(paths: &[PathBuf]) -> Self {
        let loaded = source::load(paths);
        let mut sources = SourceMap::default();
        let add = |found| File::add(found, &mut sources);
        let files = loaded.files.into_iter().map(add).collect();
        let library = Library::new(&mut sources);
        let mut session = Self { sources, library, files, unread: loaded.unread };
        session.parse();
        session
    }

    /// The texts of the files, and of the bundled packs.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The paths that could not be read.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Every document, those of others too, in the order of the files.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.files.iter().filter_map(|file| file.documents.as_ref()).flatten()
    }

    /// Takes `text` for what is in a file, whether that is there or not, until
    /// [`Session::close_overlay`].
    pub fn overlay(&mut self, path: impl AsRef<Path>, text: impl Into<String>) {
        self.set(path.as_ref(), Content::Text(text.into()));
    }

    /// Takes what is on disk for what is in a file again; a file that is not there leaves the
    /// session.
    pub fn close_overlay(&mut self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        match (source::read(path), self.position(path)) {
            (Ok(content), _) => self.set(path, content),
            (Err(_), Ok(at)) => {
                let file = self.files.remove(at);
                self.sources.replace(file.id, SourceFile::new(shown(&file.path), ""));
            }
            (Err(_), Err(_)) => {}
        }
    }

    fn set(&mut self, path: &Path, content: Content) {
        self.unread.retain(|unread| unread.path != shown(path));
        match self.position(path) {
            Ok(at) => self.files[at].replace(content, &mut self.sources),
            Err(at) => {
                self.files.insert(at, File::add((path.to_owned(), content), &mut self.sources));
            }
        }
        self.parse();
    }

    /// The index of a file, which may be named in another way than it was found: absolute, or with
    /// `./` before it. For one that the session does not have, the index where it belongs.
    fn position(&self, path: &Path) -> Result<usize, usize> {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.files.binary_search_by(|file| file.path.as_path().cmp(path)).or_else(|at| {
            let wanted = absolute(path);
            self.files.iter().position(|file| absolute(&file.path) == wanted).ok_or(at)
        })
    }

    /// Parses the files whose documents are not known.
    fn parse(&mut self) {
        let mut files: Vec<&mut File> =
            self.files.iter_mut().filter(|file| file.documents.is_none()).collect();
        let ids: Vec<FileId> = files.iter().map(|file| file.id).collect();
        let parsed = yaml::parse_all(&ids, &self.sources);
        for (file, documents) in files.iter_mut().zip(parsed) {
            file.documents = Some(documents);
        }
    }

    /// Reports what is wrong with files as a whole, but those that are left out; returns whether definitions may be missing for
    /// it.
    fn report_files(&self, excluded: &HashSet<FileId>, sink: &mut Sink) -> bool {
        let mut files = self.files.iter().filter(|file| !excluded.contains(&file.id));
        files
            .clone()
            .filter_map(|file| file.opened.finding(file.id))
            .for_each(|it| sink.report(it));
        !self.unread.is_empty() || files.any(|file| file.opened.is_partial())
    }
}

impl File {
    fn add((path, content): (PathBuf, Content), sources: &mut SourceMap) -> Self {
        let (text, opened) = Opened::of(content);
        let id = sources.add(SourceFile::new(shown(&path), text));
        Self { path, id, opened, documents: None }
    }

    fn replace(&mut self, content: Content, sources: &mut SourceMap) {
        let (text, opened) = Opened::of(content);
        sources.replace(self.id, SourceFile::new(shown(&self.path), text));
        (self.opened, self.documents) = (opened, None);
    }
}

/// Compiles the definitions at some paths, once.
pub fn compile<R>(paths: &[PathBuf], then: impl FnOnce(Compiled) -> R) -> R {
    Session::open(paths).compile_once(then)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const REGISTRY: &str = "apiVersion: packs.argoproj.io/v1beta1\nkind: Registry\nmetadata: {name: r}\nspec: {url: h}\n";

    fn findings(session: &Session) -> Vec<String> {
        session.compile(|compiled| {
            let finding = |finding: &crate::diagnostics::Diagnostic| {
                format!("{} {}", finding.rule.code, compiled.sources.place(finding.primary.span))
            };
            compiled.findings.iter().map(finding).collect()
        })
    }

    #[test]
    fn an_overlay_is_read_in_place_of_the_file_and_closed_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.yaml");
        std::fs::write(&path, REGISTRY).unwrap();
        let mut session = Session::open(&[directory.path().to_owned()]);
        assert_eq!(findings(&session), Vec::<String>::new());
        session.overlay(&path, REGISTRY.replace("url", "ulr"));
        assert_eq!(findings(&session), [format!("AP103 {}:4:8", path.display())]);
        assert_eq!(findings(&session).len(), 1);
        let other = directory.path().join("b.yaml");
        session.overlay(&other, REGISTRY);
        session.close_overlay(&path);
        assert_eq!(findings(&session), [format!("AP203 {}:3:18", other.display())]);
        session.close_overlay(&other);
        assert_eq!(findings(&session), Vec::<String>::new());
        assert_eq!(session.documents().count(), 1);
    }
}
