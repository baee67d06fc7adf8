mod emit;
mod packs;
