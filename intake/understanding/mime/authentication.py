"""Pure: what a trusted server says about where a message comes from (RFC 8601, RFC 7489).

Anybody can write an Authentication-Results field: only those of servers that the configuration
trusts count, and where they disagree the worse word does.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

import authres

from intake.understanding.mime.message import Message

UNNAMED_SERVER = "protection.outlook.com"
"""The authserv-id under which Microsoft 365, which writes none, is trusted."""

_MAX_FIELD = 8_000
_NO_SERVER = re.compile(r"\s*[a-z-]{2,20}\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Authentication:
    """The DMARC result of a trusted server: `pass`, `fail`, `none` or another word of RFC 8601;
    None where no trusted server judged. `domain` is the author domain it passed for, None
    unless it passed and that is the domain of From."""

    dmarc: str | None = None
    domain: str | None = None


def authenticate(message: Message, trusted: Set[str]) -> Authentication:
    """What the servers in `trusted` (authserv-ids, lower case) say; without any, nothing."""
    results = list(_dmarc_results(message, trusted)) if trusted else []
    if not results:
        return Authentication()
    result, domain = next((found for found in results if found[0] == "fail"), results[0])
    sender = message.head.sender
    aligned = result == "pass" and sender is not None and domain == sender.domain
    return Authentication(result, domain if aligned else None)


def _dmarc_results(message: Message, trusted: Set[str]) -> Iterator[tuple[str, str | None]]:
    """(result, author domain) of each trusted field, in lower case."""
    for value in message.headers.get_raw("Authentication-Results"):
        if _NO_SERVER.match(value):
            value = f"{UNNAMED_SERVER}; {value}"
        server = value.partition(";")[0].split()[:1]
        if not server or server[0].lower() not in trusted:
            continue
        try:
            parsed = authres.AuthenticationResultsHeader.parse(
                f"Authentication-Results: {value[:_MAX_FIELD]}"
            )
        except (authres.AuthResError, RecursionError):
            yield from _read_loosely(value[:_MAX_FIELD])
            continue
        for result in parsed.results:
            if str(result.method).lower() == "dmarc":
                yield str(result.result).lower(), _author_domain(result.properties)


def _author_domain(
    properties: Iterable[authres.AuthenticationResultProperty],
) -> str | None:
    for told in properties:
        if (told.type, told.name) == ("header", "from"):
            return str(told.value).lower()
    return None


def _read_loosely(value: str) -> Iterator[tuple[str, str | None]]:
    """The result alone from a field that breaks the grammar, as several gateways' do. It never
    passes for a domain, since a comment may hold anything."""
    found = re.search(r";\s{0,20}dmarc\s{0,20}=\s{0,20}([a-z]{1,20})", value, re.IGNORECASE)
    if found:
        yield found[1].lower(), None
