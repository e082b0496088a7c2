"""Letters that waited too long: a reminder never leaves at or after its closing, nor to somebody
whose form came meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from responders.delivery import Delivered
from responders.kinds.outcomes import LETTER_OF
from responders.kinds.place_confirmed import key_anew
from responders.reasons import SKIP_WORDS
from responders.staleness import (
    ANSWERED,
    FORM_CAME,
    OF_A_PLACE,
    REPLACED,
    SCORES_CAME,
    STARTED,
    WITHDRAWN,
)
from storage import cases, decisions, extensions, outbox, panels, places
from storage.domain.case import Case, CaseState
from storage.domain.decision import Effect, Outcome, Ruling
from storage.domain.letter import LetterKind
from storage.domain.programme import Cohort
from storage.domain.reminders import SkipRule
from storage.domain.scoring import JudgedScoring
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case, record
from tests.support.panelling import BEATRICE, PANEL, SCORES_BY, scored
from tests.support.post_office import PROGRAMMES, Played, PostOffice, open_post_office

ACE = PROGRAMMES["ace"]
CLOSES = ACE.round.closes_at
SECOND = timedelta(seconds=1)
TOLD, LATER = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    """Whose letters all arrive."""
    with open_post_office(f"sqlite:///{tmp_path}/ledger.db", tmp_path) as office:
        office.transports["ace"] = Played(lambda _: "250 OK")
        yield office


@pytest.fixture
def case(office: PostOffice) -> Case:
    with office.database.writing() as session:
        return open_case(session)


def write(office: PostOffice, case: Case, kind: LetterKind = LetterKind.DEADLINE_REMINDER) -> int:
    """A letter of this kind about the closing of ACE; its number."""
    days = "/7" if kind is LetterKind.DEADLINE_REMINDER else ""
    key = f"{kind}/case:{case.id}/{CLOSES.astimezone(UTC).isoformat()}{days}"
    with office.database.writing() as session:
        return enqueue(session, make_draft(key, kind=kind, case_id=case.id)).id


def move_to(office: PostOffice, case: Case, state: CaseState) -> None:
    with office.database.writing() as session:
        cases.save(session, replace(case, state=state), MONDAY)


@pytest.mark.parametrize(
    "kind", [LetterKind.DEADLINE_REMINDER, LetterKind.EXTENSION_NOTICE], ids=str
)
def test_letter_of_a_closing_leaves_before_it_only(office, case, kind):
    write(office, case, kind)
    assert office.deliver(CLOSES - SECOND) == Delivered(sent=1)


@pytest.mark.parametrize(
    "kind", [LetterKind.DEADLINE_REMINDER, LetterKind.EXTENSION_NOTICE], ids=str
)
def test_letter_of_a_closing_that_has_passed_is_dropped(office, case, kind):
    write(office, case, kind)

    assert office.deliver(CLOSES) == Delivered()
    assert (office.states(), office.rules()) == (["discarded"], ["closed"])
    assert office.history("letter_discarded") == 1


def approve(office: PostOffice, case: Case, *outcomes: Outcome) -> None:
    """The outcomes released for the case, and the letter of the first."""
    with office.database.writing() as session:
        for outcome in outcomes:
            ruling = Ruling(outcome)
            made = decisions.decide(session, case, ruling, reason="x", by="x", now=MONDAY)
            decisions.release(session, [(case, made)], by="x", now=MONDAY, not_before=MONDAY)
        kind = LETTER_OF[outcomes[0]]
        enqueue(session, make_draft(f"{kind}/case:{case.id}", kind=kind, case_id=case.id))


def test_outcome_is_dropped_for_who_stepped_back(office, case):
    approve(office, case, Outcome.FUNDED)
    move_to(office, case, CaseState.WITHDRAWN)

    assert office.deliver() == Delivered()
    assert (office.states(), office.rules()) == (["discarded"], [WITHDRAWN])


def test_outcome_is_dropped_once_another_is_released(office, case):
    approve(office, case, Outcome.RESERVE, Outcome.FUNDED)

    assert office.deliver() == Delivered()
    assert (office.states(), office.rules()) == (["discarded"], [SkipRule.OVERTAKEN])


def test_outcome_that_stands_leaves(office, case):
    approve(office, case, Outcome.RESERVE)

    assert office.deliver() == Delivered(sent=1)


def ask(office: PostOffice, case: Case, about: Outcome = Outcome.FUNDED) -> None:
    """The outcome left, and a nudge about it waits."""
    approve(office, case, Outcome.FUNDED)
    assert office.deliver(TOLD) == Delivered(sent=1)
    kind = LetterKind.OUTCOME_CHASE
    key = f"{kind}/case:{case.id}/{LETTER_OF[about]}/5"
    with office.database.writing() as session:
        enqueue(session, make_draft(key, kind=kind, case_id=case.id))


def test_nudge_leaves_while_nobody_has_answered(office, case):
    ask(office, case)

    assert office.deliver(LATER) == Delivered(sent=1)


def test_nudge_is_dropped_for_who_stepped_back(office, case):
    ask(office, case)
    move_to(office, case, CaseState.WITHDRAWN)

    assert office.deliver(LATER) == Delivered()
    assert office.rules() == [None, WITHDRAWN]


def test_nudge_is_dropped_for_who_answered(office, case):
    ask(office, case)
    with office.database.writing() as session:
        record(session, 90, case_ids=(case.id,))

    assert office.deliver(LATER) == Delivered()
    assert office.rules() == [None, ANSWERED]


def test_nudge_about_an_outcome_that_stands_no_more_is_dropped(office, case):
    ask(office, case, about=Outcome.RESERVE)

    assert office.deliver(LATER) == Delivered()
    assert office.rules() == [None, SkipRule.OVERTAKEN]


def test_new_pack_is_not_sent_to_who_stepped_back(office, case):
    with office.database.writing() as session:
        kind = LetterKind.PACK_REISSUE
        enqueue(session, make_draft(f"{kind}/case:{case.id}/2", kind=kind, case_id=case.id))
    move_to(office, case, CaseState.WITHDRAWN)

    assert office.deliver() == Delivered()
    assert office.rules() == [WITHDRAWN]


@pytest.mark.parametrize(
    ("state", "rule"), [(CaseState.APPLIED, "form_came"), (CaseState.WITHDRAWN, "withdrawn")]
)
def test_reminder_is_dropped_when_its_reason_has_gone(office, case, state, rule):
    write(office, case)
    move_to(office, case, state)

    assert office.deliver() == Delivered()
    assert (office.states(), office.rules()) == (["discarded"], [rule])


def test_notice_goes_to_who_has_applied_as_well(office, case):
    write(office, case, LetterKind.EXTENSION_NOTICE)
    move_to(office, case, CaseState.APPLIED)

    assert office.deliver() == Delivered(sent=1)


def test_letter_of_a_closing_that_has_moved_is_dropped(office, case):
    write(office, case)
    with office.database.writing() as session:
        extensions.extend(
            session, ACE, CLOSES + timedelta(days=7), reason="Summer", by="rosalind", now=MONDAY
        )

    assert office.deliver() == Delivered()
    assert office.rules() == ["overtaken"]


def test_person_who_releases_it_late_does_not_send_it(office, case):
    letter_id = write(office, case)
    with office.database.writing() as session:
        outbox.hold(session, letter_id, "organiser", MONDAY)
    office.release(letter_id)

    assert office.deliver(CLOSES + SECOND) == Delivered()
    assert office.states() == ["discarded"]


def test_letters_behind_a_dropped_one_leave(office, case):
    write(office, case)
    office.enqueue(2)

    assert office.deliver(CLOSES) == Delivered(sent=1)
    assert office.states() == ["discarded", "sent"]


def test_every_rule_has_words():
    assert {*SkipRule, FORM_CAME, WITHDRAWN, ANSWERED} <= SKIP_WORDS.keys()


PLACED = {kind: state for kind, state in OF_A_PLACE.items() if kind is not LetterKind.WAITING_LIST}


@pytest.fixture
def cohort_office(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """The same for a programme whose one cohort starts when ACE closes."""
    cohorts = (Cohort(1, CLOSES, 10), Cohort(2, CLOSES + timedelta(days=90), 10))
    monkeypatch.setitem(PROGRAMMES, "ace", replace(ACE, cohorts=cohorts))
    return office


def placed(office: PostOffice, case: Case, kind: LetterKind, state: CaseState) -> int:
    """A place in the first cohort, a letter about it that waits, and the state of the nominee."""
    with office.database.writing() as session:
        place = places.place(session, case, 1, reason="", by="w", now=MONDAY)
        key = f"{kind}/case:{case.id}/{place.id}"
        enqueue(session, make_draft(key, kind=kind, case_id=case.id))
    move_to(office, case, state)
    return place.id


@pytest.mark.parametrize(("kind", "state"), PLACED.items(), ids=str)
def test_letter_of_a_place_leaves_before_the_start_to_who_has_it(cohort_office, case, kind, state):
    placed(cohort_office, case, kind, state)

    assert cohort_office.deliver(CLOSES - SECOND) == Delivered(sent=1)


@pytest.mark.parametrize(("kind", "state"), PLACED.items(), ids=str)
def test_letter_of_a_place_that_is_out_of_date_is_dropped(cohort_office, case, kind, state):
    other = CaseState.CONFIRMED if state is CaseState.NOMINATED else CaseState.NOMINATED
    placed(cohort_office, case, kind, other)

    assert cohort_office.deliver(CLOSES - SECOND) == Delivered()
    assert cohort_office.rules() == [REPLACED]


def test_letter_of_a_place_is_dropped_after_the_start_a_move_and_a_withdrawal(cohort_office, case):
    kind, nominated = LetterKind.PLACE_INVITATION, CaseState.NOMINATED
    placed(cohort_office, case, kind, nominated)
    cohort_office.deliver(CLOSES)
    with cohort_office.database.reading() as session:
        case = cases.get(session, case.id)
    placed(cohort_office, case, kind, nominated)
    with cohort_office.database.writing() as session:
        case = cases.get(session, case.id)
        places.place(session, case, 2, reason="", by="w", now=MONDAY)
    cohort_office.deliver(MONDAY + SECOND)
    with cohort_office.database.reading() as session:
        case = cases.get(session, case.id)
    placed(cohort_office, case, kind, CaseState.WITHDRAWN)
    cohort_office.deliver(MONDAY + 2 * SECOND)

    assert cohort_office.rules() == [STARTED, REPLACED, WITHDRAWN]


def test_confirmation_answers_even_who_took_the_place_after_the_start(cohort_office, case):
    placed(cohort_office, case, LetterKind.PLACE_CONFIRMED, CaseState.CONFIRMED)

    assert cohort_office.deliver(CLOSES + SECOND) == Delivered(sent=1)


def test_confirmation_that_was_written_anew_is_dropped(cohort_office, case):
    kind = LetterKind.PLACE_CONFIRMED
    number = placed(cohort_office, case, kind, CaseState.CONFIRMED)
    anew = key_anew(f"{kind}/case:{case.id}/{number}")
    with cohort_office.database.writing() as session:
        enqueue(session, make_draft(anew, kind=kind, case_id=case.id))

    assert cohort_office.deliver(CLOSES + SECOND) == Delivered(sent=1)
    assert cohort_office.rules() == [REPLACED, None]


def remind_the_panel(
    office: PostOffice,
    case: Case,
    monkeypatch: pytest.MonkeyPatch,
    which: str = f"{SCORES_BY.isoformat()}/1",
) -> None:
    """A reminder to a member who is asked to read this case."""
    monkeypatch.setitem(PROGRAMMES, "ace", replace(PANEL, inbox=ACE.inbox))
    email = BEATRICE.address.email
    key = f"scoring_reminder/{email}/2021/{which}"
    with office.database.writing() as session:
        panels.assign(session, PANEL, [(case, email, case.opened_by)], by="x", now=MONDAY)
        cases.save(session, replace(case, state=CaseState.APPLIED), MONDAY)
        enqueue(session, make_draft(key, kind=LetterKind.SCORING_REMINDER, recipient=email))


def test_reminder_of_scores_leaves_before_they_are_due_only(office, case, monkeypatch):
    remind_the_panel(office, case, monkeypatch)

    assert office.deliver(SCORES_BY) == Delivered()


def test_reminder_that_was_asked_for_leaves_when_they_are_overdue(office, case, monkeypatch):
    remind_the_panel(office, case, monkeypatch, which="asked/1")

    assert office.deliver(SCORES_BY + SECOND) == Delivered(sent=1)


def test_reminder_of_scores_never_leaves_once_they_came(office, case, monkeypatch):
    remind_the_panel(office, case, monkeypatch)
    with office.database.writing() as session:
        judged = JudgedScoring(Effect.NEW, case.reference, case, scored(4))
        email, message_id = BEATRICE.address.email, case.opened_by
        panels.record(session, [judged], member=email, message_id=message_id, now=MONDAY)

    assert office.deliver(SCORES_BY - SECOND) == Delivered()
    with office.database.reading() as session:
        assert outbox.list_letters(session)[0].rule == SCORES_CAME


def test_reminder_of_scores_leaves_while_they_are_missing(office, case, monkeypatch):
    remind_the_panel(office, case, monkeypatch)

    assert office.deliver(SCORES_BY - SECOND) == Delivered(sent=1)
