"""Pure: what an organiser wrote behind a word of theirs, in its line: a day, a name, a text, a
reason; or nothing, and then prose must not be taken for it."""

import re

from storage.domain.acting import Verb

NO_COLON = "put a colon between “answer” and your text, as in “answer: Yes, you may”"

_THANKS = re.compile(
    r"^(?:(?:it|this|that|them|all|one|please|pls|thanks|thank you|many thanks)\b[ ,.!]*){0,4}$",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:to|until|till|by)\b[ :]*", re.IGNORECASE)
_COLON = re.compile(r"[ ]{0,3}(?:[:–—-]|with\b:?|saying\b:?|because\b|\((?=.{1,300}\)$))[ ]*", re.I)
_BUT_FOR = re.compile(
    r"\b(?:except|excluding|apart from|other than|but not|all but|unless"
    r"|not(?: (?:number|item|no\.?))? ?#?\d)",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:not?|never|nobody|nothing|unsure|uncertain|maybe|perhaps|possibly|if|whether|unclear)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)


def words_behind(verb: Verb, words: str, *, has_mark: bool) -> tuple[str, str | None] | None:
    """What stands behind a word as it is meant, and why it can't be followed; None where the line
    is prose. `has_mark`: the line names what it is about."""
    colon = _COLON.match(words)
    match verb:
        case Verb.EXTEND:
            to = _TO.match(words.strip())
            if to is None and not has_mark:
                return None
            return words.strip()[to.end() if to else 0 :], None
        case Verb.ASSIGN:
            to = _TO.match(words.strip())
            name = words.strip(" :")[to.end() if to else 0 :].strip(" .")
            is_name = 0 < len(name.split()) <= 5
            return (name, None if name else "it names nobody") if has_mark or is_name else None
        case Verb.ANSWER:
            if colon is None and words.strip():
                is_bare = not words.strip(" .")
                return ("", None if is_bare else NO_COLON) if has_mark else None
            return words[colon.end() if colon else 0 :].strip(), None
        case Verb.DISCARD | Verb.ARRIVED if colon is not None:
            return words[colon.end() :].strip(" .)"), _takes_back(verb, words)
    if _THANKS.match(words.strip(" .!,:;")):
        return "", None
    problem = f"it says more than “{verb}”" if has_mark else None
    return ("", problem) if problem else None


def _takes_back(verb: Verb, words: str) -> str | None:
    """Why a word can't be followed behind which something else is said than a reason."""
    if words.rstrip(" .)").endswith("?"):
        return f"it asks: write “{verb}” alone once you know"
    if _BUT_FOR.search(words):
        return "it leaves something out: name only those that are meant"
    if verb is Verb.ARRIVED and _DOUBT.search(words):
        return f"we can't tell whether it arrived: write “{verb}” alone once you know"
    return None
