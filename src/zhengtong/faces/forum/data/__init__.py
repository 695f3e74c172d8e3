"""All that is public of taking part, as data: `feeds` lists every file, the others write those of a round."""
