"""Which letters ought to exist: the policy, case by case."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.kinds import KINDS, get_kind, letters_due, next_attention
from responders.placeholders import placeholders_of
from storage.domain.case import CaseState
from storage.domain.letter import Due, LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.people import Address, Contact
from tests.support.programmes import SURREY
from tests.support.situations import (
    ACE,
    AFTER_CLOSING,
    AMINA,
    AMINA_ADDRESS,
    BEFORE_OPENING,
    JOAN,
    JULY,
    PIOTR,
    SURREY_OPEN,
    a_case,
    a_letter,
    a_message,
    a_nomination,
    a_nominee_case,
    a_situation,
    after,
)

EXPRESSION = a_message(MessageKind.EXPRESSION)
DAY = timedelta(days=1)


def kinds(situation):
    return [due.kind for due in letters_due(situation)]


def a_follow_up(**told):
    return a_message(MessageKind.FOLLOW_UP, id=9, received_at=JULY + DAY, **told)


def test_every_letter_kind_has_its_module():
    assert {kind.kind for kind in KINDS} == set(LetterKind)


def test_expression_with_a_summary_gets_the_pack():
    situation = a_situation(EXPRESSION, case=a_case())

    assert letters_due(situation) == (
        Due(
            kind=LetterKind.APPLICATION_PACK,
            key="application_pack/case:42",
            recipient=AMINA_ADDRESS,
            case_id=42,
            cause=7,
        ),
    )


def test_expression_without_a_summary_is_asked_for_it():
    assert kinds(a_situation(EXPRESSION, case=a_case(summary=None))) == [LetterKind.DETAILS_REQUEST]


def test_missing_details_do_not_hold_the_pack_back():
    case = a_case(contact=Contact(email=AMINA.email), area=None, title=None)

    assert kinds(a_situation(EXPRESSION, case=case)) == [LetterKind.APPLICATION_PACK]


def test_summary_told_later_brings_the_pack_and_no_other_letter():
    asked = a_situation(EXPRESSION, case=a_case(summary=None))
    told = a_situation(EXPRESSION, a_follow_up(changed=["summary"]), case=a_case())

    (due,) = letters_due(after(told, *letters_due(asked)))

    assert (due.kind, due.cause) == (LetterKind.APPLICATION_PACK, 9)
    assert letters_due(after(told, *letters_due(asked), due)) == ()


def test_addition_read_before_the_pack_was_written_is_taken_in_by_it():
    situation = a_situation(EXPRESSION, a_follow_up(changed=["contact.phone"]), case=a_case())

    (due,) = letters_due(situation)

    assert (due.kind, due.cause) == (LetterKind.APPLICATION_PACK, 9)
    assert letters_due(after(situation, due)) == ()


def test_addition_after_the_pack_is_answered_by_what_changed():
    packed = after(*_packed())
    later = replace(packed, messages=(EXPRESSION, a_follow_up(changed=["area"])))

    (due,) = letters_due(later)

    assert (due.kind, due.key) == (LetterKind.UPDATE_RECEIPT, "update_receipt/message:9")


def _packed():
    situation = a_situation(EXPRESSION, case=a_case())
    return situation, *letters_due(situation)


def test_each_addition_has_its_own_receipt():
    second = a_message(MessageKind.FOLLOW_UP, id=10, received_at=JULY + 2 * DAY, changed=["title"])
    later = replace(after(*_packed()), messages=(EXPRESSION, a_follow_up(changed=["area"]), second))

    assert [due.key for due in letters_due(later)] == [
        "update_receipt/message:9",
        "update_receipt/message:10",
    ]


def test_addition_that_changed_nothing_goes_to_a_person():
    later = replace(after(*_packed()), messages=(EXPRESSION, a_follow_up()))

    assert kinds(later) == [LetterKind.ACKNOWLEDGEMENT]


def test_addition_that_changed_nothing_is_not_swallowed_by_the_pack():
    """ "The number was wrong", which nothing understood, must not count as answered."""
    situation = a_situation(EXPRESSION, a_follow_up(), case=a_case())

    dues = letters_due(situation)

    assert [(due.kind, due.cause) for due in dues] == [
        (LetterKind.APPLICATION_PACK, 7),
        (LetterKind.ACKNOWLEDGEMENT, 9),
    ]
    assert letters_due(after(situation, *dues)) == ()


def test_addition_that_changed_nothing_is_not_swallowed_by_a_later_one_either():
    later = a_message(MessageKind.FOLLOW_UP, id=10, received_at=JULY + 2 * DAY, changed=["title"])
    situation = a_situation(EXPRESSION, a_follow_up(), later, case=a_case())

    assert [(due.kind, due.cause) for due in letters_due(situation)] == [
        (LetterKind.APPLICATION_PACK, 10),
        (LetterKind.ACKNOWLEDGEMENT, 9),
    ]


@pytest.mark.parametrize("kind", [MessageKind.QUESTION, MessageKind.UNCLEAR])
@pytest.mark.parametrize("case", [None, a_case(state=CaseState.APPLIED)])
def test_questions_and_unclear_messages_are_acknowledged(kind, case):
    assert kinds(a_situation(a_message(kind), case=case)) == [LetterKind.ACKNOWLEDGEMENT]


def test_question_is_acknowledged_beside_the_pack():
    question = a_message(MessageKind.QUESTION, id=9)

    assert kinds(a_situation(EXPRESSION, question, case=a_case())) == [
        LetterKind.APPLICATION_PACK,
        LetterKind.ACKNOWLEDGEMENT,
    ]


@pytest.mark.parametrize("kind", [k for k in MessageKind if k.is_machine])
def test_machines_get_no_letter(kind):
    messages = (EXPRESSION, a_message(kind, id=9, received_at=JULY + DAY))

    assert letters_due(replace(after(*_packed()), messages=messages)) == ()
    assert letters_due(a_situation(a_message(kind))) == ()


@pytest.mark.parametrize("kind", list(MessageKind))
def test_nobody_to_answer_means_no_letter(kind):
    message = a_message(kind, answer_to=None)

    assert letters_due(a_situation(message)) == ()
    assert letters_due(a_situation(message, case=a_case())) == ()


def test_letter_goes_to_whoever_wrote_and_is_held_as_the_verdict_says():
    assistant = Address("pa@kentishtownfamilies.example")
    message = a_message(MessageKind.EXPRESSION, answer_to=assistant, hold="came_through_a_list")

    (due,) = letters_due(a_situation(message, case=a_case()))

    assert (due.recipient, due.hold) == (assistant, "came_through_a_list")


def test_expression_before_the_opening_is_told_at_once_and_gets_the_pack_on_the_day():
    early = a_message(MessageKind.EXPRESSION, received_at=BEFORE_OPENING)
    waiting = a_situation(early, case=a_case(opened_at=BEFORE_OPENING))
    told = after(waiting, *letters_due(waiting))
    opened = replace(told, now=ACE.round.opens_at)

    assert kinds(waiting) == [LetterKind.NOT_YET_OPEN]
    assert letters_due(told) == ()
    assert next_attention(told) == ACE.round.opens_at
    assert kinds(opened) == [LetterKind.APPLICATION_PACK]
    assert letters_due(after(opened, *letters_due(opened))) == ()
    assert next_attention(opened) is None


def test_nomination_before_the_opening_is_told_at_once_and_has_its_receipt_on_the_day():
    waiting = a_nomination(JOAN, received_at=SURREY.round.opens_at - DAY)
    told = after(waiting, *letters_due(waiting))

    assert kinds(waiting) == [LetterKind.NOT_YET_OPEN]
    assert kinds(replace(told, now=SURREY.round.opens_at)) == [LetterKind.NOMINATION_RECEIPT]


def test_expression_after_the_closing_is_told_so():
    late = a_message(MessageKind.EXPRESSION, received_at=AFTER_CLOSING)

    assert kinds(a_situation(late, case=a_case(opened_at=AFTER_CLOSING))) == [LetterKind.CLOSED]


def test_closed_answers_also_while_our_clock_is_behind_the_servers() -> None:
    late = a_message(MessageKind.EXPRESSION, received_at=AFTER_CLOSING)
    situation = a_situation(late, case=a_case(opened_at=AFTER_CLOSING), now=ACE.round.closes_at)

    assert kinds(situation) == [LetterKind.CLOSED]


def test_the_closing_instant_itself_is_in_time_and_the_grace_counts():
    at_closing = a_message(MessageKind.APPLICATION, received_at=ACE.round.closes_at)
    after_it = a_message(MessageKind.APPLICATION, received_at=AFTER_CLOSING)
    kind_round = replace(ACE.round, grace=timedelta(minutes=10))
    graceful = replace(ACE, round=kind_round)

    assert kinds(a_situation(at_closing)) == [LetterKind.APPLICATION_RECEIPT]
    assert kinds(a_situation(after_it)) == [LetterKind.LATE_RECEIPT]
    assert kinds(a_situation(after_it, programme=graceful)) == [LetterKind.APPLICATION_RECEIPT]


@pytest.mark.parametrize(
    ("seconds", "shown", "is_just_late"),
    [
        (1, "17:00:00", True),
        (59, "17:00:00", True),
        (60, "17:01:00", False),
        (89, "17:01:00", False),
    ],
)
@pytest.mark.parametrize("kind", [MessageKind.EXPRESSION, MessageKind.APPLICATION])
def test_late_message_is_told_the_minute_in_which_it_came(kind, seconds, shown, is_just_late):
    at = ACE.round.closes_at + timedelta(seconds=seconds)
    situation = a_situation(a_message(kind, received_at=at))
    (due,) = letters_due(situation)

    values = get_kind(due.kind).values(situation, due)

    assert values["message"]["received_at"] == f"2021-08-20T{shown}+01:00"
    assert values["is_just_late"] is is_just_late


def test_expression_before_the_opening_without_a_summary_is_asked_for_it() -> None:
    early = a_message(MessageKind.EXPRESSION, received_at=BEFORE_OPENING)
    case = a_case(opened_at=BEFORE_OPENING, summary=None, area=None)
    situation = a_situation(early, case=case)
    (due,) = letters_due(situation)

    values = get_kind(due.kind).values(situation, due)

    assert (values["pack_follows"], values["has_summary"]) == (True, False)
    assert values["missing"] == ["the area in which the project will work"]


def test_expression_in_time_that_was_read_too_late_is_not_left_without_an_answer():
    situation = a_situation(EXPRESSION, case=a_case(), now=AFTER_CLOSING)

    (due,) = letters_due(situation)

    assert due.kind is LetterKind.CLOSED
    assert get_kind(due.kind).values(situation, due)["came_in_time"] is True


def test_every_form_has_its_own_receipt():
    forms = [
        a_message(MessageKind.APPLICATION, id=id, received_at=at)
        for id, at in ((9, JULY), (10, JULY + DAY), (11, AFTER_CLOSING))
    ]

    assert [due.key for due in letters_due(a_situation(*forms, case=_applied()))] == [
        "application_receipt/message:9",
        "application_receipt/message:10",
        "late_receipt/message:11",
    ]


def _applied():
    return a_case(state=CaseState.APPLIED)


def test_withdrawal_is_confirmed_once_the_case_is_withdrawn():
    message = a_message(MessageKind.WITHDRAWAL, id=9)
    withdrawn = a_situation(EXPRESSION, message, case=a_case(state=CaseState.WITHDRAWN))

    assert kinds(withdrawn) == [LetterKind.WITHDRAWAL_CONFIRMATION]


@pytest.mark.parametrize("case", [None, a_case(state=CaseState.APPLIED)])
def test_withdrawal_that_withdrew_nothing_goes_to_a_person(case):
    message = a_message(MessageKind.WITHDRAWAL)

    assert kinds(a_situation(message, case=case)) == [LetterKind.ACKNOWLEDGEMENT]


def test_nomination_is_answered_where_all_its_cases_are_in_view():
    whole = a_nomination(JOAN, PIOTR)
    seen_from_one = replace(whole, case=a_nominee_case(JOAN, 7), nominees=())

    (due,) = letters_due(whole)

    assert (due.key, due.case_id) == ("nomination_receipt/message:7", None)
    assert letters_due(seen_from_one) == ()


def test_nomination_receipt_names_who_was_noted_and_what_is_missing():
    situation = a_nomination(JOAN, PIOTR)
    (due,) = letters_due(situation)

    assert get_kind(due.kind).values(situation, due)["nominees"] == [
        {"name": "Joan Achterberg", "reference": "S500-0007", "missing": []},
        {
            "name": "Piotr Sowa",
            "reference": "S500-0008",
            "missing": ["email address", "organisation"],
        },
    ]


def test_interest_in_a_programme_without_a_pack_goes_to_a_person():
    message = a_message(MessageKind.EXPRESSION, received_at=SURREY_OPEN, programme="surrey500")
    case = a_case(opened_at=SURREY_OPEN, programme=SURREY)

    assert kinds(a_situation(message, case=case, programme=SURREY)) == [LetterKind.ACKNOWLEDGEMENT]


@pytest.mark.parametrize("state", list(LetterState))
def test_letter_in_any_state_is_not_due_again(state):
    situation = a_situation(EXPRESSION, case=a_case())
    (due,) = letters_due(situation)

    assert letters_due(replace(situation, letters=(a_letter(due, state=state),))) == ()


HUMAN = [kind for kind in MessageKind if kind.is_outsiders]
INSTANTS = [BEFORE_OPENING, JULY, ACE.round.closes_at, AFTER_CLOSING]


@given(
    kind=st.sampled_from(HUMAN),
    received_at=st.sampled_from(INSTANTS),
    delay=st.sampled_from([timedelta(minutes=1), timedelta(days=60)]),
    state=st.sampled_from([None, *CaseState]),
    summary=st.sampled_from([None, "A summary."]),
    changed=st.sampled_from([(), ("area",), ("summary",)]),
    programme=st.sampled_from([ACE, replace(SURREY, round=ACE.round)]),
)
def test_no_person_waits_without_a_letter_and_asking_twice_is_harmless(
    kind, received_at, delay, state, summary, changed, programme
):
    is_opener = kind in (MessageKind.EXPRESSION, MessageKind.APPLICATION)
    case = None
    if state is not None:
        opened_by = 7 if is_opener else 1
        case = a_case(
            state=CaseState.EXPRESSED if kind is MessageKind.EXPRESSION else state,
            summary=summary,
            opened_by=opened_by,
            opened_at=received_at,
        )
    message = a_message(
        kind, received_at=received_at, changed=() if is_opener else changed, case_ids=()
    )
    situation = a_situation(message, case=case, programme=programme, now=received_at + delay)

    dues = letters_due(situation)

    assert dues
    assert letters_due(after(situation, *dues)) == ()
    for due in dues:
        _assert_declared(due.kind, get_kind(due.kind).values(situation, due))


def _assert_declared(kind, values):
    """A kind gives what its template may say: nothing else, nothing less, empty only if told."""
    given = dict(_flat(values))
    declared = {placeholder.name: placeholder for placeholder in placeholders_of(kind)}
    assert given.keys() == declared.keys()
    empty = {name for name, value in given.items() if value in (None, [], 0) and value is not False}
    assert all(declared[name].may_be_empty for name in empty)


def _flat(values, prefix=""):
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


HOSTILE = [
    "Visit https://evil.example now",
    "www.evil.example",
    "evil.com",
    "Amina\r\nBcc: all@nhs.example",
    "Amina\u202egnp.exe",
    "A" * 200,
    "=?utf-8?q?=0A?=",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_values_that_are_not_fit_to_show_are_left_out(value):
    contact = Contact(name=value, email=AMINA.email, organisation=value)
    situation = a_situation(
        a_message(MessageKind.EXPRESSION, contact=contact),
        case=a_case(contact=contact, title=value, area=None),
    )
    (due,) = letters_due(situation)

    values = get_kind(due.kind).values(situation, due)

    assert (values["greeting"], values["noted"]) == ("Hello", [])
    assert values["case"]["title"] is None


def test_name_is_used_only_for_the_address_it_belongs_to():
    message = a_message(MessageKind.EXPRESSION, answer_to=Address("pa@kentishtown.example"))
    situation = a_situation(message, case=a_case())
    (due,) = letters_due(situation)

    assert get_kind(due.kind).values(situation, due)["greeting"] == "Hello"
