"""Pure: the year judged. What arrived is held against what the script calls for: each letter once,
none too many, none for others. Every violation is a sentence."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from intake.commands.simulating.cast import Person
from intake.commands.simulating.correspondence import Arrival, text_of
from intake.commands.simulating.expectations import Expected
from intake.commands.simulating.season import Season

SLACK = timedelta(minutes=3)
"""How late a letter may be while nothing goes wrong."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of a letter by its Message-ID: its kind, and the reference of its case,
    None where it has none."""

    kind: str
    case: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is judged: who expects what, what arrived, and what the ledger calls it. `kinds` are
    those that are judged; `copies` is how many letters may have come twice, since a process died
    while it handed them over, `slack` how late any may be."""

    cast: Sequence[Person]
    expected: Mapping[int, Sequence[Expected]]
    arrivals: Sequence[Arrival]
    known: Mapping[str, Known]
    organisers: Collection[str]
    season: Season
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
                text_of(letter.raw),
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
    """One recipient each, who is in the cast or an organiser; machines get nothing."""
    people = {address for person in year.cast for address in person.addresses}
    for letter in _once(year):
        if len(letter.recipients) != 1:
            yield f"has {len(letter.recipients)} recipients: {_named(letter, year)}"
        for recipient in letter.recipients:
            if recipient not in people and recipient not in year.organisers:
                yield f"went to {recipient}, who is nobody's correspondent: {_named(letter, year)}"
        if letter.message_id not in year.known:
            yield f"is in no outbox: {letter.subject}"


def _references(year: Judgement) -> Iterator[str]:
    """All letters to one person are about one case, and those about it go to nobody else."""
    owners: dict[str, set[int]] = defaultdict(set)
    for person in year.cast:
        known = (year.known.get(letter.message_id) for letter in _to(person, year))
        cases = {one.case for one in known if one is not None}
        found = sorted(case for case in cases if case is not None)
        if len(found) > 1:
            yield f"{person.name} got letters about {', '.join(found)}"
        for case in found:
            owners[case].add(person.number)
    for case, numbers in sorted(owners.items()):
        if len(numbers) > 1:
            yield f"{len(numbers)} people got letters about {case}"


def _histories(year: Judgement) -> Iterator[str]:
    """Each person got what their history calls for, each letter once, and nothing else."""
    for person in year.cast:
        left = list(_to(person, year))
        for wanted in year.expected[person.number]:
            found = next((x for x in left if _is(x, wanted, year)), None)
            if found is None:
                yield (
                    f"{person.name} ({person.life}) did not get {_kind(wanted.kind)} on "
                    f"{_day(wanted.at)}: {wanted.because}"
                )
            else:
                left.remove(found)
        for letter in left:
            yield f"{person.name} ({person.life}) ought not to have got {_named(letter, year)}"


def _outcomes(year: Judgement) -> Iterator[str]:
    """No outcome before its day; one a case, but for a reserve that moves up."""
    told: dict[str, list[str]] = defaultdict(list)
    for letter in _once(year):
        known = year.known.get(letter.message_id)
        if known is None or known.kind not in OUTCOMES:
            continue
        told[known.case or "no case"].append(known.kind)
        if letter.at < year.season.outcomes_at:
            yield f"an outcome before its day: {_named(letter, year)}"
    for case, kinds in sorted(told.items()):
        if len(kinds) > 1 and kinds != ["outcome_reserve", "outcome_funded"]:
            numbers = Counter(kinds)
            yield f"{case} was told {', '.join(f'{n} {_kind(k)}' for k, n in numbers.items())}"


OUTCOMES = ("outcome_funded", "outcome_reserve", "outcome_not_funded")


def _is(letter: Arrival, wanted: Expected, year: Judgement) -> bool:
    known = year.known.get(letter.message_id)
    if known is None or known.kind != wanted.kind:
        return False
    return wanted.at <= letter.at <= wanted.at + year.slack


def _to(person: Person, year: Judgement) -> Iterator[Arrival]:
    return (x for x in _once(year) if person.addresses.intersection(x.recipients))


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


def _kind(kind: str) -> str:
    return kind.replace("_", " ")


def _day(at: datetime) -> str:
    return f"{at:%-d %B %H:%M}"
