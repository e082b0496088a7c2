"""A year judged. What arrived is held against what the script calls for: each letter once, none too
many, none for others. Every violation is a sentence."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.posted import Known, once
from storage.domain.letter import LetterKind

SLACK = timedelta(minutes=3)
"""How late a letter may be while nothing goes wrong."""

SLACK_AFTER_DEATH = timedelta(hours=26)
"""How late a letter may be where processes die: one that must never come twice waits for a person,
who looks at it the next morning."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A letter that somebody must get: of this kind, at this time and not before; `because` of
    what happened. All of `says` must stand in its subject or its text."""

    at: datetime
    kind: LetterKind
    because: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets letters at these addresses, and the ones they must get. `role` says which
    life they lead. Where all letters to them are about one case, their own, `has_a_case`."""

    name: str
    role: str
    addresses: frozenset[str]
    expected: tuple[Expected, ...]
    has_a_case: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is judged: who expects what, what arrived, and what the ledger calls it, by Message-ID.
    `slack` is how late a letter may be, `copies` how many may have come twice, since a process
    died while it handed them over. `more` are checks that only this programme knows."""

    readers: Sequence[Reader]
    arrivals: Sequence[Arrival]
    known: Mapping[str, Known]
    slack: timedelta = SLACK
    copies: int = 0
    more: Sequence["Check"] = ()

    def violations(self) -> tuple[str, ...]:
        """Everything that is not as it must be, in the order of the checks."""
        return tuple(
            sentence
            for check in (_copies, _addresses, _references, _histories, *self.more)
            for sentence in check(self)
        )

    def name(self, letter: Arrival) -> str:
        """The letter in words: its kind, when it arrived, and at whom."""
        known = self.known.get(letter.message_id)
        kind = kind_words(known.kind) if known else "unknown letter"
        return f"{kind} of {_day(letter.at)} to {', '.join(letter.recipients)}"


Check = Callable[[Judgement], Iterator[str]]


def kind_words(kind: LetterKind) -> str:
    return kind.replace("_", " ")


def _copies(year: Judgement) -> Iterator[str]:
    """A letter arrives once; again only as the same bytes, and only where a process died."""
    by_id: dict[str, list[Arrival]] = defaultdict(list)
    for letter in year.arrivals:
        by_id[letter.message_id].append(letter)
    copies = 0
    for same in by_id.values():
        copies += len(same) - 1
        if len({letter.raw for letter in same}) > 1:
            yield f"two different letters have one Message-ID: {year.name(same[0])}"
        if len(same) > 2:
            yield f"arrived {len(same)} times: {year.name(same[0])}"
        elif len(same) == 2 and not year.copies:
            yield f"arrived twice: {year.name(same[0])}"
    if copies > year.copies:
        yield f"{copies} copies arrived, and no more than {year.copies} are accounted for"


def _addresses(year: Judgement) -> Iterator[str]:
    """One recipient each, who is somebody we write to; machines get nothing."""
    people = {address for reader in year.readers for address in reader.addresses}
    for letter in once(year.arrivals):
        if len(letter.recipients) != 1:
            yield f"has {len(letter.recipients)} recipients: {year.name(letter)}"
        for recipient in letter.recipients:
            if recipient not in people:
                yield f"went to {recipient}, who is nobody's correspondent: {year.name(letter)}"
        if letter.message_id not in year.known:
            yield f"is in no outbox: {letter.subject}"


def _references(year: Judgement) -> Iterator[str]:
    """All letters to somebody with a case are about that one, and those about it go to nobody
    else who has one."""
    owners: dict[str, list[str]] = defaultdict(list)
    letters = _by_address(year)
    for reader in (reader for reader in year.readers if reader.has_a_case):
        known = (year.known.get(letter.message_id) for letter in _to(reader, letters))
        found = sorted({one.case for one in known if one is not None and one.case is not None})
        if len(found) > 1:
            yield f"{reader.name} got letters about {', '.join(found)}"
        for case in found:
            owners[case].append(reader.name)
    for case, names in sorted(owners.items()):
        if len(names) > 1:
            yield f"letters about {case} went to {', '.join(names)}"


def _histories(year: Judgement) -> Iterator[str]:
    """Each reader got what their history calls for, each letter once, and nothing else."""
    letters = _by_address(year)
    for reader in year.readers:
        left = _to(reader, letters)
        for wanted in reader.expected:
            found = next((letter for letter in left if _is(letter, wanted, year)), None)
            if found is None:
                yield (
                    f"{reader.name} ({reader.role}) did not get {_wanted(wanted)} on "
                    f"{_day(wanted.at)}: {wanted.because}"
                )
            else:
                left.remove(found)
        for letter in left:
            yield f"{reader.name} ({reader.role}) ought not to have got {year.name(letter)}"


def _is(letter: Arrival, wanted: Expected, year: Judgement) -> bool:
    known = year.known.get(letter.message_id)
    if known is None or known.kind != wanted.kind:
        return False
    if not wanted.at <= letter.at <= wanted.at + year.slack:
        return False
    return not wanted.says or _tells(letter, wanted.says)


def _tells(letter: Arrival, says: Sequence[str]) -> bool:
    told = " ".join(f"{letter.subject}\n{letter.text}".split())
    return all(words in told for words in says)


def _by_address(year: Judgement) -> dict[str, list[Arrival]]:
    found: dict[str, list[Arrival]] = defaultdict(list)
    for letter in once(year.arrivals):
        for recipient in letter.recipients:
            found[recipient].append(letter)
    return found


def _to(reader: Reader, letters: Mapping[str, Sequence[Arrival]]) -> list[Arrival]:
    """What arrived at somebody's addresses, in order."""
    found = {id(x): x for address in reader.addresses for x in letters.get(address, ())}
    return sorted(found.values(), key=lambda letter: letter.at)


def _wanted(wanted: Expected) -> str:
    told = f" about {', '.join(wanted.says)}" if wanted.says else ""
    return kind_words(wanted.kind) + told


def _day(at: datetime) -> str:
    return f"{at:%-d %B %H:%M}"
