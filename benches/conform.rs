//! Measures the walk of emitted objects against the field facts: `cargo bench --bench conform`.
//! The objects are those of the snapshots in `tests/render`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use argopacks::internals::Node;
use argopacks::internals::Version;
use argopacks::internals::verify;
use argopacks::internals::{SourceFile, SourceMap, Span};

const ROUNDS: u32 = 200;

fn main() {
    let objects = objects();
    let version = Version::new(4, 0);
    let start = Instant::now();
    black_box(verify(&objects[0], version, Span::GENERATED));
    println!("first object, with the table:  {:?}", start.elapsed());
    let start = Instant::now();
    walk(&objects, version);
    println!("first walk of {} objects:     {:?}", objects.len(), start.elapsed());
    let each = (0..ROUNDS).map(|_| walk(&objects, version)).min().unwrap_or_default();
    let scalars: usize = objects.iter().map(scalars).sum();
    println!("later walks, the best of {ROUNDS}:   {each:?}");
    println!("for each of {scalars} scalars:     {:?}", each / u32::try_from(scalars).unwrap());
}

fn walk(objects: &[Node], version: Version) -> Duration {
    let start = Instant::now();
    for object in objects {
        black_box(verify(object, version, Span::GENERATED));
    }
    start.elapsed()
}

fn scalars(object: &Node) -> usize {
    let mut count = 0;
    object.each_scalar(&mut |_, _| count += 1);
    count
}

/// The objects of every snapshot, without the header that the snapshot begins with.
fn objects() -> Vec<Node> {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/render/snapshots");
    let mut sources = SourceMap::default();
    for file in std::fs::read_dir(directory).unwrap().flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let manifests = text.splitn(3, "---\n").nth(2).unwrap().to_owned();
        sources.add(SourceFile::new(file.path().to_string_lossy(), manifests));
    }
    let files: Vec<_> = sources.ids().collect();
    let documents =
        files.into_iter().flat_map(|file| argopacks::internals::parse(file, sources.file(file)));
    documents.map(|document| document.root).collect()
}
