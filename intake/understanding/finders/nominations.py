"""Pure: who is nominated, out of tables, labelled blocks, lists and prose; and the team's name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from intake.understanding.finders.addressees import find_whispered
from intake.understanding.finders.introduced import read_introduced
from intake.understanding.finders.names import (
    fold,
    is_same_person,
)
from intake.understanding.finders.nominee_blocks import read_blocks
from intake.understanding.finders.oneself import puts_self_forward
from intake.understanding.finders.rolls import read_roll
from intake.understanding.finders.signature import EMAIL
from intake.understanding.finders.teams import find_team
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import Line
from intake.understanding.texts.paragraphs import Paragraph
from intake.understanding.texts.paragraphs import paragraphs as join_lines
from intake.understanding.texts.tables import read_nominees
from storage.domain.people import Contact, Nominee


class HowFound(StrEnum):
    """How nominees were found, as findings name it."""

    LABEL = "label"
    TABLE = "table"
    LIST = "list"
    PROSE = "prose"
    NAMED = "named"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Nominations:
    """The nominees in order, the team's name, and the labels that told of nominees (they tell
    nothing of the nominator); `how` they were found, and the writer's name where the text only
    says that they put themselves forward."""

    nominees: tuple[Nominee, ...] = ()
    team: str | None = None
    consumed: tuple[Labelled, ...] = ()
    how: HowFound = HowFound.PROSE
    own_name: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether the text says that people are put forward, or gives somebody's post and address;
        else it only names them."""
        is_introduced = any(n.email and (n.role or n.organisation) for n in self.nominees)
        return self.how is not HowFound.NAMED or is_introduced or self.own_name is not None


def find_nominations(
    body: Sequence[Line],
    paragraphs: Sequence[Paragraph],
    labels: Sequence[Labelled],
    *,
    names: Sequence[str] = (),
    email: str = "",
    subject: str = "",
    documents: Mapping[str, Sequence[Line]] | None = None,
    cards: Sequence[Sequence[Line]] = (),
) -> Nominations:
    """All people put forward in a message, its tables (and those of its attachments) first; a
    self-nomination is added by `add_self` once it is known who writes. `names` and
    `email` are the writer's, as far as they are known: a labelled name that is another's is a
    nominee's; `subject` is empty where it is that of what they answer. `documents` are
    the lines of the attachments by their source, `cards` those of others' contact cards."""
    tables = list((documents or {}).values())
    blocks, consumed = read_blocks(labels, names, {"body": body, **(documents or {})})
    topic = Paragraph(subject, 0, len(subject))
    prose, is_sure = _read_prose((topic, *paragraphs), names, email)
    carded = [nominee for card in cards for nominee in read_roll(card, ())]
    ways: tuple[tuple[HowFound, Callable[[], Sequence[Nominee]]], ...] = (
        (HowFound.TABLE, lambda: [n for t in (body, *tables) for n in read_nominees(t, names)]),
        (HowFound.LABEL, lambda: blocks),
        (HowFound.LIST, lambda: read_roll(body, paragraphs)),
        (HowFound.PROSE, lambda: prose if is_sure else ()),
        (HowFound.LIST, lambda: [n for t in tables for n in read_roll(t, join_lines(t))]),
        (HowFound.LIST, lambda: carded),
        (HowFound.NAMED, lambda: prose),
    )
    how, found = next(
        ((how, found) for how, read in ways if (found := read())), (HowFound.PROSE, [])
    )
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    known = [n for n in carded if any(is_same_person(n.name, other.name) for other in found)]
    return Nominations(_once([*found, *known]), find_team(text, labels), consumed, how)


def add_self(
    nominations: Nominations, text: str, contact: Contact, *, is_writer: bool = True
) -> Nominations:
    """With the contact among the nominees where the text says so, in words of a writer's own if
    they write themselves (`is_writer`); with what the contact tells of a nominee who is the same
    person."""
    nominees = [_completed(nominee, contact) for nominee in nominations.nominees]
    is_in = any(contact.name and is_same_person(n.name, contact.name) for n in nominees)
    if contact.name and not is_in and puts_self_forward(text, contact.name, is_writer=is_writer):
        nominees.append(Nominee(contact.name, contact.email, contact.role, contact.organisation))
        nominations = replace(nominations, own_name=contact.name)
    return replace(nominations, nominees=tuple(nominees))


def complete_contact(contact: Contact, nominations: Nominations) -> Contact:
    """The nominator with what a list of nominees says of the same person."""
    for nominee in nominations.nominees:
        if contact.name and is_same_person(nominee.name, contact.name):
            told = Contact(None, nominee.email, None, nominee.role, nominee.organisation)
            return told.merged(contact)
    return contact


def without(nominations: Nominations, name: str | None) -> Nominations:
    """Without the nominator, whom prose names too but does not put forward."""
    if name is None or len(nominations.nominees) < 2:
        return nominations
    return replace(
        nominations,
        nominees=tuple(n for n in nominations.nominees if not is_same_person(n.name, name)),
    )


def _read_prose(
    paragraphs: Sequence[Paragraph], names: Sequence[str], email: str
) -> tuple[list[Nominee], bool]:
    """The people of running text, and whether it is sure that they are put forward."""
    text = " ".join(paragraph.text for paragraph in paragraphs)
    if text != text.lower():
        return read_introduced(paragraphs, names, email)
    addresses = [match.group().lower().rstrip(".") for match in EMAIL.finditer(text[:20000])]
    return list(find_whispered(text[:8000], addresses)), True


def _completed(nominee: Nominee, contact: Contact) -> Nominee:
    if not contact.name or not is_same_person(nominee.name, contact.name):
        return nominee
    return Nominee(
        nominee.name,
        nominee.email or contact.email,
        nominee.role or contact.role,
        nominee.organisation or contact.organisation,
    )


def _once(found: Sequence[Nominee]) -> tuple[Nominee, ...]:
    kept: dict[str, Nominee] = {}
    for nominee in found:
        key = next((key for key in kept if _is_short_for(key, fold(nominee.name))), None)
        if key is not None:
            del kept[key]
        key = fold(nominee.name)
        before = kept.get(key)
        if before is None:
            kept[key] = nominee
        else:
            kept[key] = Nominee(
                nominee.name if before.name.isascii() else before.name,
                before.email or nominee.email,
                before.role or nominee.role,
                before.organisation or nominee.organisation,
            )
    return tuple(kept.values())


def _is_short_for(short: str, name: str) -> bool:
    """`a. whitcombe` for `alaric whitcombe`."""
    first, _, surname = short.partition(" ")
    return len(first.strip(".")) == 1 and name[:1] == first[:1] and name.endswith(" " + surname)
