"""A stand-in for Entra, Google and their like: gives tokens over HTTP on this machine, rotates
refresh tokens, can be told to refuse (RFC 6749, 7636, 8628). With a certificate it speaks TLS."""

import json
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import MutableMapping
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from threading import Lock
from urllib.parse import parse_qsl

from tests.support.certificates import Certificate
from tests.support.http_service import HttpService

TENANT = "leadership.nhs.example"
CLIENT = "an-app-id"
SECRET = "canary-of-the-application"
USER_CODE = "BLUE-TEA"


class IdentityProvider(HttpService):
    """A running provider, as a context manager.

    `script` holds answers (status, body) to the next requests for a token, before the honest ones;
    `pending` is how often nobody has typed the code yet, `refuses_codes` the answer to whoever
    wants one. `asked` are the forms that came, `tokens` the good access tokens and whose they are,
    `refresh_tokens` the good ones of the other kind.
    """

    def __init__(
        self,
        certificate: Certificate | None = None,
        *,
        user: str = "ace@leadership.nhs.example",
        tokens: MutableMapping[str, str] | None = None,
    ) -> None:
        self.user = user
        self.tokens = {} if tokens is None else tokens
        self.refresh_tokens: set[str] = set()
        self.script: deque[tuple[int, object]] = deque()
        self.asked: list[dict[str, str]] = []
        self.pending = 0
        self.lifetime: object = 3600
        self.challenge = ""
        self.rotates = True
        self.refuses_codes: dict[str, str] | None = None
        self._lock = Lock()
        self._count = 0
        self._listen(self._handler(), certificate)

    @property
    def url(self) -> str:
        return self.base_url

    @property
    def grant_types(self) -> list[str]:
        return [form["grant_type"] for form in self.asked if "grant_type" in form]

    def _well_known(self) -> dict[str, str]:
        base = f"{self.url}/{TENANT}/oauth2/v2.0"
        return {
            "issuer": f"{self.url}/{TENANT}/v2.0",
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "device_authorization_endpoint": f"{base}/device",
        }

    def _answer(self, path: str, form: dict[str, str]) -> tuple[int, object]:
        with self._lock:
            self.asked.append(form)
            if path.endswith("/device") and self.refuses_codes:
                return 400, self.refuses_codes
            if path.endswith("/device"):
                return 200, {
                    "device_code": "canary-of-the-device",
                    "user_code": USER_CODE,
                    "verification_uri": f"{self.url}/typing",
                    "interval": 5,
                    "expires_in": 60,
                }
            if self.script:
                return self.script.popleft()
            if form.get("client_id") != CLIENT:
                return 401, {"error": "invalid_client"}
            return self._token(form)

    def _token(self, form: dict[str, str]) -> tuple[int, object]:
        match form["grant_type"]:
            case "refresh_token" if form["refresh_token"] in self.refresh_tokens:
                return 200, self._grant(form["refresh_token"])
            case "client_credentials" if form.get("client_secret") == SECRET:
                return 200, self._grant(None) | {"refresh_token": None}
            case "authorization_code" if self._proves(form["code_verifier"]):
                return 200, self._grant(None)
            case "urn:ietf:params:oauth:grant-type:device_code" if self.pending:
                self.pending -= 1
                return 400, {"error": "authorization_pending"}
            case "urn:ietf:params:oauth:grant-type:device_code":
                return 200, self._grant(None)
            case "client_credentials":
                return 401, {"error": "invalid_client", "error_description": "AADSTS7000215: no"}
            case _:
                return 400, {
                    "error": "invalid_grant",
                    "error_description": f"AADSTS70043: {form.get('refresh_token')} is over.\r\n"
                    "Trace ID: 0000",
                }

    def _grant(self, used: str | None) -> dict[str, object]:
        self._count += 1
        access, refresh = f"access-canary-{self._count}", f"refresh-canary-{self._count}"
        self.tokens[access] = self.user
        granted: dict[str, object] = {"access_token": access, "token_type": "Bearer"}
        granted["expires_in"] = self.lifetime
        if used is None or self.rotates:
            self.refresh_tokens.discard(used or "")
            self.refresh_tokens.add(refresh)
            granted["refresh_token"] = refresh
        return granted

    def _proves(self, verifier: str) -> bool:
        digest = sha256(verifier.encode()).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=") == self.challenge

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = self.path == f"/{TENANT}/v2.0/.well-known/openid-configuration"
                self._say(200 if known else 400, provider._well_known() if known else {})

            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                self._say(*provider._answer(self.path, dict(parse_qsl(form.decode()))))

            def _say(self, status: int, answer: object) -> None:
                body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Answers
