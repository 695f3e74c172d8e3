"""Who acts: persons, enterprises, accounts, posts, mandates, and what they may do."""
