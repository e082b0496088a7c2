"""Pure: the names of organisations, cut out of running text and of lists as people write them."""

import re
from collections.abc import Iterator

from intake.understanding.finders.names import fold, is_person, is_title
from intake.understanding.finders.naming_words import (
    AFTER_NAMES,
    FIELDS_OF_WORK,
    FOREIGN_KINDS,
    GENERIC,
    LEADING,
    LOW_ADJECTIVES,
    LOW_KINDS,
    MORE_KINDS,
    STAFF,
)
from intake.understanding.finders.organisations import (
    is_brand,
    is_kind_word,
    is_organisation,
    is_role,
    is_surely_organisation,
)
from intake.understanding.finders.people import find_people
from intake.understanding.texts.lines import bullet_length
from intake.understanding.texts.paragraphs import sentences

RUN = re.compile(
    r"(?<![\w@.])(?:[A-Z][\w'’&.-]*|\d+[a-z]{2})(?:(?: (?:of|and|the|for|in|upon|&|de|da|do"
    r"|del|des|du) (?:the )?| )[A-Z][\w'’&-]*){0,9}(?P<low>(?: [a-z][\w'’-]*){0,4})"
)
_NAME = r"(?:the )?[A-Z][\w'’&.-]*(?: (?:(?:of|and|for|the|in|&) )?[A-Z][\w'’&-]*){0,6}"
_AND_WITH = r",? and (?:(?:with|to|from|by|at|for) )?"
_SERIES = re.compile(rf"{_NAME}(?:, {_NAME}){{0,8}}{_AND_WITH}{_NAME}")
_LONGEST_LIST = 300
_BARE_LIST = re.compile(
    rf"{_NAME}\.?(?: \([^()]{{1,30}}\))?"
    rf"(?:(?:[,;]| and|, and) {_NAME}(?: \([^()]{{1,30}}\))?){{1,8}}\.?$"
)
_LAST_AND = re.compile(rf"(?P<left>.+){_AND_WITH}(?P<right>.+)$")
_WHOLE_NAME = re.compile(_NAME)
_BOROUGH = re.compile(r"(?:London|Royal|City|Metropolitan) Borough of [A-Z]")
_COUNTS = re.compile(
    r"^(?:(?:yes|no|only|just|also)\b[,.:]? ?)?(?:one|two|three|four|so far|more|another)?$", re.I
)
_FRONT = re.compile(r"^(?:(?:Both|And|But|Also|So|With|Then|Now|Even) )+(?=[A-Za-z])")
_POST_OF = re.compile(r"^(?:[A-Z][\w-]* ){0,3}?(?P<post>[A-Z][\w-]*) (?:of|at) (?:the )?(?=[A-Z])")
_DAY_AND = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days? and (?:the )?")
_FOR_WHOM = re.compile(r" for the [A-Z][\w'’-]+$")
_IS_CLAUSE = re.compile(r"\s*(?:who|whose|whom|which|where|both|represented|led|sending)\b")
"""How what stands between two commas begins that tells of the name before."""
_SEPARATORS = re.compile(r"\s*;\s*|\s*,\s+(?:and\s+)?|\s+/\s+")
_AND = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")


def split_list(value: str) -> tuple[str, ...]:
    """The organisations of a list: a line each, or between semicolons or commas; what has no name
    of its own (`two GP practices`, `the police`) is left out."""
    lines = [line[bullet_length(line) :].strip() for line in value.split("\n") if line.strip()]
    lines = _rejoined(lines)
    if len(lines) == 1:
        lines = [sentences(lines[0])[0]]
    if any(";" in line for line in lines) or any(line.endswith(",") for line in lines[:-1]):
        lines = [" ".join(lines)]
    items = lines if len(lines) > 1 else [item for line in lines for item in _items(line)]
    items = [i for i in items if not (_IS_CLAUSE.match(i) or _COUNTS.match(i.strip()))]
    cleaned = (_clean(item) for item in items)
    return tuple(dict.fromkeys(item for item in cleaned if item and has_own_name(item)))


