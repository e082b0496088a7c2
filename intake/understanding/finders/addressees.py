"""Pure: which address is whose, where it does not stand beside the whole name."""

import re
from collections.abc import Iterator, Mapping, Sequence

from intake.understanding.finders.names import clean_name, fold, is_person, matches_address
from intake.understanding.finders.signature import EMAIL
from storage.domain.people import Nominee

_MOST_WHISPERED = 20
_WITHOUT_DOMAIN = re.compile(r"(?<![\w.@+-])(?P<local>[\w.+-]{2,64})@(?=,? )")
_FARTHEST_DOMAIN = 200
"""Characters behind `ada@` in which the domain that it shares may stand."""
_FIRST_NAME_AT = re.compile(
    r"\b(?P<first>[A-Z][a-z][\w-]*)(?:['’]s)?(?: (?:is|are|on|at|to|can|could|may|be|had"
    r"|reached|e-?mail|address|found|uses|using|has|answers)){1,6}:? <?"
    r"(?P<email>[\w.+'-]{1,64}@[\w.-]{3,200}\w)"
)


def addresses_in(text: str) -> list[str]:
    """The addresses of a text in their order; `ada@ and tom@mile.example` are two of one domain."""
    found = [match.group().lower().rstrip(".") for match in EMAIL.finditer(text)]
    for match in _WITHOUT_DOMAIN.finditer(text):
        whole = EMAIL.search(text, match.end(), match.end() + _FARTHEST_DOMAIN)
        if whole:
            domain = whole.group().lower().rstrip(".").partition("@")[2]
            found.append(f"{match['local'].lower()}@{domain}")
    return found


def by_first_name(text: str) -> dict[str, str]:
    """`Samira's on samira@…; Dennis can be had at library@…`: the address of a first name."""
    found: dict[str, str] = {}
    for match in _FIRST_NAME_AT.finditer(text):
        found.setdefault(match["first"], match["email"].lower().rstrip("."))
    return found


def address_of(name: str, addresses: Sequence[str], by_first: Mapping[str, str]) -> str | None:
    """The address that is made of a name, of the whole of it where there is such a one, or that
    stands beside the first name of it."""
    made_of_it = [address for address in addresses if matches_address(name, address)]
    of_all = (address for address in made_of_it if _is_made_of_all(name, address))
    return next(of_all, None) or next(iter(made_of_it), None) or by_first.get(name.split()[0])


def _is_made_of_all(name: str, address: str) -> bool:
    """`lowri.haldane@…` for Lowri Haldane; it is made of a part of Lowri Umeh's name as well."""
    local = "".join(letter for letter in fold(address.partition("@")[0]) if letter.isalpha())
    words = ("".join(filter(str.isalpha, fold(word))) for word in name.split())
    return all(word in local for word in words)


def find_whispered(text: str, addresses: Sequence[str]) -> Iterator[Nominee]:
    """People in a text without capitals: two words that an address beside them is made of."""
    for address in addresses[:_MOST_WHISPERED]:
        first = address.partition("@")[0].split(".")[0]
        found = re.search(rf"\b({re.escape(first)} [a-z][a-z'’-]{{2,30}})\b(?!@)", text)
        name = clean_name(found[1]) if found and len(first) > 2 else None
        if name and is_person(name):
            yield Nominee(name, address)
