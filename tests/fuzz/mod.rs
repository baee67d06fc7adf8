//! The fuzz program in small, with its own modules: some seeds, so that it cannot rot, and what it
//! has found once.

#[path = "../../fuzz/check.rs"]
mod check;
#[path = "../../fuzz/corpus.rs"]
mod corpus;
#[path = "../../fuzz/hostile/mod.rs"]
mod hostile;
#[path = "../../fuzz/input.rs"]
mod input;
#[path = "../../fuzz/mutate/mod.rs"]
mod mutate;
#[path = "../../fuzz/sessions.rs"]
mod sessions;

mod found;

use std::time::Duration;

use argopacks::Session;
use corpus::Corpus;
use input::Input;
use sessions::Sessions;

#[test]
fn inputs_of_some_seeds_are_stood() {
    let corpus = Corpus::read(&Corpus::own_roots()).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let mut sessions = Sessions::new(scratch.path(), &corpus);
    let mut right = 0;
    for seed in 1..=200 {
        let input = Input::of(seed, &corpus);
        // This is shown if the seed fails.
        println!("seed {seed}, {}", input.description());
        let seen = sessions.check(&input, seed % 16 == 0).unwrap().unwrap();
        right += usize::from(seen.manifests.is_some());
    }
    assert!((5..=100).contains(&right), "{right} of the inputs are right");
}

#[test]
fn a_seed_is_one_input() {
    let corpus = Corpus::read(&Corpus::own_roots()).unwrap();
    let bytes = |seed| Input::of(seed, &corpus).bytes;
    assert!((1..=50).all(|seed| bytes(seed) == bytes(seed)));
    assert_ne!(bytes(1), bytes(2));
}

/// Those that are as large as is asked for, 3 kB each.
#[test]
fn hostile_inputs_are_stood() {
    let directory = tempfile::tempdir().unwrap();
    for case in hostile::CASES.iter().filter(|case| case.limit > Duration::from_secs(1)) {
        println!("{}", case.name);
        let path = case.write(directory.path(), 3_000).unwrap();
        check::check(&Session::open(&[path])).unwrap();
    }
}
