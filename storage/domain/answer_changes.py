"""What a newer form says otherwise than the one before it, question by question, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from storage.domain.answers import Answer

_WORDS = re.compile(r"\n\n|\S+")
BREAK = "\n\n"
"""What parts paragraphs: a word of its own."""


class Change(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together and had the same fate, with single blanks between them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ComparedAnswer:
    """The newest answer to a question, and the one before it: `before` is None where there is no
    earlier form, `runs` then hold the answer as it stands."""

    answer: Answer
    before: str | None
    runs: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        """Whether words differ; where paragraphs end does not count, as a PDF loses it."""
        return any(run.change is not Change.KEPT and run.text.strip() for run in self.runs)


def compare_answers(
    newest: Sequence[Answer], before: Sequence[Answer] = ()
) -> tuple[ComparedAnswer, ...]:
    """Each answer of the newest form beside that of the form before it: empty where that says
    nothing of the question. One that only the older form answers comes last, empty now."""
    told = {answer.question: answer.text for answer in before}
    gone = [Answer(key, "") for key in told if key not in {a.question for a in newest}]
    nothing = "" if before else None
    return tuple(_compared(a, told.get(a.question, nothing)) for a in (*newest, *gone))


def _compared(answer: Answer, before: str | None) -> ComparedAnswer:
    old = answer.text if before is None else before
    return ComparedAnswer(answer, before, compare_words(old, answer.text))


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """The runs of words that lead from one text to the other, in order; spacing does not count."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    for tag, start, end, start_new, end_new in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            runs.append(_run(Change.KEPT, old[start:end]))
            continue
        runs += [_run(Change.REMOVED, old[start:end])] if end > start else []
        runs += [_run(Change.ADDED, new[start_new:end_new])] if end_new > start_new else []
    return tuple(runs)


def _run(change: Change, words: Sequence[str]) -> Run:
    text = " ".join(words).replace(f" {BREAK}", BREAK).replace(f"{BREAK} ", BREAK)
    return Run(change, text)
