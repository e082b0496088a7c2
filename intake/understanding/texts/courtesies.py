"""Pure: greetings and thanks beside an organiser's words, which nobody needs to read."""

import re

_GREETS = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you|many thanks|cheers"
    r"|regards|kind regards|best wishes|all the best)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"^(?:ta|best|ok|okay|yes)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\?|\b(?:please|pls|but|not|only|until|unless|except|wait|could|can|would|should)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[,.;:!]\s*")
_LONGEST = 60
_OF_A_NAME = 3
"""Words that follow a greeting behind a comma: those of a name, `(she/her)`."""


def opens_courteously(line: str) -> bool:
    """Whether a line begins as one that closes a letter does, `Best` among them."""
    return greets(line) or _SAID.match(line.strip()) is not None


def greets(line: str) -> bool:
    """Whether a line begins with a greeting or with thanks, whatever it goes on with."""
    return _GREETS.match(line.strip()) is not None


def is_courtesy(line: str) -> bool:
    """Whether a line is a greeting or thanks and no more, such as `Thanks for doing this, Jo`."""
    text = line.strip()
    if len(text) > _LONGEST or not opens_courteously(text) or _ASKS.search(text):
        return False
    _, *others = _PARTED.split(text)
    return all(greets(part) or len(part.split()) <= _OF_A_NAME for part in others)
