"""Letters that have not left get another text; what has left never does."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from storage import deeds, events, outbox, rewriting
from storage.database import Database
from storage.deeds import Deed, DeedKind
from storage.domain.letter import Letter, LetterState
from storage.errors import Conflict, NotFound
from tests.storage.test_outbox import bring_into
from tests.support.ledger import MONDAY, enqueue, make_draft

BEFORE = b"Subject: ACE\r\n\r\nDear Amina\r\n"


def edit(session: Session, letter: Letter, *, before: bytes = BEFORE) -> Letter:
    return rewriting.edit(
        session,
        letter,
        subject="Another",
        content=b"after",
        source="Subject: Another\n\nafter\n",
        before=before,
        by="rosalind",
        reason="she asked for a call",
        now=MONDAY,
    )


def test_edited_letter_keeps_its_state_and_says_who(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session, replace(make_draft(hold="stranger"), source="Subject: A\n\nB\n"))
        assert rewriting.source_of(session, letter.id) == "Subject: A\n\nB\n"

        edited = edit(session, letter)

        assert edited == replace(letter, subject="Another", edited_by="rosalind")
        assert outbox.get(session, letter.id) == edited
        assert outbox.wire_parts(session, letter.id) == (b"after", None)
        assert rewriting.source_of(session, letter.id) == "Subject: Another\n\nafter\n"


def test_deed_has_the_reason_and_the_history_the_name(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session, make_draft(hold="stranger"))
        edit(session, letter)
        line = events.of_letter(session, letter.id)[-1]
        (deed,) = deeds.of_letters(session, [letter.id])

        assert (line.what, line.actor) == ("letter_edited", "rosalind")
        assert line.detail == {"kind": "application_pack"}
        assert (deed.what, deed.reason, deed.by) == (
            DeedKind.EDITED,
            "she asked for a call",
            "rosalind",
        )
        assert deed.before is not None
        assert deeds.with_reasons([line], [deed])[0].detail == {
            "kind": "application_pack",
            "reason": "she asked for a call",
        }


def test_letter_written_anew_has_all_of_its_draft(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session, make_draft(hold="stranger"))
        edited = edit(session, letter)
        draft = replace(
            make_draft(content=b"anew"), subject="Anew", template_version="2", pack_version=3
        )

        rewritten = rewriting.rewrite(
            session, edited, draft, before=b"after", by="jo", reason="", now=MONDAY
        )

        assert rewritten == replace(
            letter, subject="Anew", template_version="2", pack_version=3, edited_by=None
        )
        assert [deed.what for deed in deeds.of_letters(session, [letter.id])] == [
            DeedKind.EDITED,
            DeedKind.REWRITTEN,
        ]


@pytest.mark.parametrize("state", list(LetterState))
def test_nothing_that_has_left_is_changed(database: Database, state: LetterState) -> None:
    with database.writing() as session:
        letter = outbox.get(session, bring_into(session, state))
        if state in rewriting.UNSENT:
            rewriting.require_unsent(session, letter.id)
            assert edit(session, letter).state is state
            return
        with pytest.raises(Conflict, match=f"is {state}"):
            rewriting.require_unsent(session, letter.id)
        with pytest.raises(Conflict, match=f"is {state}"):
            edit(session, letter)


def test_what_may_have_left_is_not_changed(database: Database) -> None:
    with database.writing() as session:
        letter = outbox.get(session, bring_into(session, LetterState.SENDING))
        outbox.requeue_in_doubt(session, letter.id, MONDAY)

        with pytest.raises(Conflict, match="may have arrived"):
            edit(session, letter)


def test_second_of_two_who_edit_at_once_is_told(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session, make_draft(hold="stranger"))
        edit(session, letter)

        with pytest.raises(Conflict, match="was changed meanwhile"):
            edit(session, letter)


def test_unknown_letter_is_not_found(database: Database) -> None:
    with database.writing() as session:
        with pytest.raises(NotFound):
            rewriting.require_unsent(session, 7)
        assert rewriting.source_of(session, 7) is None


def test_reasons_of_a_release_and_of_a_discarded_letter_are_kept(database: Database) -> None:
    with database.writing() as session:
        letter = enqueue(session, make_draft(hold="stranger"))
        outbox.release(session, letter.id, MONDAY, "rosalind", "she is known")
        outbox.discard(session, letter.id, MONDAY, "jo", "by telephone")

        assert deeds.of_letters(session, [letter.id]) == (
            Deed(letter.id, DeedKind.RELEASED, "she is known", "rosalind", MONDAY),
            Deed(letter.id, DeedKind.DISCARDED, "by telephone", "jo", MONDAY),
        )
