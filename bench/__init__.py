"""Benchmarks: each is a command that prints one JSON line. See README.md."""
