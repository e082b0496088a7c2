"""The page of the demo: complete, harmless, readable by everybody."""

import re
from dataclasses import replace

from intake.commands.demo.page import Enclosed, Exchange, Noted, Outcome, Reply, Text, render_page

MESSAGE = Text(
    subject="Expression of interest",
    sender="Ottoline Frayne <ottoline@lofts.example>",
    recipient="ace@leadership.nhs.example",
    at="Monday 5 July 2021, 09:12",
    body="Hello,\n\nWe keep pigeons.",
    files=(Enclosed("idea.docx", 41_200),),
    link="messages/01.eml",
)
LETTER = replace(MESSAGE, subject="Your application pack", body="Dear Ottoline Frayne,", files=())
ANSWERED = Exchange(
    number=1,
    programme="ace",
    programme_name="ACE 2021",
    message=MESSAGE,
    outcome=Outcome.ANSWERED,
    verdict="expression",
    rule="reads_as_expression",
    cases=("ACE-0001",),
    told=(("name", "Ottoline Frayne"),),
    missing=("phone",),
    noted=(Noted("name", "Ottoline Frayne", "signature", 0.9),),
    letters=(Reply("application_pack", "sent", LETTER),),
)
SILENT = replace(
    ANSWERED, number=2, outcome=Outcome.SILENT, verdict="auto_reply", cases=(), letters=()
)


def page(*exchanges: Exchange) -> str:
    return render_page(exchanges, seconds=7.25, files=("config.toml",))


def test_page_shows_each_message_beside_its_letter() -> None:
    html = page(ANSWERED, SILENT)

    assert html.count("<article") == 2
    assert html.index("We keep pigeons.") < html.index("Dear Ottoline Frayne,")
    assert "by rule <code>reads_as_expression</code>" in html
    assert ">ACE-0001<" in html
    assert "application pack" in html
    assert '<a href="messages/01.eml">' in html
    assert "41 kB" in html
    assert "90%" in html


def test_page_says_why_there_is_no_letter() -> None:
    html = page(replace(SILENT, aside="A machine is never answered."))

    assert "A machine is never answered." in html


def test_page_shows_a_held_letter_with_its_rule() -> None:
    held = Reply("acknowledgement", "held", replace(LETTER, link=None), rule="stranger")

    html = page(replace(ANSWERED, outcome=Outcome.HELD, letters=(held,)))

    assert "Letter, held: acknowledgement <code>stranger</code>" in html
    assert "1 messages came in, 0 letters went out" in re.sub(r"\s+", " ", html)


def test_page_runs_and_loads_nothing() -> None:
    hostile = '<script>alert(1)</script> <img src="https://collect.example/x"> " onload="'

    html = page(
        replace(
            ANSWERED,
            message=replace(MESSAGE, subject=hostile, sender=hostile, body=hostile),
            told=(("name", hostile),),
            noted=(Noted("name", hostile, hostile, 1.0),),
        )
    )

    assert "<script" not in html
    assert "<img" not in html
    assert ' onload="' not in html
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", html)


def test_filters_count_what_they_show() -> None:
    html = page(ANSWERED, replace(ANSWERED, number=3), SILENT)

    assert re.search(r'id="o-answered">\s*<span>Answered <b>2</b>', html)
    assert re.search(r'id="o-silent">\s*<span>Stored, no answer <b>1</b>', html)
    assert re.search(r'id="p-ace">\s*<span>ACE 2021 <b>3</b>', html)


def test_page_can_be_read_without_eyes() -> None:
    html = page(ANSWERED, SILENT)

    assert '<html lang="en-GB">' in html
    assert "<title>Postroom: 2 messages" in html
    assert html.count("<h1") == 1
    assert html.count("<legend>") == 2
    assert len(re.findall(r'id="t\d+"', html)) == len(re.findall(r'aria-labelledby="t\d+"', html))


def test_several_cases_are_told_as_a_range() -> None:
    several = replace(ANSWERED, cases=("S500-0002", "S500-0003", "S500-0006"))

    assert several.case_range == "S500-0002–0006"
    assert SILENT.case_range == "–"


def test_page_says_how_many_messages_opened_the_cases() -> None:
    several = replace(ANSWERED, number=3, cases=("S500-0001", "S500-0002", "S500-0003"))
    again = replace(ANSWERED, number=4)

    html = page(ANSWERED, SILENT, several, again)

    assert "<dt>cases, opened by 2 messages</dt><dd>4</dd>" in html
