"""Forwarded mail of many programs and languages: who wrote it, when, about what, which text."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.understanding.texts.forwards import Forward, find_enclosed, is_forwarded
from intake.understanding.texts.lines import join_text, split_lines
from intake.understanding.texts.pieces import kinds_of, merge, new_text
from storage.domain.message import Head
from storage.domain.people import Address
from tests.support.forwarding import (
    ADA,
    BODY,
    LAYOUTS,
    RECIPIENT,
    SENDER,
    SUBJECT,
    TONGUES,
    Tongue,
    flat,
    headers,
    led_to,
    office,
    quoted,
    table,
    web_mail,
)

WRITER = Address("bev@singers.example", "Bev")
NOTE = "For you, from one of our members.\n\n"


def read(text: str, *, subject: str = "Pigeons") -> Forward | None:
    """What the text forwards."""
    lines = split_lines(text)
    kinds = kinds_of(lines)
    cover = new_text(text, merge(lines, kinds, len(text)))
    found = find_enclosed(lines, kinds)
    head = Head(WRITER, subject, None)
    return found if found and is_forwarded(found, head, cover=cover, ours=()) else None


def found_in(text: str) -> tuple[Address | None, str | None, list[str]] | None:
    found = read(text)
    return (found.sender, found.subject, join_text(found.lines).split()) if found else None


def cases() -> Iterator[object]:
    for name, tongue in TONGUES.items():
        for layout in LAYOUTS:
            if name != "of no list" or layout not in (led_to, flat):
                yield pytest.param(layout(tongue), id=f"{layout.__name__}, {name}")


@pytest.mark.parametrize("text", list(cases()))
@pytest.mark.parametrize("note", ["", NOTE], ids=["bare", "below a note"])
def test_a_forward_is_read_whatever_program_and_language_wrote_it(text: str, note: str) -> None:
    assert found_in(note + text) == (ADA, SUBJECT, BODY.split())


@pytest.mark.parametrize(
    "text",
    [
        "----- Forwarded by Bev Hart/Choirs/Singers on 03/11/2021\n16:02 -----\n\n"
        "From:   Ada Bell/Lofts/Singers\nTo:     Bev Hart/Choirs/Singers\n"
        f"Date:   03/11/2021 15:51\nSubject:        {SUBJECT}\n\n{BODY}\nada.bell@lofts.example",
        "-----Original Message-----\nFrom: Bell, Ada\nSent: 03 November 2021 15:51\nTo: Hart, Bev\n"
        f"Subject: {SUBJECT}\n\n{BODY}\nada.bell@lofts.example",
    ],
    ids=["within an office", "within a directory"],
)
def test_somebody_who_is_only_named_is_found_by_their_address_in_the_text(text: str) -> None:
    found = read(NOTE + text, subject="Fw: pigeons")

    assert found is not None
    assert found.sender is not None
    assert found.sender.email == "ada.bell@lofts.example"
    assert found.subject == SUBJECT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ada Bell [mailto:ada.bell@lofts.example]", ADA),
        ('"Ada Bell" <ada.bell@lofts.example>', ADA),
        ("ada.bell@lofts.example (Ada Bell)", ADA),
        ("ADA.BELL@lofts.example", Address("ada.bell@lofts.example")),
        ("Post Room <post@lofts.example> on behalf of Ada Bell <ada.bell@lofts.example>", ADA),
        ("Ada Bell", Address("", "Ada Bell")),
        ("CN=Ada Bell/OU=Lofts/O=Singers", Address("", "Ada Bell")),
    ],
)
def test_the_sender_is_who_the_header_names(value: str, expected: Address) -> None:
    fields = headers(("From", value), ("Sent", "3 November 2021 15:51"), ("To", "Bev"))
    found = read(f"----- Forwarded Message -----\n{fields}\n\nWould a warm loft help them?")

    assert found is not None
    assert found.sender == expected
    assert found.date == "3 November 2021 15:51"


@pytest.mark.parametrize("tongue", [TONGUES["en"], TONGUES["el"], TONGUES["ja"]])
def test_headers_on_one_line_may_be_glued_and_a_subject_may_hold_labels(tongue: Tongue) -> None:
    subject = "Re: [Lofts] To: whom it may concern"
    text = flat(tongue).replace(SENDER, ADA.email).replace(SUBJECT, subject)

    assert found_in(text) == (Address(ADA.email), subject, BODY.split())


def test_addressees_may_go_over_several_lines() -> None:
    fields = headers(("From", SENDER), ("Sent", "3 November 2021 15:51"), ("To", RECIPIENT + ";"))
    more = '  "Loft, North" <north@lofts.example>;\n  South Loft <south@lofts.example>'

    assert found_in(f"{fields}\n{more}\nSubject: {SUBJECT}\n\n{BODY}") == (
        ADA,
        SUBJECT,
        BODY.split(),
    )


FIELDS = headers(
    ("Date", "Wed, 3 Nov 2021 15:51:30 +0000"),
    ("From", SENDER),
    ("To", RECIPIENT),
    ("Subject", SUBJECT),
)
EQUALS = "=" * 12
RULE = f"{EQUALS} Forwarded message {EQUALS}"


@pytest.mark.parametrize(
    "text",
    [
        f"{RULE}\n{FIELDS}\n{RULE}\n\n{BODY}",
        f"----- Forwarded message from {SENDER} -----\n\n{FIELDS}\n\n{BODY}\n\n"
        "----- End forwarded message -----",
        f"------- Start of forwarded message -------\n{FIELDS}\n\n{BODY}\n"
        "------- End of forwarded message -------\n\nThat was it.",
        f"----------  Forwarded Message  ----------\n\n{FIELDS}\n\n{BODY}\n{'-' * 40}",
        f"This is a forwarded message\n{FIELDS}\n\n===8<{EQUALS}Original message text{EQUALS}\n"
        f"{BODY}\n\n===8<{EQUALS}End of original message text{EQUALS}\n",
        "-------- Original message --------" + " ".join(FIELDS.split("\n")) + f"\n{BODY}",
        "---------- Forwarded message ----------\n\n"
        + FIELDS.replace("\n", "\n\n")
        + f"\n\n{BODY}",
        f"----- Forwarded by Bev Hart/Singers on 03/11/2021 16:02 -----\n\n{SENDER} on 03/11/2021"
        f" 15:51\n\nTo:   Bev Hart/Singers\ncc:\nSubject:  {SUBJECT}\n\n{BODY}",
    ],
    ids=[
        "closed headers",
        "end told",
        "start and end told",
        "rule at the end",
        "text within separators",
        "headers behind the separator",
        "blank lines between headers",
        "sender without a label",
    ],
)
def test_what_programs_draw_around_the_text_is_none_of_it(text: str) -> None:
    assert found_in(NOTE + text) == (ADA, SUBJECT, BODY.split())


def test_an_attribution_may_stand_in_the_place_of_headers() -> None:
    found = found_in(
        f'-------- Пересылаемое сообщение --------\n03.11.2021, 15:51, "Ada Bell"'
        f" <{ADA.email}>:\n\n{BODY}\n\n-------- Конец пересылаемого сообщения --------"
    )

    assert found == (ADA, None, BODY.split())


def test_a_message_that_is_nothing_but_a_quote_passes_it_on() -> None:
    found = read(f"Il giorno 3/11/2021, 15:51 {SENDER} ha scritto:\n\n    " + BODY)

    assert found is not None
    assert (found.sender, found.date) == (ADA, "3/11/2021, 15:51")
    assert join_text(found.lines).split() == BODY.split()


@pytest.mark.parametrize(
    "text",
    [
        f"So do I.\n\nOn 3 Nov 2021, at 15:51, {SENDER} wrote:\n\n{quoted(BODY)}",
        f"So do I.\n\nRegards\nBev\n\n{office(TONGUES['en'])}",
        f"So do I.\n\nOn 3 Nov 2021, at 15:51, Cy <cy@rowe.example> wrote:\n\n"
        f"{quoted('See what Ada says.' + chr(10) * 2 + web_mail(TONGUES['en']))}",
        "Dear all,\n\nCall: expressions\nBy: 3 November\nWhere: the loft\n\nBev",
        "Our plan\n\n--- Forward look ---\n\nLofts of brick.\n\n--- Original idea ---\n\nNests.",
        "Name: Ada Bell\nE-mail: ada.bell@lofts.example\nMobile: 07700 900123\nDate: 3 November",
    ],
    ids=["answer", "signed answer", "answer to a forward", "notice", "headings", "details"],
)
def test_what_only_resembles_a_forward_is_none(text: str) -> None:
    assert read(text, subject="") is None


def test_an_answer_to_a_forward_keeps_what_is_written_below_the_quote() -> None:
    forward = quoted(f"See what Ada says.\n\n{web_mail(TONGUES['en'])}")
    text = f"On 3 Nov 2021, at 15:51, Cy <cy@rowe.example> wrote:\n{forward}\n\nI agree with her."
    lines = split_lines(text)

    assert new_text(text, merge(lines, kinds_of(lines), len(text))) == "I agree with her."


TEXTS = st.one_of(
    st.sampled_from([line for t in TONGUES.values() for line in table(t).split("\n")]),
    st.sampled_from([SENDER, "> ", "-----", "Begin forwarded message:", "From: A", "> To: B", ""]),
    st.text(max_size=30),
)


@given(st.lists(TEXTS, max_size=25))
def test_the_text_of_a_forward_stands_in_the_message(parts: list[str]) -> None:
    text = "\n".join(parts)
    lines = split_lines(text)

    found = find_enclosed(lines, kinds_of(lines))

    for line in found.lines if found else ():
        assert text[line.start : line.end] == line.text
