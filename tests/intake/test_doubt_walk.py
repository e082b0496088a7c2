"""A process is killed between the server's word and the commit; what the applicant answers to the
outcome that arrived counts all the same."""

import multiprocessing
import signal
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from mailbox import Maildir
from pathlib import Path

import pytest

from storage import decisions, outbox, outcome_answers
from storage.database import Database
from storage.domain.case import CaseState
from storage.domain.decision import Outcome, Ruling
from storage.domain.letter import LetterKind, LetterState
from storage.domain.people import Contact
from storage.domain.placement import Reply
from tests.support.cramped import open_house
from tests.support.ledger import open_case
from tests.support.mortal import die_at
from tests.support.smtp_recorder import SmtpRecorder

NOW = datetime(2021, 9, 28, 9, tzinfo=UTC)
LEAD = "lead1@trust1.example"
ROSALIND = "rosalind.okoro@leadership.nhs.example"


def _tell(folder: Path, smtp_port: int) -> None:
    """The outcome of one case is approved, and its letter written."""
    with open_house(folder, smtp_port) as app:
        with app.database.writing() as session:
            contact = Contact("Lead One", LEAD, None, "Manager", "A Trust")
            case = open_case(session, contact=contact, state=CaseState.APPLIED)
            ruling = Ruling(Outcome.FUNDED)
            made = decisions.decide(session, case, ruling, reason="So.", by=ROSALIND, now=NOW)
            decisions.release(session, [(case, made)], by=ROSALIND, now=NOW, not_before=NOW)
        app.plan(NOW)


def _hand_over_and_die(folder: Path, smtp_port: int) -> None:
    with open_house(folder, smtp_port) as app:
        die_at("handed over", 1)
        app.deliver(NOW)


def _answer(folder: Path, raw: bytes) -> None:
    name = message_from_bytes(raw)["Message-ID"]
    Maildir(folder / "ace", create=True).add(
        f"From: {LEAD}\nTo: ace@leadership.nhs.example\nSubject: Re: ACE\n"
        f"Message-ID: <yes@trust1.example>\nIn-Reply-To: {name}\nReferences: {name}\n\n"
        "Yes, we take it. Thank you.\n".encode()
    )


def _told(database: Database) -> tuple[LetterState, str | None]:
    with database.reading() as session:
        (letter,) = outbox.list_letters(session, kind=LetterKind.OUTCOME_FUNDED)
    return letter.state, letter.rule or letter.server_reply


@pytest.mark.parametrize("is_held_first", [False, True])
def test_yes_to_an_outcome_whose_process_died_counts(
    tmp_path: Path, smtp_recorder: SmtpRecorder, is_held_first: bool
) -> None:
    port = smtp_recorder.port
    _tell(tmp_path, port)
    Maildir(tmp_path / "ace", create=True)
    child = multiprocessing.get_context("fork").Process(
        target=_hand_over_and_die, args=(tmp_path, port)
    )
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    (arrived,) = smtp_recorder.received

    with open_house(tmp_path, port) as app:
        assert _told(app.database)[0] is LetterState.SENDING
        if is_held_first:
            app.tick(NOW + timedelta(minutes=1))
            assert _told(app.database) == (LetterState.HELD, outbox.IN_DOUBT)
        _answer(tmp_path, arrived.raw)
        app.tick(NOW + timedelta(minutes=2))

        state, how = _told(app.database)
        with app.database.reading() as session:
            answers = outcome_answers.of_cases(session, [1])
            kinds = {x.kind for x in outbox.list_letters(session, "ace")}
    assert (state, str(how).partition(" ")[0]) == (LetterState.SENT, "message")
    assert [one.reply for one in answers] == [Reply.YES]
    assert LetterKind.AWARD_DETAILS in kinds
    copies = [x for x in smtp_recorder.received if x.raw == arrived.raw]
    assert len(copies) == 1
