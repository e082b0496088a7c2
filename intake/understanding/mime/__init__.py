"""Pure: bytes → a message: limits, headers, parts, text."""
