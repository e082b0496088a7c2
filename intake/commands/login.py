"""`postroom login`: somebody signs in, once, for servers that take no password."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from intake.commands.context import (
    EXIT_CONFIGURATION,
    EXIT_TRY_LATER,
    EXIT_UNAVAILABLE,
    ConfigOption,
    configuration_of,
    require_programme,
)
from intake.commands.printing import Json, console, local, plain, print_json
from intake.config import Configuration
from intake.oauth.grants import CodeExpired, Grant, OAuthError, OAuthUnavailable
from intake.oauth.sign_in import SignIn

app = typer.Typer(add_completion=False)


class Table(StrEnum):
    MAILBOX = "mailbox"
    TRANSPORT = "transport"


@app.command()
def login(
    ctx: typer.Context,
    slug: Annotated[str, typer.Argument(help="The programme.", metavar="PROGRAMME")],
    mailbox: Annotated[bool, typer.Option("--mailbox", help="For its mailbox only.")] = False,
    transport: Annotated[bool, typer.Option("--transport", help="For its transport only.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would be asked for what; ask nobody.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
    config: ConfigOption = None,
) -> None:
    """Sign in for the access tokens of a programme's mailbox and transport.

    For those with an `oauth` table in the configuration. Tells which page to open and what to type
    there, waits, and keeps what comes back in the data folder; from then on the tokens renew
    themselves. An application with rights of its own needs nobody: it is tried. Two accounts with
    the same table and user name sign in once. What to do goes to standard error. docs/login.md has
    what to set up before.

    Ends with 78 when the provider refuses, 75 when nobody typed the code in time, 69 when the
    provider can't be reached.

    Example: postroom login ace

    Example: postroom login ace --mailbox --dry-run
    """
    configuration = configuration_of(ctx, config)
    zone = require_programme(configuration, slug).zone
    asked = [
        t for t, is_asked in ((Table.MAILBOX, mailbox), (Table.TRANSPORT, transport)) if is_asked
    ]
    found = _sign_ins(configuration, slug, asked or list(Table))
    done = []
    for sign_in, tables in found:
        grant = None if dry_run else _signed_in(sign_in, tables)
        done.append(_fields(sign_in, tables, grant))
        if not as_json:
            for line in _lines(sign_in, tables, grant, zone):
                console().print(line, soft_wrap=True)
    if as_json:
        print_json(done)
    elif not dry_run:
        console().print("Try it: postroom check", soft_wrap=True)


def _sign_ins(
    configuration: Configuration, slug: str, tables: list[Table]
) -> list[tuple[SignIn, list[Table]]]:
    """Each sign-in once, with the tables it is for; the command ends where a table has none."""
    known = configuration.sign_ins.get(slug, {})
    found: dict[int, tuple[SignIn, list[Table]]] = {}
    for table in tables:
        if (sign_in := known.get(table)) is not None:
            found.setdefault(id(sign_in), (sign_in, []))[1].append(table)
        elif len(tables) < len(Table):
            _end(f"[programmes.{slug}.{table}] has no oauth table. {_ADD}", EXIT_CONFIGURATION)
    if not found:
        _end(f"Nothing of {slug} signs in this way. {_ADD}", EXIT_CONFIGURATION)
    return list(found.values())


_ADD = (
    "Add one with provider and client_id, for example [programmes.ace.mailbox.oauth]; "
    "docs/login.md says what to set up"
)


def _signed_in(sign_in: SignIn, tables: list[Table]) -> Grant:
    """The command ends where nothing comes of it."""
    steps: dict[str, Callable[[SignIn], Grant]] = {
        "device": _by_code,
        "browser": _by_browser,
        "client_credentials": SignIn.renew,
    }
    try:
        return steps[sign_in.client.flow](sign_in)
    except OAuthUnavailable as error:
        _end(f"{' and '.join(tables)}: {error}", EXIT_UNAVAILABLE)
    except CodeExpired as error:
        _end(f"{' and '.join(tables)}: {error}", EXIT_TRY_LATER)
    except OAuthError as error:
        _end(f"{' and '.join(tables)}: {error}", EXIT_CONFIGURATION)


def _by_code(sign_in: SignIn) -> Grant:
    asked = sign_in.ask_for_code()
    address, code = plain(asked.get("verification_uri")), plain(asked.get("user_code"))
    typer.echo(f"Open {address} on any device and type {code}", err=True)
    typer.echo("as somebody who may read and send from this mailbox. Waiting …", err=True)
    return sign_in.wait_for_code(asked, time.sleep)


def _by_browser(sign_in: SignIn) -> Grant:
    asked = sign_in.ask_in_browser()
    typer.echo("Open this address in any browser and sign in:", err=True)
    typer.echo(f"\n{plain(asked.get('auth_uri'), limit=4000)}\n", err=True)
    typer.echo(
        "The browser then ends at a page on http://localhost that can't be shown: that is right. "
        "Copy its whole address.",
        err=True,
    )
    return sign_in.take_address(asked, typer.prompt("The address", err=True))


def _fields(sign_in: SignIn, tables: list[Table], grant: Grant | None) -> Json:
    client = sign_in.client
    return {
        "for": [str(table) for table in tables],
        "provider": client.provider,
        "flow": client.flow,
        "client_id": client.client_id,
        "scopes": list(client.asked_for),
        "asked_at": client.authority or client.token_endpoint,
        "file": str(sign_in.file.path),
        "done": grant is not None,
        "signed_in_as": grant.signed_in_as if grant else None,
        "access_token_ends_at": grant.ends_at.isoformat() if grant else None,
        "sign_in_ends_at": _iso(grant.refresh_ends_at) if grant else None,
    }


def _lines(
    sign_in: SignIn, tables: list[Table], grant: Grant | None, zone: ZoneInfo
) -> Iterator[str]:
    client = sign_in.client
    whose = " and ".join(tables).capitalize()
    where = client.authority or client.token_endpoint
    if grant is None:
        yield f"{whose}: {where} would be asked ({client.flow}) by {client.client_id} for"
        yield from (f"  {scope}" for scope in client.asked_for or ("what it gives unasked",))
        yield f"  and the answer kept in {sign_in.file.path}. Nobody was asked."
        return
    who = f" as {plain(grant.signed_in_as)}" if grant.signed_in_as else ""
    verb = "signed in" if client.needs_person else "the application got its token"
    yield f"{whose}: {verb}{who}. Kept in {sign_in.file.path}"
    yield f"  The access token is good until {local(grant.ends_at, zone)}; it renews itself."
    if grant.refresh_ends_at:
        yield f"  Sign in again before {local(grant.refresh_ends_at, zone)}."


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _end(told: str, status: int) -> NoReturn:
    typer.echo(told, err=True)
    raise typer.Exit(status)
