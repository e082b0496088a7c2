"""Pure: running text as sentences that know where they stand and whom they name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from intake.understanding.finders.people import Named, find_people
from intake.understanding.finders.phones import Phone, find_phones
from intake.understanding.finders.signature import EMAIL
from intake.understanding.texts.paragraphs import Paragraph, sentence_places
from storage.domain.message import Span

_LONGEST_READ = 6000
"""Characters of a paragraph that are read for people and their details."""
_MAY_HOLD_NUMBER = re.compile(r"\d{2}|\d \d \d|\b(?:oh|zero|nought|naught) ", re.I)


@dataclass(frozen=True)
class Address:
    """An e-mail address in a sentence, lower case, from `start` to `end`."""

    email: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence at `start` of the text of its paragraph; several finders read each one, so what
    it holds is looked for once."""

    text: str
    start: int
    paragraph: Paragraph

    @cached_property
    def people(self) -> tuple[Named, ...]:
        return find_people(self.text)

    @cached_property
    def phones(self) -> tuple[Phone, ...]:
        return find_phones(self.text) if _MAY_HOLD_NUMBER.search(self.text) else ()

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        if "@" not in self.text:
            return ()
        found = []
        for match in EMAIL.finditer(self.text):
            email = match.group().rstrip(".")
            found.append(Address(email.lower(), match.start(), match.start() + len(email)))
        return tuple(found)

    def span(self, start: int, end: int, *, source: str) -> Span:
        """Where in `source` the characters from `start` to `end` of the sentence stand."""
        return self.paragraph.span_of(self.start + start, self.start + end, source=source)


def sentences_of(paragraphs: Sequence[Paragraph]) -> tuple[Sentence, ...]:
    """The sentences of several paragraphs in their order."""
    return tuple(_sentences(paragraphs))


def _sentences(paragraphs: Sequence[Paragraph]) -> Iterator[Sentence]:
    for paragraph in paragraphs:
        for start, end in sentence_places(paragraph.text[:_LONGEST_READ]):
            yield Sentence(paragraph.text[start:end], start, paragraph)
