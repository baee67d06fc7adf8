mod emit;
mod facts;
mod mistakes;
mod origin;
mod packs;
mod render;
mod rules;
mod wiring;
