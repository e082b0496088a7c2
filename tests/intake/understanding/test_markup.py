"""HTML becomes the lines that a reader sees."""

import time

import pytest

from intake.understanding.mime.markup import render_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<p>a  b\n c</p>", "a b c"),
        ("<p>a&nbsp;&nbsp;b &amp; c</p>", "a  b & c"),
        ("<p class=MsoNormal>One</p><p class=MsoNormal>Two</p>", "One\nTwo"),
        (
            "<p class=MsoNormal>One</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Two</p>",
            "One\n\nTwo",
        ),
        (
            "<style>p.MsoNormal {margin-bottom:8.0pt}</style>"
            "<p class=MsoNormal>One</p><p class=MsoNormal>Two</p>",
            "One\n\nTwo",
        ),
        ("<style>P {margin-top:0;margin-bottom:0;}</style><p>One</p><p>Two</p>", "One\nTwo"),
        ('<p style="margin:0cm">One</p><p style="margin:0cm">Two</p>', "One\nTwo"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ('<ol start="3"><li>One</li><li>Two</li></ol>', "3. One\n4. Two"),
        ("<p>a<span style='display:none'>hidden</span>b</p>", "ab"),
        ("<p>a<span style='mso-hide:all'>hidden</span>b</p>", "ab"),
        ("<div hidden>x</div><style>p{}</style><script>x</script><title>t</title>ok", "ok"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("a<!-- comment -->b<!--[if mso]>c<![endif]-->", "ab"),
        (
            "<blockquote type=cite><p>Old</p><p>Older</p></blockquote>New",
            "> Old\n>\n> Older\n\nNew",
        ),
        (
            "<div>New</div><blockquote class=gmail_quote>Old<blockquote>Older</blockquote>"
            "</blockquote>",
            "New\n\n> Old\n>\n> > Older",
        ),
        (
            '<blockquote style="margin:0 0 0 40px;border:none;padding:0">Indented</blockquote>',
            "Indented",
        ),
        ('<a href="mailto:sam@x.example?subject=y">Write to me</a>', "Write to me <sam@x.example>"),
        ('<a href="mailto:sam@x.example">sam@x.example</a>', "sam@x.example"),
        ('<a href="https://x.example">here</a>', "here"),
        ('<img src="cid:logo" alt="logo">Sam', "Sam"),
        ("", ""),
        ("just text", "just text"),
        ("<<<>>> a < b", "<<<>>> a < b"),
    ],
)
def test_render_html(html: str, text: str) -> None:
    assert render_html(html).text == text


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def test_a_row_stays_on_a_line() -> None:
    rendered = render_html(table(("Name", "Role", "E-mail"), ("Jo", "", "jo@x.example")))

    assert rendered.text == "Name | Role | E-mail\nJo |  | jo@x.example"
    assert rendered.data_rows == 2


def test_a_label_keeps_its_paragraphs() -> None:
    rendered = render_html(table(("Lead", "Jo"), ("Summary", "<p>One.</p><p>Two.</p>")))

    assert rendered.text == "Lead | Jo\nSummary | One.\n\nTwo."


def test_layout_tables_are_no_data() -> None:
    rendered = render_html(table(("", "<p>Hello</p><p>there</p>", ""), ("", "Sam", "")))

    assert rendered.text == "Hello\n\nthere\nSam"
    assert rendered.data_rows == 0


def test_nested_tables_are_read_within_their_cell() -> None:
    assert render_html(table((table(("a", "b"), ("c", "d")),))).text == "a | b\nc | d"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "hello",
        "<blockquote>x" * 30_000,
        "<table><tr><td>x" * 10_000,
        "<" * 1_000_000,
        "<p " + "a=b " * 200_000 + ">x",
        "<style>" + "p{" * 200_000 + "</style>x",
        "<!--" * 200_000,
        "<b>x" * 100_000,
        "&#120;" * 100_000,
    ],
    ids=range(9),
)
def test_hostile_html_takes_linear_time(html: str) -> None:
    started = time.perf_counter()

    render_html(html)

    assert time.perf_counter() - started < 20
