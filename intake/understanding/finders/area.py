"""Pure: to which area of the programme a text points, by the gazetteer of the programme itself.

Names of areas weigh more than places; a statement of the writer decides between two; two areas
without such a statement are none.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.understanding.finders.names import fold
from intake.understanding.finders.people import find_people
from storage.domain.programme import Area

_COMPASS = {"n": "north", "e": "east", "s": "south", "w": "west", "c": "central"}
_DECIDES = re.compile(
    r"\b(?:would|will|should|does|is|are|to be)\b.{0,30}\b(?:sit|belong|count|fall|come|go|run"
    r"|be based|based|placed|fit|host(?:ed)?|led)\b"
    r"|\b(?:count|treat|class|register|consider|enter|put|log|file|place|process) (?:us|it"
    r"|this|the project|our project)\b"
    r"|\bproject (?:itself )?(?:is|sits|belongs|falls|will be|would be|would)\b|\b(?:lead|host"
    r"|home|main) (?:ics|icb|stp|area|footprint|borough|system|partnership)\b"
    r"|\b(?:we|it|which|this|project)(?:'re|’re| are| is|'s|’s) (?:\w+ ){0,3}(?:in|under"
    r"|part of|within)\b.{0,30}\b(?:ics|icb|stp|footprint|system|patch|partnership)\b"
    r"|\bbelongs? (?:to|in)\b|\bsits? (?:in|under|with(?:in)?)\b|\bfor the purposes? of\b"
    r"|\bon behalf of .{0,40}\b(?:ics|icb|stp)\b"
    r"|\bgeograph\w*\b|\bas (?:to|for|regards) (?:the )?(?:area|place|borough|footprint)\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:not|outside|whatever|rather than|instead of|isn'?t|neither|nor|except|other than"
    r"|than)(?: [\w'’-]+){0,3} $",
    re.I,
)
_CONCEDES = re.compile(
    r"(?:,| [-–—]|;)? \(?(?:although|though|even (?:if|though)|but (?:also|some|a few"
    r"|the(?! (?:project|work|idea|bid))))\b"
    r"[^.;!?\n]*",
    re.I,
)
"""What is granted beside the statement: `in Croydon, though the bees go to Bromley`."""
_BARE_COMPASS = re.compile(
    r"\b(north|south)[ -]?(east|west|central)(?:ern)?\b(?: (?:one|bit|side))?(?! london)", re.I
)
_IS_STREET = re.compile(r" (?:Road|Street|Lane|Avenue|Terrace|Close|Row)\b")
_NAME_GOES_ON = re.compile(r" (?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+")
_LONGEST_FIRST_NAMES = 30
"""Characters before a place in which a first name may stand."""
_OF_OTHERS = re.compile(
    r"\b(?:friend|neighbour|grandson|granddaughter|daughter|son|colleague|cousin|niece|nephew)\b"
    r"[^.!?;\n]{0,80}\b(?:works?|showed|told|sent|said|gave|mentioned)\b[^.!?;\n]{0,200}",
    re.I,
)
"""Who told the writer of the programme: where they are is not where the project is."""
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_BY_REFERENCE = re.compile(
    r"\bthe (first|second|third|fourth|fifth|last)(?: one)?(?: of (?:those|these|them"
    r"|the (?:list|five|four|three)))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An area that a text names, itself (`is_name`) or one of its places, from `start` to `end`."""

    area: str
    start: int
    end: int
    is_name: bool


