"""Pure: rows of a table as lines of text, ` | ` between their cells."""

from collections.abc import Iterator

CELL_BREAK = " | "


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
