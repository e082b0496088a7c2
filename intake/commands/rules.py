"""`postroom rules`: the programmes' own rules, and what they would make of stored messages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.progress import track

from intake.app import App
from intake.commands.context import (
    EXIT_USAGE,
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_programme,
    zone_of,
)
from intake.commands.printing import Json, console, local, make_table, plain, print_json
from intake.commands.reading import open_reader
from intake.config import Configuration
from intake.configuration.fields import RulePlaceName
from intake.isolation import Failure
from intake.understanding.texts.organisers_patterns import PatternRefused, compile_pattern
from storage import messages
from storage.domain.message import MessageKind, RecordedMessage, Understanding
from storage.domain.programme import CustomRule

app = typer.Typer(add_completion=False, no_args_is_help=True)

DRAFT = "draft"
"""What a rule is called that stands in no configuration yet."""

_PLACES: TypeAdapter[str] = TypeAdapter(RulePlaceName)

NO_RULES = "The configuration has no rules: add [[programmes.…rules]]."

BATCH = 20
"""Messages read at once."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A stored message that rules match: as it is recorded, and as it would be now."""

    message: RecordedMessage
    now: Understanding

    @property
    def is_other(self) -> bool:
        return self.now.verdict.kind is not self.message.understanding.verdict.kind


@app.callback()
def rules() -> None:
    """List the programmes' own rules and try them on what is stored."""


@app.command(name="list")
def list_rules(ctx: typer.Context, config: ConfigOption = None) -> None:
    """List the rules in the order in which they are asked.

    Example: postroom rules list
    """
    configuration = configuration_of(ctx, config)
    rows = [
        (programme.slug, rule.name, rule.place, rule.pattern, ", ".join(_effects(rule)))
        for programme in configuration.programmes
        for rule in programme.rules
    ]
    if not rows:
        typer.echo(NO_RULES)
        return
    columns = ("programme", "rule", "where", "pattern", "what it does")
    console().print(make_table("Rules of your own", columns, rows))


@app.command(name="try")
def try_rules(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="Only the rule of this name.", show_default=False)
    ] = None,
    programme: ProgrammeOption = None,
    where: Annotated[str, typer.Option(help="Where a drafted rule looks.")] = "subject",
    pattern: Annotated[
        str | None,
        typer.Option(help="Try this pattern as a rule of its own.", show_default=False),
    ] = None,
    kind: Annotated[
        MessageKind | None, typer.Option(help="What the drafted rule says a message is.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 1000,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show which stored messages the rules match and what they would become. Nothing changes.

    Example: postroom rules try --where subject --pattern "half term" --kind question
    """
    configuration = configuration_of(ctx, config)
    if programme is not None:
        require_programme(configuration, programme)
    if pattern is not None:
        _require_place(where)
        configuration = _with_draft(configuration, CustomRule(DRAFT, where, pattern, kind))
        name = DRAFT
    _require_rule(configuration, name)
    with App(configuration, sends=False) as application:
        with application.database.reading() as session:
            stored = messages.recorded(session, programme, limit=limit)
        stored = tuple(one for one in stored if application.archive.has(one.sha256))
        raws = [(application.archive.get(message.sha256), message.programme) for message in stored]
    trials = [trial for trial in _try(configuration, stored, raws) if _is_meant(trial, name)]
    if as_json:
        print_json([_fields(trial) for trial in trials])
        return
    columns = ("received", "subject", "rules", "was", "would be", "notes")
    rows = [_row(trial, configuration) for trial in trials]
    if rows:
        console().print(make_table("Messages that match", columns, rows))
    others = sum(trial.is_other for trial in trials)
    console().print(f"{len(trials)} of {len(stored)} stored messages; {others} would change kind")


def _try(
    configuration: Configuration,
    stored: Sequence[RecordedMessage],
    raws: Sequence[tuple[bytes, str | None]],
) -> Iterator[Trial]:
    """The stored messages that any rule matches."""
    with open_reader(configuration) as reader:
        starts = range(0, len(stored), BATCH)
        for start in track(starts, "reading", console=Console(stderr=True), transient=True):
            batch = slice(start, start + BATCH)
            for message, result in zip(stored[batch], reader.read(raws[batch]), strict=True):
                if not isinstance(result, Failure) and result.understanding.rules:
                    yield Trial(message, result.understanding)


def _with_draft(configuration: Configuration, rule: CustomRule) -> Configuration:
    """The configuration with `rule` asked first in every programme."""
    try:
        compile_pattern(rule.pattern)
    except PatternRefused as error:
        typer.echo(f"--pattern “{plain(rule.pattern)}” can't be used: {plain(error)}.", err=True)
        raise typer.Exit(EXIT_USAGE) from error
    with_rule = tuple(replace(p, rules=(rule, *p.rules)) for p in configuration.programmes)
    return replace(configuration, programmes=with_rule)


def _require_place(where: str) -> None:
    try:
        _PLACES.validate_python(where)
    except ValidationError as error:
        told = error.errors()[0]["msg"]
        typer.echo(f"--where {plain(where)}: write {told}.", err=True)
        raise typer.Exit(EXIT_USAGE) from error


def _require_rule(configuration: Configuration, name: str | None) -> None:
    names = [rule.name for programme in configuration.programmes for rule in programme.rules]
    if not names:
        told = f"{NO_RULES.removesuffix('.')}, or give --pattern."
    elif name is not None and name not in names:
        told = f"There is no rule {plain(name)}: the configuration has {', '.join(names)}."
    else:
        return
    typer.echo(told, err=True)
    raise typer.Exit(EXIT_USAGE)


def _is_meant(trial: Trial, name: str | None) -> bool:
    return name is None or name in trial.now.rules


def _effects(rule: CustomRule) -> Iterator[str]:
    if rule.kind is not None:
        yield f"is {rule.kind}"
    if rule.hold:
        yield "answer waits"
    yield from (f"{field} = {value}" for field, value in rule.values)
    if rule.stop:
        yield "stop"


def _row(trial: Trial, configuration: Configuration) -> Sequence[object]:
    message = trial.message
    zone = zone_of(configuration, message.programme)
    noted = dict(trial.now.custom) | ({"area": trial.now.area} if trial.now.area else {})
    return (
        local(message.received_at, zone),
        message.understanding.head.subject,
        ", ".join(trial.now.rules),
        message.understanding.verdict.kind,
        trial.now.verdict.kind if trial.is_other else "the same",
        ", ".join(f"{field} = {value}" for field, value in noted.items()),
    )


def _fields(trial: Trial) -> Json:
    return {
        "message": trial.message.id,
        "programme": trial.message.programme,
        "received_at": trial.message.received_at,
        "subject": trial.message.understanding.head.subject,
        "rules": list(trial.now.rules),
        "was": str(trial.message.understanding.verdict.kind),
        "would_be": str(trial.now.verdict.kind),
        "hold": trial.now.verdict.hold,
        "area": trial.now.area,
        "custom": dict(trial.now.custom),
    }
