"""Markdown as text and as HTML, and values that stay what they are."""

import html
import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from responders.markdown import TEXT_WIDTH, escape, parse_markdown, to_html, to_text
from responders.wording import LINE_BREAK, visible


def text_of(source):
    return to_text(parse_markdown(source))


def html_of(source):
    return to_html(parse_markdown(source))


PAYLOADS = [
    "<script>alert(1)</script>",
    "[click](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "<https://evil.example>",
    "**bold** _under_ `code` ~~gone~~",
    "# Heading",
    "> quoted",
    "- item",
    "1. item",
    "| a | b |",
    "&lt;b&gt; &amp; &#x3c;",
    "a\\b \\[c\\]",
    "{{ secret }} {% include 'x' %}",
    "javascript:alert(1)",
    "<!-- comment -->",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><h1>",
    "---",
    "    code",
    "[ref]: https://evil.example",
    "line one\n\n# line two",
    "\u202eevil\u200b\x07",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_escaped_value_reads_as_itself(payload):
    source = f"Dear {escape(payload)}, hello"

    assert text_of(source) == f"Dear {visible(payload)}, hello\n"
    assert html_of(source) == f"<p>Dear {_escaped(visible(payload))}, hello</p>\n"


def _escaped(text):
    return html.escape(text, quote=False).replace('"', "&quot;")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_escaped_value_at_the_start_of_a_block_or_in_a_table_reads_as_itself(payload):
    assert text_of(escape(payload)) == f"{visible(payload)}\n"
    assert text_of(f"| A | B |\n| --- | --- |\n| Name | {escape(payload)} |") == (
        f"Name: {visible(payload)}\n"
    )


@given(st.text(max_size=60))
@example("a\u2028\u2028- b\u20281. c\u2028")
def test_no_value_opens_an_element(value):
    """But the end of a line where it says so itself."""
    tags = re.findall(r"<[^>]*>?", html_of(f"Dear {escape(value)} x"))

    assert tags == ["<p>", *["<br />"] * value.count(LINE_BREAK), "</p>"]


def test_html_in_a_template_is_shown_not_passed_on():
    assert html_of("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_link_is_spelled_out_once():
    source = "Write to [us](mailto:ace@nhs.example) or [ace@nhs.example](mailto:ace@nhs.example)."

    assert text_of(source) == "Write to us (ace@nhs.example) or ace@nhs.example.\n"


def test_links_that_run_something_are_none():
    assert "<a" not in html_of("[x](javascript:alert(1))")


def test_blocks_read_well_as_text():
    source = """\
## What to do

1. **First**, read.
2. Then write, and take the time that you need for it, as there is enough of it left.

- one
- two

| When | What | Who |
| --- | --- | --- |
| Monday | The call opens | we |

> A quoted thing.

With best wishes,\\
The team

---

End.
"""
    assert (
        text_of(source)
        == """\
What to do
----------

1. First, read.
2. Then write, and take the time that you need for it, as there is enough of
   it left.

- one
- two

Monday: What: The call opens; Who: we

  A quoted thing.

With best wishes,
The team

----------------------------------------

End.
"""
    )


def test_times_days_numbers_and_addresses_are_not_broken():
    source = f"{'x' * 70} 5 pm on Friday {'y' * 50} 20 August 2021, {'z' * 60} 020 7946 0100"

    lines = text_of(source).splitlines()

    assert any("5 pm" in line for line in lines)
    assert any("20 August 2021" in line for line in lines)
    assert any("020 7946 0100" in line for line in lines)


def test_column_heads_have_their_scope():
    assert '<th scope="col">A</th>' in html_of("| A | B |\n| --- | --- |\n| 1 | 2 |")


def test_a_question_in_a_table_keeps_its_own_mark():
    assert text_of("| A | B |\n| --- | --- |\n| Why now? | 77 words |") == "Why now? 77 words\n"


CHART = """\
| Area | Cases | Forms | Chart |
| --- | --- | --- | --- |
| North | 12 | 3 | ████████████████████ |
| South West | 3 | 0 | █████ |
| East | 0 | 0 | |
"""


def test_chart_reads_as_columns_with_bars():
    assert to_text(parse_markdown(CHART)).splitlines() == [
        "Area        Cases  Forms",
        "North          12      3  ████████████████████",
        "South West      3      0  █████",
        "East            0      0",
    ]


def test_chart_is_drawn_with_cells_that_nobody_hears():
    html = to_html(parse_markdown(CHART))

    assert '<table class="chart">' in html
    assert html.count('class="bar" role="presentation" aria-hidden="true" width="100"') == 2
    assert '<td class="filled" width="100">&nbsp;</td></tr>' in html
    assert '<td class="filled" width="25">&nbsp;</td><td width="75">&nbsp;</td></tr>' in html
    assert "█" not in html


def test_block_characters_in_a_sentence_stay_as_they_are():
    assert to_html(parse_markdown("A █ of text.")) == "<p>A █ of text.</p>\n"


def test_blocks_within_blocks_read_well_as_text():
    source = """\
3. **One** and
   more of it

   | A | B |
   | --- | --- |
   | Why? | *so* |
4. - a
   - b\\
     c

   > quoted
   >
   >     code

# Last [<https://x.example> of ours](mailto:a@b.example) and ![a sign](x.png)
"""
    assert (
        text_of(source)
        == """\
3. One and more of it

   Why? so
4. - a
   - b
     c

     quoted

         code

Last https://x.example of ours (a@b.example) and a sign
-------------------------------------------------------
"""
    )


@given(st.lists(st.text("abc-/.", min_size=1, max_size=30), min_size=1, max_size=60))
def test_paragraph_has_its_words_in_lines_as_long_as_may_be(words):
    lines = text_of(escape(" ".join(words))).splitlines()

    assert [word for line in lines for word in line.split(" ")] == words
    assert all(len(line) <= TEXT_WIDTH for line in lines)
    for line, following in pairwise(lines):
        assert len(f"{line} {following.split(' ')[0]}") > TEXT_WIDTH


@given(st.lists(st.tuples(st.text("ab1-|*", min_size=1), st.text("ab1-|* "))))
def test_row_of_a_table_is_a_line(rows):
    rows = [(first[:20], last[:20]) for first, last in rows]
    head = "| A | B |\n| --- | --- |\n"
    source = head + "".join(f"| {escape(first)} | {escape(last)} |\n" for first, last in rows)

    lines = (f"{first}: {visible(last)}".strip() for first, last in rows)
    assert text_of(source) == "\n".join(lines) + "\n"