class Gazetteer:
    """The names, initials and places of a programme's areas, ready to be looked for.

    A name that two areas share points to neither. Initials count only as they are written.
    """

    def __init__(self, areas: Sequence[Area]) -> None:
        self.keys = tuple(area.key for area in areas)
        names: dict[str, set[str]] = {}
        places: dict[str, set[str]] = {}
        self._initials: dict[str, str] = {}
        for area in areas:
            for name in (area.name, area.key.replace("-", " "), *area.aliases):
                if _is_initials(name):
                    self._initials[name] = area.key
                else:
                    for spelling in _spellings(name):
                        names.setdefault(spelling, set()).add(area.key)
            for place in area.places:
                for spelling in _spellings(place):
                    places.setdefault(spelling, set()).add(area.key)
        self._names = _unique(names)
        self._places = {k: v for k, v in _unique(places).items() if k not in names}
        self.names = _any_of((*self._names, *map(str.lower, self._initials)), fold_case=True)
        """Names and initials of areas, not their places, in any case."""
        self._pattern = _any_of((*self._names, *self._places))
        self._initials_pattern = _any_of(self._initials)

    def mentions(self, text: str, *, without: Collection[str] = ()) -> tuple[Mention, ...]:
        """Areas that `text` names, in order. `without` are names of people and the like in which
        a place is none (`Geoff Sutton`). A street that is named after a place counts where nothing
        else does: `Edgware Road` leads out of Westminster."""
        folded = _flatten(text)
        taken = _spans_of(folded, without)
        found = [*self._named(folded, text), *self._abbreviated(text)]
        kept = [m for m in found if not any(s < m.end and m.start < e for s, e in taken)]
        elsewhere = [m for m in kept if m.is_name or not _IS_STREET.match(text, m.end)]
        return tuple(sorted(elsewhere or kept, key=lambda mention: mention.start))

    def _named(self, folded: str, text: str) -> Iterable[Mention]:
        for match in self._pattern.finditer(folded):
            words = match[1].replace("-", " ")
            if words in self._names:
                yield Mention(self._names[words], match.start(1), match.end(1), is_name=True)
            elif not text[match.start(1)].islower() or text == text.lower() or len(words) > 6:
                yield Mention(self._places[words], match.start(1), match.end(1), is_name=False)

    def _abbreviated(self, text: str) -> Iterable[Mention]:
        for match in self._initials_pattern.finditer(text):
            yield Mention(self._initials[match[1]], match.start(1), match.end(1), is_name=True)


@lru_cache(maxsize=32)
def gazetteer_of(areas: tuple[Area, ...]) -> Gazetteer:
    """The gazetteer of these areas, built once a process."""
    return Gazetteer(areas)


def read_area(gazetteer: Gazetteer, value: str) -> str | None:
    """The area that a labelled value names (`NEL`, `nel`, `SE London`, `Camden`), None for two."""
    value = _CONCEDES.sub("", value)
    found = gazetteer.mentions(value) or gazetteer.mentions(value.upper())
    found = found or gazetteer.mentions(_BARE_COMPASS.sub(r"\1 \2 London", value))
    named = {mention.area for mention in found if mention.is_name}
    areas = named or {mention.area for mention in found}
    return areas.pop() if len(areas) == 1 else None


def find_area(
    gazetteer: Gazetteer, text: str, *, without: Collection[str] = ()
) -> tuple[str, float, Mention] | None:
    """The area that a text points to, how sure (0 to 1), and the mention that shows it best.

    None where it names none, or several without saying which one the project belongs to.
    """
    mentions = gazetteer.mentions(text, without=without)
    others = [match.span() for match in _OF_OTHERS.finditer(text)]
    mentions = tuple(m for m in mentions if not any(s <= m.start < e for s, e in others))
    mentions = tuple(
        m for m in mentions if not _DENIES.search(text[max(0, m.start - 40) : m.start])
    )
    if not mentions:
        return None
    named = [mention for mention in mentions if mention.is_name]
    free = [mention for mention in mentions if not _is_in_name(text, mention)]
    mentions = tuple(free) or mentions
    for confidence, candidates in ((0.9, named), (0.8, mentions)):
        areas = {mention.area for mention in candidates}
        if len(areas) == 1:
            return candidates[0].area, confidence, candidates[0]
        if len(areas) > 1:
            break
    return _decided(text, named) or _decided(text, mentions)


def _is_in_name(text: str, mention: Mention) -> bool:
    """Whether a place is the front of a body's name (`Brent Cross Midwifery Group`) or somebody's
    surname (`my secretary, Colette Barnes`)."""
    if mention.is_name:
        return False
    before = text[max(0, mention.start - _LONGEST_FIRST_NAMES) : mention.start]
    is_surname = any(
        person.start < len(before) and person.end == len(before) + mention.end - mention.start
        for person in find_people(before + text[mention.start : mention.end])
    )
    return is_surname or _NAME_GOES_ON.match(text, mention.end) is not None


