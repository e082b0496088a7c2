"""Bytes on the wire: what the header says, and what can't get into it."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.errors import HeaderRefused
from responders.mime import (
    Heading,
    PackFile,
    compose,
    encode_enclosure,
    make_message_id,
    recompose,
)
from storage.domain.marks import is_our_message_id, message_id_domain
from storage.domain.people import Address

HEADING = Heading(
    sender=Address("ace@leadership.nhs.example", "ACE 2021"),
    recipient="amina@kentishtown.example",
    subject="Your application pack: ACE 2021 [ACE-0042]",
    message_id="<ace-0042.token@postroom.leadership.nhs.example>",
    date=datetime(2021, 7, 14, 7, 43, tzinfo=UTC),
    loop="ace@leadership.nhs.example",
    answers="<second@kentishtown.example>",
    references=("<first@kentishtown.example>",),
)
FILE = PackFile("form.docx", "application/octet-stream", bytes(range(256)) * 3)

INTENDED = [
    *("Date", "From", "To", "Message-ID", "Subject", "In-Reply-To", "References"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "X-Postroom-Loop"),
    *("Content-Language", "MIME-Version", "Content-Type"),
]

INJECTIONS = [
    "Hello\r\nBcc: all@nhs.example",
    "Hello\nBcc: all@nhs.example",
    "Hello\rBcc: all@nhs.example",
    "Hello =?UTF-8?Q?=0A?=Bcc: all@nhs.example",
    "=?utf-8?b?SGVsbG8=?=",
    "Hello\x00",
    "Hello\x0bBcc: all@nhs.example",
    "Hello\x85Bcc: all@nhs.example",
    "Hello\u2028Bcc: all@nhs.example",
    "Hello\u2029Bcc: all@nhs.example",
    "Hello \u202egnp.exe",
    "\x1b[31mHello",
]


def parsed(content: bytes):
    return email.message_from_bytes(content, policy=default)


def test_header_says_what_was_meant_and_nothing_else():
    message = parsed(compose(HEADING, text="Hello", html="<p>Hello</p>"))

    assert message.keys() == INTENDED
    assert message["From"] == "ACE 2021 <ace@leadership.nhs.example>"
    assert message["To"] == "amina@kentishtown.example"
    assert message["Subject"] == HEADING.subject
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Postroom-Loop"] == "ace@leadership.nhs.example"
    assert message["In-Reply-To"] == "<second@kentishtown.example>"
    assert message["References"].split() == [
        "<first@kentishtown.example>",
        "<second@kentishtown.example>",
    ]


def test_letter_that_answers_nothing_is_generated_and_threads_nowhere():
    content = compose(replace(HEADING, answers=None, is_reply=False), text="Hello", html="<p>")
    message = parsed(content)

    assert message["Auto-Submitted"] == "auto-generated"
    assert "In-Reply-To" not in message
    assert "References" not in message


@pytest.mark.parametrize("answers", ["", "no brackets", "<a b@c>", "<a@b>\r\nBcc: x", "<é@b>"])
def test_message_id_that_is_none_is_left_out(answers):
    message = parsed(compose(replace(HEADING, answers=answers), text="Hello", html="<p>"))

    assert "In-Reply-To" not in message


def test_long_thread_keeps_its_beginning_and_its_end():
    references = tuple(f"<{n}@kentishtown.example>" for n in range(300))
    message = parsed(compose(replace(HEADING, references=references), text="Hello", html="<p>"))

    kept = message["References"].split()
    assert (len(kept), kept[0], kept[-2:]) == (
        20,
        "<0@kentishtown.example>",
        ["<299@kentishtown.example>", "<second@kentishtown.example>"],
    )


@pytest.mark.parametrize("payload", INJECTIONS)
@pytest.mark.parametrize("field", ["subject", "recipient", "loop", "message_id", "sender"])
def test_value_that_would_change_the_header_is_refused(field, payload):
    value = Address("ace@leadership.nhs.example", payload) if field == "sender" else payload

    with pytest.raises(HeaderRefused):
        compose(replace(HEADING, **{field: value}), text="Hello", html="<p>")


@pytest.mark.parametrize("payload", INJECTIONS)
def test_file_name_that_would_change_a_header_is_refused(payload):
    with pytest.raises(HeaderRefused):
        encode_enclosure([replace(FILE, name=payload)])


@given(st.text(min_size=1, max_size=200))
def test_any_subject_is_refused_or_arrives_as_it_is(subject):
    try:
        content = compose(replace(HEADING, subject=subject), text="Hello", html="<p>")
    except HeaderRefused:
        return
    message = parsed(content)
    assert message.keys() == INTENDED
    assert " ".join(message["Subject"].split()) == " ".join(subject.split())


def test_subject_and_names_beyond_ascii_arrive():
    heading = replace(
        HEADING,
        sender=Address("ace@leadership.nhs.example", "Łukasz, “ACE”"),
        subject="Your pack – “Rodzina” [ACE-0042] " + "ż" * 80,
        recipient="amina@świętokrzyskie.example",
    )
    content = compose(heading, text="Hello", html="<p>")
    message = parsed(content)

    assert message["From"].addresses[0].display_name == "Łukasz, “ACE”"
    assert message["Subject"] == heading.subject
    assert message["To"] == "amina@xn--witokrzyskie-5vb53g.example"
    assert max(map(len, content.split(b"\r\n"))) <= 98


@given(st.text(max_size=400))
def test_any_text_arrives_as_it_is(text):
    message = parsed(compose(HEADING, text=text, html="<p>"))

    arrived = message.get_body(("plain",)).get_content()
    assert arrived.splitlines() == text.splitlines() or arrived.split() == text.split()


def test_open_letter_and_enclosure_make_one_message():
    second = replace(FILE, name="Guidance – für alle.docx", content=b"guidance")
    content = compose(HEADING, text="Hello", html="<p>", files=[FILE], is_open=True)
    message = parsed(content + encode_enclosure([second]))

    assert [(p.get_filename(), p.get_content()) for p in message.iter_attachments()] == [
        ("form.docx", FILE.content),
        ("Guidance – für alle.docx", b"guidance"),
    ]
    assert message.get_body(("plain",)).get_content().strip() == "Hello"
    assert not any(part.defects for part in message.walk())


def test_letter_without_an_enclosure_closes_itself():
    message = parsed(compose(HEADING, text="Hello", html="<p>", files=[FILE]))

    assert [part.get_filename() for part in message.iter_attachments()] == ["form.docx"]
    assert not any(part.defects for part in message.walk())


def test_message_id_is_stable_keyed_and_known_as_ours():
    domain = message_id_domain("ace@leadership.nhs.example")
    one = make_message_id(b"secret", "closed/message:7", domain, "ACE-0042")

    assert one == make_message_id(b"secret", "closed/message:7", domain, "ACE-0042")
    assert one != make_message_id(b"other", "closed/message:7", domain, "ACE-0042")
    assert one != make_message_id(b"secret", "closed/message:8", domain, "ACE-0042")
    assert is_our_message_id(one, "ace@leadership.nhs.example")
    assert not is_our_message_id("<x@leadership.nhs.example>", "ace@leadership.nhs.example")


def test_other_text_leaves_every_other_byte_of_a_letter():
    long = "Your application pack: " + "the very long name of a programme " * 4
    before = compose(replace(HEADING, subject=long), text="One\n", html="<p>One</p>", files=[FILE])

    after = recompose(before, subject="Zoë’s pack", text="Two\n", html="<p>Two</p>")

    heading = replace(HEADING, subject="Zoë’s pack")
    assert after == compose(heading, text="Two\n", html="<p>Two</p>", files=[FILE])


@pytest.mark.parametrize("content", [b"", b"Subject: x\r\n\r\nhello\r\n"])
def test_only_our_own_letters_get_another_text(content):
    with pytest.raises(HeaderRefused):
        recompose(content, subject="x", text="y", html="<p>y</p>")


@pytest.mark.parametrize("payload", INJECTIONS)
def test_other_subject_that_would_change_the_header_is_refused(payload):
    before = compose(HEADING, text="One", html="<p>One</p>")

    with pytest.raises(HeaderRefused):
        recompose(before, subject=payload, text="y", html="<p>y</p>")
