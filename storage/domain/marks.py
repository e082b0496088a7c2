"""How our own letters are marked, so that one that comes back is known as ours."""

LOOP_HEADER = "X-Postroom-Loop"
"""In every letter; its value is the inbox of the programme that sent it."""


def message_id_domain(inbox: str) -> str:
    """The right side of the Message-IDs of the letters from this inbox."""
    return f"postroom.{inbox.rpartition('@')[2]}"


def is_our_message_id(message_id: str, inbox: str) -> bool:
    """True where a Message-ID, in its angle brackets, is one that only our letters have."""
    return message_id.lower().endswith(f"@{message_id_domain(inbox).lower()}>")
