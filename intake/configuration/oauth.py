"""The table of the configuration that says where an account's access tokens come from."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from intake.configuration.fields import File, Line, Section, refusal

_ENDPOINT = re.compile(
    r"(?:https://[^\s<>\"'/]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?)"
    r"(?:/[^\s<>\"']*)?"
)


def _endpoint(value: str) -> str:
    if not _ENDPOINT.fullmatch(value):
        raise refusal('an address that begins with "https://"; "http://" is for this machine only')
    return value.rstrip("/")


Endpoint = Annotated[str, AfterValidator(_endpoint)]


class OAuthSection(Section):
    """Where access tokens come from, for a server that takes no password: Microsoft 365 (NHSmail
    with it), Google, or another that speaks OAuth 2. `postroom login` signs in, once; after that
    the tokens renew themselves. [What to set up](login.md). A mailbox and a transport with the same
    table and the same `username` share one sign-in."""

    provider: Literal["microsoft", "google", "custom"] = Field(description="Who gives them.")
    client_id: Line = Field(
        description="The id of the application that was registered there.",
        examples=["2f6b0c1e-0000-4000-8000-000000000000"],
    )
    flow: Literal["device", "browser", "client_credentials"] | None = Field(
        default=None,
        description="How somebody signs in: `device` by typing a code on any device, `browser` by "
        "pasting an address from any browser, `client_credentials` not at all, as the application "
        "has rights of its own. Without it `device`, and `browser` at Google, which gives no mail "
        "to devices.",
        examples=["device"],
    )
    tenant: Line | None = Field(
        default=None,
        description="Microsoft: the organisation's domain or id in Entra; without it, the one of "
        "whoever signs in.",
        examples=["leadership.nhs.example"],
    )
    client_secret_file: File | None = Field(
        default=None,
        description="A file that holds the application's secret, for `client_credentials` and for "
        "Google. In its place the systemd credential `<slug>-mailbox-client-secret` or "
        "`<slug>-transport-client-secret`.",
        examples=["/etc/postroom/ace-client-secret"],
    )
    scopes: tuple[Line, ...] = Field(
        default=(),
        description="What is asked for; without it, to read and to send mail.",
        examples=[["https://outlook.office.com/IMAP.AccessAsUser.All"]],
    )
    authority: Endpoint | None = Field(
        default=None,
        description="Microsoft: another sign-in server, of a national cloud.",
        examples=["https://login.microsoftonline.com"],
    )
    token_endpoint: Endpoint | None = Field(
        default=None,
        description="Custom: where tokens are given (RFC 6749).",
        examples=["https://id.trust.example/token"],
    )
    device_endpoint: Endpoint | None = Field(
        default=None,
        description="Custom: where a code for `device` is given (RFC 8628).",
        examples=["https://id.trust.example/device"],
    )
    authorization_endpoint: Endpoint | None = Field(
        default=None,
        description="Custom: what `browser` opens.",
        examples=["https://id.trust.example/authorize"],
    )
    cafile: File | None = Field(
        default=None,
        description="Certificate authorities that vouch for the provider, in PEM form; a proxy "
        "that reads along needs its own.",
        examples=["/etc/postroom/ca.pem"],
    )

    @property
    def way(self) -> Literal["device", "browser", "client_credentials"]:
        """The flow, be it the usual one."""
        return self.flow or ("browser" if self.provider == "google" else "device")