def _rejoined(lines: list[str]) -> list[str]:
    """The lines, with those joined between which a list in commas was wrapped amid a name."""
    kept = lines[:1]
    for line in lines[1:]:
        head, last = line.split(",")[0].strip(" ."), kept[-1].split(",")[-1].strip()
        is_cut = "," in kept[-1] and not _ends_in_kind(last or "-") and _ends_in_kind(head or "-")
        if is_cut and last[:1].isupper():
            kept[-1] = f"{kept[-1]} {line}"
        else:
            kept.append(line)
    return kept


def names_in_run(match: re.Match[str]) -> Iterator[str]:
    """The organisations in a run of capitalised words and the words in small letters behind it."""
    capital = match.group()[: len(match.group()) - len(match["low"])]
    low = match["low"].split()
    kinds = [
        at
        for at, word in enumerate(low[:2])
        if re.sub(r"['’]s$", "", word.strip(".,")) in LOW_KINDS
        and (at == 0 or low[0] in LOW_ADJECTIVES)
        and len([w for w in capital.split() if fold(w) not in LEADING]) > 1
    ]
    if is_surely_organisation(" ".join(capital.split())):
        kinds = []
    if low[1:2] in (["service"], ["service,"], ["service."]) and is_kind_word(capital.split()[-1]):
        kinds = [1]
    text = capital + "".join(f" {word}" for word in low[: kinds[-1] + 1]) if kinds else capital
    has_staff = bool(low) and low[0].strip(".,") in STAFF
    for part in _split_and(text, is_list=True):
        part = _DAY_AND.sub("", part)
        post = _POST_OF.match(part)
        is_of_post = post and is_role(post["post"]) and is_surely_organisation(part)
        words = (part[post.end() :] if post and is_of_post else part).split()
        while words and fold(words[0]) in LEADING:
            words.pop(0)
        words = _without_people(words)
        name = " ".join(words)
        is_post = (
            bool(words)
            and is_role(words[0])
            and not (words[1:2] == ["for"] and is_surely_organisation(name))
        )
        if len(words) < 2 or is_post or is_title(words[0]):
            continue
        if not is_kind_word(words[-1]):
            name = re.sub(r"['’]s$", "", name)
        is_body = (
            _ends_in_kind(_FOR_WHOM.sub("", name))
            or " & " in name
            or fold(words[0]) in FOREIGN_KINDS
        )
        if (is_body or has_staff) and has_own_name(name):
            yield name


def _ends_in_kind(name: str) -> bool:
    """Whether a name ends in a word for organisations, or has one before `of` (`Friends of …`)."""
    if is_brand(name):
        return True
    if is_borough(name):
        return True
    ends = (name, *(end for end in name.split(" of ")[:-1] if not end.endswith("Borough")))
    lasts = [end.split()[-1].strip("'’").lower() for end in ends]
    return any(is_kind_word(last) or last in MORE_KINDS | LOW_KINDS for last in lasts)


def names_in_series(clause: str) -> Iterator[str]:
    """What stands in one list with organisations is one too: `Mile Hospital and Red Lantern`."""
    yield from _among_others(clause)
    for match in _SERIES.finditer(clause):
        items = [_clean(item) for item in _series(match.group())]
        names = [item for item in items if _may_be_member(item)]
        following = re.match(r" ([a-z]+)", clause[match.end() :])
        if following and following[1] not in AFTER_NAMES:
            continue  # the last is no name of its own: `Mile Hospital and Sign Language classes`
        if len(items) > 1 and len(names) == len(items) and any(map(is_organisation, names)):
            yield from names


def _among_others(clause: str) -> Iterator[str]:
    """Names between commas in a list that holds an organisation and others without a name:
    `the hauliers, Coln Truck Stop, the medical service and Sutton Council`."""
    parts = [part for piece in clause.split(", ") for part in piece.split(" and ")]
    if len(parts) < 3 or not any(part[:4] == "the " for part in parts):
        return
    for part in parts[1:-1]:
        words = part.split()
        is_name = _WHOLE_NAME.fullmatch(part) is not None and len(words) > 2
        if is_name and _may_be_member(part) and not is_role(part):
            yield part


