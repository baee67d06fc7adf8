mod cli;
mod docs;
mod emit;
mod facts;
mod packs;
mod render;
mod rules;
