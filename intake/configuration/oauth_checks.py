"""What can be wrong with an `oauth` table before anybody is asked for a token."""

from collections.abc import Iterator

from intake.configuration.explaining import as_toml
from intake.configuration.look import Check, Key, Look
from intake.configuration.oauth import OAuthSection
from intake.configuration.problems import Problem
from intake.configuration.server_checks import check_secret_file

_OF_PROVIDER = {
    "microsoft": ("tenant", "authority"),
    "google": (),
    "custom": ("token_endpoint", "device_endpoint", "authorization_endpoint"),
}
"""Provider → the settings that only it has."""

_ENDPOINT_OF_FLOW = {"device": "device_endpoint", "browser": "authorization_endpoint"}


def _check_oauth(look: Look) -> Iterator[Problem]:
    section = look.section
    for table, servers in (("mailbox", section.mailbox), ("transport", section.transport)):
        if servers is None or servers.oauth is None:
            continue
        oauth = servers.oauth
        for key in ("password", "password_file", "token_file"):
            if getattr(servers, key) is not None:
                yield look.problem((table, "oauth"), f"beside {key}", "either of them")
        yield from _check_keys(look, table, oauth)
        yield from _check_flow(look, table, oauth)
        yield from _check_files(look, table, oauth)


def _check_keys(look: Look, table: str, oauth: OAuthSection) -> Iterator[Problem]:
    """Settings of another provider, and those that a custom one needs."""
    for provider, keys in _OF_PROVIDER.items():
        for key in keys if provider != oauth.provider else ():
            if getattr(oauth, key) is not None:
                found = f"a setting that {oauth.provider} has not"
                yield look.problem((table, "oauth", key), found, "take it out")
    if oauth.provider != "custom":
        return
    for needed in filter(None, ("token_endpoint", _ENDPOINT_OF_FLOW.get(oauth.way))):
        if getattr(oauth, needed) is None:
            (example,) = OAuthSection.model_fields[needed].examples or [""]
            write = f"{needed} = {as_toml(example)}, for example"
            yield look.problem((table, "oauth", needed), "nothing", write)


def _check_flow(look: Look, table: str, oauth: OAuthSection) -> Iterator[Problem]:
    place = (table, "oauth", "flow")
    if oauth.provider == "google" and oauth.way != "browser":
        found = f"{as_toml(oauth.way)}, by which Google gives no mail"
        yield look.problem(place, found, '"browser", or take it out')
    if oauth.provider != "microsoft":
        return
    if oauth.way == "client_credentials" and oauth.tenant is None:
        write = 'the organisation: tenant = "leadership.nhs.example", for example'
        yield look.problem((table, "oauth", "tenant"), "nothing", write)
    if oauth.way == "device" and oauth.client_secret_file is not None:
        found = "a secret, which Microsoft takes with no device code"
        write = 'take it out, or flow = "client_credentials" or "browser"'
        yield look.problem((table, "oauth", "client_secret_file"), found, write)


def _check_files(look: Look, table: str, oauth: OAuthSection) -> Iterator[Problem]:
    key: Key = ("programmes", look.slug, table, "oauth", "client_secret_file")
    yield from check_secret_file(oauth.client_secret_file, key, look.folder, look.origin)
    if oauth.cafile and not (look.folder / oauth.cafile).is_file():
        yield look.problem(
            (table, "oauth", "cafile"),
            f"{as_toml(str(oauth.cafile))}, which is no file",
            "a file of certificates in PEM form, or take it out",
        )


OAUTH_CHECKS: tuple[Check, ...] = (_check_oauth,)
