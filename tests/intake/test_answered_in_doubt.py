"""What answers a letter in doubt proves that it left, before the answer itself is judged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage import events, outbox, outcome_answers
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.placement import Reply
from tests.support.programmes import ACE
from tests.support.reply_office import ReplyOffice

CHASING = replace(ACE, chase_after_days=(3,))
A_DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ReplyOffice]:
    ours = ReplyOffice(tmp_path, CHASING)
    yield ours
    ours.database.close()


def _doubted(office: ReplyOffice) -> tuple[Case, Letter]:
    """An outcome that the server took; the process died before it could write that down."""
    office.send = lambda: None  # type: ignore[method-assign]
    (case,) = office.tell_outcomes(Outcome.FUNDED)
    with office.database.writing() as session:
        (letter,) = outbox.claim(session, office.now, 1, "worker")
        outbox.requeue_in_doubt(session, letter.id, office.now)
    held = office.letter_to(case)
    assert (held.state, held.rule) == (LetterState.HELD, outbox.IN_DOUBT)
    return case, held


def _answer(office: ReplyOffice, letter: Letter, name: str) -> RecordedMessage:
    return office.receive(
        "Yes, we take it.\n",
        f"In-Reply-To: {name}",
        f"References: {name}",
        sender=letter.recipient.email,
        subject=f"Re: {letter.subject}",
    )


def _absence(office: ReplyOffice, letter: Letter) -> RecordedMessage:
    return office.receive(
        "I am on leave until Monday.\n",
        "Auto-Submitted: auto-replied",
        f"In-Reply-To: {letter.message_id}",
        sender=letter.recipient.email,
        subject=f"Automatic reply: {letter.subject}",
    )


def _report(office: ReplyOffice, letter: Letter) -> RecordedMessage:
    report = (
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.trust1.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.recipient.email}\r\nAction: failed\r\n"
        "Status: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"From: {office.programme.inbox}\r\nMessage-ID: {letter.message_id}\r\n\r\n--b--\r\n"
    )
    return office.receive(
        report,
        "Return-Path: <>",
        sender="MAILER-DAEMON@mx.trust1.example",
        subject="Undelivered Mail Returned to Sender",
        content_type="multipart/report; report-type=delivery-status; boundary=b",
    )


def _answers(office: ReplyOffice, case: Case) -> list[Reply]:
    with office.database.reading() as session:
        return [one.reply for one in outcome_answers.of_cases(session, [case.id])]


def test_yes_to_an_outcome_in_doubt_counts(office: ReplyOffice) -> None:
    case, letter = _doubted(office)

    message = _answer(office, letter, letter.message_id)

    found = office.letter_to(case, LetterKind.OUTCOME_FUNDED)
    assert (found.state, found.server_reply) == (
        LetterState.SENT,
        f"message {message.id} answers it",
    )
    assert _answers(office, case) == [Reply.YES]
    assert message.understanding.verdict.hold is None
    office.now += 10 * A_DAY
    assert LetterKind.OUTCOME_CHASE not in {one.kind for one in office.plan()}


def test_yes_whose_thread_is_guessed_proves_nothing(office: ReplyOffice) -> None:
    case, letter = _doubted(office)
    code, _, domain = letter.message_id.rpartition("@")

    _answer(office, letter, f"{code[:-1]}@{domain}")

    assert office.letter_to(case, LetterKind.OUTCOME_FUNDED).rule == outbox.IN_DOUBT
    assert _answers(office, case) == []


@pytest.mark.parametrize(
    ("tell", "kind"), [(_absence, MessageKind.AUTO_REPLY), (_report, MessageKind.BOUNCE)]
)
def test_machine_that_names_the_letter_proves_that_it_left(
    office: ReplyOffice,
    tell: Callable[[ReplyOffice, Letter], RecordedMessage],
    kind: MessageKind,
) -> None:
    case, letter = _doubted(office)

    message = tell(office, letter)

    assert message.understanding.verdict.kind is kind
    assert office.letter_to(case, LetterKind.OUTCOME_FUNDED).state is LetterState.SENT
    assert office.case(case.id).state is CaseState.APPLIED


def test_nobody_is_asked_again_once_a_person_said_that_it_arrived(office: ReplyOffice) -> None:
    case, letter = _doubted(office)
    with office.database.writing() as session:
        outbox.mark_arrived(session, letter.id, office.now, "rosalind", "they rang")
        assert events.of_letter(session, letter.id)[-1].what == "letter_arrived"

    _answer(office, letter, letter.message_id)

    assert _answers(office, case) == [Reply.YES]
