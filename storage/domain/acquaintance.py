"""What the ledger knows about the sender of a new message and the thread it names."""

from dataclasses import dataclass

from storage.domain.case import Case


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What bears on one new message, before it is decided where it belongs.

    `answers_letters`: it names a Message-ID of ours (a robot without headers does too, so it
    never gets a fresh acknowledgement). `by_letter`: the case of that letter. `by_message`: the
    cases of earlier messages that it references. `by_reference`: the case its subject names.
    `of_people`: open cases to which its sender or its contact belongs, newest first.
    """

    answers_letters: bool = False
    by_letter: Case | None = None
    by_message: tuple[Case, ...] = ()
    by_reference: Case | None = None
    of_people: tuple[Case, ...] = ()
