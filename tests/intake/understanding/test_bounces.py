"""Reports of failed and delayed letters, and what only looks like one."""

import pytest

from intake.understanding.mime.message import parse_message
from intake.understanding.triage.bounces import Bounce, find_bounce
from intake.understanding.triage.triage import classify
from intake.understanding.understand import understand
from storage.domain.message import MessageKind, Verdict
from tests.support.incoming import make_evidence, write_message
from tests.support.programmes import ACE

LETTER = (
    "From: ACE <ace@leadership.nhs.example>\r\nTo: jo@elm.example\r\n"
    "Subject: ACE: your application pack\r\nMessage-ID: <17@postroom.leadership.nhs.example>\r\n"
)
ID = "<17@postroom.leadership.nhs.example>"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"


def found(raw: bytes) -> Bounce | None:
    return find_bounce(parse_message(raw), raw)


def report(*recipients: str, original: str = LETTER, kind: str = "message/rfc822") -> bytes:
    blocks = "\r\n\r\n".join(("Reporting-MTA: dns; mx.example", *recipients))
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{blocks}\r\n"
        f"--b\r\nContent-Type: {kind}\r\n\r\n{original}\r\n--b--\r\n"
    )
    return write_message(
        body,
        "Return-Path: <>",
        subject="Undelivered Mail Returned to Sender",
        sender=DAEMON,
        content_type="multipart/report; report-type=delivery-status; boundary=b",
    )


FAILED = "Final-Recipient: rfc822; Jo@elm.example\r\nAction: failed\r\nStatus: 5.1.1"
DELAYED = "Final-Recipient: rfc822; jo@elm.example\r\nAction: delayed\r\nStatus: 4.4.1"
SENT_ON = "Final-Recipient: rfc822; jo@elm.example\r\nAction: relayed\r\nStatus: 2.0.0"
OTHER = (
    "Original-Recipient: rfc822;ann@elm.example\r\nFinal-Recipient: rfc822;list@x.example\r\n"
    "Action: failed (gone)\r\nStatus: 5.2.2 (full)"
)
BARE = "Final-Recipient: rfc822; jo@elm.example\r\nStatus: 5.0.0"


@pytest.mark.parametrize(
    ("raw", "bounce"),
    [
        (report(FAILED), Bounce(("jo@elm.example",), (ID,), "5.1.1")),
        (report(FAILED, OTHER), Bounce(("jo@elm.example", "ann@elm.example"), (ID,), "5.1.1")),
        (report(DELAYED, FAILED), Bounce(("jo@elm.example",), (ID,), "5.1.1")),
        (report(DELAYED), Bounce(("jo@elm.example",), (ID,), "4.4.1", is_delay=True)),
        (report(BARE), Bounce(("jo@elm.example",), (ID,), "5.0.0")),
        (report(FAILED, kind="text/rfc822-headers"), Bounce(("jo@elm.example",), (ID,), "5.1.1")),
        (report(SENT_ON), None),
    ],
)
def test_reports_of_rfc_3464(raw: bytes, bounce: Bounce | None) -> None:
    assert found(raw) == bounce


EXIM = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  jo@elm.example
    host mail.elm.example [192.0.2.1]
    550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

{LETTER}
Dear Jo, other@elm.example says hello."""
QMAIL = f"""Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<jo@elm.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{LETTER}"""
EXCHANGE = f"""Delivery has failed to these recipients or groups:

jo@elm.example
The recipient's mailbox is full and can't accept messages now.

Original message headers:

{LETTER}"""
WARNING = """This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.

The address to which the message has not yet been delivered is:

  jo@elm.example

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated."""


@pytest.mark.parametrize(
    ("text", "subject", "fields", "bounce"),
    [
        (
            EXIM,
            "Mail delivery failed: returning message to sender",
            ["X-Failed-Recipients: jo@elm.example,\r\n ann@elm.example"],
            Bounce(("jo@elm.example", "ann@elm.example"), (ID,), "5.1.1"),
        ),
        (EXIM, "Mail delivery failed", [], Bounce(("jo@elm.example",), (ID,), "5.1.1")),
        (QMAIL, "failure notice", [], Bounce(("jo@elm.example",), (ID,), "5.1.1")),
        (EXCHANGE, "Undeliverable: ACE", [], Bounce(("jo@elm.example",), (ID,))),
        (
            WARNING,
            "Warning: message 1abc delayed 24 hours",
            [],
            Bounce(("jo@elm.example",), is_delay=True),
        ),
    ],
    ids=["exim-field", "exim", "qmail", "exchange", "exim-warning"],
)
def test_reports_in_prose(text: str, subject: str, fields: list[str], bounce: Bounce) -> None:
    raw = write_message(text, "Return-Path: <>", *fields, subject=subject, sender=DAEMON)

    assert found(raw) == bounce


@pytest.mark.parametrize(
    "raw",
    [
        write_message(EXIM, subject="Fwd: Mail delivery failed: returning message to sender"),
        write_message("Is your letter undeliverable? Mine came back.", subject="Undelivered mail?"),
        write_message("I am out of the office.", "Return-Path: <>", subject="Out of office"),
        write_message("Please unsubscribe me.", sender="Postmaster <postmaster@x.example>"),
        write_message(
            "Our post is returned to sender and the 550 bus has failed.\n\nDelivery failure in "
            "pharmacies is our theme.",
            subject="Delivery failure: expression of interest",
        ),
    ],
    ids=["forwarded-by-a-person", "asks", "vacation", "postmaster-writes", "theme"],
)
def test_what_looks_like_a_bounce_is_none(raw: bytes) -> None:
    assert found(raw) is None


def test_a_report_without_sender_does_not_break_the_detectors() -> None:
    raw = write_message(QMAIL, "Return-Path: <>", subject="failure notice", sender="<>")

    assert found(raw) == Bounce(("jo@elm.example",), (ID,), "5.1.1")


@pytest.mark.parametrize(
    ("block", "rule"), [(FAILED, "delivery_failed"), (DELAYED, "delivery_delayed")]
)
def test_triage_names_the_report(block: str, rule: str) -> None:
    raw = report(block)

    assert classify(make_evidence(raw, bounce=found(raw))) == Verdict(MessageKind.BOUNCE, rule)


@pytest.mark.parametrize(
    "text",
    [
        "Ihre Nachricht hat Empfänger nicht erreicht.\n\nf.lind@kew.example am 21.07.2021 08:31\n",
        "The following recipients did not receive your message, host not responding:\n"
        "  <f.lind@kew.example>\n\n--- first lines ---\nFrom: ACE <ace@leadership.nhs.example>\n"
        "Subject: rejected\n",
    ],
    ids=["words nobody listed", "our own address beside it"],
)
def test_the_one_address_of_somebody_else_failed(text: str) -> None:
    fields = ("Return-Path: <>",)
    raw = write_message(
        text, *fields, sender="postmaster@kew.example", subject="Undeliverable: ACE"
    )

    told = understand(raw, programmes=[ACE]).understanding
    assert told.bounced == ("f.lind@kew.example",)
