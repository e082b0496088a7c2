"""Letters to the panel: when a sheet is due, who is reminded, and which reminder is left out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from responders.kinds import letters_due, scoring_reminder, scoring_sheet
from responders.kinds.base import answered_message
from responders.kinds.panel import enclosed
from responders.kinds.scoring_receipt import values as receipt_values
from storage.domain.assessment import ScoreRequest
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind
from storage.domain.situation import Situation
from tests.support.panelling import (
    BEATRICE,
    CONFLICT,
    IDRIS,
    KEPT_FORM,
    SEPTEMBER,
    SUNITA,
    a_missing_member,
    a_panel_round,
    a_second_sheet,
    asked,
    of_one,
    said,
    scored,
    scores_told,
    scoring_stands,
)
from tests.support.situations import a_letter, after

EMAILS = [member.address.email for member in (BEATRICE, IDRIS, SUNITA)]


def reminders(s: Situation) -> list[tuple[str, str | None]]:
    return [(due.key.rpartition("/")[2], due.skip) for due in scoring_reminder.due(s)]


def left(s: Situation, days: float) -> Situation:
    """The same when so many days are left, at nine by the clock of London."""
    at = datetime(2021, 9, 10, 8, tzinfo=UTC) - timedelta(days=days)
    return replace(s, now=at)


def test_every_member_gets_a_sheet_once() -> None:
    s = a_panel_round(scoring_stands())

    dues = scoring_sheet.due(s)

    assert [due.recipient.email for due in dues] == EMAILS
    assert scoring_sheet.due(after(s, *dues)) == ()
    assert letters_due(after(s, *dues)) == ()


def test_new_assignment_brings_a_new_sheet_and_a_withdrawal_none() -> None:
    known = a_second_sheet()
    assert [due.key for due in scoring_sheet.due(known)] == [f"scoring_sheet/{EMAILS[0]}/2021/4"]

    told = after(known, *scoring_sheet.due(known))
    assert told.panel is not None
    standing = told.panel.standing
    gone = {**standing.cases, 4: replace(standing.cases[4], state=CaseState.WITHDRAWN)}
    less = replace(told, panel=replace(told.panel, standing=replace(standing, cases=gone)))
    assert scoring_sheet.due(less) == ()


def test_member_who_has_nothing_to_read_gets_nothing() -> None:
    standing = scoring_stands(assignments=[asked(1, IDRIS)])

    assert [d.recipient.email for d in scoring_sheet.due(a_panel_round(standing))] == [EMAILS[1]]


def test_situation_without_a_panel_owes_the_panel_nothing() -> None:
    s = replace(a_panel_round(scoring_stands()), panel=None)

    assert (scoring_sheet.due(s), scoring_reminder.due(s)) == ((), ())


def test_reminder_comes_on_its_day_and_once() -> None:
    s = a_missing_member()
    wakes = datetime(2021, 9, 3, 8, tzinfo=UTC)  # the fifth day before is a Sunday

    assert reminders(left(s, 8)) == []
    assert scoring_reminder.wakes_at(left(s, 8)) == wakes
    assert reminders(replace(s, now=wakes)) == [("5", None)]
    told = after(s, *scoring_reminder.due(s))
    assert reminders(told) == []
    assert reminders(left(told, 1)) == [("1", None)]
    assert scoring_reminder.wakes_at(left(told, 0.5)) is None


def test_who_told_everything_is_not_reminded_and_nothing_is_written_down() -> None:
    s = a_missing_member()
    told = [said(number, BEATRICE, scored(3)) for number in (1, 2)]
    standing = scoring_stands(*told, said(3, BEATRICE, CONFLICT), programme=of_one(BEATRICE))
    assert s.panel is not None
    done = replace(s, panel=replace(s.panel, standing=standing))

    assert reminders(done) == []
    assert scoring_reminder.wakes_at(done) is None


@pytest.mark.parametrize(
    ("days_left", "sent_before", "bounced", "expected"),
    [
        (-1, 14, False, [("5", "closed"), ("1", "closed")]),
        (1, 14, False, [("5", "overtaken"), ("1", None)]),
        (4, 14, True, [("5", "bounced")]),
        (1, 1.5, False, [("1", "too_soon_after_sheet")]),
        (1, 0.5, False, []),
    ],
)
def test_reminder_is_left_out_by_a_rule(
    days_left: float, sent_before: float, bounced: bool, expected: list[tuple[str, str | None]]
) -> None:
    s = left(a_missing_member(), days_left)
    (letter,) = s.letters
    reminded_at = datetime(2021, 9, 9, 8, tzinfo=UTC)
    sent = replace(letter, sent_at=reminded_at - timedelta(days=sent_before))
    if sent_before == 0.5:  # the sheet left after the reminder's time
        sent = replace(letter, sent_at=reminded_at + timedelta(hours=1))
    assert s.panel is not None
    dead = frozenset([EMAILS[0]]) if bounced else frozenset()
    s = replace(s, letters=(sent,), panel=replace(s.panel, bounced=dead))

    assert reminders(s) == expected


def test_nobody_is_reminded_of_what_they_were_asked_after_the_reminder() -> None:
    reminded_at = datetime(2021, 9, 9, 8, tzinfo=UTC)
    s = a_missing_member(days_left=1)
    assert s.panel is not None
    standing = s.panel.standing
    later = {
        key: replace(one, at=reminded_at + timedelta(hours=5))
        for key, one in standing.assignments.items()
    }
    asked = replace(s.panel, standing=replace(standing, assignments=later))

    assert [days for days, _ in reminders(s)] == ["5", "1"]
    assert reminders(replace(s, panel=asked, now=reminded_at + timedelta(hours=6))) == []


def asked_by_hand(s: Situation, *, days_left: float, bounced: bool = False) -> Situation:
    """The same when so many days are left, Beatrice just asked by hand for what is missing."""
    s = left(s, days_left)
    assert s.panel is not None
    request = ScoreRequest(7, EMAILS[0], "rosalind.okoro@leadership.nhs.example", s.now)
    dead = frozenset([EMAILS[0]]) if bounced else frozenset()
    return replace(s, panel=replace(s.panel, requests=(request,), bounced=dead))


@pytest.mark.parametrize("days_left", [8, -3])
def test_organiser_may_ask_before_and_after_the_time(days_left: float) -> None:
    s = asked_by_hand(a_missing_member(), days_left=days_left)

    (due,) = (due for due in scoring_reminder.due(s) if "/asked/" in due.key)

    assert (due.key, due.skip) == (f"scoring_reminder/{EMAILS[0]}/2021/asked/7", None)
    assert scoring_reminder.values(s, due)["is_overdue"] is (days_left < 0)
    told = after(s, due)
    assert [due for due in scoring_reminder.due(told) if "/asked/" in due.key] == []


def test_request_is_owed_to_nobody_who_told_it_all_or_was_asked_since() -> None:
    s = asked_by_hand(a_missing_member(), days_left=8)
    assert s.panel is not None
    standing = s.panel.standing
    told = {(EMAILS[0], n): said(n, BEATRICE, scored(3)) for n in (1, 2, 3)}
    later = {
        key: replace(one, at=s.now + timedelta(hours=1))
        for key, one in standing.assignments.items()
    }

    for changed in ({"assessments": told}, {"assignments": later}):
        panel = replace(s.panel, standing=replace(standing, **changed))  # type: ignore[arg-type]
        assert scoring_reminder.due(replace(s, panel=panel)) == ()


def test_request_to_an_address_that_came_back_is_left_out() -> None:
    s = asked_by_hand(a_missing_member(), days_left=8, bounced=True)

    assert reminders(s) == [("7", "bounced")]


def test_reminder_makes_room_for_one_that_was_asked_for_within_a_day() -> None:
    wakes = datetime(2021, 9, 3, 8, tzinfo=UTC)
    s = asked_by_hand(a_missing_member(), days_left=7.5)
    (letter,) = (a_letter(due) for due in scoring_reminder.due(s))
    told = replace(s, letters=(*s.letters, replace(letter, created_at=s.now)))

    assert reminders(replace(told, now=wakes)) == [("5", "told_within_a_day")]


def test_nobody_is_reminded_whose_sheet_has_not_left() -> None:
    s = a_panel_round(scoring_stands(), now=datetime(2021, 9, 9, 8, tzinfo=UTC))

    assert reminders(s) == []


def test_receipt_says_nothing_of_others() -> None:
    s = scores_told()
    (due,) = (due for due in letters_due(s) if due.kind is LetterKind.SCORING_RECEIPT)

    told = str(receipt_values(s, due))

    assert due.hold is None
    assert answered_message(s, due).understanding.verdict.hold == "panel_member"
    assert "confidence" not in told
    assert "Idris" not in told


def test_scores_are_answered_by_their_receipt_alone() -> None:
    assert [due.kind for due in letters_due(scores_told())] == [LetterKind.SCORING_RECEIPT]


def test_files_go_on_as_far_as_they_fit_and_nothing_that_runs() -> None:
    s = a_panel_round(scoring_stands(programme=of_one(BEATRICE)))
    assert s.panel is not None
    half = replace(KEPT_FORM, size=s.programme.most_enclosed // 2)
    pdf = replace(KEPT_FORM, name="Ours; \r\n.PDF", size=10)
    virus = replace(KEPT_FORM, name="form.docx.exe")
    files = {101: (half, pdf), 102: (half,), 103: (virus,)}

    found = enclosed(replace(s, panel=replace(s.panel, files=files)), EMAILS[0])

    names = [(file.name, file.media_type.rpartition("/")[2]) for file in found.files]
    assert names[1] == ("ACE-0001 (2).pdf", "pdf")
    assert [name for name, _ in names] == ["ACE-0001 (1).docx", "ACE-0001 (2).pdf"]
    assert found.without == ("ACE-0002", "ACE-0003")


def test_fewer_files_go_on_where_the_transport_takes_less() -> None:
    s = a_panel_round(scoring_stands(programme=of_one(BEATRICE)))
    small = replace(s.programme, most_enclosed=KEPT_FORM.size)

    found = enclosed(replace(s, programme=small), EMAILS[0])

    assert [file.name for file in found.files] == ["ACE-0001.docx"]
    assert found.without == ("ACE-0002", "ACE-0003")


def test_member_of_yesterday_is_asked_no_more() -> None:
    s = a_panel_round(scoring_stands(programme=of_one(IDRIS)), now=SEPTEMBER)
    letter = a_letter(Due(LetterKind.SCORING_SHEET, "scoring_sheet/x/2021/1", BEATRICE.address))

    assert [due.recipient for due in scoring_sheet.due(replace(s, letters=(letter,)))] == [
        IDRIS.address
    ]
