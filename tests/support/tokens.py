"""An identity provider for tests: it says over HTTP whether an access token is good (RFC 7662)."""

import json
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

from tests.support.http_service import HttpService


class TokenService(HttpService):
    """Answers introspection requests; `tokens` maps each good token to its user name."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}
        self.asked: list[str] = []
        self._listen(self._handler())

    @property
    def url(self) -> str:
        return f"{self.base_url}/introspect"

    def _answer(self, form: bytes) -> dict[str, object]:
        token = parse_qs(form.decode("ascii")).get("token", [""])[0]
        self.asked.append(token)
        user = self.tokens.get(token)
        return {"active": True, "username": user} if user else {"active": False}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Introspection(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                body = json.dumps(service._answer(form)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Introspection
