"""The ledger (台账): what was done, by which post, on what ground; append-only, and provable by anyone."""
