"""What organisers do by a word in a reply: what they wrote, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.domain.letter import LetterKind, Task

ACTED_UPON = frozenset({LetterKind.DIGEST, LetterKind.CLOSING_NOTICE, LetterKind.ACTION_RECEIPT})
"""Letters to organisers that can be answered with a word."""

ACT_WITHIN = timedelta(days=14)
"""How long after such a letter left a word in reply to it counts."""

UNDO_WITHIN = timedelta(minutes=10)
"""How long what is to leave by an organiser's word waits, so that it can be taken back."""

LONGEST_ANSWER = 8_000
"""Characters of what an organiser has sent to an applicant."""


class Verb(StrEnum):
    """A word by which an organiser acts."""

    ACCEPT = "accept"
    HOLD = "hold"
    EXTEND = "extend"
    ASSIGN = "assign"
    ANSWER = "answer"
    RELEASE = "release"
    DISCARD = "discard"
    ARRIVED = "arrived"
    UNDO = "undo"


class ActEffect(StrEnum):
    """What came of a word: it is DONE, NOTHING had to be done, it is REFUSED, or it is UNDONE."""

    DONE = "done"
    NOTHING = "nothing"
    REFUSED = "refused"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One word as it was written. `targets` are the numbers and references that it names, none:
    what the letter is about; `words` stand behind it (a date, a name, a text, a reason), `line` is
    all of its first line. `problem` is why it can't be followed, whatever it is about."""

    verb: Verb
    targets: tuple[str, ...]
    words: str
    line: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that begins with numbers or references and holds no word of ours behind them. `below`
    is the place in `found` of the instruction above that it may be of unless it names something;
    None where there is none."""

    targets: tuple[str, ...]
    line: str
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Instructions:
    """All that a message tells us to do, in order. `codes` are those in it that look like the code
    of a letter, the nearest first; `says_more`: there are words beside, for a person to read.
    `unread` are lines that seem to tell us something that we don't know."""

    found: tuple[Instruction, ...] = ()
    codes: tuple[str, ...] = ()
    says_more: bool = False
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What came of one word about one thing; `verb` is None for a line that holds none. `about` is
    how people call that, `problem` says why nothing came of it. The ids are of what it touched:
    `letter_id` is a letter that was held, let go or discarded, `message_id` a message that waits
    for nobody any more. `at` is when something leaves or closes, `whom` who is to deal with it,
    `text` a reason or an answer. `undo_until` is None where it can't be taken back by a reply."""

    verb: Verb | None
    about: str
    effect: ActEffect
    problem: str = ""
    number: int | None = None
    case_id: int | None = None
    message_id: int | None = None
    letter_id: int | None = None
    letter_kind: LetterKind | None = None
    answer_id: int | None = None
    at: datetime | None = None
    whom: str = ""
    text: str = ""
    undo_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acted:
    """What a message did. `letter_id` is the letter that it answers, `tasks` are those of that
    letter: the receipt can be answered about them again."""

    letter_id: int
    acts: tuple[Act, ...]
    tasks: tuple[Task, ...] = ()
    says_more: bool = False

    @property
    def is_whole(self) -> bool:
        """True where everything that it says was followed, and a person need not read it."""
        refused = any(act.effect is ActEffect.REFUSED for act in self.acts)
        return not refused and not self.says_more


@dataclass(frozen=True, slots=True)
class OrganiserAnswer:
    """What an organiser has written to an applicant in their own words: in answer to the message
    `question`, or about the case. The letter is due at `leaves_at` unless it was withdrawn."""

    id: int
    case_id: int | None
    question: int | None
    message_id: int
    text: str
    by: str
    at: datetime
    leaves_at: datetime
    withdrawn_at: datetime | None = None
