"""Pure: rows of a table as lines of text, ` | ` between their cells."""

from collections.abc import Iterable, Iterator

CELL_BREAK = " | "


def lay_table(rows: Iterable[list[list[str]]]) -> Iterator[str]:
    """All rows of a table. A column that no row uses is no column, where others stand beside it:
    that of answers which nobody gave is one."""
    kept = list(rows)
    width = max(map(len, kept), default=0)
    used = [any(row[at] for row in kept if at < len(row)) for at in range(width)]
    is_even = sum(used) > 1 and all(len(row) == width for row in kept)
    for row in kept:
        cells = (
            [cell for cell, is_used in zip(row, used, strict=True) if is_used] if is_even else row
        )
        is_alone = sum(map(bool, row)) == 1 and any(len(cell) > 1 for cell in row)
        yield from next(filter(None, row)) if is_alone else lay_row(cells)


def lay_row(cells: list[list[str]]) -> Iterator[str]:
    """A table row: a label with the paragraphs of its value below one another, a row of many cells
    on one line."""
    flat = [" / ".join(cell).replace("|", "/") for cell in cells]
    deduplicated = [
        cell for at, cell in enumerate(cells) if at == 0 or cell != cells[at - 1] or not cell
    ]
    if len(deduplicated) == 2 and len(deduplicated[1]) > 1:
        label, value = " ".join(deduplicated[0]), deduplicated[1]
        yield f"{label}{CELL_BREAK}{value[0]}"
        is_prose = any(len(line) > 100 for line in value)
        for line in value[1:]:
            if is_prose:
                yield ""
            yield line
    elif len(deduplicated) == 1:
        yield from deduplicated[0]
    elif any(flat):
        yield CELL_BREAK.join(flat)
