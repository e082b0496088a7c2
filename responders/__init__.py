"""Letters go out: which ought to exist, how they are written, how they are handed over."""
