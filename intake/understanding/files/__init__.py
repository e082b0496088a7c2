"""Pure: what came with a message: typed by content, read within limits."""
