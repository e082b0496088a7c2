"""The Markdown of a letter as a person edits it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.errors import SourceRefused
from responders.markdown import escape, parse_markdown, to_html
from responders.mime import LONGEST_SUBJECT
from responders.sources import read_source, readable


def test_source_is_its_subject_and_its_text() -> None:
    text = "\nSubject:  Your   pack \n\nDear Amina,\n\n- one\n- two\n\n"

    assert read_source(text) == ("Your pack", "Dear Amina,\n\n- one\n- two")


def test_what_nobody_sees_is_taken_out_of_a_source() -> None:
    assert read_source("Subject: A\u202eB\n\nDear\x07 \u200bAmina") == ("A B", "Dear   Amina")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "its first line must be Subject:"),
        ("Dear Amina,\n\nhello", "its first line must be Subject:"),
        ("Subject:\n\nhello", "its subject must have"),
        (f"Subject: {'x' * (LONGEST_SUBJECT + 1)}\n\nhello", "its subject must have"),
        ("Subject: Your pack\n\n  \n", "it has no text"),
        ("Subject: Your pack\n\n" + "x" * 40_000, "its text is longer"),
    ],
)
def test_what_is_no_letter_is_refused(text: str, told: str) -> None:
    with pytest.raises(SourceRefused, match=told):
        read_source(text)


def test_readable_source_has_no_needless_backslashes() -> None:
    source = (
        f"Subject: A\n\nDear {escape('Mary-Ann O’Hara (Dr.)')},\n\n\n\n{escape('a@b.example')}\n"
    )

    assert readable(source) == "Subject: A\n\nDear Mary-Ann O’Hara (Dr.),\n\na@b.example\n"


@pytest.mark.parametrize("value", ["1. first", "*bold*", "[a](http://b.example)", "<b>", "# top"])
def test_readable_source_keeps_values_as_they_were(value: str) -> None:
    source = f"Subject: A\n\n{escape(value)}\n"

    assert _html(readable(source)) == _html(source)
    assert "<strong>" not in _html(readable(source))
    assert "href" not in _html(readable(source))


@given(st.text(max_size=60), st.text(max_size=60))
def test_readable_source_gives_the_same_letter(one: str, other: str) -> None:
    source = f"Subject: A\n\n{escape(one)}\n\n- {escape(other)}: **{escape(one)}**\n"

    assert _html(readable(source)) == _html(source)


def _html(source: str) -> str:
    return to_html(parse_markdown(source.partition("\n")[2]))
