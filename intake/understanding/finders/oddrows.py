"""Pure: rows in a block of details whose labels nobody knows, told by what stands behind them:
`Grown-up in the room: Ada Bell (Chief Nurse, Mile Hospital)`."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.leader import is_senior
from intake.understanding.finders.names import is_same_person, is_title
from intake.understanding.finders.naming import split_list
from intake.understanding.finders.organisations import PersonText, is_organisation, read_person
from intake.understanding.texts.labels import Labelled, field_of_label
from intake.understanding.texts.lines import Line, bullet_length, strip_front, strip_line
from storage.domain.message import Finding, Span

_FEWEST_LABELS = 3
"""Known labels around a row, from which the message is laid out as a form."""
_ROW = re.compile(
    r"(?P<label>[^:|.,;!?]{3,60}?)\s?(?::|\||\s[-–—]\s|\s>>|\t)\s*(?P<value>\S.{3,300})$"
)


def read_odd_rows(
    lines: Sequence[Line], labels: Sequence[Labelled], *, source: str, lead: str | None = None
) -> Iterator[Finding]:
    """Candidates for the senior leader (not the `lead`) and partners, where `labels` give none."""
    fields = {label.field for label in labels}
    rows = [(bare, row) for bare in map(_bare, lines) if (row := _ROW.match(bare.text[:400]))]
    if max(len(fields - {"other", "summary"}), len(rows)) < _FEWEST_LABELS:
        return
    for bare, row in rows:
        if field_of_label(row["label"]) is not None:
            continue
        at = Span(source, bare.start + row.start("value"), bare.end)
        if "senior_leader" not in fields:
            person = read_person(row["value"])
            is_lead = person and lead and is_same_person(person.name, lead)
            if person and not is_lead and _is_backer(row["value"], person):
                yield make_finding("senior_leader", person.name, "row", 0.7, at=at)
        if "partners" not in fields:
            names = split_list(row["value"])
            if len(names) > 1 and all(map(is_organisation, names)):
                for name in names:
                    yield make_finding("partner", name, "row", 0.7, at=at)


def _bare(line: Line) -> Line:
    return strip_line(strip_front(line, bullet_length(line.text)))


def _is_backer(value: str, person: PersonText) -> bool:
    """Whether somebody has a senior post, or a title and no other post than where they work."""
    if person.role:
        return is_senior(person.role)
    return is_title(value.split()[0]) and person.organisation is not None