def read_bare_list(text: str) -> tuple[str, ...]:
    """The names of a paragraph that is nothing but names of several organisations; else none."""
    if len(text) > _LONGEST_LIST or not _BARE_LIST.match(text):
        return ()
    names = [name for item in _items(text.rstrip(".")) if (name := _clean(item))]
    is_of_bodies = len(names) > 1 and sum(map(_ends_in_kind, names)) > len(names) / 2
    return tuple(filter(has_own_name, names)) if is_of_bodies else ()


def _items(line: str) -> Iterator[str]:
    parts = [part for part in _SEPARATORS.split(line) if part.strip()]
    for part in parts:
        yield from _split_and(part, is_list=len(parts) > 1)


def _split_and(text: str, *, is_list: bool) -> Iterator[str]:
    """`A Council and B Hospital` apart, `Barking and Dagenham Council` whole."""
    for match in _AND.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        is_several = len(right.split()) > 1 or is_brand(right)
        if _ends_in_kind(left) and (right[:1].islower() or is_several):
            yield left
            yield from _split_and(right, is_list=is_list)
            return
        if is_list and len(left.split()) > 1 and not has_own_name(right) and "the" in match.group():
            yield left
            return
        if is_list and len(left.split()) > 1 and _names_another(right):
            yield left
            yield right
            return
    yield text


def _names_another(right: str) -> bool:
    """Whether what stands behind `and` is a name by itself: `Mile Lane Surgery`, not the `Language
    Service` of a `Speech and Language Service`."""
    words = right.split()
    is_own = has_own_name(" ".join(w for w in words if w.lower() not in FIELDS_OF_WORK))
    is_whole = len(words) > 2 or is_surely_organisation(right)
    return len(words) > 1 and is_own and is_whole and _ends_in_kind(right)


def _may_be_member(item: str) -> bool:
    words = item.split()
    return len(words) > 1 and has_own_name(item) and not is_title(words[0])


def _series(text: str) -> Iterator[str]:
    """The members of a series; `Barking and Dagenham Council` is one."""
    *front, last = text.split(", ")
    yield from front
    pair = _LAST_AND.match(last)
    if pair and len(pair["left"].split()) > 1 and len(pair["right"].split()) > 1:
        yield pair["left"]
        yield pair["right"]
    else:
        yield re.sub(r"^and (?:(?:with|to|from|by|at|for) )?", "", last)


def _clean(item: str) -> str:
    text = _FRONT.sub("", re.sub(r"\([^()]{0,80}\)", "", item))
    text = re.sub(r"\s[-–—]\s.*$|:.*$|(?<=\w)['’]s$", "", text).strip(" .,;:•-–")
    parts = [part.strip() for part in text.split(",")]
    return (
        parts[-1]
        if len(parts) > 1 and is_role(parts[0])
        else text.removeprefix("and ").removeprefix("the ").strip()
    )


def is_borough(name: str) -> bool:
    """`London Borough of Sutton`: a council, or where something is."""
    return _BOROUGH.search(name) is not None


def has_own_name(text: str) -> bool:
    """Whether a name has a word of its own: `the Adult Social Care Service` has none."""
    words = [word.strip("'’.,()") for word in text.split()]
    own = [w for w in words if w[:1].isupper() and fold(w).removesuffix("'s") not in GENERIC]
    return bool(own) and len(words) <= 12 and len(text) > 2


def _without_people(words: list[str]) -> list[str]:
    text = " ".join(words)
    people = [person for person in find_people(text) if person.has_title]
    words = text[people[-1].end :].split() if people else words
    at = next((at for at, word in enumerate(words) if word in ("of", "from", "at")), 0)
    is_of_person = is_person(" ".join(words[:at])) and not _ends_in_kind(" ".join(words[:at]))
    if at < len(words) and words[at] in ("of", "from", "at") and (at == 0 or is_of_person):
        return words[at + 1 :]
    return words
