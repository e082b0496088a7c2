"""The transport of an account: over SMTP, or by Graph, whose client is handed to the responders
here, as both rooms need it and neither knows the other."""

from collections.abc import Callable

from intake.graph.access import GraphAccess
from intake.graph.answers import CutOff, GraphError, Unanswered, Unusable
from intake.graph.client import GraphClient
from responders.transports.base import (
    InDoubt,
    SmtpAccount,
    TemporaryFailure,
    Transport,
    TransportError,
    TransportRefused,
    TransportUnavailable,
)
from responders.transports.connection import connect
from responders.transports.graph import GraphTransport, Posted
from responders.transports.smtp import SmtpTransport

TransportAccount = SmtpAccount | GraphAccess


def open_transport(account: TransportAccount) -> Transport:
    """Nothing is connected before a letter needs it."""
    match account:
        case SmtpAccount():
            return SmtpTransport(account)
        case GraphAccess():
            client = GraphClient(account)
            return GraphTransport(_post_by(client), client.close)


def try_transport(account: TransportAccount) -> str:
    """Log in and send nothing; what was found, in words. Raises TransportError."""
    match account:
        case SmtpAccount():
            connect(account).close()
            how = "logged in" if account.username else "answered; there is no log-in"
            return f"{account.host}:{account.port} {how}"
        case GraphAccess():
            return f"{account.origin} {_try_graph(account)}"


def _try_graph(account: GraphAccess) -> str:
    """Whether it may send, only a letter tells: it may be allowed to send and not to look."""
    client = GraphClient(account)
    try:
        answer = client.get("/mailFolders/sentitems", {"$select": "id"})
    except GraphError as error:
        raise _translated(error) from error
    finally:
        client.close()
    if answer.is_success or answer.status == 403:
        return "takes the access token; whether it may send, --round-trip tells"
    refused = answer.status in (400, 401, 404)
    raise (TransportRefused if refused else TransportUnavailable)(answer.words, code=answer.status)


def _post_by(client: GraphClient) -> Callable[[bytes], Posted]:
    def post(letter: bytes) -> Posted:
        try:
            answer = client.send_letter(letter)
        except GraphError as error:
            raise _translated(error) from error
        return Posted(answer.status, answer.code, answer.words)

    return post


def _translated(error: GraphError) -> TransportError:
    """What no answer means for a letter: exactly what a lost SMTP connection means there."""
    match error:
        case Unusable():
            return TransportRefused(str(error))
        case CutOff():
            return TemporaryFailure(str(error))
        case Unanswered():
            return InDoubt(str(error))
        case _:
            return TransportUnavailable(str(error))
