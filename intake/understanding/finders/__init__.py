"""Pure: who writes and about what: each value with its place, its method and how sure."""
