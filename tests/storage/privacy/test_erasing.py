"""What is erased with a person, and what stays because others need it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from storage import awards, cases, decisions, events, messages, organiser_answers, outbox, sealing
from storage.archive import Archive
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.letter import LetterState
from storage.domain.message import Attachment
from storage.domain.people import Contact
from storage.privacy.erasing import Erasure, erase, erasures_of
from storage.privacy.personal import NOBODY
from storage.privacy.traces import Traces, find_traces
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case, record, with_id
from tests.support.understandings import make_understanding

SECRET = b"a secret"
EMAIL = "amina@riverside.example"
OTHER = Contact(name="Bola Ade", email="bola@hillside.example")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def traced(session: Session, archive: Archive) -> Traces:
    return find_traces(session, EMAIL, archive=archive, text_of=lambda raw: raw.decode())


def erased(database: Database, archive: Archive) -> Erasure:
    with database.reading() as session:
        traces = traced(session, archive)
    with database.writing() as session:
        return erase(
            session, traces, archive=archive, secret=SECRET, by="rosalind", reason="r", now=MONDAY
        )


def test_case_keeps_its_number_and_nothing_of_the_person(
    database: Database, archive: Archive
) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        cases.save(session, replace(case, title="Falls", summary="About Amina"), MONDAY)
        ruling = Ruling(Outcome.NOT_FUNDED, None, "Amina wrote well")
        decisions.decide(session, case, ruling, reason="her plan", by="rosalind", now=MONDAY)

    done = erased(database, archive)

    with database.reading() as session:
        found = cases.get(session, case.id)
        decided = decisions.history(session, case.id)
        assert [one.what for one in events.of_case(session, case.id)][-1] == "case_erased"
        assert sealing.inspect(session).breaks == ()
    assert found.reference == case.reference
    assert found.contact == Contact()
    assert (found.title, found.summary, found.people) == (None, None, frozenset())
    assert found.state is CaseState.WITHDRAWN
    assert found.attention_at is None
    assert [(one.ruling.feedback, one.reason) for one in decided] == [("", "")]
    assert done.counts.cases == 1


def test_finance_contact_of_another_is_masked_with_name_and_number(
    database: Database, archive: Archive
) -> None:
    told = {"contact": "Ámina Quill", "email": EMAIL, "phone": "+447700900981", "reference": "PO 1"}
    with database.writing() as session:
        case = open_case(session, 1, contact=OTHER)
        awards.tell(session, case, told, by="rosalind", now=MONDAY)

    erased(database, archive)

    with database.reading() as session:
        (left,) = awards.details_of(session, [case.id])
    assert left.told["reference"] == "PO 1"
    assert {left.told[key] for key in ("contact", "email", "phone")} == {"erased-1"}


def test_letter_that_waits_never_leaves(database: Database, archive: Archive) -> None:
    with database.writing() as session:
        case = open_case(session, 1)
        letter = enqueue(session, make_draft("pack/1", recipient=EMAIL, case_id=case.id))

    erased(database, archive)

    with database.writing() as session:
        found = outbox.get(session, letter.id)
        assert outbox.claim(session, MONDAY + timedelta(days=1), 10, "w") == ()
        content, _ = outbox.wire_parts(session, letter.id)
    assert (found.state, found.rule) == (LetterState.DISCARDED, "erased")
    assert found.recipient.email == NOBODY
    assert b"Amina" not in content


def test_letter_to_somebody_else_that_names_them_loses_its_bytes_alone(
    database: Database, archive: Archive
) -> None:
    with database.writing() as session:
        open_case(session, 1)
        draft = make_draft(
            "told/1",
            recipient="bola@hillside.example",
            content=b"Subject: x\r\n\r\nDear Bola, Amina\r\nOkonjo asks\r\n",
        )
        letter = enqueue(session, draft)
    with database.reading() as session:
        assert traced(session, archive).told_in == (letter.id,)

    erased(database, archive)

    with database.reading() as session:
        content, _ = outbox.wire_parts(session, letter.id)
        assert outbox.get(session, letter.id).recipient.email == "bola@hillside.example"
    assert b"Amina" not in content


def test_message_of_somebody_else_keeps_what_it_told_of_others(
    database: Database, archive: Archive
) -> None:
    with database.writing() as session:
        open_case(session, 1)
        theirs = with_id(
            replace(
                make_understanding(),
                contact=OTHER,
                head=replace(make_understanding().head, sender=None),
                partners=("Hillside", f"the Trust ({EMAIL})"),
            ),
            "<2@x.example>",
        )
        other = record(session, 2, understanding=theirs)

    erased(database, archive)

    with database.reading() as session:
        found = messages.get(session, other.id)
    assert found.understanding.contact == OTHER
    assert found.understanding.partners == ("Hillside", "the Trust (erased-1)")


def test_file_that_another_sent_alike_stays(database: Database, archive: Archive) -> None:
    shared, alone = (archive.put(content) for content in (b"a logo", b"her plan"))
    files = [Attachment("file", "image/png", 6, sha256) for sha256 in (shared, alone)]
    with database.writing() as session:
        theirs = replace(make_understanding(), attachments=tuple(files))
        open_case(session, 1, understanding=with_id(theirs, "<1@x.example>"))
        others = replace(
            make_understanding(),
            answer_to=None,
            contact=OTHER,
            head=replace(make_understanding().head, sender=None),
            attachments=(files[0],),
        )
        record(session, 2, understanding=with_id(others, "<2@x.example>"))

    erased(database, archive)

    assert archive.has(shared)
    assert not archive.has(alone)


def test_it_is_remembered_without_the_address(database: Database, archive: Archive) -> None:
    with database.writing() as session:
        open_case(session, 1)
    erased(database, archive)

    with database.reading() as session:
        (told,) = erasures_of(session, EMAIL.upper(), secret=SECRET)
        assert erasures_of(session, "bola@hillside.example", secret=SECRET) == ()
        assert erasures_of(session, EMAIL, secret=b"another secret") == ()
    assert (told.by, told.reason) == ("rosalind", "r")


def test_nobody_is_found_twice(database: Database, archive: Archive) -> None:
    with database.writing() as session:
        open_case(session, 1)
    erased(database, archive)

    with database.reading() as session:
        assert traced(session, archive).is_nothing


def test_answer_of_an_organiser_to_their_question_loses_its_words(
    database: Database, archive: Archive
) -> None:
    with database.writing() as session:
        question = record(session, 1).id
        organiser_answers.write(
            session,
            "ace",
            "Dear Amina, yes.",
            case_id=None,
            question=question,
            message_id=record(session, 2).id,
            by="rosalind",
            now=MONDAY,
            leaves_at=MONDAY,
        )
    erased(database, archive)

    with database.reading() as session:
        (answer,) = organiser_answers.of_messages(session, [question])
    assert answer.text == ""
