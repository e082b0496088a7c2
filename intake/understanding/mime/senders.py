"""Pure: who a message is from: the one address that From gives, and where an answer may go.

Two different questions: a sender is believed to belong to a case, so nobody may be able to read
From in another way; an answer that is held for a person may go wherever From points.
"""

import re
import unicodedata
from email.utils import getaddresses

from intake.understanding.mime.headers import EMAIL, Headers, decode_words
from storage.domain.people import Address

_MAX_NAME = 200
_BARE = re.compile(rf"\s*<?\s*({EMAIL})\s*>?\s*(?:\(([^()<>@]{{0,200}})\))?\s*")
_NAMED = re.compile(
    rf'\s*(?:"((?:[^"\\]|\\.){{0,500}})"|([^"<>()\[\]:;,\\]{{0,500}}?))\s*<\s*({EMAIL})\s*>\s*'
    r"(?:\([^()<>@]{0,200}\))?\s*"
)
_CARELESS = re.compile(rf"([^<>]{{1,1000}})<\s?({EMAIL})\s?>\s?(?:\([^()<>@]{{0,200}}\))?")
_SIMPLE = re.compile(r"[\w' -]{0,100}<[\w.'+-]{1,64}@[\w.-]{3,200}>")  # nobody can misread it
_ANGLE = re.compile(rf"<\s?({EMAIL})\s?>")
_WHOLE = re.compile(rf"(?<![\w.+@-]){EMAIL}(?![\w@-]|\.\w)")  # not the end of a longer one
_ESCAPED = re.compile(r"\\(.)")
_SHOWN = re.compile(
    r"""([^\s@<>()\[\],;:"]{1,64})\s?@\s?([\w-]{1,63}(?:\.[\w-]{1,63}){1,10}|\[[^\]]{1,60}\])"""
)
_FULL_STOPS = str.maketrans({"\N{IDEOGRAPHIC FULL STOP}": "."})


def find_sender(headers: Headers) -> Address | None:
    """The one address of From that nobody can read in another way; None where there is any doubt.

    Another address before the angle brackets, several addresses, routes, groups, encoded words in
    the address and a second From are doubt (RFC 5322 sections 3.4 and 3.6.2); so is another
    address in quotes unless the standard library's parser reads the same as ours.
    """
    senders = {parse_address(value) for value in headers.get_raw("From")}
    return senders.pop() if len(senders) == 1 else None


def find_answerable(headers: Headers) -> Address | None:
    """Where an answer may go: to the sender; where From is open to doubt, to its address in angle
    brackets, else to its first, which has then to be confirmed by a person. None: From has no
    address that can be used."""
    sender = find_sender(headers)
    if sender is not None:
        return sender
    usable = find_bracketed(headers) or _find_all(headers, _WHOLE)
    return Address(usable[0]) if usable else None


def find_bracketed(headers: Headers) -> tuple[str, ...]:
    """The addresses of From that stand in angle brackets, lower case, each once."""
    return _find_all(headers, _ANGLE)


def _find_all(headers: Headers, pattern: re.Pattern[str]) -> tuple[str, ...]:
    values = [value for value in map(_flat, headers.get_raw("From")) if not _has_controls(value)]
    found = (email.lower() for value in values for email in pattern.findall(value))
    return tuple(dict.fromkeys(email for email in found if "=?" not in email))


def find_other_addresses(headers: Headers) -> frozenset[str]:
    """Addresses that From shows besides the one an answer goes to: in the name, quoted, encoded,
    in a comment or as a further author. Lower case."""
    answerable = find_answerable(headers)
    shown = {email for value in headers.get_raw("From") for email in _shown(value)}
    return frozenset(shown - {answerable.email if answerable else ""})


def parse_address(value: str) -> Address | None:
    """The single mailbox that `value`, an undecoded address field, is; None where it isn't."""
    value = _flat(value)
    strict = _strict_address(value)
    if strict is not None and (_SIMPLE.fullmatch(value) or _is_agreed(value, strict)):
        return strict if "=?" not in strict.email else None
    return _careless_address(value)


def _is_agreed(value: str, strict: Address) -> bool:
    return [email.lower() for _, email in getaddresses([value]) if email] == [strict.email]


def _strict_address(value: str) -> Address | None:
    """A mailbox by the grammar: a bare address, or a quoted or plain name before it."""
    bare = _BARE.fullmatch(value)
    if bare is not None and value.count("<") == value.count(">"):
        return Address(bare[1].lower(), _display_name(bare[2] or ""))
    named = _NAMED.fullmatch(value)
    if named is None:
        return None
    quoted, plain, email = named[1], (named[2] or "").strip(), named[3].lower()
    if "@" in plain:
        return None
    name = _display_name(_ESCAPED.sub(r"\1", quoted) if quoted is not None else plain)
    return Address(email, "" if name.lower() == email else name)


def _careless_address(value: str) -> Address | None:
    """`Sam Hill (ABC Trust) <sam@x>`, `Hill, Sam <sam@x>`: a name that breaks the grammar, or
    that parsers stumble over, can't be misread while no other address is anywhere in the field."""
    found = _CARELESS.fullmatch(value)
    if found is None or "=?" in found[2] or _has_controls(value) or not _is_closed(found[1]):
        return None
    email = found[2].lower()
    if _shown(value) != {email}:
        return None
    name = _display_name(_ESCAPED.sub(r"\1", found[1]).replace('"', ""))
    return Address(email, "" if name.lower() == email else name)


def _is_closed(name: str) -> bool:
    """Whether quotes and comments that begin in `name` end in it."""
    bare = _ESCAPED.sub("", name)
    return bare.count('"') % 2 == 0 and bare.count("(") == bare.count(")")


def _shown(value: str) -> set[str]:
    """Everything that a reader of the field may take for an address, however it is written:
    decoded, unquoted, in compatibility forms of letters and signs."""
    decoded = unicodedata.normalize("NFKC", decode_words(value)).translate(_FULL_STOPS)
    texts = (decoded, _ESCAPED.sub(r"\1", decoded).replace('"', ""))
    found = (parts for text in texts for parts in _SHOWN.findall(text))
    return {f"{local.strip(chr(39))}@{domain}".lower() for local, domain in found}


def _flat(value: str) -> str:
    return " ".join(value.split())


def _has_controls(value: str) -> bool:
    return any(unicodedata.category(character) == "Cc" for character in value)


def _display_name(raw: str) -> str:
    return decode_words(raw).strip("'\" ")[:_MAX_NAME]
