"""The border to those who give tokens: which software speaks to whom. It is loaded when it is
needed, as the command line is to start quickly."""

from importlib import import_module
from typing import Protocol, cast

from intake.oauth.grants import Client, OAuthRefused, Reply

CONNECT_SECONDS, ANSWER_SECONDS = 10, 30
"""How long a provider may take over a connection, and over an answer."""

REDIRECT = "http://localhost"
"""Where a browser is sent with its answer; nothing listens there, the address is pasted. Both
Microsoft and Google allow it to programs on a desk (RFC 8252 section 7.3)."""


class Provider(Protocol):
    """Asks a token endpoint; every answer is given as it came, be it a refusal. All raise
    OAuthUnavailable where no answer can be had, OAuthRefused where asking makes no sense."""

    def ask_for_code(self) -> Reply:
        """A code for somebody to type elsewhere: `user_code`, `verification_uri`, `interval` and
        `expires_in` in seconds (RFC 8628 section 3.2)."""
        ...

    def poll(self, asked: Reply) -> Reply:
        """What became of the code that `ask_for_code` gave; asks once, never waits."""
        ...

    def ask_in_browser(self) -> Reply:
        """An address to open in a browser, `auth_uri`, and what proves that the answer belongs to
        it (RFC 6749 section 4.1, RFC 7636)."""
        ...

    def take_answer(self, asked: Reply, answer: dict[str, str]) -> Reply:
        """What the answer of a browser that was sent back is worth."""
        ...

    def renew(self, refresh_token: str) -> Reply: ...

    def ask_for_itself(self) -> Reply:
        """As a program without a person (RFC 6749 section 4.4)."""
        ...


def provider_of(client: Client) -> Provider:
    """Raises OAuthRefused where the libraries are missing, or a secret that is needed."""
    if not client.needs_person and client.client_secret is None:
        told = f"no client secret: give {client.secret_from}"
        raise OAuthRefused(told)
    name = "microsoft" if client.provider == "microsoft" else "standard"
    try:
        module = import_module(f"intake.oauth.{name}")
    except ModuleNotFoundError as error:
        told = f"{error.name} is not installed: pip install 'postroom[oauth]'"
        raise OAuthRefused(told) from error
    return cast(Provider, module.open_provider(client))
