//! The input of a seed: one file of one directory of the corpus, changed.

use fastrand::Rng;

use super::corpus::{Corpus, Directory, File};
use super::mutate;

pub(crate) struct Input<'c> {
    /// Its index in the corpus.
    pub(crate) at: usize,
    pub(crate) directory: &'c Directory,
    pub(crate) file: &'c File,
    /// What the file is to have; nearly always UTF-8.
    pub(crate) bytes: Vec<u8>,
    /// The names of the mutations, in their order.
    pub(crate) mutations: Vec<&'static str>,
}

impl<'c> Input<'c> {
    pub(crate) fn of(seed: u64, corpus: &'c Corpus) -> Self {
        let mut rng = Rng::with_seed(seed);
        let at = rng.usize(..corpus.directories.len());
        let directory = &corpus.directories[at];
        let file = &directory.files[rng.usize(..directory.files.len())];
        let (mut text, mut mutations) = (file.text.clone(), Vec::new());
        // One change often leaves definitions right, four hardly ever.
        for _ in 0..rng.choice([1, 1, 1, 1, 2, 2, 3, 4]).unwrap_or(1) {
            let mutation = mutate::any(&mut rng);
            text = (mutation.change)(&text, &mut rng, corpus);
            mutations.push(mutation.name);
        }
        let mut bytes = text.into_bytes();
        if rng.u8(..) < 3 {
            mutate::bytes::corrupt(&mut bytes, &mut rng);
            mutations.push("bytes");
        }
        Self { at, directory, file, bytes, mutations }
    }

    /// `examples/goapp/project.yaml: words, drop a block`.
    pub(crate) fn description(&self) -> String {
        let path = self.directory.path.join(&self.file.path);
        format!("{}: {}", path.display(), self.mutations.join(", "))
    }
}