def has_two_areas(gazetteer: Gazetteer, text: str, *, without: Collection[str] = ()) -> bool:
    """Whether a text names places of more than one area."""
    return len({m.area for m in gazetteer.mentions(text, without=without)}) > 1


def refers_to_list(text: str, areas: Sequence[str]) -> str | None:
    """The area meant by `the last of those`, of areas that were listed to the writer."""
    found = _BY_REFERENCE.search(text)
    if found is None or not areas:
        return None
    at = _ORDINALS[found[1].lower()]
    return areas[at] if -len(areas) <= at < len(areas) else None


def _decided(text: str, mentions: Sequence[Mention]) -> tuple[str, float, Mention] | None:
    """The one area that stands in the sentences by which the writer says where it belongs."""
    decisive: dict[str, Mention] = {}
    for start, end in _sentences(text):
        if decides := _DECIDES.search(text, start, end):
            concession = _CONCEDES.search(text, start, end)
            stated = concession.start() if concession else end
            within = [m for m in mentions if start <= m.start < stated]
            behind = [m for m in within if m.start > decides.start()]
            for mention in behind if len({m.area for m in within}) > 1 and behind else within:
                decisive.setdefault(mention.area, mention)
    if len(decisive) != 1:
        return None
    ((area, mention),) = decisive.items()
    return area, 0.85, mention


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"[.!?](?=\s)|\n", text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _spellings(name: str) -> set[str]:
    """The ways a name is written: `north east london`, `north-east london`, `ne london`, with
    `&` or `and`, without a leading `the` or a trailing `ICS`."""
    plain = re.sub(
        r"\b(?:ics|icb|stp|integrated care (?:system|board))$", "", _flatten(name).strip()
    ).strip()
    plain = re.sub(r"[^a-z0-9&']+", " ", plain.removeprefix("the ")).strip()
    spellings = {plain, plain.replace(" & ", " and "), plain.replace(" and ", " & ")}
    spellings.add(plain.replace("'", ""))
    words = plain.split()
    if (
        len(words) > 2
        and words[0] in ("north", "south")
        and words[1] in ("east", "west", "central")
    ):
        rest = " ".join(words[2:])
        spellings |= {f"{words[0]}{words[1]} {rest}", f"{words[0][0]}{words[1][0]} {rest}"}
    if len(words) > 1 and words[0] in _COMPASS and words[0] not in _COMPASS.values():
        spellings.add(" ".join([_COMPASS[words[0]], *words[1:]]))
    return {spelling for spelling in spellings if spelling}


def _is_initials(name: str) -> bool:
    return len(name) <= 5 and name.isupper() and " " not in name and name.isalnum()


def _unique(found: dict[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(areas)) for name, areas in found.items() if len(areas) == 1}


def _any_of(words: Iterable[str], *, fold_case: bool = False) -> re.Pattern[str]:
    """One pattern for all words, longest first, as whole words."""
    ordered = sorted(words, key=len, reverse=True)
    if not ordered:
        return re.compile(r"(?!)")
    joined = "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in ordered)
    flags = re.IGNORECASE if fold_case else 0
    return re.compile(rf"(?<![\w@.])({joined})(?![\w@])(?!\.\w)", flags)


def _flatten(text: str) -> str:
    """Lower case, accents and odd quotes gone, length kept."""
    if text.isascii():
        return text.lower().replace("\n", " ")
    return "".join(_flat(c) for c in text)


def _flat(character: str) -> str:
    if character in "’‘`":
        return "'"
    if character.isspace():
        return " "
    folded = fold(character)
    return folded if len(folded) == 1 else character.lower()[:1]


def _spans_of(folded: str, names: Collection[str]) -> list[tuple[int, int]]:
    spans = []
    for name in {_flatten(name) for name in names if name}:
        at = folded.find(name)
        while at >= 0:
            spans.append((at, at + len(name)))
            at = folded.find(name, at + len(name))
    return spans
