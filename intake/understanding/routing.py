"""Pure: to which programme a message was delivered, by its recipients."""

from collections.abc import Sequence

from intake.understanding.mime.headers import Headers, parse_addresses
from storage.domain.programme import Programme

DELIVERY_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
ADDRESSED_HEADERS = ("To", "Cc")


def route(
    headers: Headers, programmes: Sequence[Programme], mailbox_programme: Programme | None
) -> Programme | None:
    """The programme whose inbox the message reached: the delivery headers of the server first,
    then the mailbox it was read from, then To and Cc. None: it is addressed to no programme."""
    by_inbox = {programme.inbox: programme for programme in programmes}
    return (
        _first(by_inbox, headers, DELIVERY_HEADERS)
        or mailbox_programme
        or _first(by_inbox, headers, ADDRESSED_HEADERS)
    )


def _first(
    by_inbox: dict[str, Programme], headers: Headers, names: Sequence[str]
) -> Programme | None:
    for name in names:
        for value in headers.get_all(name):
            for address in parse_addresses(value):
                if address.email in by_inbox:
                    return by_inbox[address.email]
    return None
