"""What the ledger knows about the sender of a new message and the thread it names."""

from dataclasses import dataclass

from storage.domain.case import Case
from storage.domain.letter import LetterKind


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What bears on one new message, before it is decided where it belongs.

    `answered`: the kinds of our letters whose Message-IDs it names, newest first (a robot
    without headers names them too). `by_letter`: the case of the newest of them. `by_message`:
    the cases of earlier messages that it references. `by_reference`: the case its subject names.
    `of_people`: cases, withdrawn ones included, to which its sender or its contact belongs,
    newest first. `repeats`: an earlier message with the same Message-ID but other bytes.
    `nominated`: cases of people it nominates that exist already, by the nominee's place in it.
    """

    answered: tuple[LetterKind, ...] = ()
    by_letter: Case | None = None
    by_message: tuple[Case, ...] = ()
    by_reference: Case | None = None
    of_people: tuple[Case, ...] = ()
    repeats: int | None = None
    nominated: tuple[tuple[int, Case], ...] = ()


@dataclass(frozen=True, slots=True)
class Echoes:
    """Signs that a machine without marks is talking. `is_acknowledged`: its address had an
    acknowledgement of ours within the last days. `same_text`: how many other addresses sent the
    same text within the last day."""

    is_acknowledged: bool = False
    same_text: int = 0
