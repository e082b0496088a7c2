"""The folders of a mailbox by the names people give them. Looked up by each piece of work anew: a
folder that somebody throws away keeps its id, and what was filed in it would go with it."""

from intake.mailboxes.base import MailboxRefused
from intake.mailboxes.graph.resources import well_known
from intake.mailboxes.graph.session import GraphSession


def find(session: GraphSession, path: str) -> str | None:
    """The id of a folder, its parents before it with `/` between; None where it is missing."""
    folder, names = _start(path)
    for name in names:
        folder = session.find_folder(folder, name)
        if folder is None:
            return None
    return folder


def require(session: GraphSession, path: str) -> str:
    """Raises MailboxRefused where it is missing; none is made."""
    found = find(session, path)
    if found is None:
        raise MailboxRefused(f"{session.name}: there is no folder {path}")
    return found


def ensure(session: GraphSession, path: str) -> str:
    """The id of a folder, which is made where it is missing, and its parents."""
    folder, names = _start(path)
    for name in names:
        inner = session.find_folder(folder, name) or session.make_folder(folder, name)
        inner = inner or session.find_folder(folder, name)  # somebody was quicker
        if inner is None:
            raise MailboxRefused(f"{session.name}: the folder {path} can't be made")
        folder = inner
    if folder is None:
        raise MailboxRefused(f"{session.name}: no folder can be called {path!r}")
    return folder


def _start(path: str) -> tuple[str | None, list[str]]:
    """The well-known folder that a path begins with, if it does, and the names below."""
    first, *rest = [name for name in path.split("/") if name] or [""]
    known = well_known(first)
    return (known, rest) if known else (None, [first, *rest] if first else [])
