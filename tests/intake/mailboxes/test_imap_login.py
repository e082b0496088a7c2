"""What must be true before an IMAP server gets a password or a token."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from intake.commands.staging.mailserver import MailServer
from intake.mailboxes.base import ImapAccount, MailboxRefused, MailboxUnavailable
from intake.mailboxes.imap import ImapMailbox
from tests.support.certificates import Certificate, make_certificate
from tests.support.dovecot import Dovecot, DovecotOptions
from tests.support.scripted import Line, Scripted
from tests.support.tokens import TokenService

SECRET = "hunter2-canary"

MakeDovecot = Callable[[DovecotOptions], Dovecot]


def account(port: int, **changes: object) -> ImapAccount:
    settings: dict[str, object] = {"password": SECRET, "security": "plain", "timeout": 5.0}
    settings |= changes
    return ImapAccount("ace@leadership.nhs.example", "127.0.0.1", port, "ace", **settings)  # type: ignore[arg-type]


def refuse_logins(line: Line, *, answer: str, greeting: str = "* OK ready\n") -> None:
    line.say(greeting)
    while True:
        tag, command = line.hear()
        if command.startswith("CAPABILITY"):
            line.say(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN\n{tag} OK done\n")
        elif command.startswith("LOGIN"):
            line.say(answer.format(tag=tag, command=command))
        else:
            line.say(f"{tag} BAD what\n")


def test_a_secret_is_not_part_of_an_accounts_text() -> None:
    settings = account(143, token=lambda: SECRET)

    assert SECRET not in repr(settings)
    assert "token" not in repr(settings)


@pytest.mark.parametrize("host", ["mail.trust.example", "192.0.2.1", "127.0.0.1.trust.example"])
def test_no_password_crosses_a_network_in_the_clear(host: str) -> None:
    settings = ImapAccount("ace", host, 143, "ace", SECRET, security="plain")

    with pytest.raises(MailboxRefused, match="without encryption"):
        ImapMailbox(settings)


@pytest.mark.parametrize(
    "changes",
    [
        {"password": None},
        {"token": lambda: SECRET},
        {"password": "a\r\nb LOGOUT"},
        {"password": f"{SECRET}\udcff"},
        {"folder": ""},
        {"processed": "Post*"},
        {"quarantine": "a\nb"},
    ],
)
def test_settings_that_can_not_work_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(MailboxRefused) as caught:
        ImapMailbox(account(143, **changes))

    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_nobody_we_know_ends_the_conversation(
    dovecot: Dovecot, tmp_path: Path, security: str
) -> None:
    other = make_certificate(tmp_path, "127.0.0.1")
    port = dovecot.tls_port if security == "tls" else dovecot.port
    settings = account(port, security=security, cafile=other.cafile)

    with pytest.raises(MailboxRefused, match="certificate"):
        ImapMailbox(settings).keys()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_for_another_name_ends_the_conversation(
    make_dovecot: MakeDovecot, tmp_path: Path, security: str
) -> None:
    elsewhere = make_certificate(tmp_path, "mail.elsewhere.example")
    server = make_dovecot(DovecotOptions(elsewhere))
    port = server.tls_port if security == "tls" else server.port
    settings = account(port, security=security, cafile=elsewhere.cafile)

    with pytest.raises(MailboxRefused, match="certificate"):
        ImapMailbox(settings).keys()
    assert "user=<ace" not in server.log()


def test_the_systems_authorities_do_not_vouch_for_a_stranger(dovecot: Dovecot) -> None:
    with pytest.raises(MailboxRefused, match="certificate"):
        ImapMailbox(account(dovecot.tls_port, security="tls")).keys()


def test_without_starttls_nothing_is_said(make_dovecot: MakeDovecot) -> None:
    server = make_dovecot(DovecotOptions())

    with pytest.raises(MailboxRefused, match="no STARTTLS"):
        ImapMailbox(account(server.port, security="starttls")).keys()
    assert "user=<ace" not in server.log()


@pytest.mark.parametrize("answer", ["{tag} NO not today\n", "{tag} BAD what\n"])
def test_starttls_that_is_refused_fails_closed(certificate: Certificate, answer: str) -> None:
    def script(line: Line) -> None:
        line.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\n")
        while True:
            tag, command = line.hear()
            if command == "STARTTLS":
                line.say(answer.format(tag=tag))
            else:
                line.say(f"* CAPABILITY IMAP4rev1 STARTTLS\n{tag} OK done\n")

    with Scripted(script) as server:
        settings = account(server.port, security="starttls", cafile=certificate.cafile)
        with pytest.raises(MailboxRefused, match="refuses STARTTLS"):
            ImapMailbox(settings).keys()

    assert not [said for said in server.heard if "LOGIN" in said]


def test_clear_text_behind_starttls_is_not_believed(certificate: Certificate) -> None:
    def script(line: Line) -> None:
        line.say("* OK ready\n")
        tag, _ = line.hear()
        line.say(f"* CAPABILITY IMAP4rev1 STARTTLS\n{tag} OK done\n")
        tag, _ = line.hear()
        line.say(f"{tag} OK go on\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\n* 1 EXISTS\n")
        line.encrypt(certificate)
        while True:
            tag, _ = line.hear()
            line.say(f"* CAPABILITY IMAP4rev1 AUTH=PLAIN\n{tag} OK done\n")

    with Scripted(script) as server:
        settings = account(server.port, security="starttls", cafile=certificate.cafile)
        with pytest.raises(MailboxRefused, match="clear text after STARTTLS"):
            ImapMailbox(settings).keys()

    assert not [said for said in server.heard if "LOGIN" in said]


def test_a_greeting_that_skips_the_log_in_does_not_skip_encryption(
    certificate: Certificate,
) -> None:
    def script(line: Line) -> None:
        line.say("* PREAUTH welcome back\n")
        while True:
            tag, _ = line.hear()
            line.say(f"* CAPABILITY IMAP4rev1 STARTTLS\n{tag} OK done\n")

    with Scripted(script) as server:
        settings = account(server.port, security="starttls", cafile=certificate.cafile)
        with pytest.raises((MailboxRefused, MailboxUnavailable)):
            ImapMailbox(settings).keys()

    assert not [said for said in server.heard if "LOGIN" in said or "SELECT" in said]


def test_a_server_that_takes_no_password_gets_none() -> None:
    def script(line: Line) -> None:
        line.say("* OK ready\n")
        while True:
            tag, _ = line.hear()
            line.say(f"* CAPABILITY IMAP4rev1 LOGINDISABLED\n{tag} OK done\n")

    with Scripted(script) as server, pytest.raises(MailboxRefused, match="no password"):
        ImapMailbox(account(server.port)).keys()

    assert not [said for said in server.heard if SECRET in said]


def test_a_wrong_password_is_a_persons_matter(dovecot: Dovecot) -> None:
    with pytest.raises(MailboxRefused, match="log-in refused") as caught:
        ImapMailbox(account(dovecot.port)).keys()

    assert SECRET not in str(caught.value)


def test_a_server_that_is_too_busy_to_log_in_is_tried_again() -> None:
    answer = "{tag} NO [UNAVAILABLE] try later\n"

    with (
        Scripted(lambda line: refuse_logins(line, answer=answer)) as server,
        pytest.raises(MailboxUnavailable, match="UNAVAILABLE"),
    ):
        ImapMailbox(account(server.port)).keys()


@pytest.mark.parametrize("status", ["NO", "BAD"])
def test_a_server_that_repeats_the_password_does_not_spread_it(status: str) -> None:
    answer = f"{{tag}} {status} unknown: {{command}}\n"

    with (
        Scripted(lambda line: refuse_logins(line, answer=answer)) as server,
        pytest.raises(MailboxRefused) as caught,
    ):
        ImapMailbox(account(server.port)).keys()

    assert any(SECRET in said for said in server.heard)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_password_may_hold_any_letter() -> None:
    user, password = "zoë@trust.example", 'pass "wörd" \\ 密'

    with MailServer({user: password}) as server:
        settings = ImapAccount(
            user, server.host, server.imap_port, user, password, security="plain"
        )
        mailbox = ImapMailbox(settings)
        assert mailbox.keys() == []
        mailbox.close()


def test_quotes_and_backslashes_in_a_password_are_only_that() -> None:
    user, password = "zoe@trust.example", 'a"b\\c d) LOGOUT'

    with MailServer({user: password}) as server:
        settings = ImapAccount(
            user, server.host, server.imap_port, user, password, security="plain"
        )
        mailbox = ImapMailbox(settings)
        assert mailbox.keys() == []
        mailbox.close()


def test_each_log_in_asks_for_a_fresh_token(
    dovecot: Dovecot, certificate: Certificate, token_service: TokenService
) -> None:
    user = dovecot.new_user()
    token_service.tokens |= {"first of two": user, "second of two": user}
    tokens = iter(["first of two", "second of two"])
    settings = account(
        dovecot.tls_port,
        security="tls",
        cafile=certificate.cafile,
        password=None,
        token=lambda: next(tokens),
    )
    mailbox = ImapMailbox(replace(settings, username=user))

    mailbox.keys()
    mailbox.close()
    mailbox.keys()
    mailbox.close()

    assert token_service.asked[-2:] == ["first of two", "second of two"]


def test_a_refused_token_leaves_the_servers_reason(
    dovecot: Dovecot, certificate: Certificate
) -> None:
    settings = account(
        dovecot.tls_port,
        security="tls",
        cafile=certificate.cafile,
        password=None,
        token=lambda: SECRET,
    )

    with pytest.raises(MailboxRefused, match=r"status 401, schemes bearer") as caught:
        ImapMailbox(settings).keys()

    assert SECRET not in str(caught.value)


def test_a_token_of_somebody_else_is_refused(
    dovecot: Dovecot, certificate: Certificate, token_service: TokenService
) -> None:
    token_service.tokens["another's"] = dovecot.new_user()
    settings = account(
        dovecot.tls_port,
        security="tls",
        cafile=certificate.cafile,
        password=None,
        token=lambda: "another's",
    )

    with pytest.raises(MailboxRefused):
        ImapMailbox(settings).keys()


def test_a_server_without_xoauth2_gets_no_token(make_dovecot: MakeDovecot) -> None:
    server = make_dovecot(DovecotOptions())

    with pytest.raises(MailboxRefused, match="XOAUTH2"):
        ImapMailbox(account(server.port, password=None, token=lambda: SECRET)).keys()
