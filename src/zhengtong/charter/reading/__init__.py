"""From bytes to parts, with the line of everything kept. Whatever the bytes are, what comes out are findings."""
