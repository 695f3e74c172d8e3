"""The interface for programs, with its description."""
