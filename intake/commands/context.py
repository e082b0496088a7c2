"""What every command starts with: the configuration that the options and the environment name."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from intake.commands.printing import plain
from intake.config import (
    ConfigError,
    Configuration,
    example_path,
    find_configuration,
    load_configuration,
)
from intake.logging import configure_logging
from storage.domain.programme import Programme, ProgrammeKind

ConfigOption = Annotated[
    Path | None, typer.Option("--config", "-c", help="The configuration.", show_default=False)
]
"""The option every command takes, for those who write it behind the command's name."""

ProgrammeOption = Annotated[
    str | None, typer.Option(help="Only this programme (its slug).", show_default=False)
]

EXIT_USAGE = 2
"""The command was called wrongly."""

EXIT_UNAVAILABLE = 69
"""EX_UNAVAILABLE of sysexits.h: a server can't be reached or refuses us."""

EXIT_TRY_LATER = 75
"""EX_TEMPFAIL: nothing is wrong that time would not mend."""

EXIT_CONFIGURATION = 78
"""EX_CONFIG: the configuration is wrong, a person must correct it."""


def configuration_of(ctx: typer.Context, option: Path | None = None) -> Configuration:
    """The configuration to work on, with the log set up as it says.

    `option` is the command's own `--config`, which comes before the one of `postroom` itself;
    then POSTROOM_CONFIG, the user's file and the system's. What is wrong with it is written to
    standard error, and the command ends with status 78.
    """
    try:
        return open_configuration(ctx, option)
    except ConfigError as error:
        tell_problems(error)
        raise typer.Exit(EXIT_CONFIGURATION) from error


def configuration_or_example(ctx: typer.Context, option: Path | None = None) -> Configuration:
    """As `configuration_of`, but where nobody made a configuration yet, the example one, which
    is said on standard error.

    For commands that store and send nothing: no secret is made for it either.
    """
    is_example = False
    try:
        path = find_configuration(option or _root_option(ctx))
    except ConfigError:
        path, is_example = example_path(), True
    try:
        configuration = _load(path, is_scratch=True)
    except ConfigError as error:
        tell_problems(error)
        raise typer.Exit(EXIT_CONFIGURATION) from error
    if is_example:
        names = ", ".join(programme.name for programme in configuration.programmes)
        told = f"No configuration found: read as by the example programmes ({names})."
        typer.echo(told, err=True)
    return configuration


def open_configuration(ctx: typer.Context, option: Path | None = None) -> Configuration:
    """As `configuration_of`, for callers that tell the problems themselves: raises ConfigError."""
    return _load(find_configuration(option or _root_option(ctx)))


def require_programme(configuration: Configuration, slug: str) -> Programme:
    """The programme of this slug; where there is none, the command ends with status 2 and tells
    which there are."""
    known = {programme.slug: programme for programme in configuration.programmes}
    if slug not in known:
        names = ", ".join(known)
        typer.echo(f"There is no programme {plain(slug)}: the configuration has {names}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return known[slug]


def require_only(configuration: Configuration, slug: str | None) -> Programme:
    """The programme of this slug, or the only one there is; else the command ends with status 2 and
    tells which there are."""
    if slug is not None:
        return require_programme(configuration, slug)
    if len(configuration.programmes) == 1:
        return configuration.programmes[0]
    names = ", ".join(programme.slug for programme in configuration.programmes)
    typer.echo(f"Name the programme: --programme takes one of {names}.", err=True)
    raise typer.Exit(EXIT_USAGE)


def require_grant(configuration: Configuration, slug: str | None) -> Programme:
    """The grant programme of this slug, or the only one there is; else the command ends with
    status 2 and tells which there are."""
    grants = [p for p in configuration.programmes if p.kind is ProgrammeKind.GRANT]
    if slug is None and len(grants) == 1:
        return grants[0]
    names = ", ".join(programme.slug for programme in grants)
    found = require_programme(configuration, slug) if slug else None
    if found is None or found.kind is not ProgrammeKind.GRANT:
        told = f"{found.slug} is no grant programme" if found else "Name the programme"
        typer.echo(f"{told}: --programme takes one of {names or 'none here'}.", err=True)
        raise typer.Exit(EXIT_USAGE)
    return found


def programme_or_first(configuration: Configuration, slug: str) -> Programme:
    """The programme of this slug, else the first one: for showing what is left of a programme
    that is no longer configured."""
    found = (p for p in configuration.programmes if p.slug == slug)
    return next(found, configuration.programmes[0])


def zone_of(configuration: Configuration, slug: str) -> ZoneInfo:
    """The clock by which a programme's times are shown."""
    return programme_or_first(configuration, slug).zone


def tell_problems(error: ConfigError) -> None:
    """Every problem on standard error, without control characters, then their number."""
    for problem in error.problems:
        for line in str(problem).splitlines():
            indent = line[: len(line) - len(line.lstrip())]
            typer.echo(indent + plain(line, limit=1000), err=True)
    count = len(error.problems)
    typer.echo(f"{count} problem{'s' if count != 1 else ''} in the configuration", err=True)


def _load(path: Path, *, is_scratch: bool = False) -> Configuration:
    configuration = load_configuration(path, is_scratch=is_scratch)
    level = "warning" if is_scratch else configuration.log_level
    configure_logging(level, configuration.log_form, secrets=configuration.secrets)
    return configuration


def _root_option(ctx: typer.Context) -> Path | None:
    found = ctx.find_root().obj
    return found if isinstance(found, Path) else None
