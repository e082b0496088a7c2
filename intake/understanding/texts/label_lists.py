"""Pure: how far a labelled list of partners goes on below its label."""

from collections.abc import Iterator, Sequence

from intake.understanding.texts.lines import Line, bullet_length
from intake.understanding.texts.rows import CELL_BREAK

_LONGEST_ITEM = 9


def rest_of_list(
    first: Sequence[Line], following: Sequence[Line], *, is_row: bool
) -> Iterator[Line]:
    """The lines below on which a list of partners goes on: the rest of a wrapped line, bullets,
    and of a table's cell every short line."""
    previous = first[0] if first else None
    for line in following:
        is_short = 0 < len(line.text.split()) <= _LONGEST_ITEM and line.text.strip()[:1].isupper()
        if CELL_BREAK in line.text:
            return
        if line.is_blank:
            if previous is not None and not is_row:
                return
        elif (
            bullet_length(line.text)
            or (is_row and is_short)
            or previous is None
            or previous.text.rstrip().endswith((",", ";", "and"))
        ):
            yield line
            previous = line
        else:
            return


def rest_of_column(column: int, following: Sequence[Line]) -> Iterator[Line]:
    """The lines below whose text begins where the value of a label set in columns does."""
    for line in following:
        if len(line.text) - len(line.text.lstrip()) < column - 2 or line.is_blank:
            return
        yield line
