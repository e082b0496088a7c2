"""Pure: what a token endpoint answers, and what it means (RFC 6749 section 5, RFC 8628).

OAuthError
├── OAuthUnavailable        later by itself
└── OAuthRefused            not until a person has acted
    ├── NotSignedIn         nobody has signed in yet
    └── CodeExpired         nobody typed the code in time
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

ProviderName = Literal["microsoft", "google", "custom"]
Flow = Literal["device", "browser", "client_credentials"]
Reply = Mapping[str, object]
"""The fields of an answer, as they came."""

STANDARD_LIFE = timedelta(hours=1)
"""Of a token of which nobody says when it ends, as the usual ones."""
LONGEST_LIFE = timedelta(days=3650)
_LONGEST_REASON = 300


class OAuthError(Exception):
    """There is no access token. The text says why and never holds a secret."""


class OAuthUnavailable(OAuthError):
    """The provider can't be reached, or is busy. Nothing to do unless it lasts."""


class OAuthRefused(OAuthError):
    """The provider refuses. Do what the text says; nothing else helps."""


class NotSignedIn(OAuthRefused):
    """Nobody has signed in for this account yet: `postroom login`."""


class CodeExpired(OAuthRefused):
    """The code was not typed in time: `postroom login` gives another one."""


@dataclass(frozen=True, slots=True)
class Client:
    """As whom a token is asked for, where and how. The endpoints are None where the provider's own
    software knows them. `secret_from` says where the secret would be if there is none."""

    provider: ProviderName
    flow: Flow
    client_id: str
    scopes: tuple[str, ...]
    client_secret: str | None = field(default=None, repr=False)
    secret_from: str = "client_secret_file"
    authority: str | None = None
    token_endpoint: str | None = None
    device_endpoint: str | None = None
    authorization_endpoint: str | None = None
    cafile: Path | None = None

    @property
    def needs_person(self) -> bool:
        """Whether somebody must sign in before there is any token."""
        return self.flow != "client_credentials"

    @property
    def asked_for(self) -> tuple[str, ...]:
        """`scopes`, and what Microsoft's own software adds so that a person's sign-in lasts."""
        lasts = self.provider == "microsoft" and self.needs_person
        return (*self.scopes, "offline_access") if lasts else self.scopes


@dataclass(frozen=True, slots=True)
class Grant:
    """An access token and what renews it. `refresh_ends_at` None: the provider doesn't say;
    `signed_in_as` None: likewise, or nobody did."""

    access_token: str = field(repr=False)
    granted_at: datetime
    ends_at: datetime
    refresh_token: str | None = field(default=None, repr=False)
    refresh_ends_at: datetime | None = None
    signed_in_as: str | None = None

    def is_fresh(self, now: datetime, before: timedelta) -> bool:
        """False from `before` its end on, or from half its life where that is later."""
        return now < self.ends_at - min(before, (self.ends_at - self.granted_at) / 2)


def read_grant(reply: Reply, client: Client, now: datetime, before: Grant | None = None) -> Grant:
    """The grant in an answer. `before` is the one that was renewed: a provider that doesn't rotate
    its refresh token leaves it out. Raises OAuthError for any other answer."""
    check_reply(reply, client, secrets=_tokens_of(before))
    token = reply.get("access_token")
    if not isinstance(token, str) or not token or not token.isprintable():
        raise OAuthUnavailable("the provider's answer holds no access token")
    refresh = reply.get("refresh_token")
    if not isinstance(refresh, str) or not refresh:
        refresh = before.refresh_token if before else None
    if client.needs_person and refresh is None:
        raise OAuthRefused(
            "the provider gave no refresh token, so the sign-in would end within the hour: "
            "let the app registration ask for offline access, and sign in again"
        )
    refresh_life = _life(reply.get("refresh_token_expires_in"))
    kept_end = before.refresh_ends_at if before else None
    return Grant(
        access_token=token,
        granted_at=now,
        ends_at=now + (_life(reply.get("expires_in")) or STANDARD_LIFE),
        refresh_token=refresh,
        refresh_ends_at=now + refresh_life if refresh_life else kept_end,
        signed_in_as=_account_of(reply) or (before.signed_in_as if before else None),
    )


