//! The directories that inputs are made of, and the words and lines in them.

use std::path::{Path, PathBuf};
use std::{fs, io};

use walkdir::WalkDir;

/// Directories of definitions, in the order in which they were named.
pub(crate) struct Corpus {
    pub(crate) directories: Vec<Directory>,
    /// Every word of every file once: names, keys, values.
    pub(crate) words: Vec<String>,
    /// Every value that stands behind a key, once.
    pub(crate) values: Vec<String>,
    /// Every key, once.
    pub(crate) keys: Vec<String>,
}

pub(crate) struct Directory {
    pub(crate) path: PathBuf,
    pub(crate) files: Vec<File>,
}

pub(crate) struct File {
    /// Below the directory.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl Corpus {
    /// Reads the directories below each of the roots.
    pub(crate) fn read(roots: &[PathBuf]) -> io::Result<Self> {
        let mut directories = Vec::new();
        for root in roots {
            let mut below: Vec<PathBuf> = fs::read_dir(root)?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<io::Result<_>>()?;
            below.retain(|path| path.is_dir());
            below.sort();
            for path in below {
                directories.push(Directory::read(path)?);
            }
        }
        directories.retain(|directory| !directory.files.is_empty());
        Ok(Self::of(directories))
    }

    fn of(directories: Vec<Directory>) -> Self {
        let texts = || directories.iter().flat_map(|it| &it.files).map(|file| file.text.as_str());
        let is_word = |c: char| c.is_alphanumeric() || "-_./%".contains(c);
        let words = texts().flat_map(|text| text.split(|c| !is_word(c)));
        let pairs = || texts().flat_map(str::lines).filter_map(|line| line.split_once(": "));
        let key = |(key, _): (&str, &str)| key.trim_start_matches([' ', '-', '"']).to_owned();
        Self {
            words: once(words.map(str::to_owned)),
            values: once(pairs().map(|(_, value)| value.trim().to_owned())),
            keys: once(pairs().map(key)),
            directories,
        }
    }

    /// The directories of the repository itself.
    pub(crate) fn own_roots() -> Vec<PathBuf> {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        ["examples", "tests/data/ok"].map(|root| repository.join(root)).to_vec()
    }
}

impl Directory {
    fn read(path: PathBuf) -> io::Result<Self> {
        let mut files = Vec::new();
        for entry in WalkDir::new(&path).sort_by_file_name() {
            let entry = entry?;
            let extension = entry.path().extension().unwrap_or_default().to_ascii_lowercase();
            if !entry.file_type().is_file()
                || !["yaml", "yml", "json"].iter().any(|it| extension == *it)
            {
                continue;
            }
            let below = entry.path().strip_prefix(&path).map_err(io::Error::other)?;
            files.push(File { path: below.to_owned(), text: fs::read_to_string(entry.path())? });
        }
        Ok(Self { path, files })
    }

    /// Writes the files into another directory.
    pub(crate) fn write(&self, to: &Path) -> io::Result<()> {
        for file in &self.files {
            let path = to.join(&file.path);
            fs::create_dir_all(path.parent().unwrap_or(to))?;
            fs::write(path, &file.text)?;
        }
        Ok(())
    }
}

/// Sorted, each once.
fn once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    texts.sort();
    texts.dedup();
    texts
}
