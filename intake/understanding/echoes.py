"""Pure: robots that say nothing of what they are. They answer each letter, or send the same text
from one address after the other; their letters wait for a person."""

import re
import unicodedata
from dataclasses import replace
from hashlib import sha256

from storage.domain.acquaintance import Acquaintance, Echoes
from storage.domain.message import MessageKind, Verdict

SHORTEST_FINGERPRINT = 60
"""Letters and digits of a text that two people are not likely to have written alike."""

ROTATING_SENDERS = 3
"""Other addresses with the same text from which on it is held."""

_ANSWERED_BY_A_PERSON = (MessageKind.QUESTION, MessageKind.UNCLEAR)
_ALWAYS_NEWS = (MessageKind.APPLICATION,)
"""A newer form may change no detail of the case and counts all the same; its sender waits to hear
that it came, or that nobody can open it."""


def make_fingerprint(text: str) -> str | None:
    """The same for texts alike but for case, spaces and punctuation; None for a short one."""
    letters = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    if len(letters) < SHORTEST_FINGERPRINT:
        return None
    return sha256(letters.encode("utf-8", "replace")).hexdigest()


def hold_echo(verdict: Verdict, known: Acquaintance, echoes: Echoes, *, is_news: bool) -> Verdict:
    """`verdict`, held where a machine may be talking. `is_news`: the message opens or changes a
    case. A person who is held was promised an answer before, or told us nothing to act upon."""
    if verdict.kind.is_machine or verdict.hold:
        return verdict
    if echoes.same_text >= ROTATING_SENDERS:
        return replace(verdict, hold="same_text")
    is_news = is_news or verdict.kind in _ALWAYS_NEWS
    wants_acknowledgement = verdict.kind in _ANSWERED_BY_A_PERSON or not is_news
    if wants_acknowledgement and echoes.is_acknowledged:
        return replace(verdict, hold="acknowledged_already")
    answers_us = bool(known.answered) and verdict.kind is not MessageKind.QUESTION
    if wants_acknowledgement and answers_us:
        return replace(verdict, hold="answers_our_letter")
    return verdict
