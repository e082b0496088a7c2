"""The commands, one module each; part of the root."""
