"""Where a person is found: their cases, what they wrote, what was written to them, and what others
wrote that names them."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sqlalchemy import inspect
from sqlmodel import Session, col, func, or_, select

from storage.archive import Archive
from storage.award_rows import AwardDetailsRow
from storage.domain.people import Contact
from storage.errors import ArchiveDamaged
from storage.loading import load_case_ids
from storage.privacy.removal import Scope
from storage.rows import (
    CaseRow,
    LetterContentRow,
    LetterRow,
    MessageCaseRow,
    MessageRow,
    PersonRow,
    Row,
)

TextOf = Callable[[bytes], str]
"""Everything that a person can read in a message or letter: its headers, its text, its files."""

Progress = Callable[[int, int], object]
"""Called with how many of how many messages and letters have been read."""

AnyRow = TypeVar("AnyRow", bound=Row)

_AT_A_TIME = 100
_SHORTEST_NAME = 6
_NATIONAL = re.compile(r"^\+44(\d+)$")


@dataclass(frozen=True, slots=True)
class Names:
    """What a person is found by: address, whole name, telephone number as it may be written. A
    single word is no name to search for: it would find others."""

    email: str
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Longest first, so that what is part of another never breaks it."""
        written = [n for phone in self.phones for n in (phone, _NATIONAL.sub(r"0\1", phone))]
        found = {self.email, *self.names, *written}
        return tuple(sorted(found, key=lambda text: (-len(text), text)))


class Finder:
    """Whether a text names a person, in any letter case and with any space between the words and
    the digits."""

    def __init__(self, names: Names) -> None:
        self._names = names

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(_loose(name) for name in self._names.all), re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Traces:
    """All that is held of one person, by ids.

    `cases` are theirs, `helped` are others' to which their address belongs. `messages` are what
    they wrote, and what came about their cases alone; `named_in` are others' messages that name
    them. `letters` are those to them or about their cases, `told_in` are others' letters that name
    them.
    """

    names: Names
    cases: tuple[int, ...] = ()
    helped: tuple[int, ...] = ()
    messages: tuple[int, ...] = ()
    named_in: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()
    told_in: tuple[int, ...] = ()

    @property
    def scope(self) -> Scope:
        """What is emptied when they are erased."""
        return Scope(self.cases, self.messages, self.named_in, self.letters, self.told_in)

    @property
    def is_nothing(self) -> bool:
        held = (self.cases, self.helped, self.messages, self.named_in, self.letters, self.told_in)
        return not any(held)


def find_traces(
    session: Session,
    email: str,
    *,
    archive: Archive,
    text_of: TextOf,
    progress: Progress = lambda *_: None,
) -> Traces:
    """Read every message and every letter for the person of this address. Takes some milliseconds
    each. Raises ArchiveUnavailable."""
    email = email.strip().lower()
    own = session.exec(select(CaseRow).where(CaseRow.contact_email == email)).all()
    cases = tuple(sorted(row.id for row in own if row.id is not None))
    named = [Contact(name=row.contact_name, phone=row.contact_phone) for row in own]
    names = _names_of(email, [*named, *_finance_contacts(session, email)])
    finder = Finder(names)
    messages, about_others = _messages_of(session, email, cases)
    letters = _letters_of(session, email, cases)
    every_message, every_letter = _count(session, MessageRow), _count(session, LetterRow)
    total = every_message + every_letter

    def tell(done: int) -> None:
        progress(done, total)

    named_in = _naming_messages(session, finder, messages, archive, text_of, tell)
    told_in = _naming_letters(
        session, finder, letters, text_of, lambda done: tell(every_message + done)
    )
    helped = select(PersonRow.case_id).where(PersonRow.email == email)
    return Traces(
        names=names,
        cases=cases,
        helped=tuple(sorted(set(session.exec(helped)) - set(cases))),
        messages=messages,
        named_in=tuple(sorted({*about_others, *named_in} - set(messages))),
        letters=letters,
        told_in=told_in,
    )


