mod emit;
mod facts;
mod mistakes;
mod packs;
