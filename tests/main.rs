mod emit;
mod facts;
mod packs;
