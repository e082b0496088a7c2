"""Access tokens for servers that take no password: signed in once, renewed ever after."""
