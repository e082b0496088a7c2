"""Letters after an award: each once, to whom it concerns, and none that is out of date."""

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest

from responders.kinds import letters_due, next_attention
from responders.kinds.base import BOUNCED
from responders.kinds.invitation import files
from responders.kinds.mou import REVIEW
from responders.kinds.outcome_chase import OVERTAKEN
from storage.domain.award import AwardFacts, ProgrammeEvent
from storage.domain.case import CaseState
from storage.domain.letter import LetterKind
from storage.domain.message import MessageKind
from storage.domain.placement import Reply
from storage.domain.situation import Situation
from tests.support.awarding import (
    ACE,
    AWARD,
    DAY,
    DETAILS,
    FINANCE,
    MASTERCLASS,
    TAKEN_AT,
    a_fellow,
    amended,
    asked,
    countersigned,
    details,
    introduced,
    invited,
    moved,
    out_to_sign,
    returned,
    sent,
    told_all,
    told_in_part,
    took_up,
)
from tests.support.situations import AMINA_ADDRESS, a_message


def keys(s: Situation) -> list[str]:
    return [due.key for due in letters_due(s)]


def test_nothing_follows_without_a_yes_or_without_an_award_table() -> None:
    unsure = replace(took_up().answers[0], reply=Reply.UNCLEAR)

    assert keys(replace(took_up(), programme=replace(ACE, award=None), award=None)) == []
    assert LetterKind.AWARD_DETAILS not in {
        due.kind for s in (replace(took_up(), answers=(unsure,)),) for due in letters_due(s)
    }


def test_details_are_asked_for_once_and_not_where_all_is_known() -> None:
    known = replace(took_up(), award=AwardFacts((details(message_id=None),)))

    assert keys(took_up()) == ["award_details/case:42"]
    assert keys(asked()) == []
    assert keys(known) == ["mou/case:42/1"]


def test_organiser_may_say_yes_for_them() -> None:
    s = took_up()
    said = AwardFacts((details({}, message_id=None),))

    assert keys(replace(s, messages=(), answers=(), award=said)) == ["award_details/case:42"]


def test_who_withdrew_is_told_nothing() -> None:
    for s in (took_up(), told_all(), countersigned(), invited()):
        assert s.case is not None
        gone = replace(s, case=replace(s.case, state=CaseState.WITHDRAWN))
        assert keys(gone) == []


def test_dead_address_is_left_out() -> None:
    s = asked()
    (letter,) = (x for x in s.letters if x.kind is LetterKind.AWARD_DETAILS)
    bounce = a_message(MessageKind.BOUNCE, id=20, answer_to=None, received_at=s.now)
    understanding = replace(
        bounce.understanding,
        bounced=(letter.recipient.email,),
        bounced_letters=(letter.message_id,),
    )
    told = replace(
        s,
        messages=(*s.messages, replace(bounce, understanding=understanding)),
        award=AwardFacts((details(),)),
        now=s.now + DAY,
    )

    assert [(due.kind, due.skip) for due in letters_due(told)] == [(LetterKind.MOU, BOUNCED)]


def test_nudges_count_working_days_since_anybody_wrote() -> None:
    assert keys(asked(now=TAKEN_AT + 6 * DAY)) == []
    assert keys(asked(now=TAKEN_AT + 8 * DAY)) != []
    s = asked(now=TAKEN_AT + 9 * DAY)
    wrote = a_message(MessageKind.QUESTION, id=21, received_at=TAKEN_AT + 6 * DAY)
    s = replace(s, messages=(*s.messages, wrote))

    assert [due.kind for due in letters_due(s)] == [LetterKind.ACKNOWLEDGEMENT]


def test_of_several_nudges_only_the_last_is_sent_after_a_standstill() -> None:
    late = letters_due(out_to_sign(now=TAKEN_AT + 40 * DAY))

    assert [due.skip for due in late] == [OVERTAKEN, None]
    assert [due.key for due in late] == ["mou_chase/case:42/1/5", "mou_chase/case:42/1/8"]


@pytest.mark.parametrize("s", [asked(), told_in_part(), out_to_sign()])
def test_case_is_looked_at_when_the_next_nudge_is_due(s: Situation) -> None:
    at = next_attention(sent(s))

    assert at is not None
    later = replace(sent(s), now=at)
    assert {due.kind for due in letters_due(later)} <= {
        LetterKind.AWARD_CHASE,
        LetterKind.MOU_CHASE,
    }
    assert letters_due(later) != ()


