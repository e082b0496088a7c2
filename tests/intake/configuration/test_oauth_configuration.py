"""The `oauth` tables: what they default to, what is refused, and that no secret is seen."""

from pathlib import Path

import pytest

from intake.config import ConfigError, Configuration, load_configuration
from intake.mailboxes.base import ImapAccount, MailboxRefused
from intake.oauth.grants import Client
from responders.transports.base import TransportRefused
from tests.support.configurations import GRANT, write_configuration

CANARY = "canary-4711-canary"
BOTH = """
[programmes.ace.mailbox]
host = "outlook.trust.example"
{mailbox}
[programmes.ace.mailbox.oauth]
{oauth}
[programmes.ace.transport]
host = "smtp.trust.example"
username = "ace@leadership.nhs.example"

[programmes.ace.transport.oauth]
{oauth}
"""
MICROSOFT = 'provider = "microsoft"\nclient_id = "an-id"\n'
CUSTOM = 'provider = "custom"\nclient_id = "an-id"\n'


def load(folder: Path, oauth: str, mailbox: str = "") -> Configuration:
    text = GRANT + BOTH.format(oauth=oauth, mailbox=mailbox)
    return load_configuration(write_configuration(folder, text))


def client(folder: Path, oauth: str) -> Client:
    return load(folder, oauth).sign_ins["ace"]["mailbox"].client


def problems(folder: Path, oauth: str, mailbox: str = "") -> list[tuple[str, str]]:
    with pytest.raises(ConfigError) as caught:
        load(folder, oauth, mailbox)
    mine = [p for p in caught.value.problems if ".mailbox." in p.key]
    return [(p.key.partition(".mailbox.")[2], f"{p.found}: {p.write}") for p in mine]


def test_microsoft_is_asked_for_what_imap_and_smtp_take(tmp_path: Path) -> None:
    made = client(tmp_path, MICROSOFT + 'tenant = "leadership.nhs.example"\n')

    assert (made.flow, made.client_secret) == ("device", None)
    assert made.authority == "https://login.microsoftonline.com/leadership.nhs.example"
    assert made.scopes == (
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
    )


def test_an_application_is_asked_for_all_it_was_granted(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(CANARY)
    made = client(
        tmp_path,
        MICROSOFT + 'tenant = "t"\nflow = "client_credentials"\nclient_secret_file = "secret"\n',
    )

    assert made.scopes == ("https://outlook.office365.com/.default",)
    assert made.client_secret == CANARY


def test_google_is_asked_in_a_browser(tmp_path: Path) -> None:
    made = client(tmp_path, 'provider = "google"\nclient_id = "an-id"\n')

    assert (made.flow, made.scopes) == ("browser", ("https://mail.google.com/",))
    assert made.token_endpoint == "https://oauth2.googleapis.com/token"


def test_an_application_secret_is_seen_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ace-mailbox-client-secret").write_text(CANARY)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    configuration = load(tmp_path, MICROSOFT + 'tenant = "t"\nflow = "client_credentials"\n')

    assert CANARY in configuration.secrets
    assert CANARY not in repr(configuration)
    assert CANARY not in repr(configuration.sign_ins["ace"]["mailbox"].client)


def test_same_account_same_sign_in(tmp_path: Path) -> None:
    sign_ins = load(tmp_path, MICROSOFT).sign_ins["ace"]

    assert sign_ins["mailbox"] is sign_ins["transport"]
    assert sign_ins["mailbox"].file.path.parent == tmp_path / "var" / "tokens"


@pytest.mark.parametrize("more", ['tenant = "another"\n', 'scopes = ["other"]\n'])
def test_other_settings_want_another_sign_in(tmp_path: Path, more: str) -> None:
    one = load(tmp_path, MICROSOFT).sign_ins["ace"]["mailbox"].file.path

    assert load(tmp_path, MICROSOFT + more).sign_ins["ace"]["mailbox"].file.path != one


def test_its_tokens_are_watched_and_asked_for_at_log_in(tmp_path: Path) -> None:
    configuration = load(tmp_path, MICROSOFT)
    mailbox, transport = configuration.mailboxes["ace"], configuration.transports["ace"]
    assert isinstance(mailbox, ImapAccount) and mailbox.token and transport.token

    with pytest.raises(MailboxRefused, match="run: postroom login ace --mailbox"):
        mailbox.token()
    with pytest.raises(TransportRefused, match="nobody has signed in yet"):
        transport.token()
    sign_in = configuration.sign_ins["ace"]["mailbox"]
    assert configuration.token_files == {"ace": (sign_in.file.path,)}


@pytest.mark.parametrize(
    ("oauth", "key", "told"),
    [
        (CUSTOM, "oauth.token_endpoint", 'token_endpoint = "https://id.trust.example/token"'),
        (CUSTOM, "oauth.device_endpoint", "device_endpoint ="),
        (CUSTOM + 'tenant = "t"\n', "oauth.tenant", "a setting that custom has not: take it out"),
        (MICROSOFT + 'flow = "client_credentials"\n', "oauth.tenant", "nothing: the organisation"),
        (MICROSOFT + 'token_endpoint = "https://a.example"\n', "oauth.token_endpoint", "has not"),
        (MICROSOFT + 'flow = "password"\n', "oauth.flow", "device"),
        (MICROSOFT + 'authority = "http://a.example"\n', "oauth.authority", '"https://"'),
        (MICROSOFT + 'cafile = "none.pem"\n', "oauth.cafile", "which is no file"),
        (MICROSOFT + 'client_secret_file = "none"\n', "oauth.client_secret_file", "can't be read"),
        ('provider = "google"\nclient_id = "x"\nflow = "device"\n', "oauth.flow", "no mail"),
        ('provider = "yahoo"\nclient_id = "x"\n', "oauth.provider", "microsoft"),
        ('provider = "google"\n', "oauth.client_id", "client_id"),
    ],
)
def test_what_can_not_work_is_told(tmp_path: Path, oauth: str, key: str, told: str) -> None:
    found = dict(problems(tmp_path, oauth))

    assert told in found[key]


@pytest.mark.parametrize("way", ['password = "x"\n', 'password_file = "p"\n', 'token_file = "p"\n'])
def test_a_sign_in_beside_another_secret_is_told(tmp_path: Path, way: str) -> None:
    (tmp_path / "p").write_text("x")

    assert dict(problems(tmp_path, MICROSOFT, way))["oauth"].startswith("beside ")


def test_nothing_that_is_loaded_at_start_speaks_to_a_provider(tmp_path: Path) -> None:
    load(tmp_path, MICROSOFT)

    assert not (tmp_path / "var" / "tokens").exists()
