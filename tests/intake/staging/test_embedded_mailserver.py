"""The embedded mail server."""

import smtplib
from datetime import UTC, datetime

import pytest

from intake.commands.staging.mailserver import MailServer, WireMessage
from intake.mailboxes import ImapAccount, open_mailbox
from intake.mailboxes.base import Mailbox, MailboxRefused

ACE, SURREY = "ace@leadership.nhs.example", "surrey500@heartlands.nhs.example"
RAW = b"From: Amara Okafor <amara@trust.example>\r\nSubject: x\r\n\r\n.dots\r\ncaf\xc3\xa9\r\n"


def inbox(server: MailServer, address: str, password: str = "secret") -> Mailbox:
    return open_mailbox(
        ImapAccount(address, server.host, server.imap_port, address, password, security="plain")
    )


def read(server: MailServer, address: str) -> list[bytes]:
    mailbox = inbox(server, address)
    raws = [message.raw for message in mailbox.fetch(mailbox.keys())]
    mailbox.close()
    return raws


def send(server: MailServer, *recipients: str, raw: bytes = RAW) -> None:
    with smtplib.SMTP(server.host, server.smtp_port) as client:
        client.sendmail("postroom@leadership.nhs.example", recipients, raw)


def test_accounts_are_apart(mail_server: MailServer) -> None:
    mail_server.deliver(ACE, RAW, datetime(2021, 7, 5, tzinfo=UTC))

    assert read(mail_server, ACE) == [RAW]
    assert read(mail_server, SURREY) == []


def test_what_leaves_is_kept_as_it_was_on_the_wire(mail_server: MailServer) -> None:
    send(mail_server, "amara@trust.example", "Zoe@Council.example")

    assert mail_server.delivered == [
        WireMessage(
            "postroom@leadership.nhs.example",
            ("amara@trust.example", "Zoe@Council.example"),
            RAW,
        )
    ]


def test_what_is_sent_to_an_account_lands_in_its_inbox_with_a_trace(
    mail_server: MailServer,
) -> None:
    send(mail_server, ACE.upper())

    (raw,) = read(mail_server, ACE)
    assert raw.startswith(b"Return-Path: <postroom@leadership.nhs.example>\r\nReceived: ")
    assert raw.endswith(RAW)
    assert mail_server.delivered == []


def test_line_ends_are_those_of_the_wire(mail_server: MailServer) -> None:
    mail_server.deliver(ACE, b"Subject: x\n\none\r\ntwo\n")

    assert read(mail_server, ACE) == [b"Subject: x\r\n\r\none\r\ntwo\r\n"]


def test_a_wrong_password_is_refused(mail_server: MailServer) -> None:
    with pytest.raises(MailboxRefused):
        inbox(mail_server, ACE, "guess").keys()
    with pytest.raises(MailboxRefused):
        inbox(mail_server, "nobody@leadership.nhs.example").keys()


def test_an_unknown_account_gets_nothing(mail_server: MailServer) -> None:
    with pytest.raises(KeyError):
        mail_server.deliver("nobody@leadership.nhs.example", RAW)


def test_it_ends_while_clients_are_connected() -> None:
    with MailServer({ACE: "secret"}) as server:
        mailbox = inbox(server, ACE)
        mailbox.keys()
        client = smtplib.SMTP(server.host, server.smtp_port)
        client.ehlo()
    client.close()
    mailbox.close()


def test_two_run_side_by_side() -> None:
    with MailServer({ACE: "a"}) as first, MailServer({ACE: "b"}) as second:
        first.deliver(ACE, RAW)
        assert len(inbox_keys(first, "a")) == 1
        assert inbox_keys(second, "b") == []


def inbox_keys(server: MailServer, password: str) -> list[str]:
    mailbox = inbox(server, ACE, password)
    keys = mailbox.keys()
    mailbox.close()
    return keys
