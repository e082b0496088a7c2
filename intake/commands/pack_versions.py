"""`postroom pack status` and `reissue`: who holds which version of the pack, and a new one sent."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlmodel import Session

from intake.app import App
from intake.commands.context import ConfigOption, configuration_of, require_programme
from intake.commands.deciders import ByOption, require_organiser
from intake.commands.printing import console, local, make_table, print_json
from intake.config import Configuration
from responders.kinds import pack_reissue
from responders.packs import build_pack, enclosure_sha256, find_changes, has_pack
from responders.reasons import why_left_out
from storage import cases, extensions, packs, situations
from storage.archive import Archive
from storage.domain.case import Case
from storage.domain.letter import Due
from storage.domain.programme import Programme
from storage.domain.reissue import Reissue
from storage.errors import ArchiveError
from storage.packs import PackVersion

ProgrammeArgument = Annotated[str, typer.Argument(help="The programme's slug.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@dataclass(frozen=True, slots=True)
class _Standing:
    """The pack of a programme: its versions, the newest first; `held` is case id → version;
    `is_changed`: what would be built now is not what is out, by the files `changes`, where that is
    known."""

    programme: Programme
    cases: Mapping[int, Case]
    versions: tuple[PackVersion, ...]
    held: Mapping[int, int]
    is_changed: bool
    changes: tuple[str, ...] = ()

    @property
    def next_version(self) -> int:
        """The version that is out once what is built now is published."""
        newest = self.versions[0].version if self.versions else 0
        return newest + self.is_changed

    def holders(self, version: int) -> list[str]:
        """The references of the cases that hold this version and no newer one."""
        ids = (id for id, held in self.held.items() if held == version and id in self.cases)
        return sorted(self.cases[id].reference for id in ids)


def status(
    ctx: typer.Context,
    programme: ProgrammeArgument,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Show the versions of a pack, who holds which, and whether it would be built anew.

    Example: postroom pack status ace
    """
    configuration = configuration_of(ctx, config)
    ours = require_programme(configuration, programme)
    _require_pack(ours)
    with App(configuration) as application, application.database.reading() as session:
        standing = _look(session, ours, configuration)
        changes = _changes(application.archive, standing, configuration)
        standing = replace(standing, changes=changes)
        reissued = packs.current_reissue(session, ours.slug)
    if as_json:
        print_json(_fields(standing, reissued))
    else:
        _show(standing, reissued)


