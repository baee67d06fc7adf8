mod emit;
mod facts;
mod packs;
mod rules;
