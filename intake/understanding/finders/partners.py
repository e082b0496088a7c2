"""Pure: organisations with a name of their own that take part in a project."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import fold, is_title
from intake.understanding.finders.organisations import (
    is_brand,
    is_kind_word,
    is_organisation,
    is_role,
)
from intake.understanding.finders.people import find_people
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.lines import bullet_length
from intake.understanding.texts.paragraphs import Paragraph, sentences
from intake.understanding.texts.patterns import cues, vocabulary
from storage.domain.message import Finding

_TAKES_PART = cues(
    r"\b(?:with|alongside|together with|including|along with|joined by|between|drawn from"
    r"|made up of|bring(?:ing)?|gather(?:ing)?|get(?:ting)?|want|would like|like)\b",
    r"\b(?:agreed|said (?:yes|they|it)|(?:will|would) (?:come|join|help)|on board|offered"
    r"|up for it|sign(?:ed)? up|keen|in on it|wish to|committed|willing|pledged|support(?:s|ed"
    r"|ing)?|happy to|joining|joined|taking part|take part|involved|ready to|partners?|partnering"
    r"|propose|will provide|have promised|working on|agenc(?:y|ies)|with us)\b",
    r"\b(?:what (?:it|this) (?:takes|needs|would take)|ask(?:ing)?|given (?:us|me)|are in|is in"
    r"|come aboard|step(?:ped)? forward|alteration in)\b",
    r"\bservices? (?:come|comes|already)\b|\b(?:come|comes|came) to (?:us|our|see them)\b"
    r"|\bround (?:one|the|a) table\b",
)
_NO_PART = cues(
    r"\b(?:senior (?:leader|sponsor)|sponsor)\b",
    r"\bmy name is\b",
    r"\b(?:isn't|is not|aren't|are not|haven't|have not|hasn't|declined|refused|won't|will not"
    r"|no longer|not yet|bulletin|newsletter|website|step(?:ped)? back)\b",
)
_COMES_FROM = cues(
    r"\b(?:admitted|discharged|taken|transferred|referred|ended up|ambulance to|died|ward at"
    r"|appointments? at|born (?:at|in)|trained at|used to work|previously|formerly|worked at"
    r"|moved from)\b.{0,60}$",
    r"\bi(?:['’]m| am) .{0,60}\b(?:at|of|from|for) (?:the )?$",
)
_RUN = re.compile(
    r"(?<![\w@.])(?:[A-Z][\w'’&.-]*|\d+[a-z]{2})(?:(?: (?:of|and|the|for|in|upon|&) (?:the )?"
    r"| )[A-Z][\w'’&-]*){0,9}(?P<low>(?: [a-z][\w'’-]*){0,4})"
)
_NAME = r"(?:the )?[A-Z][\w'’&.-]*(?: (?:(?:of|and|for|the|in|&) )?[A-Z][\w'’&-]*){0,6}"
_SERIES = re.compile(rf"{_NAME}(?:, {_NAME}){{0,8}},? and {_NAME}")
_JOINS = cues(
    r"\b(?:tak(?:e|ing) part|partners?|agreed|on board|with us|signed up|join(?:ed|ing)|involved"
    r"|said yes|committed)\b"
)
_LISTED = re.compile(
    r"\b(?:signed up|on board|partners?|agreed|taking part|involved"
    r"|partner(?:ing)? (?:organi[sz]ations?|agenc(?:y|ies)|services?))(?: (?:so far|confirmed"
    r"|already|to date)){0,2}(?: are| include)?\s?(?::\s+|(?<= are)\s|(?<= include)\s)"
    r"(?P<names>.+)$",
    re.I,
)
_CLAUSES = re.compile(r"[,;] (?:and|but|while) |; |\s[-–—]\s")
_WILL_BE = re.compile(
    r"(?:^|[,;] |\band )(?:[Tt]he )?(?P<name>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|for|and|the"
    r"|in|&)){1,7}) (?:is|are|will be|has agreed to be|would be) (?:also )?(?:our|a|the)"
    r"(?: \w+)? partners?\b"
)
_LOW_KINDS = vocabulary(
    """
    council hospital hospice practice surgery school college university academy centre
    center pharmacy clinic housing police library church mosque temple nursery trust charity
    association partnership federation homes hub ambulance
    """
)
_LOW_ADJECTIVES = vocabulary(
    """
    day community primary secondary medical sixth housing social adult health dental junior
    infant nursery family special
    """
)
_LEADING = vocabulary(
    """
    with the we our both also from and in at for as this that these those when while if two
    three several local some all having once because after before since so then but or
    though although they he she it their his her my your dear hi hello people men women
    families children patients nurses doctors staff colleagues midwives half most many every
    each our
    """
)
_GENERIC = vocabulary(
    """
    gp nhs a&e local the our ics icb stp pcn camhs adult adults children childrens social
    care community health mental primary secondary housing police fire ambulance service
    services council hospital trust school schools college practice practices surgery
    surgeries pharmacy pharmacies pharmacists borough borough's department team teams public
    education voluntary sector london and of for other various several two three four
    department's the long covid clinic ward
    """
)
_STAFF = vocabulary("volunteers team teams staff crew crews")
_MORE_KINDS = vocabulary(
    """
    neighbours nursing primary secondary infants juniors energy unit opticians fc afc rfc cc
    visiting friends advice estates lettings cars office exchange traders chambers dentists vets
    """
)
"""What ends the names of partners, but does not tell an organisation elsewhere."""
_OF_US = re.compile(
    r"\b(?:the|all|us) (?:two|three|four|five|six)(?: of us)?\b|\b(?:both|all|each) of us\b", re.I
)
_AFTER_NAMES = vocabulary(
    """
    is are was were has have had will would can could to who which with alongside both all each
    in on for from as and or but so if that said say agreed joined come came take took want
    """
)
_ITEM = re.compile(r"[A-Z][\w'’&.-]*(?: [\w'’&.,()-]+){1,9}$")
_MOST_ITEM_WORDS = 9
_ANAPHORA = re.compile(
    r"\bthe (council|hospital|hospice|trust|school|college|university|surgery|practice)\b"
    r"(?! (?:has|have) (?:never|not))",
    re.I,
)
_SEPARATORS = re.compile(r"\s*;\s*|\s*,\s+(?:and\s+)?|\s+/\s+")
_AND = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")


def find_partners(
    paragraphs: Sequence[Paragraph], labels: Sequence[Labelled], *, own: str | None, source: str
) -> tuple[Finding, ...]:
    """Candidates in order of their places; `own` is the lead's organisation, no partner."""
    found: list[Finding] = []
    for labelled in labels:
        if labelled.field == "partners":
            for name in split_list(labelled.value):
                found.append(make_finding("partner", name, "label", 0.92, at=labelled.span))
    for at, paragraph in enumerate(paragraphs):
        text, takes_part = _of_paragraph(paragraphs, at)
        for name, confidence in _named_in(text, takes_part=takes_part):
            found.append(
                make_finding("partner", name, "prose", confidence, at=paragraph.span(source))
            )
        if _introduces(text):
            for item in _items_below(paragraphs[at + 1 :]):
                for name in split_list(item.text):
                    found.append(make_finding("partner", name, "list", 0.85, at=item.span(source)))
    found += _resolved(paragraphs, own=own, source=source)
    return tuple(f for f in _once(found) if not _is_own(f.value, own))


