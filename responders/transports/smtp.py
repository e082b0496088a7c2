"""Letters over SMTP submission (RFC 6409): one recipient an envelope, bytes as they were frozen.

`connection` opens and logs in, `envelope` guards the border; here is the transaction, and what
each of its failures means."""

import smtplib
from collections.abc import Collection
from datetime import timedelta

from responders.transports.base import (
    InDoubt,
    PermanentFailure,
    SmtpAccount,
    TemporaryFailure,
    TransportError,
    TransportRefused,
)
from responders.transports.connection import NEEDS_LOG_IN, command, connect, read_reply
from responders.transports.envelope import Envelope, on_the_wire, seal

_FAREWELL = timedelta(seconds=2)

_CLOSING = 421
"""RFC 5321 section 3.8: the server closes the connection."""


class SmtpTransport:
    """One kept connection to a submission server; opened when a letter needs it, and again when
    the server has let it go in the meantime. For one thread."""

    def __init__(self, account: SmtpAccount) -> None:
        self._account = account
        self._connection: smtplib.SMTP | None = None

    def send(self, sender: str, recipient: str, content: bytes) -> str:
        """Hand over one letter; the server's reply. `content` has CRLF lines only.

        Raises TemporaryFailure, PermanentFailure and InDoubt; PermanentFailure also, before
        anything is sent, where sender or recipient is not exactly one address or the server
        can't carry what the letter needs.
        """
        envelope = seal(sender, recipient, content)
        usable = False
        try:
            reply = self._hand_over(envelope, content)
            usable = True
        except TransportError as failure:
            usable = self._is_reset(failure)
            raise
        finally:
            if not usable:
                self._drop()
        return reply

    def close(self) -> None:
        """Say goodbye, without waiting long for an answer."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            if connection.sock is not None:
                connection.sock.settimeout(_FAREWELL.total_seconds())
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()

    def _hand_over(self, envelope: Envelope, content: bytes) -> str:
        connection = self._begin(envelope)
        _ask(connection, envelope.rcpt_command, 250, 251)
        _ask(connection, "DATA", 354)
        *chunks, last = on_the_wire(content)
        try:
            for chunk in chunks:
                connection.send(chunk)
        except smtplib.SMTPServerDisconnected as error:
            raise TemporaryFailure("the connection was lost within the letter") from error
        return self._finish(connection, last)

    def _begin(self, envelope: Envelope) -> smtplib.SMTP:
        """A connection on which MAIL was accepted. A kept one that has gone stale is replaced,
        for nothing of the letter has been sent yet."""
        if self._connection is not None:
            try:
                _ask(self._connection, envelope.mail_command(self._offers), 250)
            except TemporaryFailure as failure:
                if failure.code not in (None, _CLOSING):
                    raise
                self._drop()
            else:
                return self._connection
        self._connection = connect(self._account)
        _ask(self._connection, envelope.mail_command(self._offers), 250)
        return self._connection

    @property
    def _offers(self) -> dict[str, str]:
        return self._connection.esmtp_features if self._connection is not None else {}

    def _finish(self, connection: smtplib.SMTP, last: bytes) -> str:
        """The last bytes of the letter. Once they are on their way, a lost connection leaves it
        in doubt; the server may take ten minutes over its answer."""
        try:
            connection.send(last)
            self._wait_up_to(self._account.final_timeout)
            code, reply = read_reply(connection)
        except smtplib.SMTPServerDisconnected as error:
            raise InDoubt("the connection was lost after the letter") from error
        if not (200 <= code < 300 or 400 <= code < 600):
            raise InDoubt(reply)
        _judge(code, reply, range(200, 300))
        self._wait_up_to(self._account.timeout)
        return reply

    def _wait_up_to(self, timeout: timedelta) -> None:
        if self._connection is not None and self._connection.sock is not None:
            self._connection.sock.settimeout(timeout.total_seconds())

    def _is_reset(self, failure: TransportError) -> bool:
        """True when the connection is ready for another letter after this refusal."""
        if self._connection is None or failure.code in (None, _CLOSING):
            return False
        self._wait_up_to(self._account.timeout)
        try:
            return command(self._connection, "RSET")[0] == 250
        except smtplib.SMTPServerDisconnected:
            return False

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _ask(connection: smtplib.SMTP, line: str, *accepted: int) -> None:
    """Send a command before the letter itself. Raises TemporaryFailure or PermanentFailure."""
    try:
        code, reply = command(connection, line)
    except smtplib.SMTPServerDisconnected as error:
        raise TemporaryFailure("the connection was lost before the letter") from error
    _judge(code, reply, accepted)


def _judge(code: int, reply: str, accepted: Collection[int]) -> None:
    """What the first digit says decides (RFC 5321 section 4.2.1). An answer that makes no sense
    where it stands is temporary, and the connection with it (no code)."""
    if code in accepted:
        return
    if code in NEEDS_LOG_IN:
        raise TransportRefused(reply, code=code)
    if 500 <= code < 600:
        raise PermanentFailure(reply, code=code)
    raise TemporaryFailure(reply, code=code if 400 <= code < 500 else None)
