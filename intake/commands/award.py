"""`postroom award`: how far the awards of funded projects have come, and what an organiser does for
them: puts details right, files a signed copy, countersigns."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from intake.app import App
from intake.commands.agreements import TYPES, read_signed, write_files
from intake.commands.award_cases import look_up, read_changes, refuse_copy, require_award
from intake.commands.award_view import (
    award_fields,
    show_award,
    show_status,
    status_fields,
)
from intake.commands.context import (
    ConfigOption,
    ProgrammeOption,
    configuration_of,
    require_grant,
)
from intake.commands.deciders import ByOption, require_organiser
from intake.commands.files import refusals, require_writable
from intake.commands.printing import plain, print_json
from responders.pack.agreement import load_agreement
from storage import awards
from storage.award_lines import award_lines
from storage.domain.award import AgreementStage, SignedFile

app = typer.Typer(add_completion=False, no_args_is_help=True)
"""See how far awards have come, put details right, file signed copies, countersign."""

Reference = Annotated[str, typer.Argument(help="The case, such as ACE-0042.")]
SignedPath = Annotated[Path, typer.Argument(help=f"The signed copy ({', '.join(TYPES)}).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@app.command()
def status(
    ctx: typer.Context,
    programme: ProgrammeOption = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Show how far each award has come, what it waits for, and for how many days.

    Example: postroom award status
    """
    configuration = configuration_of(ctx, config)
    ours = require_grant(configuration, programme)
    require_award(ours)
    now = datetime.now(UTC)
    with App(configuration) as application, application.database.reading() as session:
        lines = award_lines(session, ours)
    if as_json:
        print_json(status_fields(ours, lines, now))
    else:
        show_status(ours, lines, now)


@app.command()
def show(
    ctx: typer.Context,
    reference: Reference,
    into: Annotated[
        Path | None, typer.Option(help="Write the signed copies into this folder.")
    ] = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Show what is known of one award, and the signed copies that came.

    Example: postroom award show ACE-0042 --into agreements
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application, application.database.reading() as session:
        ours, case, facts = look_up(configuration, session, reference)
        if into is not None:
            write_files(application.archive, case, facts.agreements, into)
    if as_json:
        print_json(award_fields(case, facts))
    else:
        show_award(ours, case, facts)


@app.command()
def start(
    ctx: typer.Context,
    reference: Reference,
    by: ByOption,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Say for a funded project that it takes up its award, as it told you another way. The letter
    that asks who receives the money leaves with the next tick.

    A clear yes to the letter with the outcome does the same by itself.

    Example: postroom award start ACE-0042 --by "Rosalind Okoro"
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application, application.database.writing() as session:
        ours, case, _ = look_up(configuration, session, reference)
        organiser = require_organiser(ours, by)
        line = next((one for one in award_lines(session, ours) if one.case_id == case.id), None)
        has_begun = line is not None and line.confirmed_at is not None
        if not has_begun and not dry_run:
            awards.tell(session, case, {}, by=organiser, now=datetime.now(UTC))
    if as_json:
        print_json({"case": case.reference, "started": not has_begun, "done": not dry_run})
    elif has_begun:
        typer.echo(f"{case.reference} has taken up its award already. Nothing was changed.")
    elif dry_run:
        typer.echo(f"{case.reference} would be asked who receives the money. Nothing was changed.")
    else:
        typer.echo(f"{case.reference} is asked who receives the money with the next tick.")


@app.command()
def amend(
    ctx: typer.Context,
    reference: Reference,
    by: ByOption,
    told: Annotated[
        list[str], typer.Option("--set", help="A detail and its value: phone=02079460188.")
    ],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Put details right that somebody told another way, or that are wrong.

    An agreement that is out already goes out anew where what stands in it changes; then only a copy
    of the new one counts as signed. `introductions` changes none.

    Example: postroom award amend ACE-0042 --set reference="PO 70013" --by "Rosalind Okoro"

    Example: postroom award amend ACE-0042 --set introductions=no --by "Rosalind Okoro"
    """
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    with App(configuration) as application, application.database.writing() as session:
        ours, case, facts = look_up(configuration, session, reference)
        organiser = require_organiser(ours, by)
        changes = read_changes(require_award(ours), told)
        after = {**facts.told, **changes}
        after = {key: value for key, value in after.items() if value}
        changed = sorted(k for k in {*facts.told, *after} if facts.told.get(k) != after.get(k))
        if changed and not dry_run:
            awards.tell(session, case, after, by=organiser, now=now)
    if as_json:
        print_json({"case": case.reference, "changed": changed, "done": not dry_run})
    elif not changed:
        typer.echo(f"{case.reference} has these details already. Nothing was changed.")
    else:
        what = f"{case.reference}: {', '.join(changed)}"
        typer.echo(f"{what} would change. Nothing was changed." if dry_run else f"{what} changed.")


@app.command()
def receive(
    ctx: typer.Context,
    reference: Reference,
    file: SignedPath,
    by: ByOption,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """File a copy that the organisation has signed and that came another way, such as by post.

    Example: postroom award receive ACE-0042 scan.pdf --by "Rosalind Okoro"
    """
    stage = AgreementStage.RETURNED
    _file(ctx, reference, file, by, stage, config, dry_run=dry_run, as_json=as_json)


@app.command()
def countersign(
    ctx: typer.Context,
    reference: Reference,
    file: SignedPath,
    by: ByOption,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """File the copy that both have signed. It leaves with the next tick, to the lead and to the
    finance contact.

    Example: postroom award countersign ACE-0042 signed-by-both.pdf --by "Rosalind Okoro"
    """
    stage = AgreementStage.COUNTERSIGNED
    _file(ctx, reference, file, by, stage, config, dry_run=dry_run, as_json=as_json)


@app.command()
def blank(
    ctx: typer.Context,
    into: Annotated[Path, typer.Option(help="The Word document to be written (.docx).")],
    programme: ProgrammeOption = None,
    as_json: AsJson = False,
    config: ConfigOption = None,
) -> None:
    """Write the agreement with its placeholders, to word it as your own.

    It counts once it stands in the templates folder as PROGRAMME/award/mou.docx; `postroom check`
    reads it.

    Example: postroom award blank --into mou.docx
    """
    configuration = configuration_of(ctx, config)
    ours = require_grant(configuration, programme)
    require_writable(into)
    content = load_agreement(ours, require_award(ours), configuration.templates_folder)
    with refusals(into, "written"):
        into.write_bytes(content)
    if as_json:
        print_json({"written": str(into)})
    else:
        typer.echo(f"Written to {plain(into)}.")


def _file(
    ctx: typer.Context,
    reference: str,
    path: Path,
    by: str,
    stage: AgreementStage,
    config: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    configuration = configuration_of(ctx, config)
    now = datetime.now(UTC)
    content, media_type = read_signed(path)
    with App(configuration) as application, application.database.writing() as session:
        ours, case, _ = look_up(configuration, session, reference)
        organiser = require_organiser(ours, by)
        refuse_copy(award_lines(session, ours), case, stage)
        if not dry_run:
            sha256 = application.archive.put(content)
            signed = SignedFile(path.name, media_type, len(content), sha256)
            awards.file(session, case, stage, [signed], by=organiser, now=now)
    if as_json:
        print_json({"case": case.reference, "stage": stage, "done": not dry_run})
        return
    what = f"{case.reference}: {plain(path.name)} is filed as {stage}"
    is_last = stage is AgreementStage.COUNTERSIGNED
    told = "; it leaves with the next tick" if is_last else ""
    typer.echo(f"{what} would be. Nothing was changed." if dry_run else f"{what}{told}.")
