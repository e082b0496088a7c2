"""Pure: where the values stand that were read off an address: in From, in To and Cc, or in the
headers of a message that was forwarded."""

import re
from collections.abc import Iterable
from dataclasses import replace

from intake.understanding.finders.names import is_same_person, matches_address
from intake.understanding.mime.headers import Headers, parse_addresses
from intake.understanding.texts.lines import LONGEST_TEXT
from storage.domain.message import Finding, Span
from storage.domain.people import Address

FROM = "header:From"
OTHERS = ("header:Cc", "header:To")
_OF_AUTHOR = ("header", "address", "directory")
_BESIDE = 200
"""Characters around an address in which the name shown with it stands."""


def place_in_headers(
    findings: Iterable[Finding], headers: Headers, text: str, *, author: Address | None
) -> tuple[Finding, ...]:
    """The findings, those of headers with their place. `text` is the body, in which the headers
    of a forwarded message stand; `author` is who wrote what counts, though who sent it on may be
    the one whom the findings are of."""
    writers = [author] if author else []
    writers += parse_addresses(headers.get("From") or "")[:1]
    homes = {writer.email: _find_home(headers, text, writer.email) for writer in writers}
    placed = []
    for finding in findings:
        if author is not None and finding.method in _OF_AUTHOR:
            writer = next((w for w in writers if _is_of(finding, w)), author)
            place = _of_author(finding, writer, homes[writer.email])
            placed.append(replace(finding, span=place))
        elif finding.method == "copied":
            placed.append(replace(finding, span=_of_other(finding, headers)))
        else:
            placed.append(finding)
    return tuple(placed)


def _is_of(finding: Finding, writer: Address) -> bool:
    """Whether a value was read off this address or the name shown with it."""
    if finding.field == "email":
        return finding.value == writer.email
    if finding.field == "name":
        is_shown = is_same_person(finding.value, writer.name)
        return is_shown or matches_address(finding.value, writer.email)
    return finding.value.casefold() in writer.name.casefold()


def _find_home(headers: Headers, text: str, email: str) -> tuple[str, str, Span] | None:
    """The source that shows the author's address, its text, and where the address stands there."""
    for source, shown in ((FROM, headers.get("From") or ""), ("body", text[:LONGEST_TEXT])):
        found = re.search(re.escape(email), shown, re.IGNORECASE) if email else None
        if found:
            return source, shown, Span(source, found.start(), found.end())
    return None


def _of_author(
    finding: Finding, author: Address, home: tuple[str, str, Span] | None
) -> Span | None:
    if home is None:
        return None
    source, shown, address = home
    if finding.field == "name" and not is_same_person(finding.value, author.name):
        # The name shown is somebody else's; the address may still be made of this one.
        return address if matches_address(finding.value, author.email) else None
    if finding.field == "email":
        return address if finding.value == author.email else None
    if finding.method == "address":
        return address
    sought = author.name if finding.field == "name" else finding.value
    start = max(0, address.start - _BESIDE)
    found = _search(sought, shown[start : address.end + _BESIDE])
    return Span(source, start + found[0], start + found[1]) if found else None


def _of_other(finding: Finding, headers: Headers) -> Span | None:
    """Where somebody stands to whom the message went too: as written, or surname first."""
    words = finding.value.split()
    spellings = (finding.value, f"{words[-1]}, {' '.join(words[:-1])}") if words else ()
    for source in OTHERS:
        shown = headers.get(source.removeprefix("header:")) or ""
        for spelling in spellings:
            if found := _search(spelling, shown):
                return Span(source, *found)
    return None


def _search(sought: str, text: str) -> tuple[int, int] | None:
    """The first place of `sought` in `text`, in any letter case and white space."""
    words = [re.escape(word) for word in sought.split()]
    found = re.search(r"\s+".join(words), text, re.IGNORECASE) if words else None
    return found.span() if found else None
