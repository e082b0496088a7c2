"""Letters about places in cohorts: each once, to whom it concerns, and none that is out of date."""

from dataclasses import replace
from datetime import timedelta

import pytest

from responders.kinds import letters_due, next_attention, place_confirmed
from responders.kinds.base import BOUNCED
from responders.kinds.lead_answer import NOT_AGREED
from responders.kinds.outcome_chase import OVERTAKEN
from responders.kinds.place_confirmed import key_anew
from responders.kinds.places import STARTED
from storage.domain.case import CaseState
from storage.domain.letter import IN_DOUBT, Due, LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.situation import Situation
from tests.support.placing import (
    DAY,
    JOANS_ADDRESS,
    MONDAY_MORNING,
    PLACED_AT,
    STARTS_AT,
    a_nominee,
    a_placement,
    a_reply,
    a_week_of_east_surrey,
    all_known,
    confirmed,
    days_away,
    fates,
    invited,
    nearly_there,
    offered,
    silent,
    who_leads,
    written,
)
from tests.support.situations import AMINA_ADDRESS, PIOTR, a_message, a_nominee_case, after

WITHDRAWN, CONFIRMED = CaseState.WITHDRAWN, CaseState.CONFIRMED


def keys(s: Situation) -> list[str]:
    return [due.key for due in letters_due(s)]


def in_state(s: Situation, state: CaseState) -> Situation:
    assert s.case is not None
    return replace(s, case=replace(s.case, state=state))


def test_place_is_offered_once_and_another_place_anew() -> None:
    (due,) = letters_due(invited())

    assert (due.key, due.recipient.email) == ("place_invitation/case:7/17", JOANS_ADDRESS.email)
    assert keys(written(invited())) == []
    moved = replace(
        written(invited()), placements=(a_placement(1), a_placement(2, id=18, at=PLACED_AT + DAY))
    )
    assert keys(moved) == ["place_invitation/case:7/18"]


def test_nobody_is_invited_without_a_place_or_after_stepping_back() -> None:
    assert keys(a_nominee()) == []
    assert keys(in_state(invited(), WITHDRAWN)) == []


def test_free_place_is_offered_to_who_waited() -> None:
    assert keys(offered()) == ["place_offer/case:7/18"]


def test_waiting_list_is_told_once_whatever_the_rank() -> None:
    waiting = a_nominee(a_placement(None, rank=3))
    moved_up = replace(
        written(waiting), placements=(*waiting.placements, a_placement(None, id=18, rank=1))
    )

    assert keys(waiting) == ["waiting_list/case:7/17"]
    assert keys(moved_up) == []


def test_nominee_without_an_address_is_invited_through_the_nominator_then_directly() -> None:
    piotr = a_nominee(a_placement(1), case=a_nominee_case(PIOTR, 7))
    (through,) = letters_due(piotr)
    told = written(piotr)
    assert told.case is not None
    contact = replace(told.case.contact, email="piotr@porters.example")

    assert through.key == "place_invitation/case:7/17/nominator"
    assert through.recipient.email == AMINA_ADDRESS.email
    (direct,) = letters_due(replace(told, case=replace(told.case, contact=contact)))
    assert (direct.key, direct.recipient.email) == (
        "place_invitation/case:7/17",
        "piotr@porters.example",
    )


def test_address_that_came_back_leads_to_the_nominator_and_a_second_is_left_out() -> None:
    s = written(invited())
    (letter,) = s.letters
    bounce = a_message(MessageKind.BOUNCE, id=8, answer_to=None, case_ids=(7,))
    dead = replace(
        bounce,
        understanding=replace(
            bounce.understanding,
            bounced=(letter.recipient.email,),
            bounced_letters=(letter.message_id,),
        ),
    )
    (through,) = letters_due(replace(s, messages=(dead,)))
    assert (through.recipient.email, through.skip) == (AMINA_ADDRESS.email, None)

    again = written(replace(s, messages=(dead,)))
    last = again.letters[-1]
    both = replace(
        dead,
        understanding=replace(
            dead.understanding,
            bounced=(letter.recipient.email, last.recipient.email),
            bounced_letters=(letter.message_id, last.message_id),
        ),
    )
    nobody = replace(again, messages=(both,), now=PLACED_AT + 3 * DAY)
    assert [due.skip for due in letters_due(nobody)] == [BOUNCED]


