"""`postroom check --records`: the letters of every open record, written and thrown away."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sqlmodel import Session

from intake.commands.context import EXIT_CONFIGURATION
from intake.commands.look import Outcome
from intake.commands.printing import plain
from intake.commands.wording import spaced
from intake.config import Configuration
from responders.previewing import Tried, try_letters
from responders.rendering import Renderer
from responders.wording import joined
from storage import cases, letters, situations
from storage.archive import Archive
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.programme import Programme
from storage.domain.situation import Situation

Track = Callable[[list[int], str], Iterable[int]]
"""Goes through some numbers and shows how far it has come, by this name."""

NAMED = 3
"""Records of one problem that are told by name."""


def look_at_records(
    configuration: Configuration, *, most: int, now: datetime, track: Track
) -> Iterator[Outcome]:
    """An outcome for each kind of letter that could not be written for some record, or one for a
    programme where all can. Of each programme the newest `most` cases and as many lone messages."""
    database = Database(configuration.database_url)
    archive = Archive(configuration.data_folder / "archive")
    folder, secret = configuration.templates_folder, configuration.secret
    renderer = Renderer(folder, archive=archive, secret=secret, packs={})
    try:
        database.migrate()
        for programme in configuration.programmes:
            with database.reading() as session:
                yield from _look_at(session, renderer, programme, most=most, now=now, track=track)
    finally:
        database.close()


def _look_at(
    session: Session,
    renderer: Renderer,
    programme: Programme,
    *,
    most: int,
    now: datetime,
    track: Track,
) -> Iterator[Outcome]:
    failed: dict[tuple[str, str], list[str]] = defaultdict(list)
    records = number = 0
    for record, s in _records(session, programme, most=most, now=now, track=track):
        records += 1
        for tried in try_letters(renderer, s):
            number += 1
            if tried.problem is not None:
                failed[spaced(tried.kind), _why(tried)].append(record)
    for (kind, why), found in failed.items():
        names = found[:NAMED] + ([f"{len(found) - NAMED} more"] if len(found) > NAMED else [])
        yield Outcome(
            "records",
            programme.slug,
            f"the {kind} can't be written for {joined(names)}: {why}",
            "correct the template: what may have no value wants an if around it",
            EXIT_CONFIGURATION,
        )
    if not failed:
        told = f"{number} letters of {records} open records can be written"
        yield Outcome("records", programme.slug, told)


def _records(
    session: Session, programme: Programme, *, most: int, now: datetime, track: Track
) -> Iterator[tuple[str, Situation]]:
    """Each with the name by which a person finds it."""
    newest = cases.list_cases(session, programme=programme.slug, limit=most)
    is_open = {c.id: c.reference for c in newest if c.state is not CaseState.WITHDRAWN}
    for case_id in track(list(is_open), f"cases of {programme.slug}"):
        s = situations.situation_of_case(session, programme, case_id, now)
        yield is_open[case_id], s
    some = letters.list_letters(session, programme.slug, limit=most)
    causes = {one.cause for one in some if one.case_id is None and one.cause is not None}
    for message_id in track(sorted(causes), f"messages of {programme.slug}"):
        s = situations.situation_of_message(session, programme, message_id, now)
        yield f"message {message_id}", s


def _why(tried: Tried) -> str:
    """The problem, and which of the placeholders have no value there."""
    empty = f" Without a value: {', '.join(tried.empty)}." if tried.empty else ""
    return f"{plain(tried.problem, limit=300)}{empty}"
