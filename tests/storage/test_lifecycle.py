from dataclasses import replace

import pytest

from storage.domain.answers import Answer
from storage.domain.case import Case, CaseState
from storage.domain.lifecycle import Consequence, decide_consequence
from storage.domain.message import SCAN, Attachment, MessageKind, Understanding
from storage.domain.people import Contact, Nominee
from tests.support.programmes import ACE, SURREY
from tests.support.understandings import AMINA, BEN, SUMMARY, make_case, make_understanding


def decide(understanding: Understanding, case: Case | None = None) -> Consequence:
    return decide_consequence(understanding, ACE, case=case)


def test_expression_opens_one_case_with_all_it_tells() -> None:
    told = make_understanding(title="Calls that come", area="north-east-london", partners=("Age",))

    (opened,) = decide(told).opens

    assert (opened.programme, opened.round, opened.prefix) == ("ace", ACE.round.key, "ACE")
    assert opened.state is CaseState.EXPRESSED
    assert opened.contact == AMINA
    assert (opened.title, opened.summary, opened.area) == (
        "Calls that come",
        SUMMARY,
        "north-east-london",
    )
    assert opened.partners == ("Age",)
    assert opened.people == {"amina@riverside.example"}


def test_expression_written_for_somebody_lets_both_belong() -> None:
    told = make_understanding(sender="office@riverside.example")

    (opened,) = decide(told).opens

    assert opened.people == {"amina@riverside.example", "office@riverside.example"}


def test_application_without_a_case_opens_one_that_has_applied() -> None:
    (opened,) = decide(make_understanding(MessageKind.APPLICATION)).opens

    assert opened.state is CaseState.APPLIED


def test_follow_up_fills_what_was_missing_and_names_it() -> None:
    case = make_case(summary=None, contact=replace(AMINA, phone=None))
    told = make_understanding(MessageKind.FOLLOW_UP, summary=SUMMARY, area="north-east-london")

    consequence = decide(told, case)

    assert consequence.changed == ("summary", "area", "contact.phone")
    assert consequence.changes == replace(
        case, summary=SUMMARY, area="north-east-london", contact=AMINA
    )


def test_follow_up_never_replaces_a_summary_but_a_form_does() -> None:
    other = "Something else entirely about allotments and the pantry beside them."
    follow_up = make_understanding(MessageKind.FOLLOW_UP, summary=other)
    form = make_understanding(MessageKind.APPLICATION, summary=other)

    assert decide(follow_up, make_case()) == Consequence()
    assert decide(form, make_case()).changed == ("state", "summary")


def test_follow_up_with_a_new_lead_replaces_the_contact_and_keeps_both_people() -> None:
    told = make_understanding(MessageKind.FOLLOW_UP, contact=BEN)

    changed = decide(told, make_case()).changes

    assert changed is not None
    assert changed.contact == replace(BEN, organisation="Riverside Trust")
    assert changed.people == {"amina@riverside.example", "ben@riverside.example"}


def test_assistant_who_writes_does_not_become_the_lead() -> None:
    case = make_case(people=frozenset({"amina@riverside.example", "pa@riverside.example"}))
    assistant = Contact(name="Pat Okell", email="pa@riverside.example", phone="+447700900103")
    told = make_understanding(
        MessageKind.FOLLOW_UP, sender="pa@riverside.example", contact=assistant
    )

    assert decide(told, case) == Consequence()


def test_withdrawal_closes_the_case_once() -> None:
    withdrawal = make_understanding(MessageKind.WITHDRAWAL)

    withdrawn = decide(withdrawal, make_case())

    assert withdrawn.changed == ("state",)
    assert withdrawn.changes is not None
    assert decide(withdrawal, withdrawn.changes) == Consequence()


def test_nomination_opens_a_case_for_each_person_not_known_yet() -> None:
    nominees = (
        Nominee("Ruth Abara", "ruth@ward.example", "Sister", "Ward Seven"),
        Nominee("Tom Illes"),
        Nominee("Known Already", "known@ward.example"),
    )
    told = make_understanding(MessageKind.NOMINATION, contact=AMINA, nominees=nominees)

    opens = decide_consequence(told, SURREY, case=None, known_nominees=[2]).opens

    assert [opened.contact.name for opened in opens] == ["Ruth Abara", "Tom Illes"]
    assert {opened.state for opened in opens} == {CaseState.NOMINATED}
    assert all(opened.nominated_by == AMINA for opened in opens)
    assert opens[0].people == {"amina@riverside.example", "ruth@ward.example"}


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind.is_machine])
def test_machines_change_nothing(kind: MessageKind) -> None:
    told = make_understanding(kind, summary="We withdraw", title="Never")

    assert decide(told, make_case()) == Consequence()
    assert decide(told) == Consequence()


LOST = Attachment("form.docx", "application/msword", 900, "a" * 64, "it is protected by a password")


@pytest.mark.parametrize("case", [None, make_case()], ids=["new", "known"])
def test_a_form_that_nobody_can_open_is_no_application(case: Case | None) -> None:
    told = make_understanding(MessageKind.APPLICATION, attachments=(LOST, LOST))

    assert decide(told, case) == Consequence()


@pytest.mark.parametrize(
    "more",
    [
        {"attachments": (LOST, replace(LOST, problem=None))},
        {"attachments": (replace(LOST, problem=SCAN),)},
        {"attachments": (LOST,), "answers": (Answer("plan", "In May."),)},
        {"attachments": ()},
    ],
    ids=["another can be", "a person can read it", "answers in the text", "nothing attached"],
)
def test_a_form_that_somebody_can_read_is_one(more: dict[str, object]) -> None:
    told = make_understanding(MessageKind.APPLICATION, **more)

    assert decide(told, make_case()).changes is not None


def test_own_fields_are_kept_until_they_are_told_anew() -> None:
    case = make_case(custom=(("desk", "north"), ("site", "Acton")))
    told = make_understanding(MessageKind.FOLLOW_UP, custom=(("site", "Brent"),))

    consequence = decide(told, case)

    assert consequence.changes is not None
    assert consequence.changes.custom == (("desk", "north"), ("site", "Brent"))
    assert consequence.changed == ("custom.site",)


def test_a_form_tells_all_partners_any_other_message_more_of_them() -> None:
    case = make_case(partners=("Age UK", "Old Mill"))
    form = decide(make_understanding(MessageKind.APPLICATION, partners=("Age UK", "Mind")), case)
    more = decide(make_understanding(MessageKind.FOLLOW_UP, partners=("Mind",)), case)

    assert form.changes is not None
    assert form.changes.partners == ("Age UK", "Mind")
    assert more.changes is not None
    assert more.changes.partners == ("Age UK", "Old Mill", "Mind")
