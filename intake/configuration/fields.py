"""The values a configuration may hold, each refused with words that say what to write."""

import re
from collections.abc import Callable
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from intake.understanding.texts.organisers_patterns import PatternRefused, compile_pattern

Value = TypeVar("Value")

# What RFC 5321 section 4.1.2 calls a Mailbox, without quoted local parts and address literals.
_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
)
_BARE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""The years that dates of the configuration may be in."""


class Section(BaseModel):
    """A table of the configuration: an unknown key in it is an error, and it never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def refusal(write: str) -> PydanticCustomError:
    """The error of a value for which only `write` says what to do."""
    return PydanticCustomError("postroom", "{write}", {"write": write})


def _address(value: str) -> str:
    lowered = value.strip().lower()
    if not _ADDRESS.fullmatch(lowered) or len(lowered) > 254:
        raise refusal('an e-mail address, for example "ace@leadership.nhs.example"')
    return lowered


def _receiver(value: str) -> str:
    """An address, or `@domain` for everybody at a domain."""
    lowered = value.strip().lower()
    if lowered.startswith("@"):
        _address(f"anybody{lowered}")
        return lowered
    return _address(lowered)


def _line(value: str) -> str:
    if _CONTROL.search(value):
        raise refusal("one line of text without control characters")
    if not value.strip():
        raise refusal("some text: it is empty")
    return value.strip()


def _matching(pattern: str, write: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise refusal(write)
        return value

    return check


def _pattern(value: str) -> str:
    try:
        compile_pattern(value)
    except PatternRefused as error:
        raise refusal(f"a pattern in RE2's syntax; of this one it says: {error}") from error
    return value


@cache
def _zones() -> list[str]:
    return sorted(available_timezones())


def _zone(value: str) -> str:
    if value not in _zones():
        near = get_close_matches(value, _zones(), n=1, cutoff=0.5)
        raise refusal(
            f'a time zone of the IANA list, for example "{(near or ["Europe/London"])[0]}"'
        )
    return value


def _moment(value: object) -> object:
    """A date with a clock time; a bare date leaves open whether its day counts."""
    if isinstance(value, str) and _BARE_DATE.fullmatch(value.strip()):
        value = date.fromisoformat(value.strip())
    if isinstance(value, datetime) or (isinstance(value, str) and value.strip()):
        return value
    if isinstance(value, date):
        raise refusal(f"the clock time too, for example {value.isoformat()}T17:00:00")
    raise refusal("a date with its clock time, for example 2021-08-20T17:00:00")


def _within_reach(value: datetime) -> datetime:
    """A slip such as the year 9999 has no day after it, and letters count in days."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise refusal(f"a date in the years {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _path(value: Path) -> Path:
    return value.expanduser()


EmailAddress = Annotated[str, AfterValidator(_address)]
Receiver = Annotated[str, AfterValidator(_receiver)]
Line = Annotated[str, AfterValidator(_line)]
Slug = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
            'a short name of lower-case letters, digits and hyphens, for example "east-surrey"',
        )
    ),
]
FieldKey = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[a-z][a-z0-9]*(_[a-z0-9]+)*",
            'a short name of lower-case letters, digits and underscores, "first_language"',
        )
    ),
]
RulePlaceName = Annotated[
    str,
    AfterValidator(
        _matching(
            r"from|to|subject|body|attachment"
            r"|(?!(?:Body|Attachment)$)[A-Z][A-Za-z0-9]*(-[A-Za-z0-9]+)*",
            '"from", "to", "subject", "body", "attachment", or a header such as "X-Department"',
        )
    ),
]
Pattern = Annotated[str, AfterValidator(_pattern)]
Prefix = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Z][A-Z0-9]{1,9}",
            'two to ten capital letters and digits, a letter first, for example "ACE"',
        )
    ),
]
Phone = Annotated[
    str,
    AfterValidator(
        _matching(
            r"\+[1-9]\d{6,14}",
            'the number with its country code and no spaces, for example "+442079460100"',
        )
    ),
]
Link = Annotated[
    str,
    AfterValidator(_matching(r"https://[^\s<>\"']+", 'an address that begins with "https://"')),
]
ZoneName = Annotated[str, AfterValidator(_zone)]
Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_within_reach)]
File = Annotated[Path, AfterValidator(_path)]


def instant(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment` in `zone`, unless it has an offset of its own."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def is_skipped(moment: datetime, zone: ZoneInfo) -> bool:
    """True for a clock time that `zone` leaves out when summer time begins."""
    if moment.tzinfo:
        return False
    local = moment.replace(tzinfo=zone)
    return local.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != moment
