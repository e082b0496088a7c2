"""The `oauth` tables → the sign-ins of the accounts, each kept in a file of the data folder."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from intake.configuration.credentials import find_secret
from intake.configuration.oauth import OAuthSection
from intake.configuration.programmes import ProgrammeSection
from intake.configuration.sections import Settings
from intake.configuration.servers import MailboxSection, TransportSection
from intake.graph.access import HOST
from intake.oauth.grants import Client, OAuthError, OAuthUnavailable
from intake.oauth.keeping import TokenFile
from intake.oauth.sign_in import Clock, SignIn

SignIns = Mapping[str, Mapping[str, SignIn]]
"""By the slug of the programme, then by `mailbox` and `transport`; only of those that have one."""

Servers = MailboxSection | TransportSection

FOLDER = "tokens"

_AUTHORITY = "https://login.microsoftonline.com"
_GOOGLE = "https://accounts.google.com/o/oauth2/v2/auth"
_GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
_OUTLOOK = "https://outlook.office.com"
_SCOPES = {
    "microsoft": (f"{_OUTLOOK}/IMAP.AccessAsUser.All", f"{_OUTLOOK}/SMTP.Send"),
    "google": ("https://mail.google.com/",),
    "custom": (),
}
"""MSAL adds what makes a sign-in last (`offline_access`), Google is asked for it otherwise."""
_OF_APPLICATION = ("https://outlook.office365.com/.default",)

_OF_GRAPH = ("Mail.ReadWrite.Shared", "Mail.Send.Shared")
"""Whoever signs in may use their own mailbox by these, and those that are shared with them."""

_RENEWED_BEFORE_ALARM = timedelta(minutes=5)
"""So long before its end would be trouble, a token is renewed: a renewal is no trouble."""


def make_sign_ins(settings: Settings, *, folder: Path, data_folder: Path, clock: Clock) -> SignIns:
    """The sign-ins of all programmes. `folder` is what relative paths start from. Raises
    ConfigError."""
    made: dict[Path, SignIn] = {}
    trouble_before = timedelta(minutes=settings.watch.token_minutes)

    def make(slug: str, table: str, servers: Servers, oauth: OAuthSection, inbox: str) -> SignIn:
        username = servers.username or inbox
        client = _client(slug, table, servers, oauth, folder)
        path = data_folder / FOLDER / f"{_name(client, username)}.json"
        if path not in made:
            command = f"postroom login {slug} --{table}"
            made[path] = SignIn(
                client,
                TokenFile(path),
                command=command,
                clock=clock,
                renew_before=trouble_before + _RENEWED_BEFORE_ALARM,
            )
        return made[path]

    found: dict[str, dict[str, SignIn]] = {}
    for slug, section in settings.programmes.items():
        for table, servers in (("mailbox", section.mailbox), ("transport", section.transport)):
            if servers is not None and servers.oauth is not None:
                sign_in = make(slug, table, servers, servers.oauth, section.inbox)
                found.setdefault(slug, {})[table] = sign_in
    return MappingProxyType(found)


def token_asker(
    sign_in: SignIn | None, refused: type[Exception], unavailable: type[Exception]
) -> Callable[[], str] | None:
    """Gives a fresh token at each log-in, or raises the error of whoever logs in; None where there
    is no sign-in."""
    if sign_in is None:
        return None
    return lambda: _asked(sign_in.token, refused, unavailable)


def another_token_asker(
    sign_in: SignIn | None, refused: type[Exception], unavailable: type[Exception]
) -> Callable[[str], str] | None:
    """As `token_asker`, in place of a token that was refused, which may be the same again."""
    if sign_in is None:
        return None
    return lambda before: _asked(lambda: sign_in.instead_of(before), refused, unavailable)


def _asked(ask: Callable[[], str], refused: type[Exception], unavailable: type[Exception]) -> str:
    try:
        return ask()
    except OAuthUnavailable as error:
        raise unavailable(f"no access token: {error}") from error
    except OAuthError as error:
        raise refused(f"no access token: {error}") from error


def token_files(
    sections: Mapping[str, ProgrammeSection], sign_ins: SignIns, folder: Path
) -> dict[str, tuple[Path, ...]]:
    """Where the access tokens of each programme are, Postroom's own and those of another program;
    a file that two share, once."""
    found = {}
    for slug, section in sections.items():
        of_others = (s.token_file for s in (section.mailbox, section.transport) if s is not None)
        own = (sign_in.file.path for sign_in in sign_ins.get(slug, {}).values())
        files = (*(folder / file for file in of_others if file is not None), *own)
        found[slug] = tuple(dict.fromkeys(files))
    return found


def _client(slug: str, table: str, servers: Servers, oauth: OAuthSection, folder: Path) -> Client:
    key = f"programmes.{slug}.{table}.oauth.client_secret"
    credential = f"{slug}-{table}-client-secret"
    file = folder / oauth.client_secret_file if oauth.client_secret_file else None
    flow = oauth.way
    is_google, is_microsoft = oauth.provider == "google", oauth.provider == "microsoft"
    authority = f"{oauth.authority or _AUTHORITY}/{oauth.tenant or 'organizations'}"
    return Client(
        provider=oauth.provider,
        flow=flow,
        client_id=oauth.client_id,
        scopes=oauth.scopes or _usual_scopes(servers, oauth),
        client_secret=find_secret(None, file, key=f"{key}_file", credential=credential),
        secret_from=f"{key}_file in the configuration, or the systemd credential {credential}",
        authority=authority if is_microsoft else None,
        token_endpoint=_GOOGLE_TOKENS if is_google else oauth.token_endpoint,
        device_endpoint=oauth.device_endpoint,
        authorization_endpoint=_GOOGLE if is_google else oauth.authorization_endpoint,
        cafile=folder / oauth.cafile if oauth.cafile else None,
    )


def _usual_scopes(servers: Servers, oauth: OAuthSection) -> tuple[str, ...]:
    """What is asked for unless the configuration says otherwise: all that an application was
    granted, or to read and send mail by IMAP and SMTP, or by Graph."""
    if oauth.provider != "microsoft":
        return _SCOPES[oauth.provider]
    is_application = oauth.way == "client_credentials"
    if servers.kind == "graph":
        host, names = servers.host or HOST, (".default",) if is_application else _OF_GRAPH
        return tuple(f"https://{host}/{name}" for name in names)
    return _OF_APPLICATION if is_application else _SCOPES["microsoft"]


def _name(client: Client, username: str) -> str:
    """The same for whatever may share a sign-in, another one as soon as a setting is another."""
    told = asdict(client)
    for key in ("client_secret", "secret_from", "cafile"):
        del told[key]
    return sha256(repr((sorted(told.items()), username.lower())).encode()).hexdigest()[:20]
