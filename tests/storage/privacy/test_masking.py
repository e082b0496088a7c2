"""A person's names are found however they are written, and nobody else's are touched."""

import json

import pytest
from hypothesis import given, strategies

from storage.privacy.masking import masked
from storage.privacy.traces import Finder, Names

ZOE = Names("zoë.quill@trust.example", ("Zoë Quillfeather",), ("+447700900123",))
FINDER = Finder(ZOE)


@pytest.mark.parametrize(
    "text",
    [
        "zoë.quill@trust.example",
        "Zoë.Quill@Trust.Example,",
        "<zoë.quill@trust.example>",
        "ask ZOË QUILLFEATHER about it",
        "Zoë\n  Quillfeather",
        "07700 900 123",
        "+44 7700 900123",
        "(07700) 900-123",
    ],
)
def test_every_way_of_writing_is_found(text: str) -> None:
    assert FINDER.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "axzoë.quill@trust.example",
        "zoë.quill@trust.example.nhs.example",
        "Zoë Quillfeathers",
        "Zoë, Quillfeather",
        "Zoë",
        "+447700900124",
    ],
)
def test_others_are_not(text: str) -> None:
    assert not FINDER.is_in(text)


def test_json_stays_json() -> None:
    told = {"name": "Zoë Quillfeather", "list": ["x zoë.quill@trust.example y", 3, None]}

    found = json.loads(masked(json.dumps(told), FINDER, "erased-1"))

    assert found == {"name": "erased-1", "list": ["x erased-1 y", 3, None]}


@given(strategies.text(), strategies.text(), strategies.sampled_from(ZOE.all))
def test_nothing_is_left_wherever_it_stood(before: str, after: str, name: str) -> None:
    text = f"{before} {name} {after}"

    assert not FINDER.is_in(masked(text, FINDER, "erased-1"))