def test_agreement_waits_for_a_person_where_the_programme_wants_it() -> None:
    programme = replace(ACE, award=replace(AWARD, holds_agreements=True))
    (due,) = letters_due(replace(told_all(), programme=programme))

    assert due.hold == REVIEW


def test_agreement_goes_out_again_only_when_what_stands_in_it_changes() -> None:
    s = out_to_sign()
    assert s.award is not None
    agreed = details({**DETAILS, "introductions": "yes"}, id=2)
    same = replace(s, award=replace(s.award, details=(*s.award.details, agreed)))

    assert keys(same) == []
    assert keys(amended()) == ["mou/case:42/2"]


def test_copy_of_an_earlier_agreement_does_not_end_the_nudges_for_the_new_one() -> None:
    s = returned()
    assert s.award is not None
    later = details({**DETAILS, "reference": "PO 2"}, id=2, message_id=None)
    s = sent(replace(s, award=replace(s.award, details=(*s.award.details, later))))
    s = replace(s, now=s.now + 30 * DAY)

    assert {due.kind for due in letters_due(s)} == {LetterKind.MOU_CHASE}


def test_countersigned_copy_goes_to_the_lead_and_to_finance_once() -> None:
    s = countersigned()

    assert [(due.key, due.recipient.email) for due in letters_due(s)] == [
        ("mou_countersigned/case:42/2", AMINA_ADDRESS.email),
        ("mou_countersigned/case:42/2/finance", FINANCE),
    ]
    assert keys(sent(s)) == []


def test_introductions_wait_for_their_day_and_for_somebody_to_meet() -> None:
    early = introduced(a_fellow(0), now=TAKEN_AT + 20 * DAY)

    assert keys(early) == []
    assert next_attention(early) == AWARD.introductions_at
    assert keys(introduced()) == []
    assert keys(introduced(a_fellow(0))) == ["introduction/case:42/0-20"]
    assert keys(sent(introduced(a_fellow(0)))) == []


def test_invitation_leaves_on_its_day_once_and_never_too_late() -> None:
    begins = MASTERCLASS.starts_at

    assert keys(invited(now=begins - 29 * DAY)) == []
    assert next_attention(invited(now=begins - 29 * DAY)) == begins - 28 * DAY
    (key,) = keys(invited())
    assert key.startswith("invitation/case:42/masterclass-1/0/")
    assert keys(sent(invited())) == []
    assert keys(invited(now=begins)) == []


def test_event_of_other_areas_and_one_that_was_cancelled_before_invite_nobody() -> None:
    elsewhere = replace(MASTERCLASS, areas=("south-east-london",))

    assert keys(invited(elsewhere)) == []
    assert keys(invited(replace(MASTERCLASS, is_cancelled=True))) == []


def calendar_of(s: Situation) -> icalendar.Event:
    (due,) = letters_due(s)
    (file,) = files(s, due)
    (event,) = icalendar.Calendar.from_ical(file.content).walk("VEVENT")
    return event


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": MASTERCLASS.starts_at + DAY},
        {"length": timedelta(minutes=60)},
        {"where": "The Long Room"},
        {"link": "https://meet.leadership.nhs.example/2"},
    ],
)
def test_change_moves_the_entry_that_the_calendar_has(change: dict[str, object]) -> None:
    first = calendar_of(invited())
    later: ProgrammeEvent = replace(MASTERCLASS, **change)  # type: ignore[arg-type]
    s = replace(sent(invited()), programme=replace(ACE, events=(later,)))
    second = calendar_of(s)

    assert second["UID"] == first["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    back = replace(sent(s), programme=replace(ACE, events=(MASTERCLASS,)))
    assert calendar_of(back)["SEQUENCE"] == 2


def test_event_that_does_not_take_place_is_taken_out_of_the_calendar() -> None:
    s = moved(is_cancelled=True)
    (due,) = letters_due(s)
    (file,) = files(s, due)

    assert b"METHOD:CANCEL" in file.content
    assert calendar_of(s)["STATUS"] == "CANCELLED"
