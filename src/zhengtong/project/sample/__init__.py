"""The invented people of a charter's `sample/` folder, and a plausible year of their history."""
