"""Pure: what stands above the greeting of a letter: the organisation that writes, its telephone."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.organisations import (
    affinity,
    is_detail,
    is_surely_organisation,
)
from intake.understanding.finders.phones import find_phones
from intake.understanding.finders.signature_phones import phone_findings
from intake.understanding.texts.lines import Line
from storage.domain.message import Finding, Span

_GREETING = re.compile(
    r"(?:dear|hello|hi|hiya|hey|good (?:morning|afternoon|evening|day)|to (?:the|whom)|greetings"
    r"|sirs?|madam)\b",
    re.I,
)
_MOST_LINES = 16
_FEWEST_LINES = 2
_MOST_WORDS = 14
"""Words of a line of a letterhead; a longer one is prose."""


def read_letterhead(lines: Sequence[Line], *, email: str, source: str) -> Iterator[Finding]:
    """Organisation and telephones out of the lines above the greeting, if all are short."""
    head = _above_greeting(lines)
    for line in head:
        name = line.text.strip(" ,.*_")
        fits = affinity(name, email) > 1
        if is_detail(name) and (fits or is_surely_organisation(name)):
            sureness = 0.66 if fits else 0.56
            start = line.start + line.text.index(name)
            at = Span(source, start, start + len(name))
            yield make_finding("organisation", name, "letterhead", sureness, at=at)
            break
    for line in head:
        yield from phone_findings(
            find_phones(line.text), base=0.72, method="letterhead", source=source, offset=line.start
        )


def _above_greeting(lines: Sequence[Line]) -> list[Line]:
    head: list[Line] = []
    for line in lines:
        if line.is_blank:
            continue
        if _GREETING.match(line.text.strip()):
            return head if len(head) >= _FEWEST_LINES else []
        head.append(line)
        if len(head) > _MOST_LINES or len(line.text.split()) > _MOST_WORDS:
            return []
    return []