def reissue(
    ctx: typer.Context,
    programme: ProgrammeArgument,
    note: Annotated[str, typer.Option(help="What changed, in one line; the letter says it.")],
    by: ByOption,
    form_still_fine: Annotated[
        bool, typer.Option("--form-still-fine", help="A form of an older version is as good.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say who would get it; change nothing.")
    ] = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Send the pack as it is built now to everybody who holds an older version.

    Example: postroom pack reissue ace --note "Childcare can be paid" --by "Jo Okoro" --dry-run
    """
    configuration = configuration_of(ctx, config)
    ours = require_programme(configuration, programme)
    _require_pack(ours)
    organiser = require_organiser(ours, by)
    now = datetime.now(UTC)
    with App(configuration) as application:
        with application.database.reading() as session:
            standing = _look(session, ours, configuration)
            wanted = _wanted(standing, note, form_still_fine=form_still_fine, by=organiser, now=now)
            told = _concerned(session, ours, standing, wanted)
        is_done = bool(told) and not dry_run
        if is_done:
            _record(application, wanted, now)
    if as_json:
        print_json(_reissue_fields(wanted, told, is_done=is_done))
    else:
        _tell(wanted, told, is_done=is_done)


def _require_pack(programme: Programme) -> None:
    if not has_pack(programme):
        typer.echo(f"Letters of {programme.slug} enclose no pack.", err=True)
        raise typer.Exit(1)


def _look(session: Session, ours: Programme, configuration: Configuration) -> _Standing:
    standing = extensions.as_extended(session, ours)
    versions = packs.list_versions(session, ours.slug)
    built = enclosure_sha256(build_pack(standing, configuration.templates_folder))
    found = cases.of_round(session, ours.slug, ours.round.key)
    return _Standing(
        programme=standing,
        cases={case.id: case for case in found},
        versions=versions,
        held=packs.holders(session, ours.slug),
        is_changed=not versions or versions[0].enclosure_sha256 != built,
    )


def _changes(
    archive: Archive, standing: _Standing, configuration: Configuration
) -> tuple[str, ...]:
    """By which files the next version differs; empty where the one that is out can't be read."""
    if not standing.versions or not standing.is_changed:
        return ()
    try:
        enclosure = archive.get(standing.versions[0].enclosure_sha256)
    except ArchiveError:
        return ()
    return find_changes(enclosure, standing.programme, configuration.templates_folder)


def _wanted(
    standing: _Standing, note: str, *, form_still_fine: bool, by: str, now: datetime
) -> Reissue:
    """What is to be recorded; ends the command with status 1 where the note says nothing, or more
    than the letter has room for."""
    line, most = " ".join(note.split()), pack_reissue.LONGEST_NOTE
    if not line or len(line) > most:
        needs = f"has room for a note of {most} characters" if line else "needs a note"
        typer.echo(f"Nothing was changed: the letter {needs} that says what changed.", err=True)
        raise typer.Exit(1)
    return Reissue(
        id=0,
        programme=standing.programme.slug,
        round=standing.programme.round.key,
        pack_version=standing.next_version,
        note=line,
        form_still_fine=form_still_fine,
        by=by,
        at=now,
    )


def _concerned(
    session: Session, ours: Programme, standing: _Standing, wanted: Reissue
) -> list[tuple[Case, Due]]:
    """Whom the letter would go to, in order of opening."""
    told = []
    for id, case in standing.cases.items():
        if standing.held.get(id, wanted.pack_version) < wanted.pack_version:
            s = situations.situation_of_case(session, ours, id, wanted.at)
            told += [(case, due) for due in pack_reissue.due(replace(s, reissue=wanted))]
    return told


def _record(application: App, wanted: Reissue, now: datetime) -> None:
    """Publish the pack as it is built now, and have it sent."""
    pack = application.renderer(now).packs[wanted.programme]
    assert pack is not None
    with application.database.writing() as session:
        packs.reissue(
            session,
            pack,
            round_key=wanted.round,
            note=wanted.note,
            form_still_fine=wanted.form_still_fine,
            by=wanted.by,
            now=now,
        )


def _tell(wanted: Reissue, told: Sequence[tuple[Case, Due]], *, is_done: bool) -> None:
    if not told:
        typer.echo(f"Nobody holds a version older than {wanted.pack_version}.")
    else:
        rows = [
            (case.reference, due.recipient.email, why_left_out(due.skip) if due.skip else "")
            for case, due in told
        ]
        count = sum(due.skip is None for _, due in told)
        verb = "goes out with the next tick" if is_done else "would go out"
        title = f"Version {wanted.pack_version} {verb} to {count}"
        console().print(make_table(title, ("case", "to", "left out"), rows, whole=("case",)))
    if not is_done:
        typer.echo("Nothing was changed.")


def _reissue_fields(
    wanted: Reissue, told: Sequence[tuple[Case, Due]], *, is_done: bool
) -> dict[str, object]:
    return {
        "done": is_done,
        "programme": wanted.programme,
        "round": wanted.round,
        "version": wanted.pack_version,
        "note": wanted.note,
        "form_still_fine": wanted.form_still_fine,
        "by": wanted.by,
        "told": [
            {"case": case.reference, "to": due.recipient.email, "left_out": due.skip}
            for case, due in told
        ],
    }


def _show(standing: _Standing, reissued: Reissue | None) -> None:
    zone = standing.programme.zone
    rows = [
        (
            pack.version,
            local(pack.published_at, zone),
            len(standing.holders(pack.version)),
            ", ".join(standing.holders(pack.version)) if place else "",
        )
        for place, pack in enumerate(standing.versions)
    ]
    title = f"Pack of {standing.programme.name}"
    columns = ("version", "published", "held by", "older, held by")
    if rows:
        console().print(make_table(title, columns, rows, whole=("version",)))
    if standing.is_changed:
        typer.echo(f"Version {standing.next_version} is ready, and out from the next tick on.")
    if standing.changes:
        typer.echo(f"It differs in {', '.join(standing.changes)}.")
    if reissued is not None:
        when = local(reissued.at, zone)
        typer.echo(f"Version {reissued.pack_version} was sent to holders of older ones on {when}.")


def _fields(standing: _Standing, reissued: Reissue | None) -> dict[str, object]:
    return {
        "programme": standing.programme.slug,
        "round": standing.programme.round.key,
        "is_changed": standing.is_changed,
        "changes": list(standing.changes),
        "versions": [
            {
                "version": pack.version,
                "published_at": pack.published_at,
                "bytes": pack.size,
                "files": list(pack.files),
                "held_by": standing.holders(pack.version),
            }
            for pack in standing.versions
        ],
        "without": sorted(
            case.reference for id, case in standing.cases.items() if id not in standing.held
        ),
        "reissue": asdict(reissued) if reissued is not None else None,
    }
