from dataclasses import replace

import pytest

from intake.understanding.threads import Placement, place_message
from storage.domain.acquaintance import Acquaintance
from storage.domain.case import CaseState
from storage.domain.message import MessageKind, Verdict
from storage.domain.people import Contact
from tests.support.understandings import make_case, make_understanding

CASE = make_case()
OTHER = make_case(id=2, reference="ACE-0002", people=frozenset({"zoe@elsewhere.example"}))


def test_first_expression_of_a_stranger_belongs_nowhere_yet() -> None:
    placement = place_message(make_understanding(), Acquaintance())

    assert placement == Placement(None, "none", Verdict(MessageKind.EXPRESSION, "test"))


@pytest.mark.parametrize(
    "known",
    [
        Acquaintance(by_letter=CASE),
        Acquaintance(by_reference=CASE),
        Acquaintance(by_message=(CASE,)),
    ],
    ids=["letter", "reference", "message"],
)
def test_reply_of_somebody_of_the_case_belongs_to_it(known: Acquaintance) -> None:
    placement = place_message(make_understanding(MessageKind.FOLLOW_UP), known)

    assert (placement.case, placement.rule, placement.is_held) == (CASE, "thread", False)


def test_stranger_with_somebody_elses_reference_is_held_and_not_merged() -> None:
    placement = place_message(
        make_understanding(MessageKind.FOLLOW_UP), Acquaintance(by_reference=OTHER)
    )

    assert placement.case is None
    assert placement.is_held
    assert placement.verdict.hold == "stranger"


def test_colleague_who_writes_in_the_leads_name_belongs() -> None:
    told = make_understanding(MessageKind.APPLICATION, sender="office@riverside.example")

    assert place_message(told, Acquaintance(by_letter=CASE)).rule == "thread"


def test_expression_in_a_known_thread_is_a_follow_up() -> None:
    placement = place_message(make_understanding(), Acquaintance(by_letter=CASE))

    assert placement.verdict == Verdict(MessageKind.FOLLOW_UP, "thread:test")


def test_same_project_told_twice_makes_no_second_case() -> None:
    placement = place_message(make_understanding(), Acquaintance(of_people=(CASE,)))

    assert (placement.case, placement.rule) == (CASE, "same_project")
    assert placement.verdict.kind is MessageKind.FOLLOW_UP


def test_another_project_of_the_same_person_opens_a_case_of_its_own() -> None:
    told = make_understanding(summary="Tenants with no lift miss dialysis and nobody is told.")

    placement = place_message(told, Acquaintance(of_people=(CASE,)))

    assert (placement.case, placement.rule) == (None, "new_project")
    assert placement.verdict.kind is MessageKind.EXPRESSION


def test_form_from_a_known_person_belongs_to_their_case_without_a_thread() -> None:
    told = make_understanding(MessageKind.APPLICATION)

    assert place_message(told, Acquaintance(of_people=(CASE,))).case == CASE


def test_correction_of_an_unknown_thread_is_held() -> None:
    placement = place_message(make_understanding(MessageKind.FOLLOW_UP), Acquaintance())

    assert (placement.case, placement.rule) == (None, "unknown_thread")
    assert placement.is_held


def test_repeated_message_id_over_other_bytes_is_held() -> None:
    placement = place_message(make_understanding(), Acquaintance(repeats=4))

    assert (placement.rule, placement.verdict.hold) == ("repeated", "repeated")


def test_message_to_a_withdrawn_case_waits_for_a_person() -> None:
    withdrawn = replace(CASE, state=CaseState.WITHDRAWN)

    placement = place_message(
        make_understanding(MessageKind.FOLLOW_UP), Acquaintance(by_letter=withdrawn)
    )

    assert (placement.case, placement.rule) == (withdrawn, "withdrawn_case")


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind.is_machine])
def test_machine_is_tied_to_its_thread_and_never_held(kind: MessageKind) -> None:
    placement = place_message(make_understanding(kind), Acquaintance(by_letter=OTHER))

    assert (placement.case, placement.rule, placement.verdict.hold) == (OTHER, "machine", None)


@pytest.mark.parametrize(
    "known", [Acquaintance(by_letter=CASE), Acquaintance(of_people=(CASE,))], ids=["thread", "one"]
)
def test_unclear_message_with_a_new_number_corrects_the_leads_own_case(known: Acquaintance) -> None:
    told = make_understanding(
        MessageKind.UNCLEAR, contact=replace(CASE.contact, phone="+447700900321")
    )

    placement = place_message(told, known)

    assert placement.case == CASE
    assert placement.verdict.kind is MessageKind.FOLLOW_UP


def test_unclear_message_that_tells_nothing_new_stays_unclear() -> None:
    told = make_understanding(MessageKind.UNCLEAR)

    in_thread = place_message(told, Acquaintance(by_letter=CASE))

    assert (in_thread.case, in_thread.verdict.kind) == (CASE, MessageKind.UNCLEAR)
    assert place_message(told, Acquaintance(of_people=(CASE,))).case is None


def test_unclear_correction_of_somebody_with_two_cases_is_left_to_a_person() -> None:
    second = make_case(id=3, reference="ACE-0003")
    told = make_understanding(
        MessageKind.UNCLEAR, contact=replace(CASE.contact, phone="+447700900321")
    )

    placement = place_message(told, Acquaintance(of_people=(second, CASE)))

    assert (placement.case, placement.verdict.kind) == (None, MessageKind.UNCLEAR)


def test_signature_of_a_colleague_does_not_correct_the_leads_number() -> None:
    told = make_understanding(
        MessageKind.UNCLEAR,
        sender="office@riverside.example",
        contact=Contact(email="office@riverside.example", phone="+447700900555"),
    )
    case = replace(CASE, people=CASE.people | {"office@riverside.example"})

    placement = place_message(told, Acquaintance(by_letter=case))

    assert placement.verdict.kind is MessageKind.UNCLEAR


NEWER = make_case(id=9, reference="ACE-0009", title="Slow Dig", summary="Nobody walks any more.")


@pytest.mark.parametrize(
    "told",
    [
        {"title": "Night Light", "sender": "zoe@elsewhere.example"},
        {"summary": "Children can't sleep where the road is.", "sender": "zoe@elsewhere.example"},
    ],
    ids=["title", "summary"],
)
def test_of_several_cases_of_a_person_the_one_with_this_project_is_meant(
    told: dict[str, object],
) -> None:
    older = make_case(title="Night Light", summary="Children can't sleep where the road is.")
    message = make_understanding(MessageKind.APPLICATION, **told)

    assert place_message(message, Acquaintance(of_people=(NEWER, older))).case == older


def test_else_the_senders_own_is_meant_and_else_the_newest() -> None:
    own = make_case(contact=Contact(email="zoe@elsewhere.example"))
    message = make_understanding(MessageKind.APPLICATION, sender="zoe@elsewhere.example")
    other = make_understanding(MessageKind.APPLICATION, sender="ann@elsewhere.example")

    assert place_message(message, Acquaintance(of_people=(NEWER, own))).case == own
    assert place_message(other, Acquaintance(of_people=(NEWER, own))).case == NEWER
