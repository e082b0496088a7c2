"""Pure: what lies in a mailbox held against what the ledger knows of it, without reading a message.

A message is known again by its key, else by its size and its time of receipt, which stay the same
when it is moved. What neither tells must be read to be known."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lying:
    """A message that lies in the mailbox, in its inbox or where messages are filed; `is_aside`:
    where those are that could not be read."""

    key: str
    is_inbox: bool
    received_at: datetime
    size: int
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A place in which the mailbox once showed message `message_id`. `is_done`: it was understood
    or quarantined, the latter with `is_aside`; `is_filed`: it is out of the inbox; `is_gone`: it
    is known to be nowhere; `is_erased`: it was erased, and is to be nowhere."""

    key: str
    message_id: int
    sha256: str
    received_at: datetime
    size: int
    is_done: bool
    is_filed: bool
    is_gone: bool = False
    is_aside: bool = False
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a mailbox and the ledger differ in.

    `found` are the messages that lie in the mailbox, by id, each with a key. Of what lies there
    and no key, size or time tells, `unread` are in the inbox and `unknown` elsewhere. `unfiled`
    are messages that were done and lie in the inbox still. `gone` are those filed and now nowhere,
    `back` those that had been gone. `misfiled` are keys of what was read after all and lies among
    what could not be. The two numbers count each message once.
    """

    in_mailbox: int
    in_ledger: int
    found: Mapping[int, str]
    unread: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unfiled: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    back: frozenset[int] = frozenset()
    misfiled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How a mailbox stood against the ledger at one instant, in numbers of messages: `unread` wait
    in the inbox, `unfiled` are done and lie there still, `gone` were found to be gone this time,
    the bytes of `lost_bytes` are missing from the archive. `strays` are keys of what lies where
    messages are filed and was never stored."""

    mailbox: str
    programme: str
    at: datetime
    in_mailbox: int
    in_ledger: int
    unread: int = 0
    unfiled: int = 0
    gone: int = 0
    lost_bytes: int = 0
    strays: tuple[str, ...] = ()

    @property
    def lasting(self) -> int:
        """How many differences stay until somebody does something."""
        return len(self.strays) + self.unfiled + self.lost_bytes

    @property
    def agrees(self) -> bool:
        """True where mailbox and ledger hold the same."""
        return not (self.lasting or self.unread or self.gone)


def compare(
    lying: Collection[Lying], known: Collection[Known], *, strays: Collection[str] = ()
) -> Comparison:
    """Hold one against the other. `strays` are keys of what was read and is none of ours. While
    anything else lies there that is not known, none is called gone: it might be it."""
    by_key = {one.key: one.message_id for one in known}
    found = {by_key[one.key]: one.key for one in lying if one.key in by_key}
    nameless = [one for one in lying if one.key not in by_key]
    recognised, strangers = _recognise(nameless, known)
    for message_id, key in recognised.items():
        found.setdefault(message_id, key)
    unread = tuple(one.key for one in strangers if one.is_inbox)
    unknown = tuple(one.key for one in strangers if not one.is_inbox)
    erased = {one.message_id for one in known if one.is_erased} - found.keys()
    missing = {one.message_id for one in known if one.is_filed} - found.keys() - erased
    was_gone = {one.message_id for one in known if one.is_gone}
    read = {one.message_id for one in known if one.is_done and not one.is_aside}
    aside = {one.key for one in lying if one.is_aside}
    in_inbox = {one.key for one in lying if one.is_inbox}
    return Comparison(
        in_mailbox=len(found) + len(strangers),
        in_ledger=len({one.message_id for one in known} - (missing & was_gone) - erased),
        found=found,
        unread=unread,
        unknown=unknown,
        unfiled=frozenset(
            one.message_id
            for one in known
            if one.is_done and not one.is_filed and one.key in in_inbox
        ),
        gone=frozenset() if set(unknown) - set(strays) else frozenset(missing - was_gone),
        back=frozenset(was_gone & found.keys()),
        misfiled=tuple(key for id, key in found.items() if id in read and key in aside),
    )


def _recognise(
    lying: Iterable[Lying], known: Iterable[Known]
) -> tuple[dict[int, str], list[Lying]]:
    """Those that size and time tell, by message, and the others. Of more messages of one size and
    second than the ledger knows, none of the surplus is told."""
    places: dict[tuple[int, datetime], list[int]] = defaultdict(list)
    for place in known:
        places[_mark(place)].append(place.message_id)
    seen: Counter[tuple[int, datetime]] = Counter()
    found: dict[int, str] = {}
    strangers: list[Lying] = []
    for one in lying:
        mark = _mark(one)
        candidates = places.get(mark, [])
        if one.is_inbox or seen[mark] >= len(candidates):
            strangers.append(one)
            continue
        found[candidates[seen[mark]]] = one.key
        seen[mark] += 1
    return found, strangers


def _mark(one: Lying | Known) -> tuple[int, datetime]:
    return one.size, one.received_at.replace(microsecond=0)
