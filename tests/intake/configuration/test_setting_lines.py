"""Finding the line of a setting by the shape of the file alone."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.config import example_path
from intake.configuration.locating import find_line

TEXT = '''\
top = 1
text = """
[not.a.table]
fake = 2
"""
[a]
"quoted key" = 1
b.c = 2
[[a.list]]
key = 1
[[a.list]]
key = 2
[a.list.inner]
key = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 1),
        (("a",), 6),
        (("a", "quoted key"), 7),
        (("a", "b", "c"), 8),
        (("a", "list", 0, "key"), 10),
        (("a", "list", 1, "key"), 12),
        (("a", "list", 1, "inner", "key"), 14),
        (("a", "list", 1, "missing"), 11),
        (("a", "missing", 3, "key"), 6),
        (("fake",), None),
        (("not", "a", "table"), None),
        ((), None),
    ],
)
def test_line_of_a_setting_or_of_the_table_around_it(
    path: tuple[str | int, ...], line: int | None
) -> None:
    tomllib.loads(TEXT)

    assert find_line(TEXT, path) == line


def test_every_plain_setting_of_the_example_has_its_own_line() -> None:
    text = example_path().read_text(encoding="utf-8")
    lines = text.splitlines()

    def check(path: tuple[str | int, ...], value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                check((*path, key), inner)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            if path[-1] != "timeline":
                for place, inner in enumerate(value):
                    check((*path, place), inner)
        else:
            number = find_line(text, path)
            assert number is not None
            assert lines[number - 1].startswith(f"{path[-1]} = ")

    check((), tomllib.loads(text))


@given(st.text(alphabet="[]ab.=\"'\n #", max_size=80))
def test_any_text_is_searched_without_harm(text: str) -> None:
    line = find_line(text, ("a", "b"))

    assert line is None or 1 <= line <= len(text.splitlines())
