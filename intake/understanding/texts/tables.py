"""Pure: tables of people, written a row a line with ` | ` between the cells.

What a column holds is told by its heading, else by what stands in it.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from intake.understanding.finders.names import clean_name, fold, is_person, is_whole
from intake.understanding.finders.organisations import is_organisation, is_role
from intake.understanding.finders.signature import EMAIL
from intake.understanding.texts.label_fields import field_of_label
from intake.understanding.texts.lines import Line
from intake.understanding.texts.patterns import cues
from storage.domain.people import Nominee

_CELL = re.compile(r"\s*(?:\||\t| {3})\s*")
_COLUMNS = (
    ("email", cues(r"^(?:e-?mail|email address|contact e-?mail|e-?mail \w+)$")),
    ("surname", cues(r"^(?:sur ?name|last name|family name)$")),
    ("given", cues(r"^(?:first ?names?|fore ?names?|given names?|christian names?)$")),
    ("name", cues(
        r"^(?:(?:full |nominee(?:'s)? |staff |person(?:'s)? )?names?|nominees?|name of (?:nominee"
        r"|person).{0,20}|who|person)$")),
    ("role", cues(
        r"^(?:job title|job role|role|position|post|job|designation|title and role|role/?.{0,12}"
        r"|what they do)$")),
    ("organisation", cues(
        r"^(?:organi[sz]ation.{0,12}|employer|agency|employing .{0,20}|place of work|workplace"
        r"|where (?:they work|from)|company|trust|based at|works (?:at|for))$")),
)  # fmt: skip
_OF_OTHERS = cues(
    r"\b(?:manager|budget|holder|approv\w*|nominat(?:or|ed by|ing)|deputy|referee|sponsor)\b"
)
"""Columns of those who have another part in a nomination."""
_HELD = (
    ("email", lambda cell: EMAIL.search(cell) is not None),
    ("name", lambda cell: is_person(cell) and not (is_role(cell) or is_organisation(cell))),
    ("role", lambda cell: is_role(cell) and not is_person(cell)),
    ("organisation", is_organisation),
)  # fmt: skip
_MOSTLY = 0.6
"""Share of a column's cells that show what it holds."""
_MOST_SHOWN = 50
"""Rows that are looked at for that."""
_TELLS_NOTHING = re.compile(r"(?:no|none|n/?a|not|tbc|unknown)?|.*@.*", re.I)
_ME = re.compile(r"\W*(?:me|myself|i)\W*(?:\([^()]{0,20}\))?\W*", re.I)
_Rows = list[list[str]]


def read_nominees(lines: Sequence[Line], names: Sequence[str] = ()) -> tuple[Nominee, ...]:
    """The people of every table, in order; in its rows `me` is who writes, by one of `names`."""
    own = next((name for name in names if is_whole(name)), None)
    return tuple(n for table in _tables(lines) for n in _people(_even(table), own))


def _tables(lines: Sequence[Line]) -> Iterator[_Rows]:
    """Runs of rows of several cells; a line between two of them may be blank."""
    rows: _Rows = []
    for line in lines:
        cells = _CELL.split(line.text.strip().removeprefix("|").removesuffix("|").strip(" "))
        if len(cells) > 1:
            rows.append(cells)
        elif line.text.strip() and rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _even(rows: _Rows) -> _Rows:
    """Rows in which a column of `Ada Bell / Ward Clerk` is two."""
    width = max(map(len, rows))
    parts = [
        {cell.count(" / ") for row in rows if at < len(row) and (cell := row[at]).strip()}
        for at in range(width)
    ]
    return [
        [
            part
            for at, cell in enumerate(row)
            for part in (cell.split(" / ") if len(parts[at]) == 1 and cell else [cell])
        ]
        for row in rows
    ]


def _people(rows: _Rows, own: str | None) -> Iterator[Nominee]:
    at, columns = next(((at, c) for at, row in enumerate(rows) if (c := _header(row))), (-1, {}))
    body = rows[at + 1 :]
    others = {n for n, cell in enumerate(rows[at]) if at >= 0 and _OF_OTHERS.search(cell)}
    columns = _completed(columns, body[:_MOST_SHOWN], others)
    is_told = "name" in columns or {"surname", "given"} <= columns.keys()
    if not is_told or len(columns) < 2 or (at < 0 and _is_labelled(body)):
        return
    if at < 0 and len(body) < 2 and "email" not in columns:
        return
    for row in body:
        if not _header(row):
            kept = ["" if n in others else cell for n, cell in enumerate(row)]
            yield from _row(kept, columns, own, is_headed=at >= 0)


def _header(cells: Sequence[str]) -> dict[str, int]:
    """Which column holds what; empty where the row is no header of a table of people."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(cells):
        label = re.sub(r"\([^()]{0,40}\)", "", fold(cell)).strip(" :*.?")
        for field, pattern in _COLUMNS:
            if field not in columns and pattern.match(label):
                columns[field] = at
                break
    has_name = "name" in columns or {"surname", "given"} <= columns.keys()
    return columns if has_name and len(columns) > 1 else {}


def _completed(columns: dict[str, int], rows: _Rows, others: set[int]) -> dict[str, int]:
    """The columns with those that no heading told, by what most of their cells are."""
    width = max(map(len, rows), default=0)
    columns = dict(columns)
    for field, holds in _HELD:
        taken = {*columns.values(), *others}
        is_told = field in columns or (field == "name" and {"surname", "given"} <= columns.keys())
        free = (at for at in range(width) if at not in taken and not is_told)
        held = next((at for at in free if _is_mostly(rows, at, holds)), None)
        if held is not None:
            columns[field] = held
    return columns


def _is_mostly(rows: _Rows, at: int, holds: Callable[[str], bool]) -> bool:
    cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
    return bool(cells) and sum(map(holds, cells)) >= _MOSTLY * len(cells)


def _is_labelled(rows: _Rows) -> bool:
    """Whether the first column of a table without headings is one of labels."""
    return 2 * sum(field_of_label(row[0]) is not None for row in rows) >= len(rows)


def _row(
    cells: Sequence[str], columns: dict[str, int], own: str | None, *, is_headed: bool
) -> Iterator[Nominee]:
    def cell(field: str) -> str:
        at = columns.get(field, len(cells))
        return cells[at].strip() if at < len(cells) else ""

    if "surname" in columns:
        given = cell("given") or cell("name")
        name = clean_name(f"{given} {cell('surname')}")
    elif _ME.fullmatch(cell("name")):
        name = own
    else:
        name = _name(cell("name"))
    if not is_headed and not is_person(cell("name")):
        return
    if name is None:
        return
    address = EMAIL.search(cell("email")) or EMAIL.search(" ".join(cells))
    role, organisation = cell("role"), cell("organisation")
    yield Nominee(
        name=name,
        email=address.group().lower() if address else None,
        role=None if _TELLS_NOTHING.fullmatch(role) else role,
        organisation=None if _TELLS_NOTHING.fullmatch(organisation) else organisation,
    )


def _name(cell: str) -> str | None:
    """A name, also `TE WIATA Marama`, as directories write a surname of several words."""
    words = cell.split()
    shouted = [word for word in words if word.isupper() and word.isalpha()]
    if len(shouted) > 1 and words[: len(shouted)] == shouted and len(words) > len(shouted):
        return clean_name(" ".join([*words[len(shouted) :], *map(str.capitalize, shouted)]))
    return clean_name(cell)
