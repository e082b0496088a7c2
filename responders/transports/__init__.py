"""How a letter is handed over: one module a way of sending."""
