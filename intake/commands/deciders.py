"""What every command starts with that a person answers for: who says so, about which case, why, and
from when on."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlmodel import Session

from intake.commands.context import EXIT_USAGE
from intake.commands.printing import plain
from intake.configuration.fields import is_skipped
from storage import cases
from storage.domain.case import Case, make_reference
from storage.domain.programme import Programme
from storage.errors import NotFound

ByOption = Annotated[
    str, typer.Option("--by", help="Which organiser says so: their address or their name.")
]
"""Every command that changes what applicants are told asks for it."""

LONGEST_NUMBER = 10
"""Digits of a reference's number: more are no number of ours."""


def require_organiser(programme: Programme, who: str) -> str:
    """The address of the organiser of this address or name; where there is none, the command ends
    with status 2 and tells who they are."""
    wanted = " ".join(who.casefold().split())
    for organiser in programme.organisers:
        if wanted in (organiser.address.email, organiser.address.name.casefold()):
            return organiser.address.email
    names = ", ".join(o.address.name or o.address.email for o in programme.organisers)
    known = f"its organisers are {names}" if names else "the configuration names no organisers"
    typer.echo(f"{plain(who)} is no organiser of {programme.slug}: {known}.", err=True)
    raise typer.Exit(EXIT_USAGE)


def require_case(session: Session, reference: str) -> Case:
    """The case of this reference, also of `ace-1`; where there is none, the command ends with
    status 1 and says so."""
    try:
        return cases.get_by_reference(session, _whole(reference))
    except NotFound as error:
        shown = plain(reference)
        typer.echo(f"There is no case {shown}: `postroom cases` lists them.", err=True)
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


def _whole(reference: str) -> str:
    """A reference as the ledger has it: `stf-1` is STF-0001."""
    prefix, _, number = reference.strip().upper().rpartition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    return make_reference(prefix, int(number)) if prefix and is_number else reference.upper()
