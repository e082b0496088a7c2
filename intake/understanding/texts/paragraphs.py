"""Pure: paragraphs out of lines: hard-wrapped lines joined, bullets and labels kept apart."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from intake.understanding.texts.lines import (
    Line,
    bullet_length,
    groups,
    is_bullet,
    strip_front,
    strip_line,
)
from storage.domain.message import Span

_WIDEST_WRAP = 130
"""Characters of the longest line that a client wraps at; longer lines are paragraphs themselves."""
_NARROWEST_WRAP = 46
_ENDS_IN_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w[>)]?$")
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"'’”)]*\s+(?!(?:is|are|was|will be) [A-Z])(?=[\"'‘“(]?[^\W_])"
)
_NO_SENTENCE_END = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Revd?|Fr|St|Hon|Sr|Jr|Insp|Sgt|Supt|Cllr|No|Nos|vs|e\.g|i\.e"
    r"|approx|tel|ext|etc|[A-Z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined text, without its bullet, and where it stands in its source; `lines` are those that
    it was joined from."""

    text: str
    start: int
    end: int
    has_bullet: bool = False
    has_number: bool = False
    group: int = 0
    lines: tuple[Line, ...] = field(default=(), repr=False, compare=False)

    @property
    def words(self) -> int:
        return len(self.text.split())

    def span(self, source: str) -> Span:
        """Where it stands in `source`."""
        return Span(source, self.start, self.end)

    def span_of(self, start: int, end: int, *, source: str) -> Span:
        """Where in `source` the characters from `start` to `end` of its text stand."""
        return Span(source, self._place(start), self._place(end - 1) + 1)

    def place_of(self, value: str, *, source: str) -> Span:
        """Where `value` stands in `source`; the whole paragraph where it is not there as it is."""
        at = self.text.find(value)
        return self.span_of(at, at + len(value), source=source) if at >= 0 else self.span(source)

    def _place(self, at: int) -> int:
        """The offset in the source of the character `at`: joining changed white space only."""
        wanted = len("".join(self.text[:at].split()))
        for line in self.lines:
            length = len("".join(line.text.split()))
            if wanted < length:
                places = (n for n, c in enumerate(line.text) if not c.isspace())
                return line.start + next(n for k, n in enumerate(places) if k == wanted)
            wanted -= length
        return min(self.start + at, self.end)


def paragraphs(
    lines: Sequence[Line], *, stands_alone: Callable[[str], bool] = lambda _: False
) -> tuple[Paragraph, ...]:
    """The paragraphs of `lines`. A line that `stands_alone` (a label's) is one by itself."""
    found: list[Paragraph] = []
    for number, group in enumerate(groups(lines)):
        found.extend(_join(group, stands_alone, number))
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """`text` cut behind the ends of its sentences."""
    return tuple(text[start:end] for start, end in sentence_places(text))


def sentence_places(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of `text` start and end in it."""
    found: list[tuple[int, int]] = []
    start = 0
    for end, following in [
        *((match.start(), match.end()) for match in _SENTENCE_END.finditer(text)),
        (len(text), len(text)),
    ]:
        if _NO_SENTENCE_END.search(text[max(start, end - 12) : end]) and following < len(text):
            continue
        if text[start:end].strip():
            found.append((start, end))
        start = following
    return tuple(found)


def _join(
    group: Sequence[Line], stands_alone: Callable[[str], bool], number: int
) -> list[Paragraph]:
    width = max(len(line.text.rstrip()) for line in group)
    runs: list[list[Line]] = []
    previous_alone = True
    for line in group:
        is_alone = stands_alone(line.text)
        opens = bullet_length(line.text) > 0 and not (runs and _closes(runs[-1][-1], line))
        if previous_alone or is_alone or opens or not continues(runs[-1][-1], line, width):
            runs.append([line])
        else:
            runs[-1].append(line)
        previous_alone = is_alone
    return [_paragraph(run, number) for run in runs]


def _closes(previous: Line, line: Line) -> bool:
    """Whether the `6)` that opens a line ends what was put in brackets: `(best after\n6)`."""
    number = re.match(r"\s*\d{1,2}\)", line.text)
    return number is not None and previous.text.rfind("(") > previous.text.rfind(")")


def continues(previous: Line, line: Line, width: int) -> bool:
    """Whether `line` goes on where `previous` was wrapped: its first word had no room there."""
    before, after = previous.text.rstrip(), line.text.strip()
    if width > _WIDEST_WRAP or len(before) > _WIDEST_WRAP or _ENDS_IN_ADDRESS.search(before[-80:]):
        return False
    first_word = after.split(" ", 1)[0]
    if width >= _NARROWEST_WRAP and len(before) + 1 + len(first_word) > width:
        return True
    return len(before) >= _NARROWEST_WRAP // 2 and after[:1].islower() and before[-1:] not in ".!?:"


def _paragraph(run: Sequence[Line], number: int) -> Paragraph:
    mark = bullet_length(run[0].text)
    first = strip_line(run[0]).text if not mark else run[0].text[mark:].strip()
    text = " ".join([first, *(line.text.strip() for line in run[1:])])
    has_bullet = bool(mark) and is_bullet(run[0].text)
    return Paragraph(
        text=re.sub(r"[ \t]{2,}", " ", text),
        start=run[0].start,
        end=run[-1].end,
        has_bullet=has_bullet,
        has_number=bool(mark) and not has_bullet,
        group=number,
        lines=(strip_front(run[0], mark), *run[1:]),
    )
