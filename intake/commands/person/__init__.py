"""`postroom person`: what is held of one person, for themselves or to be erased."""