def test_silence_is_chased_on_its_working_days_until_somebody_writes() -> None:
    s = written(invited())

    assert next_attention(s) == PLACED_AT + 3 * DAY
    assert keys(silent()) == ["place_chase/case:7/17/3"]
    chased = written(silent())
    assert next_attention(chased) == PLACED_AT + 7 * DAY  # a weekend between
    assert keys(replace(chased, now=PLACED_AT + 7 * DAY)) == ["place_chase/case:7/17/5"]
    asked = a_reply(MessageKind.QUESTION, changed=())
    assert [k for k in keys(replace(silent(), messages=(asked,))) if "chase" in k] == []


def test_after_standstill_only_the_last_nudge_is_sent() -> None:
    late = replace(written(invited()), now=PLACED_AT + 20 * DAY)

    assert [(due.key[-1], due.skip) for due in letters_due(late)] == [("3", OVERTAKEN), ("5", None)]


def test_nobody_is_chased_before_the_invitation_has_left() -> None:
    s = written(invited())
    waiting = replace(s.letters[0], state=LetterState.HELD, sent_at=None)
    held = replace(s, letters=(waiting,), now=PLACED_AT + 20 * DAY)

    assert keys(held) == []
    assert next_attention(held) == held.now + DAY


def test_yes_is_answered_by_one_letter() -> None:
    (due,) = letters_due(confirmed())

    assert (due.kind, due.cause, due.key) == (
        LetterKind.PLACE_CONFIRMED,
        9,
        "place_confirmed/case:7/17",
    )
    assert keys(written(confirmed())) == []


def test_yes_with_a_question_is_confirmed_and_a_person_answers() -> None:
    s = replace(confirmed(), messages=(a_reply(MessageKind.QUESTION),))

    assert [(due.kind, due.cause) for due in letters_due(s)] == [
        (LetterKind.PLACE_CONFIRMED, None),
        (LetterKind.ACKNOWLEDGEMENT, 9),
    ]


def test_yes_of_the_nominator_is_answered_and_the_nominee_told() -> None:
    s = replace(confirmed(), messages=(a_reply(by=AMINA_ADDRESS),))

    dues = letters_due(s)

    assert [(due.recipient.email, due.cause) for due in dues] == [
        (JOANS_ADDRESS.email, None),
        (AMINA_ADDRESS.email, 9),
    ]
    assert keys(written(s)) == []


def test_yes_of_what_may_be_a_machine_is_answered_by_a_person() -> None:
    message = a_reply()
    held = replace(message.understanding.verdict, hold="same_text")
    told = replace(message, understanding=replace(message.understanding, verdict=held))

    (due,) = letters_due(replace(confirmed(), messages=(told,)))

    assert (due.kind, due.hold) == (LetterKind.PLACE_CONFIRMED, "same_text")


def test_confirmation_that_waits_at_the_start_is_written_anew_once() -> None:
    s = after(confirmed(), *letters_due(confirmed()))
    waiting = tuple(replace(x, state=LetterState.QUEUED, created_at=s.now) for x in s.letters)
    started = replace(s, letters=waiting, now=STARTS_AT)

    (due,) = (due for due in letters_due(started) if due.kind is LetterKind.PLACE_CONFIRMED)

    assert (due.key, due.cause) == ("place_confirmed/case:7/17/started", 9)
    assert key_anew("place_confirmed/case:7/17/nominator").endswith("/17/started/nominator")
    again = after(started, *letters_due(started))
    assert "place_confirmed" not in " ".join(keys(again))


def test_confirmation_that_may_have_left_is_not_written_anew() -> None:
    s = after(confirmed(), *letters_due(confirmed()))
    for state, rule in ((LetterState.SENT, None), (LetterState.HELD, IN_DOUBT)):
        told = tuple(replace(x, state=state, rule=rule, created_at=s.now) for x in s.letters)
        started = replace(s, letters=told, now=STARTS_AT)
        assert "place_confirmed" not in " ".join(keys(started))


def test_case_of_a_confirmation_is_looked_at_when_its_cohort_begins() -> None:
    s = confirmed()

    assert place_confirmed.KIND.wakes_at(s) == STARTS_AT
    assert place_confirmed.KIND.wakes_at(replace(s, now=STARTS_AT)) is None


def test_letter_says_of_a_yes_that_came_in_time_only_that_the_cohort_has_begun() -> None:
    s = confirmed(now=STARTS_AT)
    late = replace(s, messages=(a_reply(at=STARTS_AT),))

    told = [place_confirmed.KIND.values(x, letters_due(x)[0]) for x in (s, late)]

    assert [(x["has_started"], x["is_late"]) for x in told] == [(True, False), (True, True)]


