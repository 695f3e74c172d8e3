"""The agora: petitions, consultations, proposals, ballots. Empty so far; what exists of it runs as cases."""
