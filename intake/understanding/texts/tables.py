"""Pure: tables of people, written a row a line with ` | ` between the cells."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.names import clean_name, fold
from intake.understanding.finders.signature import EMAIL
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
_NO_ADDRESS = re.compile(r"\b(?:no|none|n/?a|not|tbc|unknown)\b", re.I)


def read_nominees(lines: Sequence[Line]) -> tuple[Nominee, ...]:
    """The people of every table whose first row names its columns, in order."""
    found: list[Nominee] = []
    columns: dict[str, int] = {}
    for line in lines:
        cells = _CELL.split(line.text.strip().strip("|").strip())
        if len(cells) < 2:
            columns = {} if line.text.strip() else columns
            continue
        header = _header(cells)
        if header:
            columns = header
        elif columns:
            found.extend(_row(_CELL.split(line.text.strip()), columns))
    return tuple(found)


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


def _row(cells: Sequence[str], columns: dict[str, int]) -> Iterator[Nominee]:
    def cell(field: str) -> str:
        at = columns.get(field, len(cells))
        return cells[at].strip() if at < len(cells) else ""

    if "given" in columns and "surname" in columns:
        name = clean_name(f"{cell('given')} {cell('surname')}")
    elif "surname" in columns and "name" in columns:
        name = clean_name(f"{cell('name')} {cell('surname')}")
    else:
        name = clean_name(cell("name"))
    if name is None:
        return
    address = EMAIL.search(cell("email")) or EMAIL.search(" ".join(cells))
    role, organisation = cell("role"), cell("organisation")
    yield Nominee(
        name=name,
        email=address.group().lower() if address else None,
        role=None if _NO_ADDRESS.fullmatch(role) else role or None,
        organisation=None if _NO_ADDRESS.fullmatch(organisation) else organisation or None,
    )
