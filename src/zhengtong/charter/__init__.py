"""The declared government: reading, checking, storing and asking it."""
