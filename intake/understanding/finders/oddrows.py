"""Pure: rows in a block of details whose labels nobody knows, told by what stands behind them:
`Grown-up in the room: Ada Bell (Chief Nurse, Mile Hospital)`."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.leader import is_senior
from intake.understanding.finders.naming import split_list
from intake.understanding.finders.organisations import is_organisation, read_person
from intake.understanding.texts.labels import Labelled, field_of_label
from intake.understanding.texts.lines import Line, bullet_length, strip_front, strip_line
from storage.domain.message import Finding, Span

_FEWEST_LABELS = 3
"""Known labels around a row, from which the message is laid out as a form."""
_ROW = re.compile(
    r"(?P<label>[^:|.,;!?]{3,60}?)\s?(?::|\||\s[-–—]\s|\s>>|\t)\s*(?P<value>\S.{3,300})$"
)


def read_odd_rows(
    lines: Sequence[Line], labels: Sequence[Labelled], *, source: str
) -> Iterator[Finding]:
    """Candidates for the senior leader and partners, where `labels` give none."""
    fields = {label.field for label in labels}
    if len(fields - {"other", "summary"}) < _FEWEST_LABELS:
        return
    for line in lines:
        bare = strip_line(strip_front(line, bullet_length(line.text)))
        row = _ROW.match(bare.text[:400])
        if row is None or field_of_label(row["label"]) is not None:
            continue
        at = Span(source, bare.start + row.start("value"), bare.end)
        if "senior_leader" not in fields:
            person = read_person(row["value"])
            if person and person.role and is_senior(person.role):
                yield make_finding("senior_leader", person.name, "row", 0.7, at=at)
        if "partners" not in fields:
            names = split_list(row["value"])
            if len(names) > 1 and all(map(is_organisation, names)):
                for name in names:
                    yield make_finding("partner", name, "row", 0.7, at=at)
