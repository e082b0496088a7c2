"""The nominees of a round with their places, as organisers and leads are told of them."""

from dataclasses import replace
from datetime import timedelta

from storage import cases, outbox, places
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind, LetterState
from storage.domain.programme import Cohort
from storage.place_lines import place_lines
from tests.support.ledger import MONDAY, count_queries, enqueue, make_draft, open_case
from tests.support.programmes import ACE

WINIFRED = "winifred.asante@heartlands.nhs.example"
WITH_COHORTS = replace(ACE, cohorts=(Cohort(1, MONDAY + timedelta(days=90), 10),))


def test_line_says_the_place_and_when_it_was_offered(database: Database) -> None:
    sent_at = MONDAY + timedelta(hours=1)
    with database.writing() as session:
        offered, waiting, new = (
            open_case(session, number, state=CaseState.NOMINATED) for number in (1, 2, 3)
        )
        placement = places.place(session, offered, 1, reason="", by=WINIFRED, now=MONDAY)
        places.place(session, waiting, None, rank=1, reason="", by=WINIFRED, now=MONDAY)
        for number in (placement.id, placement.id + 90):
            draft = make_draft(
                f"place_invitation/case:{offered.id}/{number}",
                kind=LetterKind.PLACE_INVITATION,
                case_id=offered.id,
            )
            enqueue(session, draft)
        for letter in outbox.claim(session, sent_at, 10, "worker"):
            outbox.mark_sent(session, letter.id, sent_at, "250 ok")
    with database.reading() as session, count_queries(session) as queries:
        lines = place_lines(session, WITH_COHORTS)

    assert [(x.case_id, x.cohort, x.is_waiting, x.offered_at) for x in lines] == [
        (offered.id, 1, False, sent_at),
        (waiting.id, None, True, None),
        (new.id, None, False, None),
    ]
    assert all(line.heard_at is not None and line.name for line in lines)
    assert len(queries) == 4


def test_programme_without_cohorts_has_none(database: Database) -> None:
    with database.writing() as session:
        open_case(session, state=CaseState.NOMINATED)
    with database.reading() as session:
        assert place_lines(session, ACE) == ()
        assert cases.list_cases(session) != ()


def test_letter_that_waits_counts_as_no_offer(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session, state=CaseState.NOMINATED)
        placement = places.place(session, case, 1, reason="", by=WINIFRED, now=MONDAY)
        key = f"place_invitation/case:{case.id}/{placement.id}"
        letter = enqueue(
            session, make_draft(key, kind=LetterKind.PLACE_INVITATION, case_id=case.id)
        )
    with database.reading() as session:
        (line,) = place_lines(session, WITH_COHORTS)

    assert (letter.state, line.offered_at) == (LetterState.QUEUED, None)
