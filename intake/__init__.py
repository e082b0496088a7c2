"""Messages come in: read, understood, recorded. Its root builds everything and runs the commands,
which nobody imports."""
