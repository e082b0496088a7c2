"""Pure: the telephone numbers of a signature: how sure each is its owner's."""

from collections.abc import Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import is_same_person
from intake.understanding.finders.organisations import is_job_title
from intake.understanding.finders.people import find_people
from intake.understanding.finders.phones import Phone, find_phones
from intake.understanding.texts.lines import Line
from intake.understanding.texts.patterns import cues
from storage.domain.message import Finding, Span

_CAN_BE_REACHED = cues(
    r"\b(?:can|may) be (?:reached|contacted|called|rung|found)\b|\b(?:answers?|deputises"
    r"|covers?|stands in)\b"
)


def phone_findings(
    phones: Sequence[Phone], *, base: float, method: str, source: str, offset: int
) -> list[Finding]:
    """Candidates for the telephone in a text that stands at `offset` of its source."""
    return [
        make_finding(
            "phone",
            phone.number,
            method,
            phone_confidence(phone, base),
            at=Span(source, offset + phone.start, offset + phone.end),
        )
        for phone in phones
    ]


def phone_confidence(phone: Phone, base: float) -> float:
    """A person's mobile or direct number before others; numbers of others, and corrected ones,
    hardly."""
    if phone.is_others or phone.is_old:
        return 0.1
    return base - 0.03 * max(0, min(phone.rank, 3)) + (0.05 if phone.is_new else 0)


def _names_other(text: str, names: Sequence[str]) -> bool:
    """Whether a sentence in a signature names somebody else: `Tom Hart can be reached on …`."""
    people = [p for p in find_people(text) if p.is_whole]
    return any(not any(is_same_person(p.name, name) for name in names) for p in people)


def read_phones(
    lines: Sequence[Line], names: Sequence[str], source: str, method: str
) -> list[Finding]:
    found: list[Finding] = []
    for line in lines:
        phones = find_phones(line.text)
        if phones and _CAN_BE_REACHED.search(line.text[: phones[0].start]):
            phones = () if _names_other(line.text[: phones[0].start], names) else phones
        phones = tuple(p for p in phones if not _is_of_other(line.text[: p.start], names, lines))
        found += phone_findings(phones, base=0.9, method=method, source=source, offset=line.start)
    return found


def _is_of_other(before: str, names: Sequence[str], lines: Sequence[Line]) -> bool:
    """Whether what stands before a number gives it to somebody else: `Verger: `, or in brackets
    `(job-share with Tom Oak, `."""
    label = before.rstrip().removesuffix(":").strip()
    if before.rstrip().endswith(":") and len(label.split()) < 3 and is_job_title(label):
        return not any(
            label.lower() in line.text.lower().replace(before.lower(), "") for line in lines
        )
    opened = before.rfind("(")
    return opened > before.rfind(")") and _names_other(before[opened:], names)
