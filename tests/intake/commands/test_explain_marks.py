"""Marks within a text: whatever they are, the text stays whole and they nest."""

from hypothesis import given
from hypothesis import strategies as st

from intake.commands.explaining.marks import Closing, Mark, Opening, tokens

TEXT = "Ada Bell leads it, in Hackney."
PLACES = st.integers(min_value=0, max_value=len(TEXT))


@st.composite
def _marks(draw: st.DrawFn) -> tuple[Mark, ...]:
    spans = draw(st.lists(st.tuples(PLACES, PLACES), max_size=8))
    return tuple(Mark(n, "name", *sorted(span)) for n, span in enumerate(spans, 1))


@given(_marks(), PLACES, PLACES)
def test_marks_nest_and_leave_the_text_whole(marks: tuple[Mark, ...], one: int, other: int) -> None:
    start, end = sorted((one, other))

    found = list(tokens(TEXT, marks, start, end))

    assert "".join(token for token in found if isinstance(token, str)) == TEXT[start:end]
    opened: list[Mark] = []
    for token in found:
        match token:
            case Opening(mark):
                opened.append(mark)
            case Closing(mark):
                assert opened.pop() is mark
    assert opened == []


@given(_marks())
def test_each_mark_begins_and_ends_once_where_it_stands(marks: tuple[Mark, ...]) -> None:
    at, began, ended = 0, {}, {}
    for token in tokens(TEXT, marks, 0, len(TEXT)):
        match token:
            case Opening(mark, is_first=True):
                assert began.setdefault(mark, at) == at
            case Closing(mark, is_last=True):
                assert ended.setdefault(mark, at) == at
            case str():
                at += len(token)

    shown = [mark for mark in marks if mark.start < mark.end]
    assert began == {mark: mark.start for mark in shown}
    assert ended == {mark: mark.end for mark in shown}


def test_marks_that_cross_are_cut_where_the_other_ends() -> None:
    one, other = Mark(1, "name", 0, 8), Mark(2, "role", 4, 14)

    assert list(tokens(TEXT, (one, other), 0, 16)) == [
        Opening(one, is_first=True),
        "Ada ",
        Opening(other, is_first=True),
        "Bell",
        Closing(other, is_last=False),
        Closing(one, is_last=True),
        Opening(other, is_first=False),
        " leads",
        Closing(other, is_last=True),
        " i",
    ]