def split_list(value: str) -> tuple[str, ...]:
    """The organisations of a list: a line each, or between semicolons or commas; what has no name
    of its own (`two GP practices`, `the police`) is left out."""
    lines = [line[bullet_length(line) :].strip() for line in value.split("\n") if line.strip()]
    if len(lines) == 1:
        lines = [sentences(lines[0])[0]]
    if any(";" in line for line in lines) or any(line.endswith(",") for line in lines[:-1]):
        lines = [" ".join(lines)]
    items = lines if len(lines) > 1 else [item for line in lines for item in _items(line)]
    cleaned = (_clean(item) for item in items)
    return tuple(dict.fromkeys(item for item in cleaned if item and _has_own_name(item)))


def _items(line: str) -> Iterator[str]:
    parts = [part for part in _SEPARATORS.split(line) if part.strip()]
    for part in parts:
        yield from _split_and(part, is_list=len(parts) > 1)


def _split_and(text: str, *, is_list: bool) -> Iterator[str]:
    """`A Council and B Hospital` apart, `Barking and Dagenham Council` whole."""
    for match in _AND.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if is_organisation(left) and (is_organisation(right) or is_list or right[:1].islower()):
            yield left
            yield from _split_and(right, is_list=is_list)
            return
        if is_list and len(left.split()) > 1 and len(right.split()) > 1 and is_organisation(right):
            yield left
            yield right
            return
    yield text


