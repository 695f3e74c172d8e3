"""Plain libraries that know neither Django nor government; each is usable alone."""
