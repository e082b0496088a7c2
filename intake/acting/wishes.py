"""One word of an organiser about one thing, and why it may not be followed."""

from dataclasses import dataclass
from datetime import datetime

from intake.acting.things import Thing
from storage.domain.acting import UNDO_WITHIN, Act, ActEffect, Instruction
from storage.domain.programme import Programme


class Refused(Exception):
    """A word that can't be followed; its text says why, to the organiser."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One word about one thing: by whom, in which message, when."""

    instruction: Instruction
    thing: Thing
    programme: Programme
    by: str
    message_id: int
    now: datetime

    def act(self, effect: ActEffect = ActEffect.DONE, *, undoable: bool = False) -> Act:
        """What came of it, to be told more of."""
        return Act(
            verb=self.instruction.verb,
            about=self.thing.about,
            effect=effect,
            number=self.thing.number,
            case_id=self.thing.case_id,
            undo_until=self.now + UNDO_WITHIN if undoable else None,
        )
