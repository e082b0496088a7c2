"""Mailboxes and transports of Microsoft Graph: what they default to, what is refused."""

from pathlib import Path

import pytest

from intake.config import ConfigError, Configuration, load_configuration
from intake.graph.access import GraphAccess
from intake.mailboxes.base import GraphAccount, MailboxRefused
from intake.oauth.grants import Client
from responders.transports.base import TransportRefused
from responders.transports.graph import LARGEST_LETTER
from storage.domain.programme import MOST_ENCLOSED
from tests.support.configurations import GRANT, write_configuration

INBOX = "ace@leadership.nhs.example"
OAUTH = 'provider = "microsoft"\ntenant = "leadership.nhs.example"\nclient_id = "an-id"\n'


def text(oauth: str = OAUTH, mailbox: str = "", transport: str = "") -> str:
    signed = [
        f"[programmes.ace.{table}.oauth]\n{oauth}" if oauth else ""
        for table in ("mailbox", "transport")
    ]
    return (
        f'{GRANT}\n[programmes.ace.mailbox]\nkind = "graph"\n{mailbox}\n{signed[0]}\n'
        f'[programmes.ace.transport]\nkind = "graph"\n{transport}\n{signed[1]}\n'
    )


def load(folder: Path, **parts: str) -> Configuration:
    return load_configuration(write_configuration(folder, text(**parts)))


def accounts(configuration: Configuration) -> tuple[GraphAccount, GraphAccess]:
    mailbox, transport = configuration.mailboxes["ace"], configuration.transports["ace"]
    assert isinstance(mailbox, GraphAccount) and isinstance(transport, GraphAccess)
    return mailbox, transport


def client(configuration: Configuration) -> Client:
    return configuration.sign_ins["ace"]["mailbox"].client


def problems(folder: Path, **parts: str) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, **parts)
    return {
        p.key.removeprefix("programmes.ace."): f"{p.found}: {p.write}"
        for p in caught.value.problems
    }


def test_the_panel_is_sent_no_more_than_graph_takes(tmp_path: Path) -> None:
    (by_graph,) = load(tmp_path).programmes
    (by_smtp,) = load_configuration(write_configuration(tmp_path, GRANT)).programmes

    encoded = by_graph.most_enclosed * 4 / 3 * 78 / 76
    assert encoded < LARGEST_LETTER * 0.95
    assert by_smtp.most_enclosed == MOST_ENCLOSED


def test_a_sign_in_is_all_it_needs(tmp_path: Path) -> None:
    mailbox, transport = accounts(load(tmp_path))

    assert mailbox.access.url("/messages") == (
        f"https://graph.microsoft.com/v1.0/users/{INBOX}/messages"
    )
    assert transport.url("") == mailbox.access.url("")
    assert (mailbox.name, mailbox.folder, mailbox.sent) == (INBOX, "INBOX", "Sent Items")


def test_whoever_signs_in_is_asked_for_mailboxes_shared_with_them(tmp_path: Path) -> None:
    configuration = load(tmp_path)

    assert client(configuration).scopes == (
        "https://graph.microsoft.com/Mail.ReadWrite.Shared",
        "https://graph.microsoft.com/Mail.Send.Shared",
    )
    sign_ins = configuration.sign_ins["ace"]
    assert sign_ins["mailbox"] is sign_ins["transport"]


def test_an_application_is_asked_for_all_it_was_granted(tmp_path: Path) -> None:
    more = 'flow = "client_credentials"\n'

    assert client(load(tmp_path, oauth=OAUTH + more)).scopes == (
        "https://graph.microsoft.com/.default",
    )


def test_another_cloud_has_its_own_host_and_scopes(tmp_path: Path) -> None:
    other = 'host = "graph.cloud.example"\nusername = "shared@trust.example"\n'
    configuration = load(tmp_path, mailbox=other, transport=other)

    mailbox, _ = accounts(configuration)
    assert mailbox.access.url("") == "https://graph.cloud.example/v1.0/users/shared@trust.example"
    assert client(configuration).scopes[0] == "https://graph.cloud.example/Mail.ReadWrite.Shared"


def test_folders_are_those_of_the_table(tmp_path: Path) -> None:
    mailbox, _ = accounts(load(tmp_path, mailbox='sent = "Gesendet"\nmax_megabytes = 3\n'))

    assert (mailbox.sent, mailbox.max_bytes) == ("Gesendet", 3 * 2**20)


def test_who_has_not_signed_in_is_told_so_in_each_ones_own_words(tmp_path: Path) -> None:
    mailbox, transport = accounts(load(tmp_path))

    with pytest.raises(MailboxRefused, match="run: postroom login ace"):
        mailbox.access.token()
    with pytest.raises(TransportRefused, match="run: postroom login ace"):
        transport.another_token("refused")


def test_a_token_that_another_program_keeps_is_read_each_time(tmp_path: Path) -> None:
    kept = tmp_path / "token"
    kept.write_text("the first")
    mailbox, _ = accounts(
        load(tmp_path, oauth="", mailbox='token_file = "token"', transport='token_file = "token"')
    )

    assert mailbox.access.token() == "the first"
    kept.write_text("the second")
    assert mailbox.access.another_token("the first") == "the second"


@pytest.mark.parametrize(
    ("parts", "key", "told"),
    [
        ({"oauth": ""}, "mailbox.oauth", "docs/graph.md says what to set up"),
        ({"oauth": ""}, "transport.oauth", "[programmes.ace.transport.oauth]"),
        ({"mailbox": 'password = "x"'}, "mailbox.password", "which Graph takes from nobody"),
        ({"mailbox": 'security = "starttls"'}, "mailbox.security", '"tls", or take it out'),
        ({"transport": 'host = "https://a.example/v1.0"'}, "transport.host", "more than a name"),
        ({"mailbox": 'path = "x"'}, "mailbox.path", "a setting that graph has not"),
        ({"transport": 'cafile = "none.pem"'}, "transport.cafile", "which is no file"),
        (
            {"mailbox": 'host = "graph.cloud.example"\nsecurity = "plain"'},
            "mailbox.security",
            "where others could read along",
        ),
        (
            {"oauth": 'provider = "google"\nclient_id = "x"\n'},
            "mailbox.oauth.provider",
            "which knows nobody of Microsoft 365",
        ),
    ],
)
def test_what_can_not_work_is_told(
    tmp_path: Path, parts: dict[str, str], key: str, told: str
) -> None:
    assert told in problems(tmp_path, **parts)[key]


def test_a_transport_over_smtp_still_needs_its_server(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, GRANT + "\n[programmes.ace.transport]\n")

    with pytest.raises(ConfigError, match=r"smtp\.leadership\.nhs\.example"):
        load_configuration(path)


def test_more_letters_a_minute_than_exchange_takes_are_refused(tmp_path: Path) -> None:
    hasty = f"limits.letters_a_minute = 31\n{text()}"
    with pytest.raises(ConfigError) as caught:
        load_configuration(write_configuration(tmp_path, hasty))

    (told,) = caught.value.problems
    assert (told.key, told.write) == ("limits.letters_a_minute", "30 or less")
    assert told.line == 1
    fine = hasty.replace("31", "30", 1)
    assert load_configuration(write_configuration(tmp_path, fine)).delivery.per_minute == 30
