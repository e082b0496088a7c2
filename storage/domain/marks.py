"""How our own letters are marked, so that one that comes back is known as ours."""

import re

LOOP_HEADER = "X-Postroom-Loop"
"""In every letter; its value is the inbox of the programme that sent it."""


def message_id_domain(inbox: str) -> str:
    """The right side of the Message-IDs of the letters from this inbox."""
    return f"postroom.{inbox.rpartition('@')[2]}"


def message_id_of(code: str, inbox: str) -> str:
    """The Message-ID of the letter to an organiser that shows this code."""
    return f"<letter.{code}@{message_id_domain(inbox)}>"


def code_of(message_id: str) -> str | None:
    """What nobody can guess of the Message-ID of a letter that is about no single case."""
    found = _LETTER.match(message_id)
    return found[1] if found else None


_LETTER = re.compile(r"<letter\.([a-z2-7]{32})@")


def is_our_message_id(message_id: str, inbox: str) -> bool:
    """True where a Message-ID, in its angle brackets, is one that only our letters have."""
    return message_id.lower().endswith(f"@{message_id_domain(inbox).lower()}>")
