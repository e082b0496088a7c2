"""R8: what answers by itself meets what answers by itself, and strangers who forge senders."""

import tempfile
from pathlib import Path

from intake.understanding.echoes import ROTATING_SENDERS
from responders.budgets import BREAKER, Caps
from tests.faults.board import Figure, Measured, Size, exactly
from tests.faults.flooding import flood, forged_senders, many_texts_of_one, one_text_of_many
from tests.faults.talking import MARKS, OPENINGS, THREAD, Conversation, talk
from tests.support.robots import ANSWERS, count_letters_to_robot

MOST_WITHOUT_MARKS = 3
"""Letters of one side where nothing at all tells that the other is a machine: the answer to what it
wrote first, one to its answer, and one where that told something new."""

MOST_TO_A_VICTIM = Caps().address_a_day
"""Where somebody writes as a person of many projects."""


def measure(size: Size) -> Measured:
    openings = list(OPENINGS)[:: size.pick(full=1, small=6)]
    robots = list(ANSWERS)[:: size.pick(full=1, small=6)]
    breaker = size.pick(full=500, small=20)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        marked = [talk(folder / f"a{n}", o) for n, o in enumerate(openings)]
        bare = [talk(folder / f"b{n}", o, strips=MARKS) for n, o in enumerate(openings)]
        answered = {
            answer: count_letters_to_robot(folder / answer, answer, threads=False)
            for answer in robots
        }
        lost = [
            talk(folder / f"c{n}", o, strips=MARKS | THREAD) for n, o in enumerate(openings[:2])
        ]
        forged = flood(folder / "d", forged_senders(2 * breaker), breaker=breaker)
        rotating = flood(folder / "e", one_text_of_many(30), breaker=breaker)
        victim = flood(folder / "f", many_texts_of_one(30), breaker=breaker)
    return Measured(
        (
            Figure("talks of two Postrooms", len(marked), least=len(openings)),
            Figure("letters in the longest", max(len(one.lines) for one in marked), most=1),
            Figure("talks without marks", len(bare + lost), least=len(openings)),
            Figure("letters of a side", _longest(bare + lost), most=MOST_WITHOUT_MARKS),
            Figure("robots without marks", len(answered), least=len(robots)),
            Figure("letters to one", max(answered.values()), most=MOST_WITHOUT_MARKS),
            Figure("forged senders", forged.messages, least=2 * breaker),
            Figure("letters to them", forged.letters, most=breaker),
            Figure("to one of them", forged.most_to_one, most=1),
            exactly("trip of the breaker", forged.tripped, 1),
            Figure("held by it", forged.held[BREAKER], least=forged.messages - forged.letters),
            Figure("letters that told organisers", forged.alarms, least=1),
            Figure("letters to rotating senders", rotating.letters, most=ROTATING_SENDERS),
            Figure("to one victim of 30 projects", victim.most_to_one, most=MOST_TO_A_VICTIM),
        ),
        (*_told("marked", marked), *_told("marks lost", bare), *_told("thread lost too", lost)),
    )


def _longest(talks: list[Conversation]) -> int:
    return max(one.most_of_one for one in talks)


def _told(how: str, talks: list[Conversation]) -> list[str]:
    """The conversations, to be read."""
    lines = []
    for one in talks:
        lines.append(f"{how}, from {one.opening} on:")
        lines += [f"  {line}" for line in one.lines] or ["  (nobody wrote)"]
    return lines
