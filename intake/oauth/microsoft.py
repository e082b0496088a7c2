"""Microsoft Entra by its own library, MSAL. It is asked for tokens only and keeps none: a refresh
token lies in one place, and many processes share it there."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import msal
import requests
from msal.exceptions import MsalError

from intake.oauth.grants import Client, OAuthRefused, OAuthUnavailable, Reply
from intake.oauth.providers import ANSWER_SECONDS, CONNECT_SECONDS, REDIRECT
from intake.oauth.standard import unreachable


def open_provider(client: Client) -> "MicrosoftProvider":
    """Nobody is asked yet."""
    return MicrosoftProvider(client)


class MicrosoftProvider:
    """See `intake.oauth.providers`. Each question is asked by a new application: MSAL's own keeps
    refusals for a while, and would repeat them after somebody has put things right."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask_for_code(self) -> Reply:
        return self._ask(lambda app: app.initiate_device_flow(scopes=self._scopes))

    def poll(self, asked: Reply) -> Reply:
        once = {**asked, "expires_at": 0}  # MSAL's way to say: don't wait
        return self._ask(lambda app: app.acquire_token_by_device_flow(once))

    def ask_in_browser(self) -> Reply:
        return self._ask(
            lambda app: app.initiate_auth_code_flow(self._scopes, redirect_uri=REDIRECT)
        )

    def take_answer(self, asked: Reply, answer: dict[str, str]) -> Reply:
        if answer.get("state") != asked["state"]:
            raise OAuthRefused("that is the answer to another question: run the command again")
        return self._ask(lambda app: app.acquire_token_by_auth_code_flow(dict(asked), answer))

    def renew(self, refresh_token: str) -> Reply:
        return self._ask(
            lambda app: app.acquire_token_by_refresh_token(refresh_token, self._scopes)
        )

    def ask_for_itself(self) -> Reply:
        return self._ask(lambda app: app.acquire_token_for_client(self._scopes))

    @property
    def _scopes(self) -> list[str]:
        return list(self._client.scopes)

    def _ask(self, question: Callable[[Any], object]) -> Reply:
        with _translated(self._client.authority):
            return cast(Reply, question(self._application()))

    def _application(self) -> Any:
        """One of MSAL's two kinds, which have no types."""
        session = requests.Session()
        session.mount("https://", _Adapter(self._client.cafile))
        secret = self._client.client_secret
        kind = msal.ConfidentialClientApplication if secret else msal.PublicClientApplication
        return kind(
            self._client.client_id,
            client_credential=secret,
            authority=self._client.authority,
            instance_discovery=False,  # the authority is the one of the configuration
            http_client=session,
        )


class _Adapter(requests.adapters.HTTPAdapter):
    """Waits for no answer for ever, and trusts whom the configuration names, whatever the
    environment says."""

    def __init__(self, cafile: Path | None) -> None:
        super().__init__()
        self._cafile = cafile

    def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:  # type: ignore[override]
        options["timeout"] = (CONNECT_SECONDS, ANSWER_SECONDS)
        if self._cafile is not None:
            options["verify"] = str(self._cafile)
        return super().send(request, **options)  # type: ignore[arg-type]


@contextmanager
def _translated(authority: str | None) -> Iterator[None]:
    """Turns what the libraries raise into our errors; nothing of theirs is kept."""
    try:
        with warnings.catch_warnings():
            # It would rather have the browser's answer posted to a server, and there is none.
            warnings.filterwarnings("ignore", message="response_mode=")
            yield
    except requests.RequestException as error:
        raise unreachable(authority, error) from None
    except MsalError as error:
        raise OAuthUnavailable(f"{authority} is out of order ({error})") from None
    except (ValueError, RuntimeError, KeyError):
        told = f"{authority} gave no sensible answer: is the tenant right?"
        raise OAuthUnavailable(told) from None
