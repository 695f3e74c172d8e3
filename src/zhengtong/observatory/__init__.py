"""The observatory: figures and processes, read from the ledger and the cases; what a change of rules would do."""
