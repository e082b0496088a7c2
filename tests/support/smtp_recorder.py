"""An SMTP server that keeps what it receives and can fail at any step, on a loopback port."""

import base64
import json
import socketserver
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from types import TracebackType
from typing import BinaryIO, Literal

from intake.commands.staging.wire import WireMessage
from tests.support.certificates import Certificate

DROP = "<drop the connection>"
ACCEPT_THEN_DROP = "<accept the letter, drop the connection before saying so>"
STALL = "<say nothing>"

Replies = Callable[[str, str], str | None]
"""What to say at a stage (connect, ehlo, starttls, auth, mail, rcpt, data, end, rset, noop, quit)
with its argument, in place of the usual reply: a reply line, or one of the three above."""


@dataclass(frozen=True)
class SmtpOptions:
    """`passwords` maps user names to passwords, `tokens` access tokens to user names; when either
    is given, MAIL is refused before a log-in."""

    replies: Replies | None = None
    security: Literal["plain", "starttls", "tls"] = "plain"
    certificate: Certificate | None = None
    passwords: Mapping[str, str] = field(default_factory=dict)
    tokens: Mapping[str, str] = field(default_factory=dict)


class SmtpRecorder:
    """A running server, as a context manager.

    `received` holds the accepted letters, `commands` every command line after the greeting,
    `secrets_in_clear` the AUTH lines that came over an unencrypted connection.
    """

    host = "127.0.0.1"

    def __init__(self, options: SmtpOptions = SmtpOptions(), *, port: int = 0) -> None:
        """`port` 0: any that is free."""
        self.options = options
        self.received: list[WireMessage] = []
        self.commands: list[str] = []
        self.secrets_in_clear: list[str] = []
        self.connections = 0
        self.stopping = Event()
        self.lock = Lock()
        self._server = _Server((self.host, port), _Conversation)
        self._server.recorder = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        port: int = self._server.server_address[1]
        return port

    def __enter__(self) -> "SmtpRecorder":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    recorder: SmtpRecorder


class _Hangup(Exception):
    """The conversation is over."""


