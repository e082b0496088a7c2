"""What the organisers of a simulated year do about letters that wait for a person."""

from collections.abc import Container
from datetime import datetime

from intake.commands.simulating.correspondence import Letterbox
from intake.commands.simulating.timeline import counted
from intake.commands.simulating.workspace import MOST
from storage import outbox
from storage.database import Database
from storage.domain.letter import LetterKind, LetterState


def look_at_held(
    database: Database,
    letterbox: Letterbox,
    *,
    needless: Container[LetterKind],
    by: str,
    now: datetime,
) -> str | None:
    """Put aside the held letters of the `needless` kinds, and let the others go. Of a letter in
    doubt they ask by telephone whether it has come, and say so. Returns how many in words, None
    without any."""
    with database.writing() as session:
        held = outbox.list_letters(session, state=LetterState.HELD, limit=MOST)
        for letter in held:
            is_in_doubt = letter.rule == outbox.IN_DOUBT
            if is_in_doubt and letterbox.has(letter.message_id):
                outbox.mark_arrived(session, letter.id, now, by, "they say that it came")
            elif letter.kind in needless and not is_in_doubt:
                outbox.discard(session, letter.id, now, by, "read and answered by hand")
            else:
                outbox.release(session, letter.id, now, by)
    letters = counted(len(held), "held letter is", "held letters are")
    return f"{letters} looked at" if held else None
