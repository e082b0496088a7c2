"""Pure: what a team that is put forward calls itself."""

import re
from collections.abc import Sequence

from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.patterns import cues

_TEAM = (
    re.compile(
        r"\b(?i:we (?:all )?call ourselves|(?:is|are|we're|we are|team,?|group,?) (?:called"
        r"|known as|named)|known (?:locally |collectively )?as|team name is|our name is)"
        r" (?:the )?[‘'“\"]?"
        r"(?P<team>[A-Z][\w'’&-]*(?: (?:[A-Z0-9][\w'’&-]*|of|and|the|for|in|&)){0,6})"
    ),
    re.compile(
        r"\b(?i:nominat(?:e|ing)|put forward|propose) (?:the|our) "
        r"(?P<team>[A-Z][\w'’&-]*(?: [A-Z0-9][\w'’&-]*){0,5} [Tt]eam)\b"
    ),
    re.compile(
        r"\b(?i:nominat(?:e|ing|ion of)|put(?:ting)? forward|propos(?:e|ing)) (?i:a|the|our)"
        r"(?: (?:whole|entire|small))? team\b[^.:\n]{0,40}[:,–-] (?:the )?[‘'“\"]?"
        r"(?P<team>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|and|of|&)){1,5})"
    ),
    re.compile(
        r"\b(?i:we(?:['’]re| are)) the [‘'“\"]?"
        r"(?P<team>[A-Z][\w'’&-]*(?: [A-Z][\w'’&-]*){1,4})(?= \(|[,.;]| and\b)"
    ),
    re.compile(
        r"\b(?i:under the (?:team )?name(?: of)?) [‘'“\"]?"
        r"(?P<team>[A-Z][\w'’&-]*(?: [A-Z][\w'’&-]*){0,5})"
    ),
    re.compile(
        r"\b(?:as|of) a team[,:]? (?:the )?[‘'“\"]?"
        r"(?P<team>[A-Z][\w'’&-]*(?: [A-Z][\w'’&-]*){1,5})"
    ),
)
_NO_TEAM = cues(r"\b(?:rather than|not) (?:as )?a team\b|\bas individuals?\b")


def find_team(text: str, labels: Sequence[Labelled]) -> str | None:
    """The team's name where a label or a sentence gives it; None: nobody is named as a team."""
    for labelled in labels:
        if labelled.field == "team" and 0 < len(labelled.value) < 80:
            return labelled.value.split("\n")[0].strip(" .'\"‘’“”")
    if not re.search(r"\bteam\b|\bgroup\b|\btogether\b", text, re.I) or _NO_TEAM.search(text):
        return None
    for pattern in _TEAM:
        found = pattern.search(text[:8000])
        if found:
            words = found["team"].split()
            while words and words[-1] in ("and", "of", "the", "for", "in", "&"):
                words.pop()
            return " ".join(words).rstrip("'’") or None
    return None
