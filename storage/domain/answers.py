"""What a form that came back says, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form that came back says under one question; `text` is empty where it says nothing.
    Paragraphs are parted by blank lines."""

    question: str
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def changed_answers(before: Sequence[Answer], after: Sequence[Answer]) -> tuple[str, ...]:
    """Keys of the questions that two forms answer differently; spacing does not count."""
    told = {answer.question: answer.text.split() for answer in before}
    return tuple(a.question for a in after if told.get(a.question, []) != a.text.split())
