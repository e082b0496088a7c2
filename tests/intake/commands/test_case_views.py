"""`postroom case` and `cases`: likely duplicates, and the newest form beside the one before."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session

from storage import cases, duplicates, messages, organiser_answers
from storage.database import Database
from storage.domain.answers import Answer
from storage.domain.message import ORGANISER_REPLY, MessageKind, Verdict
from storage.domain.people import Contact
from tests.intake.commands.conftest import Call
from tests.support.ledger import MONDAY, enqueue, make_draft, open_case, record, remember, with_id
from tests.support.reply_office import ROSALIND
from tests.support.understandings import make_understanding

_ADA = Contact("Ada Bell", "ada@bell.example", "+447700900123", None, "Bell Trust")


def _form(session: Session, number: int, case_id: int, *answers: Answer) -> None:
    told = replace(make_understanding(MessageKind.APPLICATION), answers=answers)
    understanding = with_id(told, f"<{number}@x.example>")
    record(session, number, understanding=understanding, case_ids=(case_id,))


@pytest.fixture
def alike(ledger: Database) -> Database:
    """Two cases of one person under two addresses, and one of another."""
    with ledger.writing() as session:
        contacts = (_ADA, replace(_ADA, email="ada@home.example"), Contact("Zoë Quill"))
        for number, contact in enumerate(contacts, start=1):
            case = open_case(session, number, contact=contact)
            duplicates.flag(session, case, message_id=number, now=MONDAY)
    return ledger


@pytest.mark.usefixtures("alike")
def test_cases_mark_likely_duplicates(call: Call) -> None:
    told = call("cases").stdout
    fields = json.loads(call("cases", "--json").stdout)

    assert "ACE-0002 is perhaps the same as ACE-0001\n" in told
    assert [one["likely_duplicates"] for one in fields] == [
        [],
        [{"case": "ACE-0001", "reasons": ["same_phone", "same_name_and_organisation"]}],
        [{"case": "ACE-0002", "reasons": ["same_phone", "same_name_and_organisation"]}],
    ]


def test_cases_without_duplicates_have_no_mark(ledger: Database, call: Call) -> None:
    with ledger.writing() as session:
        open_case(session, 1, contact=_ADA)

    assert "perhaps" not in call("cases", columns=160).stdout
    assert "perhaps" not in call("case", "ACE-0001", columns=160).stdout


@pytest.mark.usefixtures("alike")
def test_a_case_says_which_it_is_like_and_why(call: Call) -> None:
    told = call("case", "ACE-0001", columns=200).stdout
    fields = json.loads(call("case", "ACE-0002", "--json").stdout)

    assert "ACE-0002 (same phone, same name and organisation)" in told
    assert [one["case"] for one in fields["likely_duplicates"]] == ["ACE-0001"]


def test_the_newest_form_is_shown_with_what_it_changed(ledger: Database, call: Call) -> None:
    with ledger.writing() as session:
        case = open_case(session, 1, contact=_ADA)
        _form(session, 2, case.id, Answer("plan", "We visit six families."), Answer("x", "Same."))
        _form(session, 3, case.id, Answer("plan", "We visit ten families."), Answer("x", "Same."))

    told = call("case", "ACE-0001", "--form").stdout
    fields = json.loads(call("case", "ACE-0001", "--form", "--json").stdout)["form"]

    assert "We visit [-six-] [+ten+] families." in told
    assert "x (1 word)\n\nSame." in told
    assert fields["supersedes"] == fields["message"] - 1
    assert [(a["question"], a["before"], a["changed"]) for a in fields["answers"]] == [
        ("plan", "We visit six families.", True),
        ("x", "Same.", False),
    ]


def test_the_first_form_is_shown_as_it_stands(ledger: Database, call: Call) -> None:
    with ledger.writing() as session:
        case = open_case(session, 1, contact=_ADA)
        _form(session, 2, case.id, Answer("plan", "One.\n\nTwo [b]bold[/b]."))

    told = call("case", "ACE-0001", "--form").stdout

    assert "the first that could be read" in told
    assert "One.\n\nTwo [b]bold[/b]." in told
    assert "[+" not in told


def test_a_case_without_a_form_says_so(ledger: Database, call: Call) -> None:
    with ledger.writing() as session:
        open_case(session, 1, contact=_ADA)

    assert call("case", "ACE-0001", "--form").stdout == (
        "No form of ACE-0001 that could be read has come back.\n"
    )
    assert json.loads(call("case", "ACE-0001", "--form", "--json").stdout) == {
        "case": "ACE-0001",
        "form": None,
    }


def test_the_form_is_shown_with_the_details_it_changed(ledger: Database, call: Call) -> None:
    told = replace(
        make_understanding(MessageKind.APPLICATION, contact=_ADA),
        answers=(Answer("plan", "One."),),
        title="Warm homes",
        custom=(("desk", "Estates"),),
    )
    with ledger.writing() as session:
        case = open_case(session, 1, contact=_ADA)
        messages.record(
            session,
            remember(session, 2),
            programme="ace",
            understanding=with_id(told, "<2@x.example>"),
            placement_rule="thread",
            case_ids=(case.id,),
            changed=("title", "custom.desk"),
            attention_at=None,
            now=MONDAY,
        )

    shown = call("case", "ACE-0001", "--form").stdout
    fields = json.loads(call("case", "ACE-0001", "--form", "--json").stdout)["form"]

    assert "  Project title: Warm homes (changed)\n" in shown
    assert "  Telephone: +447700900123\n" in shown
    assert "  desk: Estates (changed)\n" in shown
    assert {"field": "title", "value": "Warm homes", "changed": True} in fields["details"]


@pytest.mark.parametrize("written", ["ace-1", "ACE-1", "ace-0001", " Ace-01 "])
def test_a_reference_is_known_however_it_is_written(
    written: str, ledger: Database, call: Call
) -> None:
    with ledger.writing() as session:
        open_case(session, 1, contact=_ADA)

    assert call("case", written).stdout.startswith("ACE-0001")


def test_an_unknown_reference_is_told_as_it_was_written(call: Call) -> None:
    assert call("case", "nonsense").stderr == (
        "There is no case nonsense: `postroom cases` lists them.\n"
    )


def test_a_case_shows_what_an_organiser_answered_by_hand(ledger: Database, call: Call) -> None:
    by_hand = make_understanding(
        MessageKind.ORGANISER,
        sender=ROSALIND,
        verdict=Verdict(MessageKind.ORGANISER, ORGANISER_REPLY),
    )
    with ledger.writing() as session:
        case = open_case(session, 1, contact=_ADA)
        message = record(
            session, 2, understanding=with_id(by_hand, "<2@x.example>"), case_ids=(case.id,)
        )
        organiser_answers.write(
            session,
            "ace",
            "Yes, you may.",
            case_id=case.id,
            question=None,
            message_id=message.id,
            by=ROSALIND,
            now=MONDAY,
            leaves_at=MONDAY,
        )

    told = call("case", "ACE-0001", columns=160).stdout
    answers = json.loads(call("case", "ACE-0001", "--json").stdout)["answers"]

    assert told.count(f"Answered by {answers[0]['by']}, ") == 2
    assert "  Yes, you may." in told
    assert [answer["message"] for answer in answers] == [message.id, message.id]


def test_the_history_of_a_case_is_in_words(ledger: Database, call: Call) -> None:
    with ledger.writing() as session:
        case = open_case(session, 1, contact=_ADA)
        cases.save(session, replace(case, title="Warm homes", custom=(("desk", "x"),)), MONDAY)
        enqueue(session, make_draft(case_id=case.id, hold="stranger"))

    told = call("case", "ACE-0001", columns=160).stdout

    assert "case changed" in told
    assert "title, custom" in told
    assert "letter 1, application pack, not of the case" in told
    assert not any(word in told for word in ("case_changed", "placement=", "changed=", "rule="))
