"""`postroom case`: one case with its messages, its letters and its history."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from intake.app import App
from intake.commands.answers_view import answer_fields, answer_lines, read_answers
from intake.commands.cases import area_name, case_fields
from intake.commands.context import (
    ConfigOption,
    configuration_of,
    programme_or_first,
    zone_of,
)
from intake.commands.deciders import require_case
from intake.commands.form_view import find_form, form_fields, form_lines
from intake.commands.letter_view import letter_fields, letter_table
from intake.commands.outcomes_view import outcome_fields, outcome_in_words
from intake.commands.printing import brief, console, local, make_table, print_json
from intake.commands.wording import event_in_words, listed, spaced
from intake.config import Configuration
from storage import deeds, duplicates, events, situations
from storage.domain.case import Case
from storage.domain.likeness import Likeness
from storage.domain.message import RecordedMessage
from storage.domain.people import Contact
from storage.domain.programme import Programme
from storage.domain.situation import Situation
from storage.events import Event

app = typer.Typer(add_completion=False)


@app.command()
def case(
    ctx: typer.Context,
    reference: Annotated[str, typer.Argument(help="The reference, such as ACE-0042.")],
    form: Annotated[
        bool, typer.Option("--form", help="The newest form that came back, and what it changed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of tables.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show one case: what we know, what came, what went out, and what happened when.

    Example: postroom case ACE-0042
    """
    configuration = configuration_of(ctx, config)
    with App(configuration) as application, application.database.reading() as session:
        found = require_case(session, reference)
        programme = programme_or_first(configuration, found.programme)
        situation = situations.situation_of_case(session, programme, found.id, datetime.now(UTC))
        history = events.of_case(session, found.id)
        alike = duplicates.of_cases(session, [found.id]).get(found.id, ())
        done = deeds.of_letters(session, [letter.id for letter in situation.letters])
        history = deeds.with_reasons(history, done)
        answers = () if form else read_answers(configuration, application, session, situation)
    if form:
        _show_form(found, situation, programme, as_json=as_json)
    elif as_json:
        told = [answer_fields(answer) for answer in answers]
        print_json({**_fields(found, situation, history, alike), "answers": told})
    else:
        _show(found, situation, history, alike, configuration=configuration)
        for answer in answers:
            console().print("\n".join(answer_lines(answer, programme.zone)), soft_wrap=True)


def _show_form(found: Case, situation: Situation, programme: Programme, *, as_json: bool) -> None:
    view = find_form(situation)
    if as_json:
        print_json({"case": found.reference, "form": form_fields(view, programme)})
    elif view is None:
        typer.echo(f"No form of {found.reference} that could be read has come back.")
    else:
        for line in form_lines(view, programme, programme.zone):
            console().print(line)


def _fields(
    found: Case, situation: Situation, history: tuple[Event, ...], alike: Sequence[Likeness]
) -> dict[str, object]:
    return {
        **case_fields(found, alike),
        "outcome": outcome_fields(situation) if situation.outcomes else None,
        "messages": [_message_fields(message) for message in situation.messages],
        "letters": [letter_fields(letter) for letter in situation.letters],
        "history": [
            {"at": e.at, "actor": e.actor, "what": e.what, "detail": dict(e.detail)}
            for e in history
        ],
    }


def _message_fields(message: RecordedMessage) -> dict[str, object]:
    return {
        "id": message.id,
        "received_at": message.received_at,
        "kind": message.understanding.verdict.kind,
        "rule": message.understanding.verdict.rule,
        "hold": message.understanding.verdict.hold,
        "subject": message.understanding.head.subject,
        "changed": list(message.changed),
        "findings": [asdict(finding) for finding in message.understanding.findings],
    }


def _show(
    found: Case,
    situation: Situation,
    history: tuple[Event, ...],
    alike: Sequence[Likeness],
    *,
    configuration: Configuration,
) -> None:
    screen = console()
    zone = zone_of(configuration, found.programme)
    known = _known(found, configuration)
    if situation.outcomes:
        known.append(("outcome", outcome_in_words(situation)))
    if alike:
        known.append(("perhaps the same as", "; ".join(map(str, alike))))
    screen.print(make_table(found.reference, ("what", "value"), known, whole=("what",)))
    came = [
        (
            message.id,
            brief(message.received_at, zone),
            spaced(message.understanding.verdict.kind),
            spaced(message.understanding.verdict.rule),
            message.understanding.head.subject,
            listed(message.changed),
        )
        for message in situation.messages
    ]
    columns = ("id", "received", "kind", "rule", "subject", "changed")
    screen.print(make_table("Messages", columns, came, whole=("id", "received")))
    screen.print(letter_table("Letters", situation.letters, configuration))
    happened = [
        (brief(e.at, zone), _name_of(e.actor, found, configuration), *event_in_words(e))
        for e in history
    ]
    title = "History, by the clock of Postroom's own work"
    heads = ("when", "who", "what", "detail")
    screen.print(make_table(title, heads, happened, whole=("when",)))


def _name_of(actor: str, found: Case, configuration: Configuration) -> str:
    """An organiser by their name, anybody else by what the history calls them."""
    programme = programme_or_first(configuration, found.programme)
    people = (*(organiser.address for organiser in programme.organisers), programme.person)
    return next((one.name for one in people if one.email == actor and one.name), actor)


def _known(found: Case, configuration: Configuration) -> list[tuple[str, object]]:
    """What is known of a case, as a person reads it."""
    zone = zone_of(configuration, found.programme)
    nominator = found.nominated_by or Contact()
    return [
        ("programme", f"{found.programme} {found.round}"),
        ("state", found.state),
        ("opened", f"{local(found.opened_at, zone)}, when message {found.opened_by} came"),
        ("title", found.title),
        *((name, value) for name, value in asdict(found.contact).items()),
        ("area", area_name(configuration, found)),
        ("summary", found.summary),
        ("senior leader", found.senior_leader),
        ("partners", "; ".join(found.partners) or None),
        ("team", found.team),
        *_own_fields(found, configuration),
        ("nominated by", ", ".join(filter(None, asdict(nominator).values())) or None),
        ("people", ", ".join(sorted(found.people)) or None),
        ("missing", ", ".join(found.missing) or None),
        ("next looked at", local(found.attention_at, zone)),
    ]


def _own_fields(found: Case, configuration: Configuration) -> list[tuple[str, object]]:
    """What the programme asks for beside the rest, as the form calls it."""
    programme = programme_or_first(configuration, found.programme)
    labels = {field.key: field.label.lower() for field in programme.fields}
    return [(labels.get(key, key), value) for key, value in found.custom]
