"""What a word is about: a number of the letter that is answered, a case by its reference, or with
neither the one thing that the letter lists."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage import cases, letters, outbox, settling
from storage.domain.case import Case
from storage.domain.letter import Letter, LetterState, Task
from storage.domain.programme import Programme

UNSENT = (LetterState.HELD, LetterState.FAILED, LetterState.QUEUED, LetterState.DEFERRED)


class NoSuchThing(Exception):
    """A word is about nothing that can be told; its text says so to the organiser."""


@dataclass(frozen=True, slots=True)
class Thing:
    """`about` is how it is called. `letters` are those of it that have not left, `message_id` is a
    message that waits for a person. `number` is None for a case that was named by its reference."""

    about: str
    case: Case | None = None
    letters: tuple[Letter, ...] = ()
    message_id: int | None = None
    number: int | None = None

    @property
    def stuck(self) -> tuple[Letter, ...]:
        """The letters that only a person lets go."""
        return tuple(x for x in self.letters if x.state in (LetterState.HELD, LetterState.FAILED))

    @property
    def leaving(self) -> tuple[Letter, ...]:
        """The letters that would leave by themselves."""
        return tuple(x for x in self.letters if x not in self.stuck)

    @property
    def case_id(self) -> int | None:
        return self.case.id if self.case is not None else None


def find_thing(
    session: Session,
    target: str | None,
    tasks: tuple[Task, ...],
    programme: Programme,
    *,
    now: datetime,
) -> Thing:
    """Raises NoSuchThing."""
    if target is not None and not target.isdigit():
        return _of_case(session, target, tasks, programme, now)
    if target is not None:
        task = next((task for task in tasks if task.number == int(target)), None)
        if task is None:
            raise NoSuchThing(f"the letter has no number {target}")
        return _of_task(session, task)
    if len(tasks) == 1:
        return _of_task(session, tasks[0])
    told = f"lists {len(tasks)} things" if tasks else "lists nothing to act upon"
    raise NoSuchThing(f"the letter {told}: write a number or a reference before the word")


def _of_task(session: Session, task: Task) -> Thing:
    case = cases.get(session, task.case_id) if task.case_id is not None else None
    found = (outbox.get(session, task.letter_id),) if task.letter_id is not None else ()
    about = f"{task.number} ({case.reference})" if case is not None else str(task.number)
    unsent = tuple(letter for letter in found if letter.state in UNSENT)
    return Thing(about, case, unsent, task.message_id, task.number)


def _of_case(
    session: Session, reference: str, tasks: tuple[Task, ...], programme: Programme, now: datetime
) -> Thing:
    """A case that the letter lists once is that item; any other is all that waits of it."""
    case = cases.find_by_reference(session, reference)
    if case is None or case.programme != programme.slug:
        raise NoSuchThing(f"there is no case {reference}")
    listed = [task for task in tasks if task.case_id == case.id]
    if len(listed) == 1:
        thing = _of_task(session, listed[0])
        return Thing(case.reference, case, thing.letters, thing.message_id, thing.number)
    waiting = settling.waiting_in_case(session, case.id, before=now)
    unsent = letters.list_unsent(session, case.id)
    return Thing(case.reference, case, unsent, waiting[-1] if len(waiting) == 1 else None)