def _clean(item: str) -> str:
    text = re.sub(r"\([^()]{0,80}\)", "", item)
    text = re.sub(r"\s[-–—]\s.*$|:.*$|(?<=\w)['’]s$", "", text).strip(" .,;:•-–")
    parts = [part.strip() for part in text.split(",")]
    return (
        parts[-1]
        if len(parts) > 1 and is_role(parts[0])
        else text.removeprefix("and ").removeprefix("the ").strip()
    )


def _has_own_name(text: str) -> bool:
    words = [word.strip("'’.,()") for word in text.split()]
    own = [w for w in words if w[:1].isupper() and fold(w).removesuffix("'s") not in _GENERIC]
    return bool(own) and len(words) <= 12 and len(text) > 2


def _introduces(text: str) -> bool:
    """Whether a paragraph ends in words that a list of partners follows."""
    last = sentences(text)[-1:] or ("",)
    is_open = text.endswith(":") or len(text.split()) <= _MOST_ITEM_WORDS
    return is_open and _JOINS.search(last[0]) is not None


def _items_below(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs of a name each, bullets or not, until the text goes on."""
    for paragraph in paragraphs:
        is_name = _ITEM.match(paragraph.text) and paragraph.words <= _MOST_ITEM_WORDS
        if not is_name or paragraph.text.endswith((".", "!", "?", ":")):
            return
        yield paragraph


def _of_paragraph(paragraphs: Sequence[Paragraph], at: int) -> tuple[str, bool]:
    """A paragraph's text and whether it, an item of a list, goes on a sentence of taking part."""
    paragraph = paragraphs[at]
    if not (paragraph.has_bullet or paragraph.has_number):
        return paragraph.text[:4000], _OF_US.search(paragraph.text[:4000]) is not None
    introduction = next(
        (p.text for p in reversed(paragraphs[:at]) if not p.has_bullet and not p.has_number), ""
    )
    last = sentences(introduction)[-1:] or ("",)
    return paragraph.text[:4000], _TAKES_PART.search(last[0]) is not None


def _named_in(text: str, *, takes_part: bool) -> Iterator[tuple[str, float]]:
    for sentence in sentences(text):
        for match in _WILL_BE.finditer(sentence):
            yield match["name"], 0.8
        listed = _LISTED.search(sentence)
        if listed:
            for name in split_list(listed["names"].rstrip(". ")):
                yield name, 0.85
            continue
        if sentence.endswith("?") or not (takes_part or _TAKES_PART.search(sentence)):
            continue
        for clause in _CLAUSES.split(sentence):
            if not _NO_PART.search(clause):
                yield from _of_clause(clause)


def _of_clause(clause: str) -> Iterator[tuple[str, float]]:
    for match in _RUN.finditer(clause):
        if not _COMES_FROM.search(clause[: match.start()][-90:]):
            for name in _organisations(match):
                yield name, 0.7
    yield from _beside_others(clause)


def _beside_others(clause: str) -> Iterator[tuple[str, float]]:
    """What stands in one list with organisations is one too: `Mile Hospital and Red Lantern`."""
    for match in _SERIES.finditer(clause):
        items = [_clean(item) for item in _series(match.group())]
        names = [item for item in items if _may_be_member(item)]
        following = re.match(r" ([a-z]+)", clause[match.end() :])
        if following and following[1] not in _AFTER_NAMES:
            continue  # the last is no name of its own: `Mile Hospital and Sign Language classes`
        if len(items) > 1 and len(names) == len(items) and any(map(is_organisation, names)):
            for name in names:
                yield name, 0.65


def _may_be_member(item: str) -> bool:
    words = item.split()
    return len(words) > 1 and _has_own_name(item) and not is_title(words[0])


def _series(text: str) -> Iterator[str]:
    """The members of a series; `Barking and Dagenham Council` is one."""
    *front, last = text.split(", ")
    yield from front
    left, _, right = last.rpartition(" and ")
    if len(left.split()) > 1 and len(right.split()) > 1:
        yield left
        yield right
    else:
        yield last.removeprefix("and ")


def _organisations(match: re.Match[str]) -> Iterator[str]:
    """The organisations in a run of capitalised words and the words in small letters behind it."""
    capital = match.group()[: len(match.group()) - len(match["low"])]
    low = match["low"].split()
    kinds = [
        at
        for at, word in enumerate(low[:2])
        if word.strip(".,") in _LOW_KINDS
        and (at == 0 or low[0] in _LOW_ADJECTIVES)
        and len([w for w in capital.split() if fold(w) not in _LEADING]) > 1
    ]
    if low[1:2] in (["service"], ["service,"], ["service."]) and is_kind_word(capital.split()[-1]):
        kinds = [1]
    text = capital + "".join(f" {word}" for word in low[: kinds[-1] + 1]) if kinds else capital
    has_staff = bool(low) and low[0].strip(".,") in _STAFF
    for part in _split_and(text, is_list=True):
        words = part.split()
        while words and fold(words[0]) in _LEADING:
            words.pop(0)
        words = _without_people(words)
        if len(words) < 2 or is_role(words[0]) or is_title(words[0]):
            continue
        name = " ".join(words)
        if not is_kind_word(words[-1]):
            name = re.sub(r"['’]s$", "", name)
        last = name.split()[-1].strip("'’")
        is_kind = is_kind_word(last) or last.lower() in _MORE_KINDS or is_brand(name)
        if (is_kind or has_staff) and _has_own_name(name):
            yield name


def _without_people(words: list[str]) -> list[str]:
    text = " ".join(words)
    people = [person for person in find_people(text) if person.has_title]
    return text[people[-1].end :].split() if people else words


def _resolved(
    paragraphs: Sequence[Paragraph], *, own: str | None, source: str
) -> Iterator[Finding]:
    """`the Council` in a sentence of taking part: the one council that was named before."""
    named = [match for p in paragraphs for match in _RUN.finditer(p.text[:4000])]
    names = dict.fromkeys(name for match in named for name in _organisations(match))
    for paragraph in paragraphs:
        for sentence in sentences(paragraph.text[:4000]):
            if not _TAKES_PART.search(sentence) or not re.search(
                r"\bon board\b|\bagreed\b|\bsigned up\b|\bjoin|^With the\b|\bwould like\b", sentence
            ):
                continue
            for match in _ANAPHORA.finditer(sentence):
                fits = [
                    n
                    for n in names
                    if n.split()[-1].lower() == match[1].lower() and not _is_own(n, own)
                ]
                if len(fits) == 1:
                    yield make_finding("partner", fits[0], "prose", 0.6, at=paragraph.span(source))


def _once(found: Sequence[Finding]) -> list[Finding]:
    kept: dict[str, Finding] = {}
    for finding in found:
        kept.setdefault(fold(finding.value).replace("’", "'").removeprefix("the "), finding)
    names = list(kept)
    return [
        f
        for name, f in kept.items()
        if not any(
            name != other and name in other and len(other.split()) > len(name.split())
            for other in names
        )
    ]


def _is_own(name: str, own: str | None) -> bool:
    if not own:
        return False
    one, other = fold(name).replace("’", "'"), fold(own).replace("’", "'")
    return one == other or one in other or other in one
