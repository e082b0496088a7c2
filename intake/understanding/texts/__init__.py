"""Pure: a text → its pieces: what is new, quoted, forwarded, a signature, a label, a table."""
