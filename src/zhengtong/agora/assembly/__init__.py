"""Assemblies: councils, committees and associations that meet, vote by name, and publish their minutes."""
