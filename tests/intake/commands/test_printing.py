"""What commands print: text of applicants never steers a terminal."""

import json
import unicodedata

import pytest
from rich.console import Console

from intake.commands.printing import as_line, make_table, plain, print_json

HOSTILE = "".join(
    c
    for c in map(chr, (*range(0x3000), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0080)))
    if unicodedata.category(c) in ("Cc", "Cf", "Co", "Zl", "Zp")
)


def steering(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}


def test_json_is_ascii_and_reads_back(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"title": f"Zoë \u061c\u180e\U000e0041\x1b[31m\x7f\x9b{HOSTILE}"}

    print_json(value)
    printed = capsys.readouterr().out

    assert steering(printed) == {"\n"}
    assert printed.isascii()
    assert json.loads(printed) == value


def test_a_json_line_is_one_line_of_ascii() -> None:
    value = {"title": f"a\u2028b\r\nc{HOSTILE}"}

    line = as_line(value)

    assert steering(line) == set()
    assert line.isascii()
    assert json.loads(line) == value


def test_cells_of_tables_are_plain() -> None:
    console = Console(markup=False, width=60, record=True, quiet=True)
    table = make_table("Cases", ("Title",), [[f"[/red]a{HOSTILE}b"]])

    with console.capture() as captured:
        console.print(table)

    assert steering(captured.get()) <= {"\n"}
    assert plain(f"[/red]a{HOSTILE[:40]}b") == "[/red]a b"
