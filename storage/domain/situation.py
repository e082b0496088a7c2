"""What the ledger knows around one matter, as the letter kinds see it."""

from dataclasses import dataclass
from datetime import datetime

from storage.domain.case import Case
from storage.domain.letter import Letter, LetterKind
from storage.domain.message import RecordedMessage
from storage.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Situation:
    """One matter at the instant `now`: either a case with all its messages and letters, or one
    message that belongs to no single case (a question, a nomination with the cases it opened).

    `case` is None for a lone message; `nominees` are then the cases it opened. `messages` are in
    order of receipt, `letters` in order of creation, whatever their state.
    """

    programme: Programme
    now: datetime
    case: Case | None
    messages: tuple[RecordedMessage, ...]
    letters: tuple[Letter, ...] = ()
    nominees: tuple[Case, ...] = ()

    def has_letter(self, kind: LetterKind) -> bool:
        return any(letter.kind is kind for letter in self.letters)
