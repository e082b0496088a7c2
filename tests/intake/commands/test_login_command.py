"""`postroom login` says what to open and type, keeps what comes back, and shows no secret."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from intake.cli import app
from tests.support.certificates import Certificate
from tests.support.configurations import GRANT, write_configuration
from tests.support.identity_provider import CLIENT, SECRET, TENANT, USER_CODE, IdentityProvider

runner = CliRunner()

OAUTH = """
provider = "custom"
client_id = "{client}"
token_endpoint = "{url}/token"
device_endpoint = "{url}/device"
scopes = ["mail"]
"""


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityProvider]:
    """One whose codes are typed at once; nobody waits in a test."""
    monkeypatch.setattr("intake.commands.login.time.sleep", lambda _: None)
    with IdentityProvider() as running:
        yield running


def write(folder: Path, provider: IdentityProvider, more: str = "", transport: str = "") -> Path:
    oauth = OAUTH.format(client=CLIENT, url=provider.url)
    text = f"""
[programmes.ace.mailbox]
host = "127.0.0.1"
security = "plain"

[programmes.ace.mailbox.oauth]
{oauth}{more}
{transport}
"""
    return write_configuration(folder, GRANT + text)


def transport(provider: IdentityProvider, username: str = "ace@leadership.nhs.example") -> str:
    return f"""
[programmes.ace.transport]
host = "127.0.0.1"
security = "plain"
username = "{username}"

[programmes.ace.transport.oauth]
{OAUTH.format(client=CLIENT, url=provider.url)}
"""


def login(path: Path, *options: str, **more: str) -> Result:
    return runner.invoke(app, ["--config", str(path), "login", "ace", *options], **more)  # type: ignore[arg-type]


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "var" / "tokens").glob("*.json"))


def test_a_code_is_told_and_the_answer_kept(tmp_path: Path, provider: IdentityProvider) -> None:
    path = write(tmp_path, provider, transport=transport(provider))

    result = login(path)

    (file,) = kept(tmp_path)
    assert result.exit_code == 0, result.output
    assert f"Open {provider.url}/typing on any device and type {USER_CODE}" in result.stderr
    assert f"Mailbox and transport: signed in. Kept in {file}" in result.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "canary" not in result.output
    assert len(provider.grant_types) == 1


def test_microsoft_is_asked_by_its_library(
    tmp_path: Path, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.commands.login.time.sleep", lambda _: None)
    with IdentityProvider(certificate) as entra:
        text = f"""
[programmes.ace.mailbox]
host = "127.0.0.1"

