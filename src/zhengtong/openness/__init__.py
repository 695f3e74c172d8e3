"""Openness: disclosure and open data. Empty so far; requests for information run as cases."""
