mod emit;
mod facts;
mod packs;
mod render;
mod rules;
