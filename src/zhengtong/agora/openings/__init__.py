"""Voices that two bodies together can open, where a charter declares it; elsewhere nobody can."""
