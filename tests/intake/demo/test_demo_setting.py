"""The demo's configuration and its sample inbox."""

import stat
import tomllib
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from intake.commands.demo.play import read_inbox
from intake.commands.staging.setting import adapt, write_setting
from intake.config import example_path, load_configuration
from intake.mailboxes.base import ImapAccount


@pytest.fixture
def example() -> str:
    return example_path().read_text("utf-8")


def test_setting_leads_every_server_to_the_loopback(tmp_path: Path, example: str) -> None:
    path = write_setting(tmp_path, example, imap_port=1143, smtp_port=1025, password="very secret")

    configuration = load_configuration(path)

    assert [programme.slug for programme in configuration.programmes] == ["ace", "surrey500"]
    for account in configuration.mailboxes.values():
        assert isinstance(account, ImapAccount)
        assert (account.host, account.port, account.security) == ("127.0.0.1", 1143, "plain")
        assert account.password == "very secret"
    for transport in configuration.transports.values():
        assert (transport.host, transport.port, transport.username) == ("127.0.0.1", 1025, None)
    assert configuration.delivery.only_to is None
    assert configuration.delivery.per_minute is None
    assert configuration.data_folder == tmp_path / "data"


def test_setting_keeps_its_password_to_its_owner(tmp_path: Path, example: str) -> None:
    write_setting(tmp_path, example, imap_port=1143, smtp_port=1025, password="very secret")

    mode = (tmp_path / "mail-password").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600
    assert "very secret" not in (tmp_path / "config.toml").read_text("utf-8")


def test_setting_changes_nothing_else(example: str) -> None:
    before = tomllib.loads(example)

    after = tomllib.loads(adapt(example, {"mailbox": 1143, "transport": 1025}))

    for programme in (*before["programmes"].values(), *after["programmes"].values()):
        del programme["mailbox"], programme["transport"]
    assert after["programmes"] == before["programmes"]


def test_setting_keeps_no_comment_of_what_it_drops(example: str) -> None:
    adapted = adapt(example, {"mailbox": 1143, "transport": 1025})

    assert "While this list is here" in example
    assert "While this list is here" not in adapted
    assert "Authentication-Results" in adapted


def test_setting_refuses_an_example_without_servers() -> None:
    with pytest.raises(ValueError, match="no mailbox"):
        adapt("poll_seconds = 60\n", {"mailbox": 1143, "transport": 1025})


def test_sample_inbox_is_in_order_and_as_a_server_leaves_it() -> None:
    inbox = read_inbox()
    parsed = [message_from_bytes(posted.raw) for posted in inbox]

    assert len(inbox) == 31
    assert [posted.name for posted in inbox] == sorted(posted.name for posted in inbox)
    assert [posted.received_at for posted in inbox] == sorted(p.received_at for p in inbox)
    assert Counter(posted.address for posted in inbox) == {
        "ace@leadership.nhs.example": 25,
        "surrey500@heartlands.nhs.example": 6,
    }
    for message in parsed:
        assert {"Return-Path", "Received", "Authentication-Results"} <= set(message.keys())
    assert all(
        b"\r\n" in posted.raw and b"\n" not in posted.raw.replace(b"\r\n", b"") for posted in inbox
    )


def test_sample_inbox_holds_one_message_twice() -> None:
    counts = Counter(posted.raw for posted in read_inbox())

    assert sorted(counts.values())[-2:] == [1, 2]
