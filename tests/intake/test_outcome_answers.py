"""What applicants answer to their outcome: read, recorded, and told to organisers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from responders.kinds import letters_due
from responders.kinds.organisers.news import news_of
from responders.kinds.organisers.view import view_of
from storage import outcome_answers, situations
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.placement import Reply
from storage.domain.programme import DigestRhythm
from tests.support.programmes import ACE
from tests.support.reply_office import ReplyOffice

CHASING = replace(ACE, chase_after_days=(3,))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ReplyOffice]:
    ours = ReplyOffice(tmp_path, CHASING)
    yield ours
    ours.database.close()


def _reply(office: ReplyOffice, letter: Letter, text: str, *fields: str) -> RecordedMessage:
    quoted = "> We are delighted to tell you that your project is funded.\n"
    return office.receive(
        f"{text}\n\nOn Mon, 27 Sep 2021 at 10:00, ACE wrote:\n{quoted}",
        f"In-Reply-To: {letter.message_id}",
        f"References: {letter.message_id}",
        *fields,
        sender=letter.recipient.email,
        subject=f"Re: {letter.subject}",
    )


def _answers(office: ReplyOffice, case: Case) -> list[tuple[Reply, int]]:
    with office.database.reading() as session:
        found = outcome_answers.of_cases(session, [case.id])
    return [(one.reply, one.message_id) for one in found]


def _news(office: ReplyOffice) -> list[tuple[str, str]]:
    with office.database.reading() as session:
        s = situations.situation_of_programme(session, office.programme, office.now)
    groups = news_of(view_of(s, office.programme.organisers[0], DigestRhythm.DAILY)).groups
    lines = [
        x for group in groups if group["title"] == "Answers to outcomes" for x in group["lines"]
    ]
    return [(line["label"].partition(",")[0], line["what"]) for line in lines]


def _answering(
    office: ReplyOffice, message: RecordedMessage
) -> list[tuple[LetterKind, LetterState]]:
    return [(x.kind, x.state) for x in office.letters() if x.cause == message.id]


@pytest.mark.parametrize("outcome", [Outcome.FUNDED, Outcome.RESERVE])
@pytest.mark.parametrize("text", ["We accept.", "Thank you, confirmed", "Yes, with thanks."])
def test_acceptance_is_a_fact_and_gets_no_letter(
    office: ReplyOffice, outcome: Outcome, text: str
) -> None:
    (case,) = office.tell_outcomes(outcome)

    message = _reply(office, office.letter_to(case), text)

    assert message.understanding.verdict.hold is None
    assert _answers(office, case) == [(Reply.YES, message.id)]
    assert _answering(office, message) == []
    assert office.case(case.id).state is CaseState.APPLIED
    assert _news(office) == [(case.reference, f"accepts (told: {outcome})")]


def test_decline_withdraws_and_leaves_the_reserve_to_organisers(office: ReplyOffice) -> None:
    case, reserve = office.tell_outcomes(Outcome.FUNDED, Outcome.RESERVE)

    message = _reply(office, office.letter_to(case), "Thank you, but we have to decline the award.")

    assert _answers(office, case) == [(Reply.NO, message.id)]
    assert office.case(case.id).state is CaseState.WITHDRAWN
    assert _answering(office, message) == [(LetterKind.WITHDRAWAL_CONFIRMATION, LetterState.QUEUED)]
    assert [label for label, _ in _news(office)] == [case.reference]
    assert office.letter_to(reserve).kind is LetterKind.OUTCOME_RESERVE


@pytest.mark.parametrize(
    "text",
    [
        "We accept if our board agrees on Tuesday.",
        "We would like to accept, but our partner left.",
        "We are unable to attend the meeting on 5 October.",
    ],
)
def test_unclear_answer_stays_with_a_person(office: ReplyOffice, text: str) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)

    message = _reply(office, office.letter_to(case), text)

    assert _answers(office, case) == [(Reply.UNCLEAR, message.id)]
    assert message.understanding.verdict.kind is MessageKind.UNCLEAR
    assert _answering(office, message) == [(LetterKind.ACKNOWLEDGEMENT, LetterState.HELD)]
    assert office.case(case.id).state is CaseState.APPLIED
    assert _news(office) == []


def test_clear_answer_after_an_unclear_one_counts_and_the_chase_is_off(office: ReplyOffice) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)
    _reply(office, office.letter_to(case), "We accept, subject to our board.")

    message = _reply(office, office.letter_to(case), "Our board agreed. We accept.")

    assert [reply for reply, _ in _answers(office, case)] == [Reply.UNCLEAR, Reply.YES]
    assert _answers(office, case)[-1] == (Reply.YES, message.id)
    office.now += timedelta(days=10)
    with office.database.reading() as session:
        s = situations.situation_of_case(session, office.programme, case.id, office.now)
    assert LetterKind.OUTCOME_CHASE not in {due.kind for due in letters_due(s)}


def test_what_is_said_after_a_clear_answer_is_no_answer(office: ReplyOffice) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)
    _reply(office, office.letter_to(case), "We accept.")

    _reply(office, office.letter_to(case), "I'm afraid we can't accept the change of the date.")

    assert [reply for reply, _ in _answers(office, case)] == [Reply.YES]
    assert office.case(case.id).state is CaseState.APPLIED


def test_question_in_an_acceptance_is_still_answered(office: ReplyOffice) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)

    message = _reply(office, office.letter_to(case), "We accept. Who will send us the agreement?")

    assert _answers(office, case) == [(Reply.YES, message.id)]
    assert message.understanding.verdict.kind is MessageKind.QUESTION
    assert [kind for kind, _ in _answering(office, message)] == [LetterKind.ACKNOWLEDGEMENT]


def test_new_number_in_an_acceptance_is_noted(office: ReplyOffice) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)

    message = _reply(
        office, office.letter_to(case), "We accept. My new number is 020 7946 0123.\n\nLead Number1"
    )

    assert _answers(office, case) == [(Reply.YES, message.id)]
    assert office.case(case.id).contact.phone == "+442079460123"
    assert [kind for kind, _ in _answering(office, message)] == [LetterKind.UPDATE_RECEIPT]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for letting us know.",
        "We confirm receipt of your letter.",
        "Our poster is attached, is it as you want it?",
    ],
)
def test_what_says_neither_is_no_answer(office: ReplyOffice, text: str) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)

    _reply(office, office.letter_to(case), text)

    assert _answers(office, case) == []
    assert office.case(case.id).state is CaseState.APPLIED


def test_who_is_not_funded_is_asked_nothing(office: ReplyOffice) -> None:
    (case,) = office.tell_outcomes(Outcome.NOT_FUNDED)

    _reply(office, office.letter_to(case), "We accept.")

    assert _answers(office, case) == []


def test_stranger_answers_for_nobody(office: ReplyOffice) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)
    letter = office.letter_to(case)

    office.receive(
        "We decline.",
        f"In-Reply-To: {letter.message_id}",
        sender="mallory@evil.example",
        subject=f"Re: {letter.subject}",
    )

    assert _answers(office, case) == []
    assert office.case(case.id).state is CaseState.APPLIED


def test_sender_who_fails_dmarc_accepts_and_declines_nothing(office: ReplyOffice) -> None:
    (case,) = office.tell_outcomes(Outcome.FUNDED)
    failed = "Authentication-Results: mx2.leadership.nhs.example; dmarc=fail"

    message = _reply(office, office.letter_to(case), "We decline.", failed)

    assert _answers(office, case) == [(Reply.UNCLEAR, message.id)]
    assert office.case(case.id).state is CaseState.APPLIED
