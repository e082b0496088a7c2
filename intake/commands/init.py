"""`postroom init`: a commented configuration and a copy of the templates for a new programme."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer
from pydantic import TypeAdapter, ValidationError

from intake.commands.beginning import (
    TEMPLATES_NAME,
    AlreadyThere,
    Beginning,
    find_obstacle,
    write_beginning,
)
from intake.commands.context import EXIT_CONFIGURATION, tell_problems
from intake.commands.printing import console
from intake.config import ConfigError, load_configuration
from intake.configuration.fields import EmailAddress, Line, Moment, ZoneName
from storage.domain.people import Address

app = typer.Typer(add_completion=False)

Answer = TypeVar("Answer")

TEXT: TypeAdapter[str] = TypeAdapter(Line)
ADDRESS: TypeAdapter[str] = TypeAdapter(EmailAddress)
ZONE: TypeAdapter[str] = TypeAdapter(ZoneName)
MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
KIND: TypeAdapter[Literal["grant", "cohort"]] = TypeAdapter(Literal["grant", "cohort"])
NAMES: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[Line, ...])


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to put them; made if missing.")],
    name: Annotated[str | None, typer.Option(help="The programme's name.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="grant (projects get a pack) or cohort (people get places).")
    ] = None,
    inbox: Annotated[str | None, typer.Option(help="The address messages come to.")] = None,
    team: Annotated[str | None, typer.Option(help="Who signs the letters.")] = None,
    person: Annotated[str | None, typer.Option(help="Whom applicants can reach.")] = None,
    person_email: Annotated[str | None, typer.Option(help="That person's address.")] = None,
    organiser: Annotated[
        str | None, typer.Option(help="Who runs it, and gets the digests; else that person.")
    ] = None,
    organiser_email: Annotated[
        str | None, typer.Option(help="The organiser's own address, not the inbox.")
    ] = None,
    opens: Annotated[str | None, typer.Option(help="For example 2021-07-05T09:00.")] = None,
    closes: Annotated[str | None, typer.Option(help="For example 2021-08-20T17:00.")] = None,
    zone: Annotated[str | None, typer.Option(help="The time zone of the dates.")] = None,
    area: Annotated[
        list[str] | None, typer.Option(help="An area's name; may be given several times.")
    ] = None,
    imap_host: Annotated[str | None, typer.Option(help="The mailbox's server.")] = None,
    smtp_host: Annotated[str | None, typer.Option(help="The server letters leave by.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing: the options, else the defaults.")
    ] = False,
) -> None:
    """Set up a new programme: ask a few questions, write config.toml and a copy of the templates.

    Nothing that is there is overwritten, and everything can be changed in the file later.

    Example: postroom init ace --name "ACE 2021" --inbox ace@leadership.nhs.example
    --opens 2021-07-05T09:00 --closes 2021-08-20T17:00 --area "North London" --yes
    """
    if obstacle := find_obstacle(folder):
        raise typer.BadParameter(f"{obstacle} is there already; nothing was changed")
    if yes:
        _require({"name": name, "inbox": inbox, "opens": opens, "closes": closes})
    ask = Interview(is_silent=yes)
    called = ask("name", "What is the programme called?", TEXT, given=name)
    address = ask("inbox", "Which address do messages come to?", ADDRESS, given=inbox)
    domain = address.rpartition("@")[2]
    begins, ends = _dates(ask, opens, closes)
    sort = ask("kind", "grant or cohort?", KIND, given=kind, default="grant")
    signed = ask("team", "Who signs the letters?", TEXT, given=team, default=f"The {called} team")
    contact = Address(
        name=ask(
            "person", "Whom can applicants reach?", TEXT, given=person, default=f"The {called} team"
        ),
        email=ask(
            "person-email", "At which address?", ADDRESS, given=person_email, default=address
        ),
    )
    beginning = Beginning(
        name=called,
        kind=sort,
        inbox=address,
        team=signed,
        person=contact,
        organiser=_organiser(ask, organiser, organiser_email, contact=contact, inbox=address),
        opens=begins,
        closes=ends,
        zone=ask("zone", "In which time zone?", ZONE, given=zone, default="Europe/London"),
        areas=_areas(ask, area),
        imap_host=ask(
            "imap-host", "The mailbox's server?", TEXT, given=imap_host, default=f"imap.{domain}"
        ),
        smtp_host=ask(
            "smtp-host", "The sending server?", TEXT, given=smtp_host, default=f"smtp.{domain}"
        ),
    )
    _write(folder, beginning)


class Interview:
    """Asks for what the options don't give; with `is_silent` takes the defaults instead."""

    def __init__(self, *, is_silent: bool) -> None:
        self.is_silent = is_silent

    def __call__(
        self,
        option: str,
        question: str,
        allowed: TypeAdapter[Answer],
        *,
        given: str | None,
        default: str | None = None,
    ) -> Answer:
        """The answer, in the form `allowed` gives it. An answer that is not allowed is asked for
        again; an option that is not, or one that is missing, ends the command with status 2."""
        if given is not None or self.is_silent:
            try:
                return allowed.validate_python(default if given is None else given)
            except ValidationError as error:
                raise typer.BadParameter(f"--{option}: write {_reason(error)}") from error
        while True:
            told = typer.prompt(question, default=default or "", show_default=bool(default))
            try:
                return allowed.validate_python(told.strip())
            except ValidationError as error:
                typer.echo(f"Please write {_reason(error)}.", err=True)


