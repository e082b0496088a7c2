"""The year judged. What arrived is held against what the script calls for: each letter once,
none too many, none for others. Every violation is a sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.expectations import OUTCOME_LETTERS, Expected
from storage.domain.letter import LetterKind

SLACK = timedelta(minutes=3)
"""How late a letter may be while nothing goes wrong."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of a letter by its Message-ID: its kind, and the reference of its case,
    None where it has none."""

    kind: LetterKind
    case: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets letters at these addresses, and the ones they must get. `role` says which
    life they lead. Letters to applicants are about one case, their own."""

    name: str
    role: str
    addresses: frozenset[str]
    expected: tuple[Expected, ...]
    is_applicant: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is judged: who expects what, what arrived, and what the ledger calls it, by Message-ID.
    `outcomes_at` is the outcome date, `slack` how late a letter may be, `copies` how many may have
    come twice, since a process died while it handed them over."""

    readers: Sequence[Reader]
    arrivals: Sequence[Arrival]
    known: Mapping[str, Known]
    outcomes_at: datetime
    slack: timedelta = SLACK
    copies: int = 0

    def violations(self) -> tuple[str, ...]:
        """Everything that is not as it must be, in the order of the checks."""
        return tuple(
            sentence
            for check in (_copies, _addresses, _references, _histories, _outcomes)
            for sentence in check(self)
        )


def digest_of(arrivals: Iterable[Arrival], known: Mapping[str, Known]) -> str:
    """The same for two years with the same letters: of (date, kind, case, subject, text), each
    letter once."""
    lines = {
        letter.message_id: repr(
            (
                letter.at.date().isoformat(),
                known[letter.message_id].kind if letter.message_id in known else "",
                known[letter.message_id].case if letter.message_id in known else "",
                letter.subject,
                letter.text,
            )
        )
        for letter in arrivals
    }
    return sha256("\n".join(sorted(lines.values())).encode()).hexdigest()


def _copies(year: Judgement) -> Iterator[str]:
    """A letter arrives once; again only as the same bytes, and only where a process died."""
    by_id: dict[str, list[Arrival]] = defaultdict(list)
    for letter in year.arrivals:
        by_id[letter.message_id].append(letter)
    copies = 0
    for same in by_id.values():
        copies += len(same) - 1
        if len({letter.raw for letter in same}) > 1:
            yield f"two different letters have one Message-ID: {_named(same[0], year)}"
        if len(same) > 2:
            yield f"arrived {len(same)} times: {_named(same[0], year)}"
        elif len(same) == 2 and not year.copies:
            yield f"arrived twice: {_named(same[0], year)}"
    if copies > year.copies:
        yield f"{copies} copies arrived, and no more than {year.copies} are accounted for"


def _addresses(year: Judgement) -> Iterator[str]:
    """One recipient each, who is somebody we write to; machines get nothing."""
    people = {address for reader in year.readers for address in reader.addresses}
    for letter in _once(year):
        if len(letter.recipients) != 1:
            yield f"has {len(letter.recipients)} recipients: {_named(letter, year)}"
        for recipient in letter.recipients:
            if recipient not in people:
                yield f"went to {recipient}, who is nobody's correspondent: {_named(letter, year)}"
        if letter.message_id not in year.known:
            yield f"is in no outbox: {letter.subject}"


def _references(year: Judgement) -> Iterator[str]:
    """All letters to one applicant are about one case, and those about it go to nobody else."""
    owners: dict[str, list[str]] = defaultdict(list)
    for reader in (reader for reader in year.readers if reader.is_applicant):
        known = (year.known.get(letter.message_id) for letter in _to(reader, year))
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
    for reader in year.readers:
        left = list(_to(reader, year))
        for wanted in reader.expected:
            found = next((letter for letter in left if _is(letter, wanted, year)), None)
            if found is None:
                yield (
                    f"{reader.name} ({reader.role}) did not get {_kind(wanted.kind)} on "
                    f"{_day(wanted.at)}: {wanted.because}"
                )
            else:
                left.remove(found)
        for letter in left:
            yield f"{reader.name} ({reader.role}) ought not to have got {_named(letter, year)}"


def _outcomes(year: Judgement) -> Iterator[str]:
    """No outcome before its day; one a case, but for a reserve that moves up."""
    told: dict[str, list[LetterKind]] = defaultdict(list)
    for letter in _once(year):
        known = year.known.get(letter.message_id)
        if known is None or known.kind not in OUTCOME_LETTERS.values():
            continue
        told[known.case or "no case"].append(known.kind)
        if letter.at < year.outcomes_at:
            yield f"an outcome before its day: {_named(letter, year)}"
    for case, kinds in sorted(told.items()):
        if len(kinds) > 1 and kinds != MOVED_UP:
            numbers = Counter(kinds)
            yield f"{case} was told {', '.join(f'{n} {_kind(k)}' for k, n in numbers.items())}"


MOVED_UP = [LetterKind.OUTCOME_RESERVE, LetterKind.OUTCOME_FUNDED]


def _is(letter: Arrival, wanted: Expected, year: Judgement) -> bool:
    known = year.known.get(letter.message_id)
    if known is None or known.kind != wanted.kind:
        return False
    return wanted.at <= letter.at <= wanted.at + year.slack


def _to(reader: Reader, year: Judgement) -> Iterator[Arrival]:
    return (x for x in _once(year) if reader.addresses.intersection(x.recipients))


def _once(year: Judgement) -> Iterator[Arrival]:
    seen: set[str] = set()
    for letter in year.arrivals:
        if letter.message_id not in seen:
            seen.add(letter.message_id)
            yield letter


def _named(letter: Arrival, year: Judgement) -> str:
    known = year.known.get(letter.message_id)
    kind = _kind(known.kind) if known else "unknown letter"
    return f"{kind} of {_day(letter.at)} to {', '.join(letter.recipients)}"


def _kind(kind: LetterKind) -> str:
    return kind.replace("_", " ")


def _day(at: datetime) -> str:
    return f"{at:%-d %B %H:%M}"
