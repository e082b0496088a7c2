"""The `mailbox` and `transport` tables → the accounts that are read and sent by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from intake.configuration.credentials import find_secret, missing_secret, token_reader
from intake.configuration.facts import MailboxAccount, make_mailbox
from intake.configuration.sections import Settings
from intake.configuration.servers import MailboxSection, TransportSection
from intake.configuration.sign_ins import SignIns, another_token_asker, token_asker
from intake.configuration.transports import TransportAccount
from intake.graph.access import HOST, GraphAccess
from intake.mailboxes.base import GraphAccount, MailboxRefused, MailboxUnavailable
from intake.oauth.sign_in import SignIn
from responders.transports.base import SmtpAccount, TransportRefused, TransportUnavailable

SMTP_PORTS = {"tls": 465, "starttls": 587, "plain": 25}


@dataclass(frozen=True, slots=True)
class _Refusals:
    """How whoever needs a token is told that there is none: not until a person has acted, or not
    now."""

    refused: type[Exception]
    unavailable: type[Exception]


_OF_MAILBOX = _Refusals(MailboxRefused, MailboxUnavailable)
_OF_TRANSPORT = _Refusals(TransportRefused, TransportUnavailable)


def make_mailboxes(
    settings: Settings, sign_ins: SignIns, folder: Path
) -> Mapping[str, MailboxAccount]:
    """By the slug of the programme. `folder` is what relative paths start from. Raises
    ConfigError when a secret's file can't be read."""
    made: dict[str, MailboxAccount] = {}
    for slug, section in settings.programmes.items():
        mailbox, inbox = section.mailbox, section.inbox
        if mailbox is None:
            continue
        sign_in = sign_ins.get(slug, {}).get("mailbox")
        if mailbox.kind == "graph":
            key = f"programmes.{slug}.mailbox"
            access = _access(
                mailbox, sign_in, key=key, inbox=inbox, folder=folder, refusals=_OF_MAILBOX
            )
            made[slug] = _graph_account(mailbox, access, inbox)
        else:
            token = token_asker(sign_in, MailboxRefused, MailboxUnavailable)
            made[slug] = make_mailbox(slug, mailbox, inbox=inbox, folder=folder, token=token)
    return MappingProxyType(made)


def make_transports(
    settings: Settings, sign_ins: SignIns, folder: Path
) -> Mapping[str, TransportAccount]:
    """By the slug of the programme. `folder` is what relative paths start from. Raises
    ConfigError when a secret's file can't be read."""
    made: dict[str, TransportAccount] = {}
    for slug, section in settings.programmes.items():
        transport = section.transport
        if transport is None:
            continue
        sign_in = sign_ins.get(slug, {}).get("transport")
        if transport.kind == "graph":
            made[slug] = _access(
                transport,
                sign_in,
                key=f"programmes.{slug}.transport",
                inbox=section.inbox,
                folder=folder,
                refusals=_OF_TRANSPORT,
            )
        else:
            made[slug] = _smtp_account(slug, transport, folder, sign_in)
    return MappingProxyType(made)


def _smtp_account(
    slug: str, section: TransportSection, folder: Path, sign_in: SignIn | None
) -> SmtpAccount:
    table, credential = f"programmes.{slug}.transport", f"{slug}-transport-password"
    key = f"{table}.password"
    password = None
    token = token_asker(sign_in, TransportRefused, TransportUnavailable)
    if section.username and section.token_file:
        token = token_reader(folder / section.token_file, f"{table}.token_file", TransportRefused)
    elif section.username and token is None:
        file = folder / section.password_file if section.password_file else None
        password = find_secret(section.password, file, key=key, credential=credential)
        if password is None:
            token = missing_secret(key, credential, TransportRefused)
    return SmtpAccount(
        host=section.host or "",
        port=section.port or SMTP_PORTS[section.security],
        security=section.security,
        username=section.username,
        password=password,
        token=token,
        cafile=folder / section.cafile if section.cafile else None,
    )


def _access(
    section: MailboxSection | TransportSection,
    sign_in: SignIn | None,
    *,
    key: str,
    inbox: str,
    folder: Path,
    refusals: _Refusals,
) -> GraphAccess:
    """`key` is the dotted path of the table."""
    ask = token_asker(sign_in, refusals.refused, refusals.unavailable)
    another = another_token_asker(sign_in, refusals.refused, refusals.unavailable)
    if section.token_file:
        ask = token_reader(folder / section.token_file, f"{key}.token_file", refusals.refused)
        another = _afresh(ask)
    if ask is None or another is None:
        ask = _missing(key, refusals.refused)
        another = _afresh(ask)
    return GraphAccess(
        username=section.username or inbox,
        token=ask,
        another_token=another,
        host=section.host or HOST,
        port=section.port,
        security="plain" if section.security == "plain" else "tls",
        cafile=folder / section.cafile if section.cafile else None,
    )


def _graph_account(section: MailboxSection, access: GraphAccess, inbox: str) -> GraphAccount:
    account = GraphAccount(
        name=inbox,
        access=access,
        folder=section.folder,
        processed=section.processed,
        quarantine=section.quarantine,
        max_bytes=section.max_megabytes * 2**20,
    )
    return account if section.sent is None else replace(account, sent=section.sent)


def _afresh(ask: Callable[[], str]) -> Callable[[str], str]:
    """Another program may have renewed the token meanwhile."""
    return lambda _: ask()


def _missing(key: str, refused: type[Exception]) -> Callable[[], str]:
    def refuse() -> str:
        raise refused(f"no access token: add [{key}.oauth]")

    return refuse
