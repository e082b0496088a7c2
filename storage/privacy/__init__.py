"""What is held of one person, found, taken out for them, and erased."""
