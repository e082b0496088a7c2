"""Pure: how vocabularies are written down: one cue a string, compiled into one pattern.

A cue has only bounded repetition and is searched in bounded text, so that reading stays linear.
"""

import re

LONGEST_READ = 4000
"""Characters of a paragraph that cues are searched in."""


def cues(*patterns: str) -> re.Pattern[str]:
    """One case-insensitive pattern that finds any of these."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def vocabulary(text: str) -> frozenset[str]:
    """A vocabulary written as running text."""
    return frozenset(text.split())
