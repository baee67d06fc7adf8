mod facts;
mod packs;
