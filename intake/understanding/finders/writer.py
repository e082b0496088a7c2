"""Pure: who writes, and what of theirs is to be read."""

from dataclasses import dataclass

from intake.understanding.finders.header import display_name
from intake.understanding.finders.names import name_from_address
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import Line
from intake.understanding.texts.paragraphs import Paragraph
from storage.domain.people import Address


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes and what of theirs is to be read.

    `others` are the people to whom the message went or was copied. `paragraphs` are the running
    text, `body` its lines, `tail` the lines of the sign-off, `labels` the labelled details.
    `source` names what the offsets count in. `reads_as_form`: the labels are a form's.
    """

    address: Address | None
    others: tuple[Address, ...]
    paragraphs: tuple[Paragraph, ...]
    body: tuple[Line, ...]
    tail: tuple[Line, ...]
    labels: tuple[Labelled, ...]
    source: str = "body"

    @property
    def email(self) -> str:
        return self.address.email if self.address else ""

    @property
    def names(self) -> tuple[str, ...]:
        """What is known of the writer's name from the header alone."""
        found = [
            name for name in (display_name(self.address), name_from_address(self.email)) if name
        ]
        return tuple(dict.fromkeys(found))
