"""A provider by the book, Google among them: RFC 6749 and 8628, with the proof of RFC 7636."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlencode

import requests

from intake.oauth.grants import Client, OAuthRefused, OAuthUnavailable, Reply
from intake.oauth.providers import ANSWER_SECONDS, CONNECT_SECONDS, REDIRECT

_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def open_provider(client: Client) -> "StandardProvider":
    """Nobody is asked yet."""
    return StandardProvider(client)


class StandardProvider:
    """See `intake.oauth.providers`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask_for_code(self) -> Reply:
        asked = dict(self._post(self._client.device_endpoint, scope=self._scope))
        # Some name it as in a draft of the standard.
        asked.setdefault("verification_uri", asked.get("verification_url"))
        return asked

    def poll(self, asked: Reply) -> Reply:
        return self._ask(_DEVICE, device_code=str(asked["device_code"]))

    def ask_in_browser(self) -> Reply:
        verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(24)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        question = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": REDIRECT,
            "scope": self._scope,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if self._client.provider == "google":  # else it gives no refresh token, or only once
            question |= {"access_type": "offline", "prompt": "consent"}
        address = f"{self._client.authorization_endpoint}?{urlencode(question)}"
        return {"auth_uri": address, "state": state, "code_verifier": verifier}

    def take_answer(self, asked: Reply, answer: dict[str, str]) -> Reply:
        if not secrets.compare_digest(answer.get("state", ""), str(asked["state"])):
            raise OAuthRefused("that is the answer to another question: run the command again")
        if "code" not in answer:
            return answer
        return self._ask(
            "authorization_code",
            code=answer["code"],
            redirect_uri=REDIRECT,
            code_verifier=str(asked["code_verifier"]),
        )

    def renew(self, refresh_token: str) -> Reply:
        return self._ask("refresh_token", refresh_token=refresh_token)

    def ask_for_itself(self) -> Reply:
        return self._ask("client_credentials", scope=self._scope)

    @property
    def _scope(self) -> str:
        return " ".join(self._client.scopes)

    def _ask(self, grant_type: str, **fields: str) -> Reply:
        if self._client.client_secret is not None:
            fields["client_secret"] = self._client.client_secret
        return self._post(self._client.token_endpoint, grant_type=grant_type, **fields)

    def _post(self, endpoint: str | None, **fields: str) -> Reply:
        """No redirection is followed: what is posted is for this address alone."""
        try:
            answer = requests.post(
                endpoint or "",
                data={"client_id": self._client.client_id, **fields},
                headers={"Accept": "application/json"},
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                allow_redirects=False,
                verify=str(self._client.cafile) if self._client.cafile else True,
            )
            reply = answer.json() if answer.status_code < 500 else None
        except requests.exceptions.JSONDecodeError:
            reply = None
        except requests.RequestException as error:
            raise unreachable(endpoint, error) from None
        if not isinstance(reply, dict):
            told = f"{endpoint} gave no sensible answer (HTTP {answer.status_code})"
            raise OAuthUnavailable(told)
        if answer.status_code == 429:
            raise OAuthUnavailable(f"{endpoint} asks for patience (HTTP 429)")
        return reply


def unreachable(endpoint: str | None, error: requests.RequestException) -> OAuthUnavailable:
    """What a request that got no answer means, in words; a library's hold what was sent."""
    if isinstance(error, requests.exceptions.SSLError):
        why = "its certificate is not to be trusted: behind a proxy that reads along, give cafile"
    elif isinstance(error, requests.HTTPError) and error.response is not None:
        why = f"it is out of order (HTTP {error.response.status_code})"
    elif isinstance(error, requests.Timeout):
        why = "no answer in time"
    else:
        why = "it can't be reached"
    return OAuthUnavailable(f"{endpoint}: {why}")
