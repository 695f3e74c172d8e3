"""What happens in a round beside contributions: questions that lead on by what is answered, and papers put to it."""
