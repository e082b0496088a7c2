"""Pure: how cue phrases are written, and what all of them call the same things.

They are matched against lower case text with straight quotes and single blanks. A weight of 3 says
it outright, 2 nearly so, 1 is a hint. Nothing in them names a programme, a person or a place.
"""

import re

Weighted = tuple[tuple[int, re.Pattern[str]], ...]

EOI = r"(?:expressions? of (?:our |my )?interest|e\.?o\.?i\.?s?\b|letter of interest)"
BID = rf"(?:{EOI}|application|bid|proposal|submission|nominations?|entry|form|project|interest)"
WE = r"(?:we|i|we've|i've|we're|i'm|we'd|i'd|we'll|i'll)"
OUR = r"(?:our|my|the|this|that|an?|their|his|her|its)"


def weighted(*cues: tuple[int, str]) -> Weighted:
    """Cue phrases with their weights, compiled."""
    return tuple((weight, re.compile(pattern)) for weight, pattern in cues)


def score(cues: Weighted, text: str) -> int:
    """The sum of the weights of the cues that stand in `text`, each once."""
    return sum(weight for weight, pattern in cues if pattern.search(text))
