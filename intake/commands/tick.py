"""`postroom tick`: one round of reading, understanding and answering."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer
from rich.console import Console

from intake.app import App, TickReport
from intake.commands.context import ConfigOption, configuration_of
from intake.commands.printing import Json, console, print_json
from responders.delivery import Clock

app = typer.Typer(add_completion=False)

PAUSE_SECONDS = 2
"""Between two looks whether more letters may leave."""

UNREACHABLE = 69
"""Exit status of sysexits.h EX_UNAVAILABLE: a mailbox or a transport could not be used."""


@app.command()
def tick(
    ctx: typer.Context,
    wait: Annotated[
        bool, typer.Option(help="Stay until letters beyond the limit a minute have left too.")
    ] = True,
    now: Annotated[
        datetime | None,
        typer.Option(
            help="Begin at this instant instead of now (UTC unless it says otherwise): to try out "
            "messages of a round that is over.",
            formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z"],
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a sentence.")] = False,
    config: ConfigOption = None,
) -> None:
    """Read every mailbox, record what came, send what is due, and end.

    Example: postroom --config config.toml tick

    Example: postroom tick --now 2021-08-19T12:00
    """
    configuration = configuration_of(ctx, config)
    clock = _clock_from(now)
    with App(configuration, clock=clock) as application:
        status = Console(stderr=True).status("starting")
        with status:
            report = application.tick(clock(), step=status.update)
            while wait and report.delivered.is_limited:
                status.update("waiting for the limit of letters a minute")
                time.sleep(PAUSE_SECONDS)
                delivered = report.delivered + application.deliver(clock())
                report = replace(report, delivered=delivered)
    if as_json:
        print_json(report_fields(report))
    else:
        console().print(report_sentence(report))
    if report.mailbox_errors or report.delivered.transport_errors:
        raise typer.Exit(UNREACHABLE)


def _clock_from(start: datetime | None) -> Clock:
    """The time, or the time as it would go on from `start`."""
    if start is None:
        return partial(datetime.now, UTC)
    aware = start if start.tzinfo else start.replace(tzinfo=UTC)
    shift = aware - datetime.now(UTC)
    return lambda: datetime.now(UTC) + shift


def report_fields(report: TickReport) -> Json:
    """The report as plain values, for machines."""
    return {
        "fetched": report.intake.fetched,
        "new": report.intake.new,
        "recorded": report.intake.recorded,
        "quarantined": report.intake.quarantined,
        "filed": report.intake.filed,
        "enqueued": len(report.planned.enqueued),
        "sent": report.delivered.sent,
        "deferred": report.delivered.deferred,
        "failed": report.delivered.failed,
        "held": report.delivered.held,
        "waiting": report.delivered.is_limited,
        "unwritten": len(report.planned.unwritten),
        "mailbox_errors": dict(report.mailbox_errors),
        "transport_errors": dict(report.delivered.transport_errors),
    }


def report_sentence(report: TickReport) -> str:
    """The report as one line a person reads, and a line for each thing that failed."""
    intake, delivered = report.intake, report.delivered
    line = (
        f"{intake.new} new messages, {intake.recorded} recorded, "
        f"{intake.quarantined} quarantined; {len(report.planned.enqueued)} letters due, "
        f"{delivered.sent} sent, {delivered.deferred} deferred, {delivered.failed} failed, "
        f"{delivered.held} held."
    )
    problems = [f"Mailbox of {slug}: {why}" for slug, why in report.mailbox_errors.items()]
    problems += [f"Transport of {slug}: {why}" for slug, why in delivered.transport_errors.items()]
    problems += [
        f"{letter.programme}: {letter.kind or 'a letter'} could not be written "
        f"({letter.error} at {letter.where}); it is tried again later"
        for letter in report.planned.unwritten
    ]
    return "\n".join([line, *problems])