def test_no_is_answered_as_a_withdrawal() -> None:
    declined = in_state(written(invited()), WITHDRAWN)
    s = replace(declined, messages=(a_reply(MessageKind.WITHDRAWAL),), now=PLACED_AT + 2 * DAY)

    assert keys(s) == ["withdrawal_confirmation/message:9"]


def test_joining_instructions_come_on_their_day_or_at_once() -> None:
    early = written(confirmed())

    assert next_attention(early) == nearly_there().now
    assert keys(replace(early, now=nearly_there().now - timedelta(seconds=1))) == []
    assert keys(nearly_there()) == ["joining_instructions/case:7/17"]
    late = confirmed(now=STARTS_AT - timedelta(days=2))
    assert keys(late) == ["place_confirmed/case:7/17", "joining_instructions/case:7/17"]


def test_reminders_come_once_each_and_end_with_the_start() -> None:
    s = written(nearly_there())

    assert next_attention(s) == days_away().now
    assert keys(days_away()) == ["cohort_reminder/case:7/17/7"]
    reminded = written(days_away(), now=STARTS_AT - 2 * DAY)
    assert keys(reminded) == ["cohort_reminder/case:7/17/3"]
    assert keys(in_state(reminded, WITHDRAWN)) == []


def test_reminder_right_after_the_joining_instructions_is_left_out() -> None:
    late = written(confirmed(now=STARTS_AT - timedelta(days=2)))

    dues = letters_due(late)

    assert {(due.kind, due.skip) for due in dues} == {
        (LetterKind.COHORT_REMINDER, "told_within_a_day")
    }


def test_what_the_start_overtook_is_left_out_with_the_rule() -> None:
    after_start = STARTS_AT + timedelta(minutes=1)
    dues: list[Due] = [
        *letters_due(replace(invited(), now=after_start)),
        *letters_due(replace(silent(), now=after_start)),
        *letters_due(replace(nearly_there(), now=after_start)),
        *letters_due(replace(written(nearly_there()), now=after_start)),
    ]

    assert {due.skip for due in dues} == {STARTED}
    assert len(dues) == 6


def test_nominator_is_told_once_when_the_fate_of_all_is_known() -> None:
    nominated, placements = CaseState.NOMINATED, (a_placement(1), a_placement(1, id=18, case_id=8))

    assert keys(all_known()) == ["nomination_outcome/message:7"]
    assert keys(written(all_known())) == []
    assert keys(fates(CONFIRMED, nominated, placements=placements)) == []
    assert keys(fates(CONFIRMED, nominated, placements=placements[:1])) == []
    assert keys(fates(CONFIRMED, WITHDRAWN, placements=placements)) == [
        "nomination_outcome/message:7"
    ]


def test_who_nominated_nobody_but_themselves_is_told_by_their_own_letters() -> None:
    s = all_known()
    message = replace(
        s.messages[0],
        understanding=replace(s.messages[0].understanding, answer_to=JOANS_ADDRESS),
        case_ids=(7,),
    )

    assert keys(replace(s, messages=(message,), nominees=s.nominees[:1])) == []


def test_leads_are_told_once_a_week_of_their_own_area() -> None:
    week = a_week_of_east_surrey()
    told = written(week)

    assert keys(week) == [
        "nomination_picture/east-surrey/gordon.abara@heartlands.nhs.example/2019-04-15"
    ]
    assert (keys(told), next_attention(told)) == ([], MONDAY_MORNING + 7 * DAY - 5 * DAY / 1440)
    standstill = replace(told, now=MONDAY_MORNING + 14 * DAY)
    assert [due.skip for due in letters_due(standstill)] == [OVERTAKEN, None]


def test_leads_hear_no_more_when_the_last_cohort_has_started() -> None:
    last = max(cohort.starts_at for cohort in a_week_of_east_surrey().programme.cohorts)
    s = replace(a_week_of_east_surrey(), now=last + DAY)

    assert (keys(s), next_attention(s)) == ([], None)


@pytest.mark.parametrize(("agreed", "expected"), [(False, {NOT_AGREED}), (True, {None})])
def test_answer_who_leads_is_held_until_an_organiser_agreed(
    agreed: bool, expected: set[str | None]
) -> None:
    s = who_leads(tells_leads=agreed)

    answers = [due for due in letters_due(s) if due.kind is LetterKind.LEAD_ANSWER]
    others = [due.kind for due in letters_due(s) if due.kind is not LetterKind.LEAD_ANSWER]

    assert {due.hold for due in answers} == expected
    assert others == ([] if agreed else [LetterKind.ACKNOWLEDGEMENT])
    assert keys(written(s)) == []
