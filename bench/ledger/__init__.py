"""The ledger: what recording costs, how fast acts get their places, how far a proof reads, how long a check takes."""
