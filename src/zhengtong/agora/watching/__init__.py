"""What may have been arranged is put before the moderator: what was seen, and how often it means nothing.

A signal hides nothing, stops nothing and names nobody. A person looks, and says what came of it.
"""
