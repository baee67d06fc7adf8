//! Every test but the unit tests: one binary, a folder each.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod cli;
mod docs;
mod facts;
mod findings;
mod fuzz;
mod mistakes;
mod origin;
mod output;
mod packs;
mod render;
mod rules;
mod wiring;
