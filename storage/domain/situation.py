"""What the ledger knows around one matter, as the letter kinds see it."""

from dataclasses import dataclass
from datetime import datetime

from storage.domain.acting import OrganiserAnswer
from storage.domain.award import AwardFacts
from storage.domain.case import Case
from storage.domain.decision import OutcomeAnswer, ReleasedOutcome
from storage.domain.extension import Extension
from storage.domain.letter import Letter, LetterKind
from storage.domain.message import RecordedMessage
from storage.domain.overview import Overview
from storage.domain.placement import Placement
from storage.domain.programme import Programme
from storage.domain.reissue import Reissue
from storage.domain.scoring import PanelFacts


@dataclass(frozen=True, slots=True)
class Situation:
    """One matter at the instant `now`: either a case with all its messages and letters, or one
    message that belongs to no single case (a question, a nomination with the cases it opened), or
    the programme as a whole.

    `case` is None for a lone message; `nominees` are then the cases it opened. `messages` are in
    order of receipt, `letters` in order of creation, whatever their state. The programme's round is
    that which holds here, `extensions` are what moved its closing. `outcomes` were released to the
    applicant, in order of approval, and `answers` are what they said to them; `reissue` is the
    newest pack that everybody is to have. `written` is what organisers answer in their own words.
    `placements` are those of the case or of the nominees, in order of recording. `award` is known
    where the case was told that it is funded and the programme says what follows that.

    With `overview`, it is the programme as a whole that is looked at, for its organisers: `letters`
    are then those to them and to the panel. `panel` is known there, and with a message that tells
    scores, where anybody was asked for any.
    """

    programme: Programme
    now: datetime
    case: Case | None
    messages: tuple[RecordedMessage, ...]
    letters: tuple[Letter, ...] = ()
    nominees: tuple[Case, ...] = ()
    extensions: tuple[Extension, ...] = ()
    outcomes: tuple[ReleasedOutcome, ...] = ()
    answers: tuple[OutcomeAnswer, ...] = ()
    written: tuple[OrganiserAnswer, ...] = ()
    reissue: Reissue | None = None
    overview: Overview | None = None
    placements: tuple[Placement, ...] = ()
    panel: PanelFacts | None = None
    award: AwardFacts | None = None

    def has_letter(self, kind: LetterKind) -> bool:
        return any(letter.kind is kind for letter in self.letters)
