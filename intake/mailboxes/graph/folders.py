"""The folders of a mailbox by the names people give them. Looked up by each piece of work anew: a
folder that somebody throws away keeps its id, and what was filed in it would go with it."""

from intake.mailboxes.base import MailboxRefused
from intake.mailboxes.graph.resources import IN_EVERY_MAILBOX, well_known
from intake.mailboxes.graph.session import GraphSession


def find(session: GraphSession, path: str) -> str | None:
    """The id of a folder, its parents before it with `/` between; None where it is missing."""
    folder, names = _start(path)
    if _is_missing(session, folder):
        return None
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
    if _is_missing(session, folder):
        told = f"the mailbox has no folder {path.split('/')[0]}, and Graph makes none of that name"
        raise MailboxRefused(f"{session.name}: {told}: write another one instead of {path}")
    for name in names:
        inner = session.find_folder(folder, name) or session.make_folder(folder, name)
        inner = inner or session.find_folder(folder, name)  # somebody was quicker
        if inner is None:
            raise MailboxRefused(f"{session.name}: the folder {path} can't be made")
        folder = inner
    if folder is None:
        raise MailboxRefused(f"{session.name}: no folder can be called {path!r}")
    return folder


def are_same(path: str, other: str) -> bool:
    """Whether both lead to one folder, as far as their names tell."""
    return _canonical(path) == _canonical(other)


def _canonical(path: str) -> tuple[str | None, list[str]]:
    known, names = _start(path)
    return known, [name.casefold() for name in names]


def _is_missing(session: GraphSession, known: str | None) -> bool:
    """Whether a well-known folder isn't there; what every mailbox has is not asked for."""
    return known is not None and known not in IN_EVERY_MAILBOX and not session.has_folder(known)


def _start(path: str) -> tuple[str | None, list[str]]:
    """The well-known folder that a path begins with, if it does, and the names below."""
    first, *rest = [name for name in path.split("/") if name] or [""]
    known = well_known(first)
    return (known, rest) if known else (None, [first, *rest] if first else [])