[programmes.ace.mailbox.oauth]
provider = "microsoft"
authority = "{entra.url}"
tenant = "{TENANT}"
client_id = "{CLIENT}"
cafile = "{certificate.cafile}"
"""
        entra.pending = 2
        result = login(write_configuration(tmp_path, GRANT + text))

    assert result.exit_code == 0, result.output
    assert f"type {USER_CODE}" in result.stderr
    (question,) = [form for form in entra.asked if "grant_type" not in form]
    assert set(question["scope"].split()) >= {
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
        "offline_access",
    }
    assert len(entra.grant_types) == 3
    assert "canary" not in result.output + repr(kept(tmp_path))


def test_another_account_signs_in_by_itself(tmp_path: Path, provider: IdentityProvider) -> None:
    other = transport(provider, "sender@leadership.nhs.example")
    path = write(tmp_path, provider, transport=other)

    one = login(path, "--transport", "--json")
    both = login(path, "--json")

    assert [done["for"] for done in json.loads(one.stdout)] == [["transport"]]
    assert [done["for"] for done in json.loads(both.stdout)] == [["mailbox"], ["transport"]]
    assert len(kept(tmp_path)) == 2


def test_machines_are_told_all_but_the_tokens(tmp_path: Path, provider: IdentityProvider) -> None:
    result = login(write(tmp_path, provider), "--json")

    (told,) = json.loads(result.stdout)
    assert (told["for"], told["flow"], told["done"]) == (["mailbox"], "device", True)
    assert told["file"] == str(kept(tmp_path)[0])
    assert told["access_token_ends_at"] and told["sign_in_ends_at"] is None
    assert "canary" not in result.output


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_dry_run_asks_nobody(
    tmp_path: Path, provider: IdentityProvider, options: tuple[str, ...]
) -> None:
    result = login(write(tmp_path, provider), "--dry-run", *options)

    assert result.exit_code == 0
    assert f"{provider.url}/token" in result.stdout
    assert (provider.asked, kept(tmp_path)) == ([], [])


def test_an_address_is_pasted(tmp_path: Path, provider: IdentityProvider) -> None:
    provider.script.append((200, {"access_token": "a-canary", "refresh_token": "r-canary"}))
    more = f'flow = "browser"\nauthorization_endpoint = "{provider.url}/authorize"\n'

    refused = login(write(tmp_path, provider, more), input="http://localhost/?code=a&state=b\n")

    assert refused.exit_code == 78
    assert f"{provider.url}/authorize?response_type=code" in refused.stderr
    assert "another question" in refused.stderr
    assert provider.asked == []


def test_an_application_is_tried(tmp_path: Path, provider: IdentityProvider) -> None:
    (tmp_path / "secret").write_text(SECRET)
    more = 'flow = "client_credentials"\nclient_secret_file = "secret"\n'

    result = login(write(tmp_path, provider, more))

    assert result.exit_code == 0, result.output
    assert "the application got its token" in result.stdout
    assert "canary" not in result.output


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        ((400, {"error": "expired_token"}), 75, "not typed in time"),
        ((400, {"error": "access_denied"}), 78, "Somebody said no"),
        ((401, {"error": "invalid_client"}), 78, "Is client_id right"),
    ],
)
def test_what_goes_wrong_is_told(
    tmp_path: Path,
    provider: IdentityProvider,
    answer: tuple[int, object],
    status: int,
    told: str,
) -> None:
    provider.script.append(answer)

    result = login(write(tmp_path, provider))

    assert result.exit_code == status
    assert told in result.stderr
    assert kept(tmp_path) == []


def test_a_provider_that_is_away_is_told(tmp_path: Path) -> None:
    with IdentityProvider() as gone:
        path = write(tmp_path, gone)

    result = login(path)

    assert result.exit_code == 69
    assert "it can't be reached" in result.stderr


def test_where_nothing_signs_in_it_says_what_to_add(
    tmp_path: Path, provider: IdentityProvider
) -> None:
    without = login(write(tmp_path, provider), "--transport")
    nothing = login(write_configuration(tmp_path, GRANT))

    assert (without.exit_code, nothing.exit_code) == (78, 78)
    assert "[programmes.ace.transport] has no oauth table" in without.stderr
    assert "Nothing of ace signs in this way" in nothing.stderr


def test_check_says_who_must_sign_in(tmp_path: Path, provider: IdentityProvider) -> None:
    path = write(tmp_path, provider, transport=transport(provider))

    before = runner.invoke(app, ["--config", str(path), "check", "--json"])
    login(path)
    provider.refresh_tokens.clear()
    after = runner.invoke(app, ["--config", str(path), "check", "--json"])

    for result, found, todo in (
        (before, "nobody has signed in yet", "postroom login ace --mailbox"),
        (after, "invalid_grant", "postroom login ace --mailbox"),
    ):
        told = {check["what"]: check for check in json.loads(result.stdout)["checks"]}
        assert result.exit_code == 78
        assert found in told["mailbox sign-in"]["found"]
        assert todo in told["mailbox sign-in"]["todo"]
        assert told["mailbox"]["left_out"] and told["transport"]["left_out"]
        assert "canary" not in result.output


@pytest.mark.parametrize(
    ("flow", "asked"),
    [("device", ["offline_access"]), ("client_credentials", [])],
)
def test_dry_run_names_all_that_microsoft_is_asked_for(
    tmp_path: Path, flow: str, asked: list[str]
) -> None:
    text = f"""
[programmes.ace.mailbox]
kind = "graph"

[programmes.ace.mailbox.oauth]
provider = "microsoft"
flow = "{flow}"
tenant = "{TENANT}"
client_id = "{CLIENT}"
"""
    path = write_configuration(tmp_path, GRANT + text)
    told = json.loads(login(path, "--dry-run", "--json").stdout)

    assert [x for x in told[0]["scopes"] if "://" not in x] == asked
    assert ("offline_access" in login(path, "--dry-run").stdout) == bool(asked)