class _Conversation(socketserver.BaseRequestHandler):
    server: _Server
    reader: BinaryIO
    encrypted = False
    logged_in = False
    sender: str | None = None

    def handle(self) -> None:
        self.recorder = self.server.recorder
        self.options = self.recorder.options
        self.recipients: list[str] = []
        with self.recorder.lock:
            self.recorder.connections += 1
        try:
            if self.options.security == "tls":
                self._encrypt()
            self.reader = self.request.makefile("rb")
            self._converse()
        except (_Hangup, OSError):
            pass
        finally:
            if hasattr(self, "reader"):
                self.reader.close()
            self.request.close()

    def _converse(self) -> None:
        self._say("connect", "", "220 recorder.example ESMTP")
        while True:
            line = self._line()
            verb, _, argument = line.partition(" ")
            self.recorder.commands.append(line)
            match verb.upper():
                case "EHLO" | "HELO":
                    self._say("ehlo", argument, self._greeting())
                case "STARTTLS":
                    self._start_tls()
                case "AUTH":
                    self._log_in(argument)
                case "MAIL":
                    self._mail(argument)
                case "RCPT":
                    if self._say("rcpt", _address(argument), "250 2.1.5 OK"):
                        self.recipients.append(_address(argument))
                case "DATA":
                    self._data()
                case "RSET":
                    self.sender, self.recipients = None, []
                    self._say("rset", argument, "250 2.0.0 OK")
                case "NOOP":
                    self._say("noop", argument, "250 2.0.0 OK")
                case "QUIT":
                    self._say("quit", argument, "221 2.0.0 Bye")
                    raise _Hangup
                case _:
                    self._send("500 5.5.1 What?")

    def _say(self, stage: str, argument: str, usual: str) -> bool:
        """Answer a stage; True when the answer is the usual one or another acceptance."""
        answer = self.options.replies(stage, argument) if self.options.replies else None
        if answer in (DROP, ACCEPT_THEN_DROP):
            raise _Hangup
        if answer == STALL:
            self.recorder.stopping.wait(60)
            raise _Hangup
        self._send(answer or usual)
        if answer and answer.startswith("421"):
            raise _Hangup
        return answer is None or answer[0] in "23"

    def _mail(self, argument: str) -> None:
        if (self.options.passwords or self.options.tokens) and not self.logged_in:
            self._send("530 5.7.0 Log in first")
        elif self._say("mail", _address(argument), "250 2.1.0 OK"):
            self.sender, self.recipients = _address(argument), []

    def _data(self) -> None:
        if self.sender is None or not self.recipients:
            self._send("503 5.5.1 MAIL and RCPT first")
        elif self._say("data", "", "354 Go on"):
            letter = WireMessage(self.sender, tuple(self.recipients), self._content())
            self._end(letter)
            self.sender, self.recipients = None, []

    def _end(self, letter: WireMessage) -> None:
        recipient = letter.recipients[0]
        answer = self.options.replies("end", recipient) if self.options.replies else None
        if answer is None or answer == ACCEPT_THEN_DROP or answer.startswith("2"):
            with self.recorder.lock:
                self.recorder.received.append(letter)
        if answer == STALL:
            self.recorder.stopping.wait(60)
        if answer in (DROP, STALL, ACCEPT_THEN_DROP):
            raise _Hangup
        self._send(answer or f"250 2.0.0 Queued as {len(self.recorder.received)}")
        if answer and answer.startswith("421"):
            raise _Hangup

    def _content(self) -> bytes:
        lines = []
        while (line := self._raw_line()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _greeting(self) -> str:
        offers = ["recorder.example", "8BITMIME", "SIZE 50000000", "ENHANCEDSTATUSCODES"]
        if self.options.security == "starttls" and not self.encrypted:
            offers.append("STARTTLS")
        elif self.options.passwords or self.options.tokens:
            offers.append("AUTH PLAIN LOGIN XOAUTH2")
        return "\r\n".join(f"250-{offer}" for offer in offers[:-1]) + f"\r\n250 {offers[-1]}"

    def _start_tls(self) -> None:
        if self.options.security != "starttls" or self.encrypted:
            self._send("502 5.5.1 No")
        elif self._say("starttls", "", "220 2.0.0 Ready"):
            self.reader.close()
            self._encrypt()
            self.reader = self.request.makefile("rb")

    def _encrypt(self) -> None:
        assert self.options.certificate is not None
        context = self.options.certificate.server_context()
        self.request: ssl.SSLSocket = context.wrap_socket(self.request, server_side=True)
        self.encrypted = True

    def _log_in(self, argument: str) -> None:
        mechanism, _, initial = argument.partition(" ")
        if not self.encrypted and self.options.security != "plain":
            self.recorder.secrets_in_clear.append(argument)
        match mechanism.upper():
            case "PLAIN":
                _, user, password = (self._decoded(initial) or self._asked("")).split("\0")
                good = self.options.passwords.get(user) == password
            case "LOGIN":
                user = self._decoded(initial) or self._asked("Username:")
                good = self.options.passwords.get(user) == self._asked("Password:")
            case "XOAUTH2":
                good = self._check_token(self._decoded(initial) or self._asked(""))
            case _:
                self._send("504 5.5.4 Unknown mechanism")
                return
        usual = "235 2.7.0 Welcome" if good else "535 5.7.8 Credentials invalid"
        self.logged_in = self._say("auth", mechanism, usual) and good

    def _check_token(self, response: str) -> bool:
        """Google's and Microsoft's way: a refused token gets a challenge with the reason."""
        fields = dict(part.partition("=")[::2] for part in response.split("\1") if part)
        token = fields.get("auth", "").removeprefix("Bearer ")
        good = token in self.options.tokens and self.options.tokens[token] == fields.get("user")
        if not good:
            self._asked(json.dumps({"status": "401", "schemes": "bearer", "scope": "smtp"}))
        return good

    def _asked(self, challenge: str) -> str:
        self._send("334 " + base64.b64encode(challenge.encode()).decode())
        return self._decoded(self._line())

    @staticmethod
    def _decoded(text: str) -> str:
        return base64.b64decode(text).decode()

    def _line(self) -> str:
        return self._raw_line().decode("utf-8", "surrogateescape").rstrip("\r\n")

    def _raw_line(self) -> bytes:
        line = self.reader.readline()
        if not line.endswith(b"\n"):
            raise _Hangup
        return line

    def _send(self, reply: str) -> None:
        self.request.sendall(reply.encode() + b"\r\n")


def _address(argument: str) -> str:
    """The address of `FROM:<a@b.example> SIZE=1`."""
    return argument.partition("<")[2].partition(">")[0]
