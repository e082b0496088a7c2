"""How well and how fast Postroom reads: figures beside their targets, see `make evaluate`."""
