"""Laws for all bytes: nothing but Unreadable is raised, nothing but clean text comes out."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.understanding.mime.limits import Unreadable
from intake.understanding.mime.markup import render_html
from intake.understanding.mime.message import Message, parse_message
from intake.understanding.mime.text import unflow
from intake.understanding.triage.bounces import find_bounce
from intake.understanding.triage.triage import RULES, classify
from tests.support.incoming import make_evidence

SAMPLES = tuple(sorted((Path(__file__).parents[2] / "corpus").glob("*.eml")))
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FRAGMENTS = (
    *(b"--b", b"--b--", b"\r\n\r\n", b"\x00", b'"', b"=?utf-8?q?=0D=0A?=", b"(((((", b"<<>>,;"),
    *(b"Content-Type: multipart/mixed; boundary=b", b"Content-Type: message/rfc822"),
    *(
        b"Content-Type: multipart/alternative; boundary*0=b; boundary*1=c",
        b"Content-Type: text/html",
    ),
    *(b"Content-Type: text/plain; charset=\x00bogus", b"Content-Type: text/plain; charset=utf-16"),
    *(b"Content-Type: text/plain; charset=utf-7; format=flowed; delsp=yes", b"charset=idna"),
    *(b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: x-uuencode"),
    *(b"Content-Disposition: attachment; filename*99999999999=x", b"Date: 99 Foo 99999999999"),
    *(
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        b"From: a <b@c.d>",
    ),
    *(
        b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: x\r\nAction: \xff",
        b"\xff\xfe",
    ),
    *(
        b"Return-Path: <>",
        b"Subject: Undelivered Mail",
        b"From: MAILER-DAEMON@x.example",
        b"<table><td>",
    ),
)

quickly = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def read(raw: bytes) -> Message | None:
    try:
        return parse_message(raw)
    except Unreadable:
        return None


def check(raw: bytes) -> None:
    message = read(raw)
    if message is None:
        return
    shown = (message.text, message.head.subject, *(part.name or "" for part in message.attachments))
    assert not any(CONTROL.search(text) for text in shown)
    assert "\n" not in message.head.subject
    verdict = classify(make_evidence(message, bounce=find_bounce(message, raw)))
    assert verdict.rule in {rule.name for rule in RULES} | {"nothing_matches"}
    if message.head.sender is not None:
        assert re.fullmatch(r"[^\s<>,;]+@[^\s<>,;@]+", message.head.sender.email)


@quickly
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    check(raw)


@quickly
@given(
    st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=20), max_size=40),
    st.sampled_from([b"\r\n", b"\n", b""]),
)
def test_fragments_of_messages_are_read_or_refused(parts: list[bytes], glue: bytes) -> None:
    check(glue.join(parts))


@quickly
@given(st.data())
@pytest.mark.parametrize("path", SAMPLES[:4], ids=lambda path: path.stem)
def test_damaged_messages_are_read_or_refused(path: Path, data: st.DataObject) -> None:
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(raw)))
        cut = data.draw(st.integers(0, 40))
        raw[at : at + cut] = data.draw(st.sampled_from(FRAGMENTS) | st.binary(max_size=8))
    check(bytes(raw))


@quickly
@given(st.text(max_size=500))
def test_any_html_renders_without_tags_of_ours_or_control_characters(html: str) -> None:
    render_html(html)


@quickly
@given(st.lists(st.text("ab >-", max_size=12), max_size=12), st.booleans())
def test_unflowing_keeps_every_letter_in_order(lines: list[str], delsp: bool) -> None:
    text = "\n".join(lines)

    letters = [c for c in unflow(text, delsp=delsp) if c in "ab"]

    assert letters == [c for c in text if c in "ab"]
