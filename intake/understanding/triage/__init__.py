"""Pure: what a message is, by named ordered rules over its headers and its wording."""
