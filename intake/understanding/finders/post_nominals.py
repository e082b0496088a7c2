"""Pure: the letters behind people's names, those that are listed and those that only look it."""

import re

from intake.understanding.finders.name_words import POST_NOMINALS

_SAYABLE = re.compile(
    r"(?:[bcdfgpkt]?[lr]|s[chklmnptw]|[bcdfgjklmnprstvwyz]h?|[qgk]u|mc|dw|tw|kn|wr)?"
    r"(?:[aeiouy]{1,3}[b-df-hj-np-tv-z]{1,3})*[aeiouy]{0,2}"
)
_DEGREE = re.compile(r"(?:[BMDL]|Ph|Cert|Dip|Adv)[A-Z][a-z]{1,6}")
"""A degree that no list holds: `BTh`, `MRes`."""


def is_post_nominal(word: str) -> bool:
    bare = word.strip(".,;()")
    if bare.lower().replace(".", "") in POST_NOMINALS:
        return bare[:1].isupper()
    if _DEGREE.fullmatch(bare):
        return True
    letters = re.sub(r"[^A-Za-z]", "", bare)
    uppers = sum(1 for c in letters if c.isupper())
    has_shape = 3 <= len(letters) <= 9 and "-" not in bare and "'" not in bare
    return has_shape and uppers >= 3 and bare != bare.upper() and not bare.startswith(("Mc", "Mac"))


def is_behind_name(words: list[str]) -> bool:
    """Letters behind a whole name that is not shouted, as no surname is spelt: `FCIS`, `MCIEH`."""
    last = words[-1].strip(".,;()")
    is_shouted = last.isalpha() and last.isascii() and last.isupper() and 3 <= len(last) <= 6
    if len(words) < 3 or not is_shouted or any(len(w) > 2 and w.isupper() for w in words[:-1]):
        return False
    return len(last) < 5 or _SAYABLE.fullmatch(last.lower()) is None
