"""Assignments and assessments are kept, the newest stands, and the programme is looked at."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage import cases, events, panels, programmes, situations
from storage.database import Database
from storage.domain.case import Case, CaseState
from storage.domain.decision import Effect
from storage.domain.letter import LetterKind
from storage.domain.message import Head, MessageKind
from storage.domain.people import Address
from storage.domain.scoring import JudgedScoring
from tests.support.ledger import (
    MONDAY,
    count_queries,
    enqueue,
    make_draft,
    open_case,
    record,
    with_id,
)
from tests.support.panelling import BEATRICE, CONFLICT, IDRIS, KEPT_FORM, PANEL, scored
from tests.support.understandings import make_understanding

ROSALIND = "rosalind.okoro@leadership.nhs.example"
B, IDR = BEATRICE.address.email, IDRIS.address.email
LATER = MONDAY + timedelta(days=1)
FORM = make_understanding(MessageKind.APPLICATION, attachments=(KEPT_FORM,))


@pytest.fixture
def case(database: Database) -> Case:
    with database.writing() as session:
        told = with_id(FORM, "<form@x.example>")
        return open_case(session, state=CaseState.APPLIED, understanding=told)


def ask(database: Database, case: Case, *members: str, form: int | None = None) -> None:
    with database.writing() as session:
        asked = [(case, member, form or case.opened_by) for member in members]
        panels.assign(session, PANEL, asked, by=ROSALIND, now=MONDAY)


def tell(database: Database, case: Case, member: str, *scorings: object) -> None:
    with database.writing() as session:
        for scoring in scorings:
            judged = JudgedScoring(Effect.NEW, case.reference, case, scoring)  # type: ignore[arg-type]
            panels.record(session, [judged], member=member, message_id=case.opened_by, now=LATER)


def test_newest_stands_and_the_history_names_who_did_it(database: Database, case: Case) -> None:
    ask(database, case, B, IDR)
    tell(database, case, B, scored(3), CONFLICT)

    with database.reading() as session:
        standing = panels.standing_of(session, PANEL)
        told = [(event.what, event.actor) for event in events.of_case(session, case.id)]

    assert set(standing.assignments) == {(B, case.id), (IDR, case.id)}
    assert standing.assessments[B, case.id].scoring == CONFLICT
    assert [c.reference for c in standing.missing_from(IDR)] == [case.reference]
    assert standing.missing_from(B) == ()
    assert told[-3:] == [("panel_assigned", ROSALIND), ("assessed", B), ("assessed", B)]


def test_refused_and_unchanged_rows_are_not_recorded(database: Database, case: Case) -> None:
    with database.writing() as session:
        judged = [
            JudgedScoring(effect, case.reference, case, scored(3))
            for effect in (Effect.REFUSED, Effect.UNCHANGED)
        ]
        panels.record(session, judged, member=B, message_id=case.opened_by, now=LATER)
    with database.reading() as session:
        assert panels.standing_of(session, PANEL).assessments == {}


def test_programme_is_looked_at_at_once_and_sees_the_forms(database: Database, case: Case) -> None:
    with database.writing() as session:
        programmes.watch(session, PANEL, MONDAY)
        programmes.set_attention(session, "ace", None)
    with database.reading() as session:
        assert situations.situation_of_programme(session, PANEL, MONDAY).panel is None
    ask(database, case, B)

    with database.reading() as session:
        assert programmes.wanting_attention(session, MONDAY) == ("ace",)
        panel = situations.situation_of_programme(session, PANEL, MONDAY).panel
    assert panel is not None
    assert panel.files == {case.opened_by: (KEPT_FORM,)}


def test_newest_form_that_can_be_read_is_the_one_to_read(database: Database, case: Case) -> None:
    damaged = replace(FORM, attachments=(replace(KEPT_FORM, problem="it is damaged"),))
    with database.writing() as session:
        better = record(
            session, 5, understanding=with_id(FORM, "<b@x.example>"), case_ids=(case.id,)
        )
        record(session, 6, understanding=with_id(damaged, "<d@x.example>"), case_ids=(case.id,))
        record(session, 7, understanding=with_id(make_understanding(), "<e@x.example>"))
    with database.reading() as session:
        assert panels.newest_forms(session, PANEL, [case]) == {case.id: better.id}
        assert panels.newest_forms(session, PANEL, []) == {}


def test_member_is_dead_from_a_bounce_of_our_letter_until_they_write(
    database: Database, case: Case
) -> None:
    ask(database, case, B)
    with database.writing() as session:
        draft = make_draft("scoring_sheet/b/2021/1", kind=LetterKind.SCORING_SHEET, recipient=B)
        letter = enqueue(session, draft)
        bounce = make_understanding(
            MessageKind.BOUNCE, bounced=(B,), bounced_letters=(letter.message_id,)
        )
        record(session, 8, understanding=with_id(bounce, "<bounce@x.example>"))
        strange = replace(bounce, bounced=(IDR,), bounced_letters=("<other@x.example>",))
        record(session, 9, understanding=with_id(strange, "<strange@x.example>"))
    with database.reading() as session:
        facts = panels.facts_of(session, PANEL)
    assert facts is not None
    assert facts.bounced == {B}
    with database.writing() as session:
        head = Head(Address(B), "I am back", "<back@x.example>")
        back = replace(make_understanding(MessageKind.QUESTION), head=head)
        record(session, 10, understanding=back)
    with database.reading() as session:
        facts = panels.facts_of(session, PANEL)
    assert facts is not None
    assert facts.bounced == frozenset()


def test_queries_do_not_grow_with_the_cases(database: Database) -> None:
    with database.writing() as session:
        for number in range(1, 9):
            told = with_id(FORM, f"<form-{number}@x.example>")
            one = open_case(session, number, state=CaseState.APPLIED, understanding=told)
            panels.assign(session, PANEL, [(one, B, one.opened_by)], by=ROSALIND, now=MONDAY)
    with database.reading() as session, count_queries(session) as queries:
        standing = panels.standing_of(session, PANEL)

    assert len(standing.assigned_to(B)) == 8
    assert len(queries) == 4
    with database.reading() as session:
        assert cases.get(session, 1).version == 1
