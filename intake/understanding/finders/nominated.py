"""Pure: where those who are put forward stand in a message, and how they were found."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.nominations import HowFound, Nominations
from intake.understanding.texts.lines import Line
from storage.domain.message import Finding, Span

_CONFIDENCE = {
    HowFound.LABEL: 0.95,
    HowFound.TABLE: 0.93,
    HowFound.LIST: 0.88,
    HowFound.PROSE: 0.8,
    HowFound.NAMED: 0.7,
    HowFound.SELF: 0.85,
}


def find_nominees(
    nominations: Nominations, texts: Sequence[tuple[Sequence[Line], str]]
) -> Iterator[Finding]:
    """A finding for each nominee; `texts` are the lines of each source, in the order in which the
    places are looked for. The writer, who is added last, is found as `self`."""
    for nominee in nominations.nominees:
        how = HowFound.SELF if nominee.name == nominations.own_name else nominations.how
        at = next(_places_of(nominee.name, texts), None)
        yield make_finding("nominee", nominee.name, how.value, _CONFIDENCE[how], at=at)


def _places_of(name: str, texts: Sequence[tuple[Sequence[Line], str]]) -> Iterator[Span]:
    """The places of a name: as it is, then with its words in another order, as in columns."""
    words = name.split()
    orders = [[*words[turn:], *words[:turn]] for turn in range(len(words))]
    for order in orders:
        pattern = re.compile(r"[\s|,;\"']{1,12}".join(map(re.escape, order)), re.I)
        for lines, source in texts:
            for line in lines:
                found = pattern.search(line.text)
                if found:
                    yield Span(source, line.start + found.start(), line.start + found.end())
