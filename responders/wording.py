"""Pure: how values read in a letter. Moments in full, lists in words, numbers as people dial them.

Also the gate that values from applicants pass: short, one line, no links, nothing invisible.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

import phonenumbers

from responders.lures import leads_away
from storage.domain.money import money as money  # said the same in letters and elsewhere

LINE_BREAK = "\N{LINE SEPARATOR}"
"""Where a value of organisers goes on in a new line. What applicants write never has one."""

LONGEST_VALUE = 120
"""Characters. A name, an organisation or a title that is longer is a text, not a value."""

_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def moment(value: str) -> str:
    """ISO 8601 → `5 pm on Friday 20 August 2021`."""
    return f"{clock(value)} on {day(value)}"


def clock(value: str) -> str:
    """ISO 8601 → `5 pm`, `9.30 am`, `12 noon`, `midnight at the start of the day`."""
    at = datetime.fromisoformat(value)
    if (at.hour, at.minute) == (0, 0):
        return "midnight at the start of the day"
    if (at.hour, at.minute) == (12, 0):
        return "12 noon"
    minutes = f".{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'am' if at.hour < 12 else 'pm'}"


def day(value: str) -> str:
    """ISO 8601 → `Friday 20 August 2021`."""
    at = datetime.fromisoformat(value)
    return f"{at:%A} {at.day} {at:%B} {at.year}"


def week(value: str) -> str:
    """ISO 8601 → `the week of Monday 27 September 2021`, the week in which it falls."""
    at = datetime.fromisoformat(value)
    return f"the week of {day((at - timedelta(days=at.weekday())).isoformat())}"


def local_moment(at: datetime, zone: tzinfo) -> str:
    """An instant by the clocks of `zone`: `5 pm on Friday 20 August 2021`."""
    return moment(at.astimezone(zone).isoformat())


def joined(values: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = values or ("",)
    return f"{', '.join(others)} {word} {last}" if others else last


def counted(number: int, one: str, many: str) -> str:
    """`one file`, `two files`, `12 files`."""
    shown = _SMALL_NUMBERS[number] if 0 <= number < len(_SMALL_NUMBERS) else str(number)
    return f"{shown} {one if number == 1 else many}"


def percentages(weights: Sequence[float]) -> list[int]:
    """The share of each positive weight in whole per cents that add up to 100: rounded down, and
    what is left over goes to those that lost most by it, of equals to the first."""
    total = sum(weights)
    exact = [100 * weight / total for weight in weights]
    shares = [int(share) for share in exact]
    by_loss = sorted(range(len(exact)), key=lambda place: shares[place] - exact[place])
    for place in by_loss[: 100 - sum(shares)]:
        shares[place] += 1
    return shares


def dialled(phone: str | None, region: str = "GB") -> str | None:
    """E.164 → as people of `region` dial it: `020 7946 0100`. None for none and for nonsense."""
    if not phone:
        return None
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return None
    home = phonenumbers.country_code_for_region(region)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if number.country_code == home
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)


def visible(text: str) -> str:
    """`text` on one line without control, bidirectional and other invisible characters."""
    kept = unicodedata.normalize("NFC", text)
    if _has_invisible(kept):
        kept = "".join(c if unicodedata.category(c) not in _INVISIBLE else " " for c in kept)
    return " ".join(kept.split())


def neutral_lines(text: str) -> str:
    """`text` with its lines and its blanks, and a blank for every other character that nobody
    sees."""
    lines = unicodedata.normalize("NFC", text).expandtabs().splitlines()
    return "\n".join(
        "".join(" " if unicodedata.category(c) in _INVISIBLE else c for c in line) for line in lines
    )


def plain(text: str, longest: int) -> str:
    """A text of several lines, without what is invisible but its line ends, and cut between two
    words to `longest` characters."""
    lines = (visible(line) for line in text[: 2 * longest].splitlines())
    kept = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(kept) <= longest:
        return kept
    begun = kept[: longest - 1]
    return (begun[: begun.rfind(" ")] if " " in begun else begun).rstrip() + "…"


def paragraphs(text: str, longest: int) -> list[str]:
    """The paragraphs of a text, and the points of a list in it, each on one line without anything
    invisible; cut to `longest` characters."""
    found: list[list[str]] = [[]]
    for line in plain(text, longest).split("\n"):
        if not line or _POINT.match(line):
            found.append([])
        found[-1].append(line)
    return [joined for lines in found if (joined := " ".join(" ".join(lines).split()))]


_POINT = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s")


def checked(value: str | None, longest: int = LONGEST_VALUE) -> str | None:
    """A value from a message that may stand in an automatic letter, None where it may not: it is
    empty, too long, holds a link, a number to ring, an encoded word, or anything invisible."""
    if not value or len(value) > longest:
        return None
    if _has_invisible(value):
        return None
    return None if leads_away(value) or "=?" in value else " ".join(value.split())


def _has_invisible(text: str) -> bool:
    """What is printable has none, which is soon asked of a whole text."""
    if text.isprintable():
        return False
    return any(unicodedata.category(character) in _INVISIBLE for character in text)
