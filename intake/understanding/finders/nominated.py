"""Pure: where those who are put forward stand in a message, how they were found, and which
paragraphs introduce them."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.nominations import HowFound, Nominations
from intake.understanding.finders.signature import EMAIL
from intake.understanding.texts.lines import Line
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import LONGEST_READ
from storage.domain.message import Finding, Span

_LONGEST_ITEM = 30
"""Words of a row or an item of a list."""
_TELLS_OF_THEM = re.compile(
    r"\b(?:who|s?he|they)(?:['’]?(?:s|ve|d|re))? (?!(?:is|are|was|were|be|can|could|may|might"
    r"|will|would|works?|agrees?|agreed|said|says|use|uses|knows?|our|the|an?|my|on|at|in|from)\b)[a-z]+"
    r"|,? and (?:has|knows|takes|makes|runs|brings|keeps|does|gets|sees|finds) [a-z]+",
    re.I,
)
"""A verb of somebody's doings, rather than who they are or how they are reached."""
_FEWEST_TOLD = 2
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


def lists(paragraph: Paragraph, nominees: Sequence[str]) -> bool:
    """Whether a paragraph is a row or an item that puts one of `nominees` forward, and tells
    nothing of them."""
    if paragraph.words > _LONGEST_ITEM:
        return False
    is_row = paragraph.has_bullet or paragraph.has_number or "@" in paragraph.text
    is_row = is_row or len(sentences(paragraph.text)) == 1
    return is_row and _names_one(paragraph, nominees)


def introduces(paragraph: Paragraph, nominees: Sequence[str]) -> bool:
    """Whether a paragraph gives the name and an address of one of `nominees`; why they are put
    forward stands in another, if there is one."""
    return "@" in paragraph.text and _names_one(paragraph, nominees)


def gives_reasons(paragraph: Paragraph, nominees: Sequence[str]) -> bool:
    """Whether a paragraph that introduces them tells in the same breath what they do."""
    told = _TELLS_OF_THEM.findall(EMAIL.sub("", paragraph.text[:LONGEST_READ]))
    return introduces(paragraph, nominees) and len(told) >= _FEWEST_TOLD


def _names_one(paragraph: Paragraph, nominees: Sequence[str]) -> bool:
    text = paragraph.text.casefold()
    return any(name and name.casefold() in text for name in nominees)


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
