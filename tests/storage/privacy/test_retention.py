"""What has been kept long enough is proposed, or goes by itself, and nothing else does."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage import cases, decisions, events, messages
from storage.archive import Archive
from storage.database import Database
from storage.domain.calendar import months_later
from storage.domain.decision import Outcome, Ruling
from storage.domain.message import MessageKind, Verdict
from storage.domain.people import Contact
from storage.errors import NotFound
from storage.privacy.retention import (
    Expired,
    Retention,
    expire_cases,
    expire_machines,
    expired_cases,
    name_list,
)
from tests.support.ledger import MONDAY, open_case, record, with_id
from tests.support.programmes import ACE
from tests.support.understandings import make_understanding

PROGRAMMES = {"ace": replace(ACE, keep_months=24)}
RETENTION = Retention(machines=timedelta(days=90), funded_months=84)
DAY = timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def expired(database: Database, *, months: int, beyond: timedelta = DAY) -> tuple[Expired, ...]:
    now = months_later(MONDAY, months) + beyond
    with database.reading() as session:
        return expired_cases(session, PROGRAMMES, retention=RETENTION, now=now)


def test_case_is_kept_for_as_long_as_its_programme_says(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1)

    assert expired(database, months=24, beyond=-DAY) == ()
    assert [one.reference for one in expired(database, months=24)] == [case.reference]


def test_what_came_last_begins_the_time_anew(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        much_later = 60 * 24 * 100
        record(session, much_later, case_ids=(case.id,))

    assert expired(database, months=24) == ()


def test_funded_work_is_kept_longer(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        ruling = Ruling(Outcome.FUNDED, 9_000, "")
        made = decisions.decide(session, case, ruling, reason="r", by="rosalind", now=MONDAY)
        told = [(case, made)]
        decisions.release(session, told, by="rosalind", now=MONDAY, not_before=MONDAY)

    assert expired(database, months=83) == ()
    assert [one.is_funded for one in expired(database, months=84)] == [True]


def test_approved_list_is_erased_and_never_proposed_again(
    database: Database, archive: Archive
) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
    found = expired(database, months=30)
    with database.writing() as session:
        gone = expire_cases(session, found, archive=archive, by="rosalind", now=MONDAY)

    with database.reading() as session:
        assert cases.get(session, case.id).contact == Contact()
        assert [one.actor for one in events.of_case(session, case.id)][-1] == "rosalind"
    assert len(gone) == 1
    assert expired(database, months=30) == ()


def test_message_about_a_case_that_stays_is_kept(database: Database, archive: Archive) -> None:
    with database.writing() as session:
        first = open_case(session, 1)
        second = open_case(session, 2)
        both = record(session, 3, case_ids=(first.id, second.id))
    found = tuple(one for one in expired(database, months=30) if one.case_id == first.id)
    with database.writing() as session:
        expire_cases(session, found, archive=archive, by="rosalind", now=MONDAY)

    with database.reading() as session:
        assert messages.get(session, both.id).id == both.id
        with pytest.raises(NotFound):
            messages.get(session, first.opened_by)


def test_list_has_another_name_once_it_is_another(database: Database) -> None:
    with database.writing() as session:
        open_case(session, 1)
    before = name_list(expired(database, months=30))
    with database.writing() as session:
        open_case(session, 2)

    assert name_list(expired(database, months=30)) not in (before, "")


def test_mail_of_machines_goes_by_itself_and_that_of_people_stays(
    database: Database, archive: Archive
) -> None:
    away = replace(make_understanding(), verdict=Verdict(MessageKind.AUTO_REPLY, "test"))
    with database.writing() as session:
        machine = record(session, 1, understanding=with_id(away, "<1@x.example>"))
        person = record(session, 2)
    for days, count in ((89, 0), (91, 1), (91, 0)):
        with database.writing() as session:
            now = MONDAY + timedelta(days=days)
            assert len(expire_machines(session, RETENTION, archive=archive, now=now)) == count

    with database.reading() as session:
        assert messages.get(session, person.id).id == person.id
        with pytest.raises(NotFound):
            messages.get(session, machine.id)
        assert events.of_message(session, machine.id)[-1].what == "message_expired"


def test_report_about_a_case_stays_as_long_as_the_case(
    database: Database, archive: Archive
) -> None:
    """It says which address is dead: without it, letters would go there again."""
    bounce = replace(make_understanding(), verdict=Verdict(MessageKind.BOUNCE, "test"))
    with database.writing() as session:
        case = open_case(session, 1)
        told = with_id(bounce, "<2@x.example>")
        report = record(session, 2, understanding=told, case_ids=(case.id,))
        far = MONDAY + timedelta(days=400)
        assert expire_machines(session, RETENTION, archive=archive, now=far) == ()
    found = expired(database, months=30)
    with database.writing() as session:
        expire_cases(session, found, archive=archive, by="rosalind", now=MONDAY)

    with database.reading() as session, pytest.raises(NotFound):
        messages.get(session, report.id)


def test_without_a_word_machines_mail_is_kept(database: Database, archive: Archive) -> None:
    away = replace(make_understanding(), verdict=Verdict(MessageKind.BULK, "test"))
    with database.writing() as session:
        record(session, 1, understanding=away)
        far = MONDAY + timedelta(days=9_000)
        assert expire_machines(session, Retention(), archive=archive, now=far) == ()
