"""What a form that came back says, question by question."""

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
