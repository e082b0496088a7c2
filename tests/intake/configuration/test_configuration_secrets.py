"""Secrets come from a file, the environment or systemd, and are seen nowhere."""

import stat
from pathlib import Path

import pytest

from intake.config import ConfigError, Configuration, load_configuration
from intake.mailboxes.base import ImapAccount, MailboxRefused
from responders.transports.base import TransportRefused
from tests.support.configurations import GRANT, servers, write_configuration

CANARY = "canary-4711-canary-4711-canary-4711"
NAMED = servers("ace", imap_port=143, smtp_port=25).replace('password = "secret"\n', "") + (
    'username = "ace@leadership.nhs.example"\n'
)
"""Mailbox and transport with log-ins whose passwords come from elsewhere."""


def load(folder: Path, text: str) -> Configuration:
    return load_configuration(write_configuration(folder, text))


def passwords(configuration: Configuration) -> tuple[str | None, str | None]:
    mailbox = configuration.mailboxes["ace"]
    assert isinstance(mailbox, ImapAccount)
    return mailbox.password, configuration.transports["ace"].password


def test_passwords_from_files(tmp_path: Path) -> None:
    (tmp_path / "secret-word").write_text(f"{CANARY}\n")
    text = NAMED.replace("port = 143", 'port = 143\npassword_file = "secret-word"')

    configuration = load(tmp_path, GRANT + text + 'password_file = "secret-word"\n')

    assert passwords(configuration) == (CANARY, CANARY)


def test_passwords_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTROOM_PROGRAMMES__ACE__MAILBOX__PASSWORD", CANARY)
    monkeypatch.setenv("POSTROOM_PROGRAMMES__ACE__TRANSPORT__PASSWORD", "other")

    configuration = load(tmp_path, GRANT + NAMED)

    assert passwords(configuration) == (CANARY, "other")
    assert not configuration.holds_secrets_in_file


def test_passwords_and_secret_from_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "ace-mailbox-password").write_text(CANARY)
    (credentials / "ace-transport-password").write_text("other\n")
    (credentials / "postroom-secret").write_text("s" * 40)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))

    configuration = load(tmp_path, GRANT + NAMED)

    assert passwords(configuration) == (CANARY, "other")
    assert configuration.secret == b"s" * 40
    assert not (tmp_path / "var").exists()


def test_token_is_read_at_each_log_in(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("first")
    text = NAMED.replace("port = 143", 'port = 143\ntoken_file = "token"')
    mailbox = load(tmp_path, GRANT + text).mailboxes["ace"]
    assert isinstance(mailbox, ImapAccount)
    assert mailbox.token is not None

    assert mailbox.token() == "first"
    (tmp_path / "token").write_text("second")
    assert mailbox.token() == "second"
    (tmp_path / "token").unlink()
    with pytest.raises(MailboxRefused):
        mailbox.token()


def test_missing_password_is_told_at_the_log_in_only(tmp_path: Path) -> None:
    configuration = load(tmp_path, GRANT + NAMED)
    mailbox, transport = configuration.mailboxes["ace"], configuration.transports["ace"]
    assert isinstance(mailbox, ImapAccount)
    assert mailbox.token is not None
    assert transport.token is not None

    with pytest.raises(MailboxRefused, match="systemd credential ace-mailbox-password"):
        mailbox.token()
    with pytest.raises(TransportRefused, match="POSTROOM_PROGRAMMES__ACE__TRANSPORT__PASSWORD"):
        transport.token()


def test_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = load(tmp_path, GRANT)
    second = load(tmp_path, GRANT)
    kept = tmp_path / "var" / "secret"

    assert first.secret == second.secret
    assert len(first.secret) == 64
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret"]


def test_scratch_configuration_writes_nothing(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, GRANT)

    configuration = load_configuration(path, is_scratch=True)

    assert len(configuration.secret) == 32
    assert [entry.name for entry in tmp_path.iterdir()] == ["config.toml"]


def test_data_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")

    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GRANT)

    assert [p.key for p in caught.value.problems] == ["data_folder"]


def test_secrets_stand_in_no_text_of_a_configuration(tmp_path: Path) -> None:
    head = f'secret = "{CANARY}"\ndatabase_url = "postgresql+psycopg://u:{CANARY}@db.example/x"\n'
    text = head + GRANT + servers("ace", imap_port=143, smtp_port=25, password=CANARY)

    configuration = load(tmp_path, text)

    assert CANARY not in f"{configuration!r} {configuration} {configuration.mailboxes}"
    assert CANARY not in f"{configuration.transports} {configuration.delivery}"
    assert configuration.secrets == {CANARY}
    assert configuration.holds_secrets_in_file


@pytest.mark.parametrize(
    "mistake",
    [
        f'secret = "{CANARY[:20]}"\n',
        f'secret = ["{CANARY}"]\n',
        f'database_url = "mysql://u:{CANARY}@db.example/x"\n',
        f'[programmes.ace.mailbox]\nhost = "h"\npassword = ["{CANARY}"]\n',
        f'[programmes.ace.mailbox]\nhost = "h"\npasswrod = "{CANARY}"\n',
    ],
)
def test_secrets_stand_in_no_problem(mistake: str, tmp_path: Path) -> None:
    is_table = mistake.startswith("[")

    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GRANT + mistake if is_table else mistake + GRANT)

    assert len(caught.value.problems) == 1
    assert CANARY[:20] not in f"{caught.value} {caught.value!r}"


def test_secret_file_with_two_lines_is_refused(tmp_path: Path) -> None:
    (tmp_path / "word").write_text(f"{CANARY}\n{CANARY}\n")

    with pytest.raises(ConfigError) as caught:
        load(tmp_path, 'secret_file = "word"\n' + GRANT)

    assert [p.found for p in caught.value.problems] == ['"word", more than one line']
    assert CANARY not in str(caught.value)
