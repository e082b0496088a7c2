"""Pure: who wrote what: the message itself, the one it forwards, and what stands above that."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from intake.understanding.finders.contact import Writer
from intake.understanding.mime.headers import parse_addresses
from intake.understanding.mime.message import Message
from intake.understanding.texts.answers import find_answers
from intake.understanding.texts.closing import split_closing
from intake.understanding.texts.forwards import (
    LONGEST_NOTE,
    Forward,
    find_enclosed,
    is_forwarded,
    names_us,
)
from intake.understanding.texts.labels import Labelled, is_labelled, read_labels
from intake.understanding.texts.lines import Line, join_text, part_read, split_lines
from intake.understanding.texts.paragraphs import paragraphs
from intake.understanding.texts.pieces import PieceKind, kinds_of, lines_of, merge, new_text
from storage.domain.message import Head
from storage.domain.people import Address

_OWN = (PieceKind.NEW, PieceKind.CLOSING, PieceKind.SIGNATURE)
_FEWEST_WORDS = 60
"""Words from which a forwarded message is more than a covering note."""
_DEEPEST = 5
"""Forwards within forwards that are followed."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What is to be read of a message. `sender` is who sent it, `author` who wrote what counts:
    the same, but in a forwarded message. `new_text` is what counts, without quotes and small
    print; `quoted` the text that the sender answers; `answers` stand between its lines."""

    sender: Writer
    author: Writer
    new_text: str
    quoted: str
    answers: tuple[Labelled, ...] = ()

    @property
    def is_forwarded(self) -> bool:
        return self.author is not self.sender


def find_writing(message: Message, *, ours: Collection[str]) -> Writing:
    """Read who wrote what. `ours` are our own addresses: what we wrote is never an applicant's."""
    text = part_read(message.text)
    text_lines = split_lines(text)
    kinds = kinds_of(text_lines)
    pieces = merge(text_lines, kinds, len(text))
    others = _others(message, ours)
    own = lines_of(text, pieces, *_OWN)
    answers = find_answers(text, pieces)
    sender = make_writer(own, message.head.sender, others=others, labels=answers or None)
    quoted = join_text(lines_of(text, pieces, PieceKind.QUOTED))
    author_lines = _forwarded(
        message, find_enclosed(text_lines, kinds), new_text(text, pieces), ours
    )
    if author_lines is None:
        return Writing(sender, sender, new_text(text, pieces), quoted, answers)
    address, lines = author_lines
    author = make_writer(lines, address, others=())
    return Writing(sender, author, join_text(lines).strip(), quoted)


def make_writer(
    lines: Sequence[Line],
    address: Address | None,
    *,
    others: tuple[Address, ...] = (),
    labels: Sequence[Labelled] | None = None,
    source: str = "body",
) -> Writer:
    """A writer and the parts of the text; `labels` in place of those that the text shows."""
    blank = Writer(address, others, (), (), (), (), source)
    body, tail = split_closing(lines, names=blank.names, email=blank.email)
    return replace(
        blank,
        paragraphs=paragraphs(body, stands_alone=is_labelled),
        body=body,
        tail=tail,
        labels=tuple(labels) if labels is not None else read_labels(body, source=source),
    )


def _forwarded(
    message: Message, enclosed: Forward | None, cover: str, ours: Collection[str]
) -> tuple[Address | None, tuple[Line, ...]] | None:
    """Author and text of the message that `enclosed`, below `cover`, forwards; None where it is
    only answered, or is what made the sender write."""
    if enclosed is None or not is_forwarded(enclosed, message.head, cover=cover, ours=ours):
        return None
    return None if _prompts(enclosed, cover, ours) else _innermost(enclosed, ours)


def _prompts(enclosed: Forward, cover: str, ours: Collection[str]) -> bool:
    """Whether a forwarded message is the invitation, or less than what stands above it: then it
    is the text above that counts."""
    words = len(cover.split())
    if words < _FEWEST_WORDS:
        return False
    below = len(join_text(enclosed.lines).split())
    return names_us(enclosed, ours) or words > max(LONGEST_NOTE, below)


def _innermost(enclosed: Forward, ours: Collection[str]) -> tuple[Address | None, tuple[Line, ...]]:
    """The first message down a chain of forwards that says more than a covering note does."""
    own: tuple[Line, ...] = ()
    for _ in range(_DEEPEST):
        kinds = kinds_of(enclosed.lines)
        own = tuple(line for line, kind in zip(enclosed.lines, kinds, strict=True) if kind in _OWN)
        inner = find_enclosed(enclosed.lines, kinds)
        if inner is None or not _is_passed_on(inner, enclosed, join_text(own), ours):
            break
        enclosed = inner
    return enclosed.sender, own


def _is_passed_on(inner: Forward, outer: Forward, note: str, ours: Collection[str]) -> bool:
    """Whether `outer`, which says only `note` itself, is about what it encloses."""
    if len(note.split()) >= _FEWEST_WORDS or (inner.sender and inner.sender.email in ours):
        return False
    head = Head(outer.sender, outer.subject or "", None)
    if inner.is_attributed:
        return is_forwarded(inner, head, cover=note, ours=ours)
    return inner.sender is not None


def _others(message: Message, ours: Collection[str]) -> tuple[Address, ...]:
    """The people in To and Cc, our own addresses left out."""
    found = [
        address
        for name in ("Cc", "To")
        for value in message.headers.get_all(name)
        for address in parse_addresses(value)
    ]
    return tuple(address for address in found if address.email not in ours)