def _require(options: Mapping[str, str | None]) -> None:
    """End the command with status 2 and the names of all `options` that are missing."""
    if missing := [f"--{name}" for name, value in options.items() if value is None]:
        *others, last = missing
        named = f"{', '.join(others)} and {last} are" if others else f"{last} is"
        raise typer.BadParameter(f"{named} needed with --yes")


def _reason(error: ValidationError) -> str:
    """What to write instead, in our words where the library has only its own."""
    first = error.errors(include_url=False)[0]
    if str(first["type"]).startswith("datetime"):
        return "a date with its clock time, for example 2021-07-05T09:00"
    return first["msg"].removeprefix("Input should be ")


def _dates(ask: Interview, opens: str | None, closes: str | None) -> tuple[datetime, datetime]:
    """When it opens and closes, in that order."""
    hint = "(like 2021-07-05T09:00)"
    while True:
        begins = ask("opens", f"When does it open? {hint}", MOMENT, given=opens)
        ends = ask("closes", f"When does it close? {hint}", MOMENT, given=closes)
        if ends.replace(tzinfo=None) > begins.replace(tzinfo=None):
            return begins, ends
        if ask.is_silent or closes is not None:
            raise typer.BadParameter("--closes: write a moment after --opens")
        typer.echo("Please write a closing time after the opening.", err=True)


def _organiser(
    ask: Interview, name: str | None, email: str | None, *, contact: Address, inbox: str
) -> Address | None:
    """Who runs the programme: `contact` unless told otherwise, but never the inbox. None where
    nothing is asked and nobody told."""
    is_ours = contact.email == inbox
    if ask.is_silent and is_ours:
        if name is None and email is None:
            return None
        _require({"organiser": name, "organiser-email": email})
    called = ask(
        "organiser",
        "Which organiser gets the digests, and hears of what waits for a person?",
        TEXT,
        given=name,
        default=None if is_ours else contact.name,
    )
    while True:
        reached = ask(
            "organiser-email",
            "At which address of their own?",
            ADDRESS,
            given=email,
            default=None if is_ours else contact.email,
        )
        if reached != inbox:
            return Address(reached, called)
        told = "the organiser's own address: the inbox is the programme's"
        if ask.is_silent or email is not None:
            raise typer.BadParameter(f"--organiser-email: write {told}")
        typer.echo(f"Please write {told}.", err=True)


def _areas(ask: Interview, given: list[str] | None) -> tuple[str, ...]:
    """The names of the areas; none is allowed."""
    if given is None and not ask.is_silent:
        told = typer.prompt(
            "Which areas has it? (commas between, or nothing)", default="", show_default=False
        )
        given = [name for name in told.split(",") if name.strip()]
    try:
        return NAMES.validate_python(tuple(given or ()))
    except ValidationError as error:
        raise typer.BadParameter(f"--area: write {_reason(error)}") from error


def _write(folder: Path, beginning: Beginning) -> None:
    try:
        path = write_beginning(folder, beginning)
        load_configuration(path, is_scratch=True)
    except AlreadyThere as error:
        raise typer.BadParameter(f"{error} is there already; nothing was changed") from error
    except OSError as error:
        raise typer.BadParameter(f"{folder} can't be written: {error.strerror}") from error
    except ConfigError as error:
        tell_problems(error)
        raise typer.Exit(EXIT_CONFIGURATION) from error
    console().print(
        f"Wrote {path} and a copy of the templates beside it.\n"
        f"1. Read {path}: add places to the areas, and where the passwords are.\n"
        f"2. Read the letters in {path.parent / TEMPLATES_NAME}: the sample summary in\n"
        "   details_request.md.j2 is an example, put one of your own there.\n"
        f"3. Test it: postroom --config {path} check --round-trip\n"
        f"4. Try it on saved messages: postroom --config {path} rehearse last-years-mail/ "
        "--shift-to-opening\n"
        f"5. Start it: postroom --config {path} run",
        soft_wrap=True,
    )
