"""Pure: what From tells of the one who writes: their name, in brackets their organisation."""

from collections.abc import Iterator

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import (
    is_whole,
    matches_address,
    name_from_address,
    name_from_display,
)
from intake.understanding.finders.organisations import affinity, is_organisation, is_role
from storage.domain.message import Finding, Span
from storage.domain.people import Address


def display_name(address: Address | None) -> str | None:
    """The name of a person that an address displays; None for an office, a team or an address."""
    if address is None or not address.name or _is_office(address):
        return None
    name = name_from_display(address.name, address.email)
    return None if name is None or _is_named_after(name, address.email) else name


def of_header(address: Address) -> Iterator[Finding]:
    """Name and organisation as From gives them."""
    name = display_name(address)
    if name is not None:
        length = len(address.name)
        is_domain = affinity(name, address.email) > 2 and not matches_address(name, address.email)
        yield make_finding(
            "name",
            name,
            "header",
            0.8 if is_whole(name) and not is_domain else 0.5,
            at=Span("header:From", 0, length),
        )
        yield from _organisation_in_display(address)
    elif _is_named_after(address.name, address.email):
        at = Span("header:From", 0, len(address.name))
        yield make_finding("organisation", address.name, "header", 0.7, at=at)
    derived = name_from_address(address.email)
    if derived is not None:
        yield make_finding("name", derived, "address", 0.45)


def _organisation_in_display(address: Address) -> Iterator[Finding]:
    """`SURNAME, First (WEY VALLEY COMMUNITY HEALTH)` of NHSmail's directory."""
    head, bracket, rest = address.name.partition("(")
    text = rest.strip(" )")
    if bracket and head.strip() and text.isupper() and len(text.split()) > 1:
        cased = " ".join(
            w if w in ("NHS", "PCN", "GP", "CCG", "ICB", "UK") else w.capitalize()
            for w in text.split()
        )
        yield make_finding("organisation", cased, "directory", 0.55)


def _is_named_after(name: str, email: str) -> bool:
    """`Old Ford Savers <office@oldfordsavers.…>`: it is an organisation that From displays."""
    is_long = len(name.split()) > 2 or is_organisation(name)
    return is_long and affinity(name, email) > 2 and not matches_address(name, email)


def _is_office(address: Address) -> bool:
    """`Clerk <clerk@…>`: the name of a post, not of a person."""
    is_same = address.name.casefold() == address.email.partition("@")[0]
    return is_same and is_role(address.name)
