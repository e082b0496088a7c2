"""Which cases are alike, and which merely share an organisation, a switchboard or a person."""

from dataclasses import replace

import pytest

from storage.domain.case import Case, CaseState
from storage.domain.likeness import Reason, find_alike, marks_of
from storage.domain.people import Contact
from tests.support.ledger import MONDAY

_SUMMARY = (
    "Young carers in Hackney miss school because nobody at the surgery knows that they care for a"
    " parent. Receptionists, nurses and three schools will keep one shared register, and a link"
    " worker visits every family within a week."
)
_RETOLD = (
    "Many young carers in Hackney miss school, as nobody at the surgery knows they care for a"
    " parent. Nurses, receptionists and three schools want to keep one shared register; a link"
    " worker visits each family within the week."
)
_OTHER = (
    "Men who leave prison in Haringey on a Friday find every pharmacy and hostel shut. A minibus"
    " with a pharmacist, a probation officer and a peer meets them at the gate and drives them to"
    " a bed, with their medicine and their papers."
)
_ADA = Contact("Ada Bell", "ada@bell.example", "+447700900123", "Manager", "Bell Trust")
_ZOE = Contact("Zoë Quill", "zoe@bell.example", "+447700900456", "Nurse", "Bell Trust")


def _case(**told: object) -> Case:
    base = Case(
        id=1,
        reference="ACE-0001",
        programme="ace",
        round="2021",
        state=CaseState.EXPRESSED,
        contact=_ADA,
        opened_at=MONDAY,
        opened_by=1,
    )
    return replace(base, **told)  # type: ignore[arg-type]


def _new(**told: object) -> Case:
    return _case(**{"id": 2, "reference": "ACE-0002", **told})


def _reasons(new: Case, known: Case) -> list[str]:
    found = find_alike(new, [known])
    is_candidate = len(marks_of(new) & marks_of(known)) >= 2
    assert is_candidate or not found, "alike, but never found as a candidate"
    return [str(reason) for _, reasons in found for reason in reasons]


@pytest.mark.parametrize(
    ("new", "known", "reasons"),
    [
        (_new(contact=Contact(email="ADA@Bell.example")), _case(), [Reason.EMAIL]),
        (_new(contact=Contact("A. Bell", phone="+447700900123")), _case(), []),
        (_new(contact=Contact(phone="+447700900123")), _case(), [Reason.PHONE]),
        (
            _new(contact=Contact("BELL Ada", organisation="The Bell Trust Ltd")),
            _case(),
            [Reason.NAME],
        ),
        (_new(contact=Contact("Ada Bell", organisation="Quill College")), _case(), []),
        (_new(contact=_ZOE), _case(), []),
        (_new(contact=replace(_ZOE, phone=_ADA.phone)), _case(), []),
        (_new(contact=_ZOE, title="Seen first!"), _case(title="Seen First"), [Reason.TITLE]),
        (_new(contact=_ZOE, title="Warm Librarys"), _case(title="Warm Libraries"), [Reason.TITLE]),
        (_new(contact=_ZOE, title="Step Up"), _case(title="Step On"), []),
        (_new(contact=_ZOE, title="Step Up!"), _case(title="Step up"), [Reason.TITLE]),
        (_new(contact=_ZOE, title="Night Walks 2"), _case(title="Night Walks"), []),
        (_new(contact=_ZOE, title="Fownd"), _case(title="FOUND"), []),
        (_new(contact=_ZOE, title="Found."), _case(title="FOUND"), [Reason.TITLE]),
        (_new(contact=_ZOE, title="The Third Hotel"), _case(title="The Third Chair"), []),
        (
            _new(contact=_ZOE, title="The Warm Libraries of Hackney"),
            _case(title="Warm Libraries, Hackney"),
            [Reason.TITLE],
        ),
        (_new(contact=_ZOE, summary=_RETOLD), _case(summary=_SUMMARY), [Reason.SUMMARY]),
        (_new(contact=_ZOE, summary=_OTHER), _case(summary=_SUMMARY), []),
        (_new(summary=_OTHER), _case(summary=_SUMMARY), []),
        (_new(), _case(summary=_SUMMARY), [Reason.EMAIL, Reason.PHONE, Reason.NAME]),
        (
            _new(summary=_RETOLD),
            _case(summary=_SUMMARY),
            [Reason.EMAIL, Reason.PHONE, Reason.NAME, Reason.SUMMARY],
        ),
        (_new(), _case(round="2022"), []),
        (_new(), _case(programme="s5"), []),
        (_new(), _case(state=CaseState.WITHDRAWN), []),
    ],
)
def test_cases_are_alike_by_person_or_project(
    new: Case, known: Case, reasons: list[Reason]
) -> None:
    assert _reasons(new, known) == reasons


def test_projects_of_one_organisation_are_not_alike() -> None:
    known = [_case(id=n, contact=replace(_ZOE, name=f"Lead {n}")) for n in range(3, 9)]

    assert find_alike(_new(summary=_SUMMARY, title="Seen First"), known) == ()


def test_nominees_of_one_message_are_alike_by_person_only() -> None:
    told = {"state": CaseState.NOMINATED, "summary": _SUMMARY, "team": "The Night Shift"}
    ada = _case(contact=Contact("Ada Bell", "ada@bell.example", None, None, "Bell Trust"), **told)
    zoe = _new(contact=Contact("Zoë Quill", None, None, None, "Bell Trust"), **told)
    again = _new(contact=Contact("Ada Bell", "a.bell@x.example", None, None, "Bell Trust"), **told)

    assert _reasons(zoe, ada) == []
    assert _reasons(again, ada) == [Reason.NAME]
    confirmed = replace(ada, state=CaseState.CONFIRMED)
    assert _reasons(zoe, confirmed) == []
    assert _reasons(again, confirmed) == [Reason.NAME]


def test_marks_of_a_bare_case_are_none_and_no_mark_is_too_large() -> None:
    assert marks_of(_case(contact=Contact())) == frozenset()
    assert len(marks_of(_case(contact=Contact(phone="+447700900123")))) == 2
    assert all(mark < 2**56 for mark in marks_of(_case(summary=_SUMMARY, title="Seen First")))
