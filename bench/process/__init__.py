"""Benchmarks of processes against their peers: `python -m bench.process`."""
