"""`postroom check` says what works, what does not, and what to do; it answers nobody."""

import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from intake.cli import app
from intake.commands.check import outcome_line
from intake.commands.look import Outcome
from intake.commands.staging.mailserver import MailServer
from intake.mailboxes import ImapAccount, open_mailbox
from intake.mailboxes.base import MailboxUnavailable
from responders.transports.base import SmtpAccount, TransportUnavailable
from responders.transports.connection import connect
from storage.domain.marks import LOOP_HEADER
from tests.support.configurations import GRANT, servers, write_configuration
from tests.support.smtp_recorder import SmtpOptions, SmtpRecorder

INBOX = "ace@leadership.nhs.example"
ORGANISER = '[[programmes.ace.organisers]]\nname = "W"\nemail = "w@leadership.nhs.example"\n'
runner = CliRunner()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer({INBOX: "secret"}) as server:
        yield server


def look(path: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit status and what is told, by the name of what was looked at."""
    result = runner.invoke(app, ["--config", str(path), "check", "--json", *options])
    told = json.loads(result.stdout)
    assert told["ok"] == (result.exit_code == 0)
    return result.exit_code, {check["what"]: check for check in told["checks"]}


def write(folder: Path, server: MailServer, **other: object) -> Path:
    ports = {"imap_port": server.imap_port, "smtp_port": server.smtp_port, **other}
    path = write_configuration(folder, GRANT + servers("ace", **ports))  # type: ignore[arg-type]
    path.chmod(0o600)
    return path


def test_all_is_well(tmp_path: Path, mail_server: MailServer) -> None:
    path = write(tmp_path, mail_server)
    path.write_text(path.read_text() + ORGANISER)

    status, told = look(path)

    assert status == 0
    assert list(told) == ["settings", "templates", "ledger", "archive", "mailbox", "transport"]
    assert told["mailbox"]["found"] == "logged in, folders there, 0 messages waiting"
    assert all(check["todo"] is None for check in told.values())


def test_round_trip_reads_its_probe_back_and_files_it(
    tmp_path: Path, mail_server: MailServer
) -> None:
    mail_server.deliver(INBOX, b"From: a@b.example\r\nSubject: Hello\r\n\r\nHello\r\n")

    status, told = look(write(tmp_path, mail_server), "--round-trip", "--wait", "20")

    assert status == 0, told
    assert told["round trip"]["found"].startswith("sent, read back and filed in")
    account = ImapAccount(
        INBOX, "127.0.0.1", mail_server.imap_port, INBOX, "secret", security="plain"
    )
    inbox = open_mailbox(account)
    (waiting,) = inbox.fetch(inbox.keys())
    inbox.close()
    assert b"Subject: Hello" in waiting.raw
    assert mail_server.delivered == []


def test_probe_that_does_not_come_back_is_told(tmp_path: Path, mail_server: MailServer) -> None:
    with SmtpRecorder() as recorder:
        path = write(tmp_path, mail_server, smtp_port=recorder.port)
        status, told = look(path, "--round-trip", "--wait", "1")

        (probe,) = recorder.received
    headers = message_from_bytes(probe.raw)
    assert status == 69
    assert told["round trip"]["found"] == "the probe was sent but did not come back in 1 s"
    assert (probe.sender, probe.recipients) == (INBOX, (INBOX,))
    assert (headers[LOOP_HEADER], headers["Auto-Submitted"]) == (INBOX, "auto-generated")


def test_wrong_password_is_a_person_s_to_correct(tmp_path: Path, mail_server: MailServer) -> None:
    status, told = look(write(tmp_path, mail_server, password="other"), "--round-trip")

    assert status == 78
    assert told["mailbox"]["todo"] == "correct [programmes.ace.mailbox]"
    assert told["round trip"]["found"] == "left out: mailbox and transport come first"
    assert told["round trip"]["left_out"]
    assert "other" not in json.dumps(told["mailbox"])


def test_server_that_is_not_there_may_come_back(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, GRANT + servers("ace", imap_port=9, smtp_port=9))
    path.chmod(0o600)

    status, told = look(path)

    assert status == 69
    assert [name for name, check in told.items() if not check["ok"]] == ["mailbox", "transport"]


def test_refused_log_in_of_the_transport(tmp_path: Path, mail_server: MailServer) -> None:
    with SmtpRecorder(SmtpOptions(passwords={INBOX: "right"})) as recorder:
        path = write(tmp_path, mail_server, smtp_port=recorder.port)
        path.write_text(path.read_text() + f'username = "{INBOX}"\npassword = "wrong"\n')

        status, told = look(path)

    assert status == 78
    assert told["transport"]["found"].startswith("535")


def test_programme_without_servers(tmp_path: Path) -> None:
    status, told = look(write_configuration(tmp_path, GRANT))

    assert status == 78
    assert told["mailbox"]["todo"] == "add [programmes.ace.mailbox]"
    assert told["transport"]["todo"] == "add [programmes.ace.transport]"


def test_secret_in_a_file_that_others_may_read(tmp_path: Path, mail_server: MailServer) -> None:
    path = write(tmp_path, mail_server)
    path.chmod(0o644)

    status, told = look(path)

    assert status == 78
    assert told["secrets"]["todo"].startswith(f"chmod 600 {path}")


def test_broken_template_is_told_with_its_line(tmp_path: Path, mail_server: MailServer) -> None:
    path = write(tmp_path, mail_server)
    overrides = tmp_path / "letters" / "default"
    overrides.mkdir(parents=True)
    (overrides / "closed.md.j2").write_text("Subject: Closed\n\n{{ programme.nmae }}\n")
    path.write_text('templates_folder = "letters"\n' + path.read_text())

    result = runner.invoke(app, ["--config", str(path), "check"])

    assert result.exit_code == 78
    assert "closed.md.j2:3" in result.stdout


def test_ledger_that_cannot_be_opened(tmp_path: Path, mail_server: MailServer) -> None:
    path = write(tmp_path, mail_server)
    (tmp_path / "var" / "ledger.db").mkdir(parents=True)

    status, told = look(path)

    assert status == 69
    assert not told["ledger"]["ok"]


def test_wrong_configuration_ends_with_78_in_both_forms(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, GRANT.replace("team", "taem"))

    plain = runner.invoke(app, ["--config", str(path), "check"])
    as_json = runner.invoke(app, ["--config", str(path), "check", "--json"])

    assert (plain.exit_code, as_json.exit_code) == (78, 78)
    assert plain.stdout == ""
    assert "2 problems in the configuration" in plain.stderr
    told = json.loads(as_json.stdout)
    assert [(p["key"], p["line"]) for p in told["problems"]] == [
        ("programmes.ace.team", 1),
        ("programmes.ace.taem", 5),
    ]


def test_lines_are_for_people(tmp_path: Path, mail_server: MailServer) -> None:
    path = write(tmp_path, mail_server)
    path.write_text('safety.only_to = ["@leadership.nhs.example"]\n' + path.read_text())

    result = runner.invoke(app, ["--config", str(path), "check"])

    assert result.exit_code == 0, result.output
    assert f"✓ settings: {path}: 1 programme\n" in result.stdout
    assert "✓ sending: letters leave only to @leadership.nhs.example" in result.stdout
    assert "✓ mailbox ace: logged in" in result.stdout


def test_a_programme_without_organisers_is_warned_of(
    tmp_path: Path, mail_server: MailServer
) -> None:
    path = write(tmp_path, mail_server)
    status, told = look(path)
    path.write_text(path.read_text() + ORGANISER)
    _, told_later = look(path)

    assert status == 0
    assert told["organisers"]["warning"]
    assert told["organisers"]["todo"] == (
        f"add [[programmes.ace.organisers]] with name and email to {path}"
    )
    assert "organisers" not in told_later


def test_a_warning_has_a_mark_of_its_own() -> None:
    line = outcome_line(Outcome("organisers", "ace", "there is none", "add one", is_warning=True))

    assert str(line) == "! organisers ace: there is none\n  → add one"


def test_what_was_left_out_has_no_tick() -> None:
    line = outcome_line(Outcome("round trip", "ace", "left out", is_left_out=True))

    assert str(line) == "– round trip ace: left out"


def test_a_host_that_nobody_knows_is_told_by_its_name() -> None:
    host = "no such host"
    mailbox = open_mailbox(ImapAccount(INBOX, host, 993, INBOX, "secret"))

    with pytest.raises(MailboxUnavailable, match=f"{INBOX}: {host} isn't known"):
        mailbox.check()
    with pytest.raises(TransportUnavailable) as caught:
        connect(SmtpAccount(host, 465, security="tls"))
    assert caught.value.reply == f"can't be reached: {host} isn't known"