def _finance_contacts(session: Session, email: str) -> Iterator[Contact]:
    """Who was named as the finance contact of an award with this address."""
    about = select(AwardDetailsRow).where(
        func.lower(AwardDetailsRow.told).contains(email, autoescape=True)
    )
    for row in session.exec(about):
        told = json.loads(row.told)
        if str(told.get("email", "")).lower() == email:
            yield Contact(name=told.get("contact"), phone=told.get("phone"))


def _names_of(email: str, contacts: Sequence[Contact]) -> Names:
    names = {c.name for c in contacts if c.name and " " in c.name and len(c.name) >= _SHORTEST_NAME}
    phones = {c.phone for c in contacts if c.phone}
    return Names(email, tuple(sorted(names)), tuple(sorted(phones)))


def _messages_of(
    session: Session, email: str, cases: Collection[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What they wrote and what came about their cases alone; and what came about others' cases as
    well."""
    theirs = select(MessageRow.id).where(MessageRow.sender_email == email)
    wrote = {id for id in session.exec(theirs) if id is not None}
    linked = select(MessageCaseRow.message_id).where(col(MessageCaseRow.case_id).in_(cases))
    about = set(session.exec(linked)) - wrote if cases else set()
    belongs = load_case_ids(session, sorted(about))
    alone = {id for id in about if set(belongs[id]) <= set(cases)}
    return tuple(sorted(wrote | alone)), tuple(sorted(about - alone))


def _letters_of(session: Session, email: str, cases: Collection[int]) -> tuple[int, ...]:
    theirs = or_(LetterRow.recipient_email == email, col(LetterRow.case_id).in_(cases))
    return tuple(sorted(id for id in session.exec(select(LetterRow.id).where(theirs)) if id))


def _naming_messages(
    session: Session,
    finder: Finder,
    theirs: Collection[int],
    archive: Archive,
    text_of: TextOf,
    tell: Callable[[int], object],
) -> Iterator[int]:
    """Others' messages in which the person stands, in the bytes or in what was understood."""
    for done, row in enumerate(_rows(session, MessageRow), 1):
        tell(done)
        if row.id is None or row.id in theirs or row.erased_at is not None:
            continue
        said = " ".join(filter(None, (row.understanding, row.reason, row.settled_note)))
        if finder.is_in(_unescaped(said)) or finder.is_in(_text(archive, row.sha256, text_of)):
            yield row.id


def _naming_letters(
    session: Session,
    finder: Finder,
    theirs: Collection[int],
    text_of: TextOf,
    tell: Callable[[int], object],
) -> tuple[int, ...]:
    found = []
    for done, row in enumerate(_rows(session, LetterContentRow), 1):
        tell(done)
        if row.letter_id not in theirs and finder.is_in(text_of(row.content)):
            found.append(row.letter_id)
    return tuple(found)


def _text(archive: Archive, sha256: str, text_of: TextOf) -> str:
    try:
        return text_of(archive.get(sha256))
    except ArchiveDamaged:  # what is not there holds nobody
        return ""


def _rows(session: Session, table: type[AnyRow]) -> Iterator[AnyRow]:
    """All rows, in the order of their first column, few at a time."""
    (key,) = inspect(table).primary_key
    last = 0
    while True:
        page = session.exec(select(table).where(key > last).order_by(key).limit(_AT_A_TIME)).all()
        yield from page
        if not page:
            return
        last = getattr(page[-1], key.name)
        session.expunge_all()


def _count(session: Session, table: type[Row]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def _unescaped(text: str) -> str:
    """Text of a column that may be JSON: its escapes as the letters they stand for."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _loose(name: str) -> str:
    """A pattern for a name: any space between words; between the digits of a number anything that
    people write there."""
    if name.lstrip("+").isdigit():
        return r"[ ().-]{0,3}".join(map(re.escape, name))
    if "@" in name:
        return r"(?<![\w.+%-])" + re.escape(name) + r"(?![\w-]|\.\w)"
    words = [re.escape(word) for word in name.split()]
    return r"(?<!\w)" + r"\s{1,5}".join(words) + r"(?!\w)"
