"""Parts of the packs page: who is in a pack, its options, making it, seeing it and printing it."""
