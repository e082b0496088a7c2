"""What applicants and organisers answer, in both databases: kept, found, spent once."""

from dataclasses import replace
from datetime import timedelta

from storage import decisions, notices, organiser_answers, outbox, outcome_answers
from storage.database import Database
from storage.domain.acting import ACT_WITHIN
from storage.domain.case import Case, CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.letter import Letter, LetterKind, Task
from storage.domain.placement import Reply
from tests.support.ledger import MONDAY, make_draft, open_case, record, with_id
from tests.support.reply_office import ROSALIND
from tests.support.understandings import make_understanding

INBOX = "ace@leadership.nhs.example"
CODE = "n2lwxbzkqlkfryhyzvzjnqtkq5s7gyyy"
LATER = MONDAY + timedelta(hours=1)


def _told(database: Database, outcome: Outcome) -> Case:
    """A case whose applicant was told this outcome."""
    with database.writing() as session:
        case = open_case(session, state=CaseState.APPLIED)
        decision = decisions.decide(
            session, case, Ruling(outcome), reason="So.", by=ROSALIND, now=MONDAY
        )
        decisions.release(session, [(case, decision)], by=ROSALIND, now=MONDAY, not_before=MONDAY)
        kind = LetterKind(f"outcome_{outcome}")
        outbox.enqueue(session, make_draft("o", kind=kind, case_id=case.id), MONDAY)
    with database.writing() as session:
        outbox.claim(session, MONDAY, 10, "test")
    return case


def test_outcome_is_answered_until_the_answer_is_clear(database: Database) -> None:
    case = _told(database, Outcome.FUNDED)
    for reply, is_open in ((Reply.UNCLEAR, True), (Reply.YES, False)):
        with database.writing() as session:
            outcome = outcome_answers.find_unanswered(session, case)
            assert outcome is not None
            outcome_answers.record(
                session,
                case,
                outcome,
                reply,
                message_id=case.opened_by,
                received_at=LATER,
                now=LATER,
            )
            assert (outcome_answers.find_unanswered(session, case) is not None) is is_open
    with database.reading() as session:
        standing = outcome_answers.of_round(session, "ace", "2021")
        all_of_it = outcome_answers.of_cases(session, [case.id])
    assert standing[case.id].reply is Reply.YES
    assert [one.reply for one in all_of_it] == [Reply.UNCLEAR, Reply.YES]


def test_who_is_not_funded_has_nothing_to_answer(database: Database) -> None:
    case = _told(database, Outcome.NOT_FUNDED)

    with database.reading() as session:
        assert outcome_answers.find_unanswered(session, case) is None


def test_answer_is_withdrawn_once_and_only_before_it_leaves(database: Database) -> None:
    with database.writing() as session:
        case = open_case(session)
        asked = with_id(make_understanding(), "<2@x.example>")
        question = record(session, 2, understanding=asked, case_ids=(case.id,))
        written = [
            organiser_answers.write(
                session,
                "ace",
                "Yes.",
                case_id=case_id,
                question=question.id,
                message_id=question.id,
                by=ROSALIND,
                now=MONDAY,
                leaves_at=leaves_at,
            )
            for case_id, leaves_at in ((case.id, LATER), (None, MONDAY))
        ]
    with database.writing() as session:
        done = [
            organiser_answers.withdraw(session, one.id, "ace", by=ROSALIND, now=MONDAY)
            for one in (written[0], written[0], written[1])
        ]
        about = organiser_answers.of_messages(session, [question.id])
        of_case = organiser_answers.of_cases(session, [case.id])
    assert done == [True, False, False]
    assert [one.withdrawn_at is None for one in about] == [False, True]
    assert of_case == about[:1]


def _digest(database: Database) -> Letter:
    draft = make_draft("digest/1", kind=LetterKind.DIGEST, recipient=ROSALIND)
    named = replace(
        draft,
        due=replace(draft.due, tasks=(Task(1, None, 7, None),)),
        message_id=f"<letter.{CODE}@postroom.leadership.nhs.example>",
    )
    with database.writing() as session:
        letter = outbox.enqueue(session, named, MONDAY)
    assert letter is not None
    with database.writing() as session:
        outbox.claim(session, MONDAY, 10, "test")
        outbox.mark_sent(session, letter.id, MONDAY, "250 OK")
        return outbox.get(session, letter.id)


def test_digest_is_found_by_its_id_or_its_code_and_is_spent_once(database: Database) -> None:
    digest = _digest(database)
    with database.writing() as session:
        by_id = notices.find_named(session, [digest.message_id], (), INBOX)
        by_code = notices.find_named(session, ["<x@y.example>"], (CODE,), INBOX)
        neither = notices.find_named(session, [], ("a" * 32,), INBOX)
        spent = [notices.spend(session, digest.id, id) for id in (5, 6)]
        after = outbox.get(session, digest.id)
    assert (by_id, by_code, neither) == (digest, digest, None)
    assert digest.tasks == (Task(1, None, 7, None),)
    assert spent == [True, False]
    assert after.spent_by == 5


def test_word_counts_for_its_reader_in_its_programme_for_a_while(database: Database) -> None:
    digest = _digest(database)
    until = MONDAY + ACT_WITHIN

    assert notices.is_open(digest, ROSALIND, "ace", until)
    assert not notices.is_open(digest, ROSALIND, "ace", until + timedelta(seconds=1))
    assert not notices.is_open(digest, "tomasz@nhs.example", "ace", MONDAY)
    assert not notices.is_open(digest, ROSALIND, "surrey500", MONDAY)