def check_reply(reply: Reply, client: Client, *, secrets: Collection[str] = ()) -> None:
    """Raises the error that an answer is; none for an answer that gives what was asked."""
    code = reply.get("error")
    if code is None:
        return
    code = _shown(code, (), 60)
    reason = _shown(reply.get("error_description"), (*secrets, client.client_secret or ""))
    said = f"{code}: {reason}" if reason else code
    if code in PASSING:
        raise OAuthUnavailable(f"the provider is busy ({said})")
    if code == "expired_token":
        raise CodeExpired("the code was not typed in time: run the same command again")
    raise OAuthRefused(f"{said}. {_advice(code, reason, client)}")


def is_pending(reply: Reply) -> bool:
    """Whether nobody has typed the code yet (RFC 8628 section 3.5)."""
    return reply.get("error") in ("authorization_pending", "slow_down")


PASSING = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
"""Codes that say: later (RFC 6749 section 4.1.2.1)."""


def _advice(code: str, reason: str, client: Client) -> str:
    for mark, advice in _BY_REASON:
        if mark in reason:
            return advice
    if code == "invalid_client":
        return f"Is client_id right, and the client's secret ({client.secret_from}) not over?"
    if code == "invalid_grant" and not client.needs_person:
        return "Ask who runs the provider"
    return _BY_CODE.get(code, "Ask who runs the provider, with the words before")


_BY_REASON = (
    ("AADSTS7000222", "The client's secret is over: make a new one in Entra"),
    ("AADSTS7000215", "The client's secret is wrong: give its value, not its id"),
    ("AADSTS65001", "An administrator must grant the permissions in Entra"),
    ("AADSTS53003", "A Conditional Access policy forbids it: ask for an exception, or take a flow "
     "that it allows"),
    ("AADSTS7000218", "Switch on 'Allow public client flows' of the app registration, or give "
     "client_secret_file"),
    ("AADSTS90002", "Is the tenant right?"),
    ("AADSTS700016", "Are client_id and tenant right?"),
)  # fmt: skip
"""What Microsoft's numbers mean, in words for whoever runs Postroom."""

_BY_CODE = {
    "invalid_grant": "The sign-in is over (a new password, a policy, or too long unused): sign in "
    "again",
    "interaction_required": "The provider wants to see a person: sign in again",
    "consent_required": "An administrator must grant the permissions",
    "access_denied": "Somebody said no, or may not say yes: an administrator may have to",
    "authorization_declined": "Somebody said no: run the command again to be asked again",
    "unauthorized_client": "The app registration does not allow this flow",
    "unsupported_grant_type": "The provider does not know this flow: try another",
    "invalid_scope": "The provider does not know these scopes, or does not give them to this flow",
}


def _tokens_of(grant: Grant | None) -> tuple[str, ...]:
    return (grant.access_token, grant.refresh_token or "") if grant else ()


def _life(value: object) -> timedelta | None:
    """Seconds as a number or, as some providers have it, as text."""
    try:
        seconds = float(value) if isinstance(value, int | float | str) else 0.0
    except ValueError:
        return None
    return timedelta(seconds=seconds) if 0 < seconds <= LONGEST_LIFE.total_seconds() else None


def _account_of(reply: Reply) -> str | None:
    """Who signed in, as the provider's library has read it."""
    claims = reply.get("id_token_claims")
    name = claims.get("preferred_username") if isinstance(claims, Mapping) else None
    return _shown(name, ()) or None


def _shown(value: object, secrets: Collection[str], limit: int = _LONGEST_REASON) -> str:
    """The first line of a provider's words, without what we keep secret."""
    text = value if isinstance(value, str) else ""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "[hidden]")
    line = next(iter(text.strip().splitlines()), "")
    return "".join(c if c.isprintable() else " " for c in line)[:limit].strip().rstrip(".")
