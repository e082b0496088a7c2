"""Pure: lines that begin with a number or a reference and hold no word of ours. Only with the
letter that they answer can be told which of them name something."""

from collections.abc import Sequence
from dataclasses import replace

from storage.domain.acting import Act, ActEffect, Instructions, Unread, Verb
from storage.domain.letter import Task

_WORDS = ", ".join(verb for verb in Verb if verb is not Verb.UNDO)


def heed(told: Instructions, tasks: Sequence[Task]) -> Instructions:
    """The same; `unread` are those that name a case or one of these tasks. A number that is none of
    theirs (`10 October is better`) belongs to what stands above it, which is not followed then."""
    numbers = {task.number for task in tasks}
    found = list(told.found)
    named: list[Unread] = []
    for one in told.unread:
        if any(not x.isdigit() or int(x) in numbers for x in one.targets):
            named.append(one)
        elif one.below is not None and one.below < len(found):
            above = found[one.below]
            text = f"we can't tell whether “{one.line[:60]}” belongs to it"
            found[one.below] = replace(above, problem=above.problem or text)
    says_more = told.says_more or len(named) < len(told.unread)
    return replace(told, found=tuple(found), unread=tuple(named), says_more=says_more)


def not_known(one: Unread) -> Act:
    """What is told of it."""
    problem = f"“{one.line[:60]}” holds no word that we know: write one of {_WORDS}"
    return Act(None, ", ".join(one.targets), ActEffect.REFUSED, problem)
