mod packs;
