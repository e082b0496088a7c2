"""`postroom people`: who belongs to a case: whose messages are its own, and an assistant added."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    configuration_of,
    require_programme,
)
from intake.commands.deciders import require_case, require_colleague
from intake.commands.printing import console, plain, print_json
from intake.configuration.fields import EmailAddress
from storage import cases
from storage.domain.case import Case
from storage.domain.programme import Programme
from storage.privacy.erasing import was_erased

app = typer.Typer(add_completion=False)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Addresses to be added to a case, and taken out of it."""

    added: frozenset[str]
    removed: frozenset[str]

    def of(self, case: Case) -> frozenset[str]:
        return (case.people | self.added) - self.removed


@app.command()
def people(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(help="The reference, such as ACE-0042.")],
    add: Annotated[
        list[str] | None,
        typer.Option(help="An address that writes for the case; may be given several times."),
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option(help="One that no longer does; likewise.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="Which organiser says so; needed to add or remove."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would belong to it; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show whose messages belong to a case; add the address of an assistant or a forwarder.

    What they write in its thread, or with its reference, is then no stranger's: it is answered,
    and may change the case. What they wrote before stays as it is.

    Example: postroom people ACE-0042 --add pa@trust.example --by "Rosalind Okoro"
    """
    configuration = configuration_of(ctx, config)
    wish = _Wish(_addresses(add, "--add"), _addresses(remove, "--remove"))
    is_change = bool(wish.added or wish.removed)
    if is_change and by is None:
        typer.echo("Say with --by which organiser changes who belongs to the case.", err=True)
        raise typer.Exit(EXIT_USAGE)
    with App(configuration) as application:
        begin = application.database.writing if is_change else application.database.reading
        with begin() as session:
            case = require_case(session, reference)
            ours = require_programme(configuration, case.programme)
            organiser = require_colleague(ours, by or "") if is_change else ""
            _refuse(ours, case, wish, is_erased=was_erased(session, case.id))
            is_done = wish.of(case) != case.people and not dry_run
            if is_done:
                _record(session, case, wish, organiser)
    _show(case, wish, is_done=is_done, as_json=as_json)


def _addresses(given: list[str] | None, option: str) -> frozenset[str]:
    """Lower case, as the ledger has them."""
    try:
        return frozenset(TypeAdapter(EmailAddress).validate_python(one) for one in given or ())
    except ValidationError as error:
        told = f"{option} takes an e-mail address, for example pa@trust.example."
        typer.echo(told, err=True)
        raise typer.Exit(EXIT_USAGE) from error


def _refuse(programme: Programme, case: Case, wish: _Wish, *, is_erased: bool) -> None:
    """Whoever runs or judges the programme speaks for no applicant; a lead is no assistant; nobody
    is left to be spoken for in a case that was erased."""
    if wish.added and is_erased:
        told = f"{case.reference} was erased, and nobody can be added to it: nothing was changed."
        typer.echo(told, err=True)
        raise typer.Exit(1)
    ours = {programme.inbox, *(organiser.address.email for organiser in programme.organisers)}
    ours |= {member.address.email for member in programme.panel}
    for email in sorted(wish.added & ours):
        typer.echo(f"{plain(email)} runs or judges the programme: nothing was changed.", err=True)
        raise typer.Exit(1)
    if case.contact.email in wish.removed:
        typer.echo(
            f"{plain(case.contact.email)} leads the case and belongs to it: nothing was changed.",
            err=True,
        )
        raise typer.Exit(1)


def _record(session: Session, case: Case, wish: _Wish, by: str) -> None:
    cases.save(session, replace(case, people=wish.of(case)), datetime.now(UTC), actor=by)


def _show(case: Case, wish: _Wish, *, is_done: bool, as_json: bool) -> None:
    belong = wish.of(case)
    if as_json:
        print_json({"case": case.reference, "people": sorted(belong), "done": is_done})
        return
    for email in sorted(belong | case.people):
        sign = "+" if email not in case.people else "-" if email not in belong else " "
        lead = ", the lead" if email == case.contact.email else ""
        console().print(f"{sign} {plain(email)}{lead}", soft_wrap=True)
    if belong != case.people:
        told = "is changed" if is_done else "would be changed"
        console().print(f"Who belongs to {case.reference} {told}.")
