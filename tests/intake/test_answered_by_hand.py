"""An organiser's own answer to an applicant, with the inbox in copy: filed in the case, and what
waited for a person there is dealt with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import events
from storage.domain.letter import LetterState
from storage.domain.message import MessageKind, RecordedMessage
from tests.support.acting_desk import (
    PROGRAMME,
    TOMASZ,
    VOUCHED,
    Desk,
    make_ledger,
    open_desk,
)
from tests.support.reply_office import ROSALIND

LEAD = "lead1@trust1.example"
QUESTION = "<101@people.example>"
"""What the lead of case 1 asked in the morning."""
TEXT = "Dear Lead,\n\nYes, you may name two.\n\nBest wishes\nRosalind"
TO_LEAD = f"Lead Number1 <{LEAD}>, {PROGRAMME.inbox}"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_ledger(tmp_path_factory.mktemp("morning"))


@pytest.fixture
def desk(ledger: bytes, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, ledger) as desk:
        yield desk


def _answers(
    desk: Desk,
    *fields: str,
    to: str = TO_LEAD,
    sender: str = f"Rosalind Okoro <{ROSALIND}>",
    subject: str = "Re: May we name two leads?",
    vouched: str | None = VOUCHED,
    text: str = TEXT,
) -> RecordedMessage:
    head = (vouched, *fields) if vouched else fields
    return desk.receive(text, *head, sender=sender, to=to, subject=subject)


def _is_filed(desk: Desk, message: RecordedMessage) -> bool:
    kind = message.understanding.verdict.kind
    is_done = message.case_ids == (1,) and desk.stands().settled == (6,)
    return kind is MessageKind.ORGANISER and is_done and desk.caused(message) == []


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        ((f"In-Reply-To: {QUESTION}",), "Re: May we name two leads?"),
        ((f"References: <0@x.example> {QUESTION}",), "Re: May we name two leads?"),
        ((), "Your question [ACE-0001]"),
        ((), "Your question"),
    ],
)
def test_answer_is_filed_by_thread_reference_or_address(
    desk: Desk, fields: tuple[str, ...], subject: str
) -> None:
    message = _answers(desk, *fields, subject=subject)

    assert _is_filed(desk, message)
    with desk.database.reading() as session:
        told = [(e.actor, e.what, e.message_id) for e in events.of_case(session, 1)]
    assert (ROSALIND, "answered_by_hand", message.id) in told


def test_inbox_in_copy_is_as_good(desk: Desk) -> None:
    fields = (f"In-Reply-To: {QUESTION}", f"Cc: {PROGRAMME.inbox}")

    assert _is_filed(desk, _answers(desk, *fields, to=LEAD))


def test_whoever_organises_may_answer(desk: Desk) -> None:
    message = _answers(desk, sender=f"Tomasz Brandt <{TOMASZ}>", subject="Re: leads ACE-0001")

    assert _is_filed(desk, message)


def test_quoted_expression_opens_no_case(desk: Desk) -> None:
    quoted = "> We wish to express our interest in ACE.\n> Our project is called Ask Dad."
    message = _answers(desk, text=f"{TEXT}\n\nOn Monday, Lead Number1 wrote:\n{quoted}\n")

    assert _is_filed(desk, message)
    with desk.database.reading() as session:
        opened = [e for e in events.recent(session, limit=500) if e.what == "case_opened"]
    assert len(opened) == 4


def test_promise_that_is_held_is_discarded(desk: Desk) -> None:
    stranger = desk.receive(
        "May I ask when our project is decided?",
        sender="mallory@evil.example",
        subject="ACE-0001",
    )
    (promise,) = desk.caused(stranger)

    message = _answers(desk, "In-Reply-To: <501@people.example>", to="mallory@evil.example")

    (after,) = desk.caused(stranger)
    assert (promise.state, after.state) == (LetterState.HELD, LetterState.DISCARDED)
    assert stranger.id in desk.stands().settled
    assert (message.case_ids, desk.waits(stranger)) == ((), False)


@pytest.mark.parametrize(
    "vouched",
    [
        None,
        VOUCHED.replace("mx2", "mx3"),
        VOUCHED.replace("pass", "fail"),
        VOUCHED.replace("leadership.nhs.example", "evil.example"),
        f"{VOUCHED}\r\nAuto-Submitted: auto-replied",
    ],
)
def test_answer_in_an_organisers_name_settles_nothing(desk: Desk, vouched: str | None) -> None:
    before = desk.stands()

    message = _answers(desk, f"In-Reply-To: {QUESTION}", vouched=vouched)

    assert message.understanding.verdict.kind is not MessageKind.ORGANISER
    after = desk.stands()
    assert (after.settled, after.answers) == (before.settled, before.answers)
    assert [x.state for x in desk.caused(message)] in ([], [LetterState.HELD])


def test_applicant_who_writes_with_another_in_copy_settles_nothing(desk: Desk) -> None:
    vouched = VOUCHED.replace("leadership.nhs.example", "trust2.example")
    message = _answers(desk, sender="lead2@trust2.example", vouched=vouched)

    assert message.understanding.verdict.kind is not MessageKind.ORGANISER
    assert desk.stands().settled == ()


@pytest.mark.parametrize("to", [PROGRAMME.inbox, f"{TOMASZ}, {PROGRAMME.inbox}"])
def test_word_to_colleagues_is_no_answer(desk: Desk, to: str) -> None:
    message = _answers(desk, f"In-Reply-To: {QUESTION}", to=to)

    assert message.understanding.verdict.kind is not MessageKind.ORGANISER
    assert desk.stands().settled == ()


def test_answer_to_the_leads_of_two_cases_is_left_to_a_person(desk: Desk) -> None:
    to = f"{LEAD}, lead2@trust2.example, {PROGRAMME.inbox}"
    message = _answers(desk, to=to, subject="Both of you")

    assert message.understanding.verdict.kind is not MessageKind.ORGANISER
    assert desk.stands().settled == ()


def test_reply_of_the_applicant_to_it_belongs_to_the_case(desk: Desk) -> None:
    _answers(desk, f"In-Reply-To: {QUESTION}")

    reply = desk.receive(
        "Thank you. Our new number is 020 7946 0123.\n\nLead Number1",
        "In-Reply-To: <501@people.example>",
        sender=LEAD,
        subject="Re: May we name two leads?",
    )

    assert reply.case_ids == (1,)


def test_words_that_would_act_are_text_in_an_answer_to_an_applicant(desk: Desk) -> None:
    message = _answers(desk, text="Dear Lead,\n\nACE-0002 release\n\nRosalind")

    assert _is_filed(desk, message)
    assert dict(desk.stands().letters)[1] is LetterState.HELD
