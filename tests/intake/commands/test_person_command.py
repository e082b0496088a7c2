"""A canary who writes, is named by others and told of in digests: all is found, given to them, and
erased without a trace in any file or mailbox."""

import imaplib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.cli import app
from intake.commands.staging.mailserver import MailServer
from tests.support.configurations import GRANT, servers, write_configuration
from tests.support.expressions import expression

INBOX = "ace@leadership.nhs.example"
CANARY, NAME = "xanthippe.quill@canary.example", "Xanthippe Quillfeather"
NOON = datetime(2021, 8, 2, 9, 0, tzinfo=UTC)
PHONE = "07700 900987"
TOKENS = (b"xanthippe", b"quillfeather", b"canary.example", b"7700900987", b"7700 900987")
ORGANISERS = """
[[programmes.ace.organisers]]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"
digest = "daily"
"""


class Office:
    """A programme on a mail server of its own, used by its commands alone."""

    def __init__(self, folder: Path, server: MailServer) -> None:
        self.folder, self.server = folder, server
        ports = servers("ace", imap_port=server.imap_port, smtp_port=server.smtp_port)
        write_configuration(folder, 'data_folder = "data"\n' + GRANT + ORGANISERS + ports)
        (folder / "config.toml").chmod(0o600)

    def run(self, *arguments: str, status: int = 0) -> Result:
        told = [*arguments, "--config", str(self.folder / "config.toml")]
        done = CliRunner().invoke(app, told, env={"COLUMNS": "160", "NO_COLOR": "1"})
        assert done.exit_code == status, done.output
        return done

    def lies_in_mailbox(self) -> bytes:
        found = b""
        with imaplib.IMAP4(self.server.host, self.server.imap_port) as client:
            client.login(INBOX, "secret")
            for folder in ("INBOX", "Postroom/Processed"):
                _, count = client.select(folder, readonly=True)
                if count != [b"0"]:
                    _, data = client.fetch("1:*", "(BODY.PEEK[])")
                    found += b"".join(item[1] for item in data if isinstance(item, tuple))
        return found

    def lies_in_files(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes()
            for path in (self.folder / "data").rglob("*")
            if path.is_file()
        }


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The canary's expression, another applicant's, and one that names the canary as a partner;
    all answered, and told of in a digest."""
    with MailServer({INBOX: "secret"}) as server:
        made = Office(tmp_path, server)
        server.deliver(INBOX, _from_canary(), NOON)
        server.deliver(INBOX, expression(1), NOON)
        server.deliver(INBOX, _naming_canary(), NOON)
        made.run("tick", "--now", "2021-08-02T10:00")
        made.run("tick", "--now", "2021-08-03T09:30")
        yield made


def test_canary_is_found_given_and_erased_without_a_trace(office: Office) -> None:
    assert _tokens(b"".join(office.lies_in_files().values()))
    found = json.loads(office.run("person", "find", CANARY, "--json").output)
    assert len(found["cases"]) == 1
    assert len(found["messages"]) == 1
    assert len(found["named_in"]) == 1
    assert found["letters"]
    assert found["told_in"] == [], "digests go without people's names"

    parcel = office.folder / "canary.zip"
    office.run("person", "export", CANARY, "--to", str(parcel))
    _check_parcel(parcel)

    planned = office.run("person", "erase", CANARY, "--by", "Rosalind", "--dry-run")
    assert "Nothing was erased" in planned.output
    done = office.run("person", "erase", CANARY, "--by", "Rosalind", "--json")
    receipt = json.loads(done.output)

    left = {name: _tokens(content) for name, content in office.lies_in_files().items()}
    assert {name: tokens for name, tokens in left.items() if tokens} == {}
    assert _tokens(office.lies_in_mailbox()) == []
    assert receipt["counts"]["cases"] == 1
    assert receipt["removed_from_mailboxes"] == 2
    _check_what_stays(office)


@pytest.mark.parametrize("address", [INBOX, "Rosalind.Okoro@leadership.nhs.example"])
def test_who_runs_a_programme_is_not_erased(tmp_path: Path, address: str) -> None:
    with MailServer({INBOX: "secret"}) as server:
        office = Office(tmp_path, server)

        done = office.run("person", "erase", address, "--by", "Rosalind", status=1)

    assert f"Nothing was erased: {address.lower()}" in done.output


def _check_parcel(parcel: Path) -> None:
    with zipfile.ZipFile(parcel) as opened:
        names = opened.namelist()
        held = json.loads(opened.read("held.json"))
        message = next(name for name in names if name.startswith("messages/"))
        assert opened.read(message) == _from_canary()
        letter = next(name for name in names if name.startswith("letters/"))
        assert CANARY.encode() in opened.read(letter)
    assert held["cases"][0]["contact_name"] == NAME
    assert held["cases"][0]["summary"]
    assert held["letters"][0]["recipient_email"] == CANARY


def _check_what_stays(office: Office) -> None:
    """The others' cases, the history and the tombstone; and nothing more is sent."""
    sent = len(office.server.delivered)
    office.run("tick", "--now", "2021-08-04T09:30")
    cases = json.loads(office.run("cases", "--json").output)
    again = json.loads(office.run("person", "find", CANARY, "--json").output)
    office.run("audit")
    _check_views(office)

    assert [case["contact"]["name"] for case in cases if case["contact"]["name"]] == [
        "Cleo Okafor",
        "Bola Okafor",
    ]
    assert [one["by"] for one in again["erased_before"]] == ["Rosalind"]
    assert again["cases"] == []
    told = b"".join(letter.raw for letter in office.server.delivered[sent:])
    assert _tokens(told) == []


def _check_views(office: Office) -> None:
    """What was erased is told as that, wherever one looks."""
    views = [office.run("message", str(number)).output for number in (1, 2, 3)]
    office.run("messages")
    office.run("rules", "try", "--pattern", "Expression")
    for number in (1, 2, 3):
        office.run("letter", "show", str(number))
    theirs = next(n for n, view in enumerate(views, 1) if "State:   erased on" in view)

    assert sum("It has been erased." in view for view in views) == 2
    refused = office.run("message", str(theirs), "--save", str(office.folder / "x.eml"), status=1)
    assert "nothing to save" in refused.output


def _from_canary() -> bytes:
    raw = (
        expression(2).decode().replace("Cleo Okafor", NAME).replace("Cleo@project2.example", CANARY)
    )
    return raw.replace("07700 900002", PHONE).replace("Cleo", NAME).encode()


def _naming_canary() -> bytes:
    raw = expression(7).decode()
    return raw.replace(
        "Summary:", f"Partners: the Trust, with {NAME} ({CANARY}, {PHONE})\r\n\r\nSummary:"
    ).encode()


def _tokens(content: bytes) -> list[bytes]:
    return [token for token in TOKENS if token in content.lower()]
