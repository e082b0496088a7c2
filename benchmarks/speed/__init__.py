"""How fast Postroom is, always beside something else that does the same: `make bench`."""
