"""Pure: a contact card (vCard, RFC 6350) as the lines of a signature."""

import quopri
import re
from collections.abc import Iterator

_LONGEST_CARD = 20_000
_ORDER = ("FN", "TITLE", "ROLE", "ORG", "TEL", "EMAIL")
_UNESCAPED = re.compile(r"\\([\\,;])")


def read_card(content: bytes) -> str:
    """Name, role, organisation, telephones and addresses of the first card, a line each: the
    kind of a number stands before it (`Mobile: 07700 900123`). Empty where it tells nothing."""
    text = content[:_LONGEST_CARD].decode("utf-8", "replace").replace("\r\n", "\n")
    text = re.sub(r"=\n|\n[ \t]", "", text).partition("END:VCARD")[0]
    found: dict[str, list[str]] = {}
    for line in text.split("\n"):
        head, colon, value = line.partition(":")
        name, *parameters = head.upper().split(";")
        if colon and value.strip():
            field = name.rpartition(".")[2]
            found.setdefault(field, []).append(_value(field, value, ";".join(parameters)))
    return "\n".join(_lines(found))


def _lines(found: dict[str, list[str]]) -> Iterator[str]:
    if "FN" not in found and "N" in found:
        found["FN"] = found["N"]
    for field in _ORDER:
        if field == "ROLE" and "TITLE" in found:
            continue
        yield from (value for value in found.get(field, ()) if value)


def _value(field: str, value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" in parameters:
        value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
    if field == "N":
        surname, _, rest = value.partition(";")
        value = f"{rest.partition(';')[0]} {surname}"
    if field == "ORG":
        value = value.partition(";")[0]
    value = " ".join(_UNESCAPED.sub(r"\1", value.replace("\\n", " ")).split())
    if field != "TEL":
        return value
    number = value.removeprefix("tel:")
    if "FAX" in parameters:
        return f"Fax: {number}"
    return f"Mobile: {number}" if "CELL" in parameters else f"Tel: {number}"
