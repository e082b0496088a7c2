"""The ledger: what came in, what we know, what went out."""
