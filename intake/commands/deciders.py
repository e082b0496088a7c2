"""What every command starts with that a person answers for: who says so, about which case, why, and
from when on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, NoReturn

import typer
from sqlmodel import Session

from intake.commands.context import EXIT_USAGE
from intake.commands.printing import plain
from intake.configuration.fields import is_skipped
from storage import cases, letters
from storage.domain.case import Case, make_reference
from storage.domain.letter import Letter
from storage.domain.people import Address
from storage.domain.programme import Programme
from storage.errors import Conflict, NotFound

ByOption = Annotated[
    str, typer.Option("--by", help="Which organiser says so: their address or their name.")
]
"""Every command that changes what applicants are told asks for it."""

ReasonOption = Annotated[str, typer.Option(help="Why; it is kept with the letter.")]

LetterId = Annotated[int, typer.Argument(help="The letter's number in the outbox.", metavar="ID")]

LetterIds = Annotated[
    list[int], typer.Argument(help="The letters' numbers in the outbox.", metavar="ID...")
]

LONGEST_NUMBER = 10
"""Digits of a reference's number: more are no number of ours."""


def require_organiser(programme: Programme, who: str) -> str:
    """The address of the organiser of this address or name; where there is none, the command ends
    with status 2 and tells who they are."""
    found = _find(_organisers(programme), who)
    if found is None:
        _refuse_stranger(programme, who, name_organisers(programme))
    return found


def require_colleague(programme: Programme, who: str) -> str:
    """As `require_organiser`, also for the person whom the letters name, organiser or not: they
    answer what comes, if nobody else does."""
    organisers, person = _organisers(programme), programme.person
    found = _find((*organisers, person), who)
    if found is None:
        known = name_organisers(programme)
        if person.email not in [organiser.email for organiser in organisers]:
            known += f"; {person.name or person.email}, whom its letters name, may say so too"
        _refuse_stranger(programme, who, known)
    return found


def name_organisers(programme: Programme) -> str:
    """Who a programme's organisers are, or that it has none and what to write then."""
    names = ", ".join(one.name or one.email for one in _organisers(programme))
    if names:
        return f"its organisers are {names}"
    return f"it has no organisers: add [[programmes.{programme.slug}.organisers]]"


def is_colleague(programme: Programme, who: str) -> bool:
    """Whether `require_colleague` would find them."""
    return _find((*_organisers(programme), programme.person), who) is not None


def require_case(session: Session, reference: str) -> Case:
    """The case of this reference, also of `ace-1`; where there is none, the command ends with
    status 1 and says so."""
    try:
        return cases.get_by_reference(session, _whole(reference))
    except NotFound as error:
        shown = plain(reference)
        typer.echo(f"There is no case {shown}: `postroom cases` lists them.", err=True)
        raise typer.Exit(1) from error


def require_letter(session: Session, letter_id: int) -> Letter:
    """The letter of this number; where there is none, the command ends with status 1 and says
    so."""
    try:
        return letters.get(session, letter_id)
    except NotFound as error:
        typer.echo(f"There is no letter {letter_id}: `postroom outbox` lists them.", err=True)
        raise typer.Exit(1) from error


@contextmanager
def refusing(which: str) -> Iterator[None]:
    """What is past this decision is told, and `which` is not, instead of failing."""
    try:
        yield
    except Conflict as error:
        typer.echo(f"Nothing was done: {error}, and {which}.", err=True)
        raise typer.Exit(1) from error


def require_words(words: str, option: str) -> str:
    """What an option says that needs words, such as a reason; where it says nothing, the command
    ends with status 2."""
    if not words.strip():
        typer.echo(f"{option} says nothing: write a few words.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return words


def require_instant(clock: datetime, programme: Programme) -> datetime:
    """When the programme's clock shows this, in UTC; where it never does, the command ends with
    status 2."""
    if is_skipped(clock, programme.zone):
        typer.echo(
            f"No clock in {programme.zone.key} shows {clock.isoformat()}: summer time begins in "
            "that hour. Take another time.",
            err=True,
        )
        raise typer.Exit(EXIT_USAGE)
    return clock.replace(tzinfo=programme.zone).astimezone(UTC)


def _organisers(programme: Programme) -> tuple[Address, ...]:
    return tuple(organiser.address for organiser in programme.organisers)


def _find(people: Iterable[Address], who: str) -> str | None:
    wanted = " ".join(who.casefold().split())
    return next((x.email for x in people if wanted in (x.email, x.name.casefold())), None)


def _refuse_stranger(programme: Programme, who: str, known: str) -> NoReturn:
    typer.echo(f"{plain(who)} is no organiser of {programme.slug}: {known}.", err=True)
    raise typer.Exit(EXIT_USAGE)


def _whole(reference: str) -> str:
    """A reference as the ledger has it: `stf-1` is STF-0001."""
    prefix, _, number = reference.strip().upper().rpartition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    return make_reference(prefix, int(number)) if prefix and is_number else reference.upper()
