"""Openness: what a request for information is answered with, without what may not be disclosed, and for all to read."""
