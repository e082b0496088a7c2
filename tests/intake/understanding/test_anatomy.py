"""The pieces of a message, whatever it is about."""

from intake.understanding.anatomy import Anatomy, Forwarded, dissect
from intake.understanding.mime.bodies import message_of_body
from storage.domain.message import MessageKind

_REPLY = (
    b"From: Una Marsh <una@marshhealth.example>\r\nTo: ace@leadership.nhs.example\r\n"
    b"Subject: Re: Expression of interest\r\n\r\n"
    b"Friday suits us.\r\n\r\n-- \r\nUna Marsh\r\nPractice manager\r\n\r\n"
    b"On Mon, 2 Aug 2021 at 11:12, ACE <ace@leadership.nhs.example> wrote:\r\n"
    b"> Which day suits you?\r\n"
)
_FORWARDED = (
    b"From: una@marshhealth.example\r\nSubject: Fwd: The lay-by\r\n\r\nSee below.\r\n\r\n"
    b"---------- Forwarded message ---------\r\nFrom: Tom Reed <tom@reed.example>\r\n"
    b"Date: Mon, 2 Aug 2021 at 11:12\r\nSubject: The lay-by\r\nTo: <una@marshhealth.example>\r\n"
    b"\r\nWe would like to clear it.\r\n"
)
_REPORT = (
    b"From: MAILER-DAEMON@mx.example\r\nSubject: Delayed\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    b"--b\r\n\r\nStill trying.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; una@marshhealth.example\r\n"
    b"Action: delayed\r\nStatus: 4.4.1\r\n\r\n--b--\r\n"
)


def test_dissect_cuts_a_reply_into_its_pieces() -> None:
    told = dissect(_REPLY, MessageKind.UNCLEAR)

    assert told.subject == "Re: Expression of interest"
    assert told.sender == "una@marshhealth.example"
    assert told.reply == "Friday suits us."
    assert told.signature is not None
    assert told.signature.endswith("Una Marsh\nPractice manager")
    assert told.forward is None
    assert "Which day suits you?" in told.text


def test_dissect_tells_what_is_forwarded() -> None:
    told = dissect(_FORWARDED, MessageKind.UNCLEAR)

    assert told.reply == "See below."
    assert told.forward == Forwarded("tom@reed.example", "The lay-by", "We would like to clear it.")


def test_dissect_tells_an_enclosed_message_as_forwarded() -> None:
    raw = (
        b"From: una@marshhealth.example\r\nSubject: FW: The lay-by\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        b"From: Tom Reed <tom@reed.example>\r\nSubject: The lay-by\r\n\r\nWe want it.\r\n--b--\r\n"
    )

    told = dissect(raw, MessageKind.UNCLEAR)

    assert told.forward == Forwarded("tom@reed.example", "The lay-by", "We want it.")


def test_dissect_tells_the_addresses_of_a_delay() -> None:
    told = dissect(_REPORT, MessageKind.BOUNCE)

    assert told.is_bounce
    assert told.bounced == ("una@marshhealth.example",)
    assert not told.is_auto_reply


def test_dissect_of_next_to_nothing_is_empty() -> None:
    assert dissect(b"", MessageKind.UNCLEAR) == Anatomy()


def test_a_body_becomes_the_message_it_may_have_been() -> None:
    plain = dissect(message_of_body("Grüße\n\nUna".encode()), MessageKind.UNCLEAR)
    html = dissect(message_of_body(b"<html><body><p>Yes</p><p>Una</p>"), MessageKind.UNCLEAR)
    heads = dissect(message_of_body(b"Subject: not a field\n\nYes"), MessageKind.UNCLEAR)
    named = dissect(message_of_body(b"Ask Una <meta@una.example>\nor me"), MessageKind.UNCLEAR)

    assert plain.text == "Grüße\n\nUna"
    assert html.text == "Yes\n\nUna"
    assert named.text == "Ask Una <meta@una.example>\nor me"
    assert (heads.subject, heads.text) == ("", "Subject: not a field\n\nYes")
