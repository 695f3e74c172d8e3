"""Witnesses are asked to cosign the ledger's newest checkpoint, by the protocol C2SP tlog-witness."""
