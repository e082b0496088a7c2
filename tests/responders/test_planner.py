"""Due letters into the outbox: asked once, written once, and one that can't be written alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete
from sqlmodel import Session, col

from responders.errors import TemplateError, TemplateProblem
from responders.packs import publish_pack
from responders.planner import UNKNOWN_PROGRAMME_PAUSE, Planned, plan
from responders.rendering import Renderer
from storage import cases, events, messages, outbox
from storage.archive import Archive
from storage.database import Database
from storage.domain.case import Case
from storage.domain.letter import Due, Letter, LetterDraft, LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.situation import Situation
from storage.events import Event
from storage.rows import CaseMarkRow, CaseRow, MessageCaseRow, MessageRow, PersonRow, SightingRow
from tests.support.empty_ledgers import open_empty_ledger
from tests.support.ledger import MONDAY, count_queries, make_draft, open_case, record
from tests.support.post_office import PROGRAMMES
from tests.support.understandings import SUMMARY, make_understanding

NOW = MONDAY + timedelta(hours=3)
TEMPLATES = Path(__file__).parents[2] / "templates"


@dataclass
class Scribe:
    """Writes each letter as its key; `act` may object first."""

    fails_on: frozenset[str] = frozenset()
    error: Exception = field(default_factory=lambda: ValueError("what an applicant wrote"))
    written: list[str] = field(default_factory=list)

    def render(self, s: Situation, due: Due) -> LetterDraft:
        assert s.programme.slug in PROGRAMMES
        if due.key in self.fails_on:
            raise self.error
        self.written.append(due.key)
        return replace(make_draft(due.key, kind=due.kind), due=due, programme=s.programme.slug)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_empty_ledger(f"sqlite:///{tmp_path}/ledger.db")
    yield database
    database.close()


def open_expression(database: Database, number: int = 1, *, at: datetime | None = NOW) -> Case:
    """A case with a summary that wants attention at `at`."""
    with database.writing() as session:
        case = open_case(session, number)
        case = cases.save(session, replace(case, summary=SUMMARY), MONDAY)
        cases.set_attention(session, case.id, at)
    return case


def ask(database: Database, number: int) -> int:
    """The id of a question that belongs to no case and wants attention now."""
    told = make_understanding(MessageKind.QUESTION, sender=f"asker{number}@place.example")
    with database.writing() as session:
        return record(session, number, understanding=told, attention_at=NOW).id


def planned(database: Database, scribe: object, now: datetime = NOW) -> Planned:
    return plan(database, configured=PROGRAMMES, renderer=scribe, now=now)  # type: ignore[arg-type]


def letters_of(database: Database) -> tuple[Letter, ...]:
    with database.reading() as session:
        return tuple(reversed(outbox.list_letters(session)))


def history_of(database: Database, case_id: int, what: str) -> list[Event]:
    with database.reading() as session:
        return [event for event in events.of_case(session, case_id) if event.what == what]


def attention_of(database: Database, case_id: int) -> datetime | None:
    with database.reading() as session:
        return cases.get(session, case_id).attention_at


def test_plan_enqueues_what_is_due_and_lets_the_case_rest(database: Database) -> None:
    case = open_expression(database)
    done = planned(database, Scribe())

    (letter,) = letters_of(database)
    assert done == Planned(enqueued=(letter,), asked=1)
    assert (letter.kind, letter.state) == (LetterKind.APPLICATION_PACK, LetterState.QUEUED)
    assert letter.key == f"application_pack/case:{case.id}"
    assert attention_of(database, case.id) is None


def test_plan_asks_about_lone_messages_too(database: Database) -> None:
    message_id = ask(database, 1)
    done = planned(database, Scribe())

    assert [letter.key for letter in done.enqueued] == [f"acknowledgement/message:{message_id}"]
    with database.reading() as session:
        assert messages.wanting_attention(session, NOW + timedelta(days=365), 10) == ()


def test_plan_twice_enqueues_nothing_twice(database: Database) -> None:
    case = open_expression(database)
    first = planned(database, Scribe())
    with database.writing() as session:
        cases.set_attention(session, case.id, NOW)
    assert len(first.enqueued) == 1
    assert planned(database, Scribe()).enqueued == ()
    assert planned(database, Scribe()) == Planned()


def test_plan_leaves_alone_what_wants_attention_later(database: Database) -> None:
    open_expression(database, at=NOW + timedelta(seconds=1))
    open_expression(database, 2, at=None)
    assert planned(database, Scribe()) == Planned()


def test_plan_holds_what_the_kinds_say_a_person_must_see(database: Database) -> None:
    told = make_understanding(MessageKind.QUESTION)
    told = replace(told, verdict=replace(told.verdict, hold="list_mail"))
    with database.writing() as session:
        record(session, 1, understanding=told, attention_at=NOW)
    planned(database, Scribe())
    (letter,) = letters_of(database)
    assert (letter.state, letter.rule) == (LetterState.HELD, "list_mail")


def test_plan_wakes_a_case_that_came_before_the_opening_on_the_day(database: Database) -> None:
    case = open_expression(database, at=MONDAY)
    opening = PROGRAMMES["ace"].round.opens_at
    early = opening - timedelta(days=2)
    with database.writing() as session:
        cases.set_attention(session, case.id, early)
    planned(database, Scribe(), early)
    assert attention_of(database, case.id) == opening
    (letter,) = planned(database, Scribe(), opening).enqueued
    assert letter.kind is LetterKind.APPLICATION_PACK


@pytest.mark.parametrize(
    "error",
    [
        ValueError("what an applicant wrote"),
        KeyError("what an applicant wrote"),
        RecursionError("what an applicant wrote"),
        TemplateError([TemplateProblem("application_pack.md.j2", 3, "unknown word")]),
    ],
)
def test_letter_that_cannot_be_written_stops_no_other(database: Database, error: Exception) -> None:
    numbers = range(1, 46)
    opened = [open_expression(database, number) for number in numbers]
    bad = opened[20]
    scribe = Scribe(frozenset({f"application_pack/case:{bad.id}"}), error)
    done = planned(database, scribe)

    assert (len(done.enqueued), done.asked) == (44, 45)
    (unwritten,) = done.unwritten
    assert (unwritten.case_id, unwritten.kind) == (bad.id, LetterKind.APPLICATION_PACK)
    (event,) = history_of(database, bad.id, "render_failed")
    assert event.detail["kind"] == "application_pack"
    assert event.detail["error"] == type(error).__name__
    assert event.detail["where"].startswith("test_planner.py:")
    assert "applicant" not in str(event) + str(done)
    assert attention_of(database, bad.id) == NOW + timedelta(minutes=15)


def test_letter_that_cannot_be_written_is_tried_less_and_less_often(database: Database) -> None:
    case = open_expression(database)
    scribe = Scribe(frozenset({f"application_pack/case:{case.id}"}))
    waits = []
    now = NOW
    for _ in range(7):
        planned(database, scribe, now)
        again_at = attention_of(database, case.id)
        assert again_at is not None
        waits.append(again_at - now)
        now = again_at
    hours = [wait / timedelta(hours=1) for wait in waits]
    assert hours == [0.25, 1, 4, 12, 24, 24, 24]

    scribe.fails_on = frozenset()
    assert len(planned(database, scribe, now).enqueued) == 1
    assert attention_of(database, case.id) is None


def test_letter_of_a_lone_message_that_cannot_be_written_is_noted(database: Database) -> None:
    message_id = ask(database, 1)
    scribe = Scribe(frozenset({f"acknowledgement/message:{message_id}"}))
    assert len(planned(database, scribe).unwritten) == 1
    with database.reading() as session:
        noted = [event.what for event in events.of_message(session, message_id)]
        assert messages.wanting_attention(session, NOW + timedelta(minutes=15), 9) == (
            (message_id, "ace"),
        )
        assert messages.wanting_attention(session, NOW, 9) == ()
    assert noted.count("render_failed") == 1


def test_plan_survives_a_programme_that_is_no_longer_configured(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1, programme="last-years")
        cases.set_attention(session, case.id, NOW)
    open_expression(database, 2)
    assert len(planned(database, Scribe()).enqueued) == 1
    assert attention_of(database, case.id) == NOW + UNKNOWN_PROGRAMME_PAUSE


def test_plan_keeps_to_its_limit_and_takes_who_waits_longest(database: Database) -> None:
    for number in range(1, 6):
        open_expression(database, number, at=NOW - timedelta(minutes=number))
    done = plan(database, configured=PROGRAMMES, renderer=Scribe(), now=NOW, limit=2)
    assert [letter.case_id for letter in done.enqueued] == [5, 4]


def test_plan_that_dies_in_a_batch_is_done_again(database: Database) -> None:
    class Died(BaseException):
        """As a kill would: nothing is caught, the transaction is rolled back."""

    for number in range(1, 31):
        open_expression(database, number)
    scribe = Scribe(frozenset({"application_pack/case:25"}), ValueError())
    scribe.error = Died()  # type: ignore[assignment]
    with pytest.raises(Died):
        planned(database, scribe)
    assert len(letters_of(database)) == 20

    scribe.fails_on = frozenset()
    assert len(planned(database, scribe).enqueued) == 10
    assert len({letter.case_id for letter in letters_of(database)}) == 30


def test_plan_passes_over_what_is_gone_meanwhile(database: Database, tmp_path: Path) -> None:
    class Erasing(Database):
        """A case and a message go between the look at what is due and its turn."""

        @contextmanager
        def writing(self) -> Iterator[Session]:
            with super().writing() as session:
                for table in (MessageCaseRow, PersonRow, CaseMarkRow):
                    session.execute(delete(table).where(col(table.case_id) == gone.id))
                session.execute(delete(CaseRow).where(col(CaseRow.id) == gone.id))
                session.execute(delete(SightingRow).where(col(SightingRow.message_id) == lone))
                session.execute(delete(MessageRow).where(col(MessageRow.id) == lone))
                yield session

    gone, stays = open_expression(database, 1), open_expression(database, 2)
    lone = ask(database, 3)
    erasing = Erasing(f"sqlite:///{tmp_path}/ledger.db")
    done = planned(erasing, Scribe())
    erasing.close()

    assert [letter.case_id for letter in done.enqueued] == [stays.id]
    assert done.asked == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_planners_enqueue_nothing_twice(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    postgres = kind == "postgresql"
    url = request.getfixturevalue("postgres_url") if postgres else f"sqlite:///{tmp_path}/l.db"
    database = open_empty_ledger(url)
    for number in range(1, 51):
        open_expression(database, number)
    together, done = Barrier(2), []

    def work() -> None:
        together.wait(10)
        done.append(planned(database, Scribe()))

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(len(one.enqueued) for one in done) == 50
    assert len(letters_of(database)) == 50
    assert planned(database, Scribe()) == Planned()
    database.close()


def test_plan_costs_what_is_due_not_what_is_stored(database: Database) -> None:
    for number in range(1, 40):
        open_expression(database, number, at=None)
    with database.reading() as session, count_queries(session) as statements:
        cases.wanting_attention(session, NOW, 100)
    assert len(statements) == 1
    scribe = Scribe()
    assert planned(database, scribe) == Planned()
    assert scribe.written == []


def test_plan_has_real_letters_written(database: Database, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    ace = PROGRAMMES["ace"]
    with database.writing() as session:
        pack = publish_pack(session, archive, ace, templates_folder=TEMPLATES, now=MONDAY)
    renderer = Renderer(TEMPLATES, archive=archive, secret=b"s" * 32, packs={"ace": pack})
    open_expression(database)
    ask(database, 2)

    done = planned(database, renderer)

    assert done.unwritten == ()
    kinds = [letter.kind for letter in done.enqueued]
    assert kinds == [LetterKind.APPLICATION_PACK, LetterKind.ACKNOWLEDGEMENT]
    with database.reading() as session:
        content, enclosure = outbox.wire_parts(session, done.enqueued[0].id)
    assert pack is not None
    assert enclosure == pack.enclosure_sha256
    assert b"Auto-Submitted" in content
