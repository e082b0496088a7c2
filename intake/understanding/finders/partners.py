"""Pure: organisations with a name of their own that take part in a project."""

import re
from collections.abc import Iterator, Sequence

from intake.understanding.finders.findings import make_finding
from intake.understanding.finders.names import fold, is_person, is_title
from intake.understanding.finders.naming import (
    RUN,
    has_own_name,
    is_borough,
    names_in_run,
    names_in_series,
    read_bare_list,
    split_list,
)
from intake.understanding.finders.organisations import is_organisation, is_role
from intake.understanding.finders.partner_words import (
    ASKS_WHO,
    CALLS_IN,
    COMES_FROM,
    COMES_IN,
    JOINS,
    LISTED,
    NAMED_KIND,
    NO_PART,
    NOT_ASKED,
    OF_US,
    OTHERS_ARE,
    SAYS_YES,
    STAFF_OF,
    THEY_ARE_IN,
)
from intake.understanding.texts.labels import Labelled
from intake.understanding.texts.paragraphs import Paragraph, sentences
from storage.domain.message import Finding

_BRACKETS = re.compile(r"\s?\([^()]{0,160}\)")
_CLAUSES = re.compile(r"[,;] (?:and|but|while) |; |\s[-–—]\s")
_WILL_BE = re.compile(
    r"(?:^|[,;] |\band )(?:[Tt]he )?(?P<name>[A-Z][\w'’&-]*(?: (?:[A-Z][\w'’&-]*|of|for|the"
    r"|in|&)){1,7}) (?:is|are|will be|has agreed to be|would be) (?:also )?(?:our|a|the)"
    r"(?: \w+)? partners?\b"
)
_RUN_OF_NAME = (
    r"(?P<name>(?:St |[A-Z][\w'’&-]*,? )?[A-Z][\w'’&-]*(?: (?:(?:of|for|with|the|in|&) )?"
    r"[A-Z][\w'’&-]*){0,5})"
)
_AS_ONE_BODY = re.compile(
    r"(?:^(?:And |But |Also,? )?|[,:] |; (?:and |but )?"
    r"|\b(?:that|as|of|at|from|while|but|and) )(?:[Tt]he )?"
    rf"{_RUN_OF_NAME}"
    r" (?:have|are|want)(?: (?:now|also|all|already|both|since|kindly))?"
    r" (?:agreed|said|joined|joining|stepp?ed (?:in|forward)|taken (?:their|its) place|offered"
    r"|on board|in\b|keen|up for|with us|signed up|promised|come (?:to|along)"
    r"|been to|to (?:join|come|take part|help))"
)
"""One name with a verb in the plural: people have said yes as a body, so it is one."""
_SO_IS = re.compile(
    rf"\b(?:[Ss]o|[Aa]s) (?:is|are|has|have|does|do|will) (?:the )?{_RUN_OF_NAME}"
    r"(?= (?:group|team|club|charity|people|lot)\b|[.,;!]|$)"
)
_KIND_AND_NAME = re.compile(
    rf"\b(?:the|an?|our|local|and) (?:[a-z-]+ ){{0,2}}{NAMED_KIND}(?:,| called)? {_RUN_OF_NAME}"
)
_STAFF_OF = re.compile(rf"\b{STAFF_OF} (?:from|of|at) (?:the )?{_RUN_OF_NAME}")
_PEOPLE_FROM = re.compile(
    rf"(?:the |some |our )?[a-z][a-z'-]+(?: [a-z'-]+){{0,3}} (?:from|at) (?:the )?"
    rf"{_RUN_OF_NAME}\W*$"
)
"""An item of a list of those who take part, whoever they are: `mothers from the Mile Walkers`."""
_MEANT = re.compile(
    r"\s?\((?:by which I mean|that is|that['’]s|i\.?e\.?,?|namely|meaning) ([^()]{0,160})\)"
)
_ITEM = re.compile(r"[A-Z][\w'’&.-]*(?: [\w'’&.,()-]+){1,9}$")
_MOST_ITEM_WORDS = 9
_LONGEST_ITEM = 26
_WITHIN = re.compile(r"\b(?:in|within|across|throughout|of|from) (?:the )?\w{0,4}$")
"""What stands before a borough that is a place."""
_ANAPHORA = re.compile(
    r"\bthe (council|hospital|hospice|trust|school|college|university|surgery|practice|partnership"
    r"|network|charity|forum|federation|alliance|mosque|church|union|association|society|centre|club"
    r"|clinic|pharmacy|hub)\b(?! (?:has|have) (?:never|not))",
    re.I,
)


def find_partners(
    paragraphs: Sequence[Paragraph], labels: Sequence[Labelled], *, own: str | None, source: str
) -> tuple[Finding, ...]:
    """Candidates in order of their places; `own` is the lead's organisation, no partner."""
    found: list[Finding] = []
    for labelled in labels:
        if labelled.field == "partners":
            for name in (n for n in split_list(labelled.value) if " " in n or not is_role(n)):
                found.append(
                    make_finding("partner", name, "label", 0.92, at=labelled.place_of(name))
                )
    for at, paragraph in enumerate(paragraphs):
        text, takes_part = _of_paragraph(paragraphs, at)
        for name in read_bare_list(text):
            at_name = paragraph.place_of(name, source=source)
            found.append(make_finding("partner", name, "list", 0.7, at=at_name))
        for name, confidence in _named_in(text, takes_part=takes_part):
            found.append(
                make_finding(
                    "partner", name, "prose", confidence, at=paragraph.place_of(name, source=source)
                )
            )
        if _introduces(text):
            for item in _items_below(paragraphs[at + 1 :]):
                for name in _names_of_item(item.text):
                    found.append(
                        make_finding(
                            "partner", name, "list", 0.85, at=item.place_of(name, source=source)
                        )
                    )
    found += _resolved(paragraphs, own=own, source=source)
    return tuple(f for f in _once(found) if not _is_own(f.value, own) and f.value[:4] != "ACE ")


def _introduces(text: str) -> bool:
    """Whether a paragraph ends in words that a list of partners follows."""
    last = sentences(text)[-1:] or ("",)
    is_open = text.endswith(":") or len(text.split()) <= _MOST_ITEM_WORDS
    return is_open and JOINS.search(last[0]) is not None


def _items_below(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs of a name each, bullets or not, until the text goes on; longer ones where commas
    make them one sentence."""
    for at, paragraph in enumerate(paragraphs):
        is_name = _ITEM.match(paragraph.text) and paragraph.words <= _MOST_ITEM_WORDS
        is_short = bool(is_name) and not paragraph.text.endswith((".", "!", "?", ":"))
        before = paragraphs[at - 1].text if at else ""
        goes_on = paragraph.text.endswith((",", ";")) or before.endswith((",", ";"))
        if not is_short and not (goes_on and paragraph.words <= _LONGEST_ITEM):
            return
        yield paragraph


def _names_of_item(text: str) -> Sequence[str]:
    """The organisations of an item: what it is, or those that a clause about people names."""
    names = split_list(text)
    is_of_people = any(is_person(re.split(r" (?:of|at|from) ", name)[0]) for name in names)
    if len(text.split()) <= _MOST_ITEM_WORDS and (not is_of_people or len(names) > 1):
        return names
    return [name for name, _ in _of_clause(_BRACKETS.sub("", text))]


def _of_paragraph(paragraphs: Sequence[Paragraph], at: int) -> tuple[str, bool]:
    """A paragraph's text and whether it, an item of a list, goes on a sentence of taking part."""
    paragraph = paragraphs[at]
    if not (paragraph.has_bullet or paragraph.has_number):
        return paragraph.text[:4000], OF_US.search(paragraph.text[:4000]) is not None
    introduction = next(
        (p.text for p in reversed(paragraphs[:at]) if not p.has_bullet and not p.has_number), ""
    )
    last = sentences(introduction)[-1:] or ("",)
    return paragraph.text[:4000], _start_of_part(last[0]) >= 0


def _named_in(text: str, *, takes_part: bool) -> Iterator[tuple[str, float]]:
    before = ""
    for told in sentences(text):
        sentence = _BRACKETS.sub("", _MEANT.sub(r", \1", told))
        if before and (THEY_ARE_IN.match(sentence) or OTHERS_ARE.search(sentence)):
            yield from _of_clause(before)
        is_answer = bool(before) and ASKS_WHO.search(before.rstrip(".?! ")) is not None
        before = sentence
        found = dict(_of_sentence(sentence, takes_part=takes_part or is_answer))
        yield from sorted(found.items(), key=lambda item: sentence.find(item[0]))


def _of_sentence(sentence: str, *, takes_part: bool) -> Iterator[tuple[str, float]]:
    listed = LISTED.search(sentence)
    if listed:
        names = split_list(listed["names"].rstrip(". "))
        if not (len(names) == 1 and _is_somebody(names[0])):
            yield from ((name, 0.85) for name in names)
        return
    if not sentence.endswith("?") and not NOT_ASKED.search(sentence):
        start = 0 if takes_part else _start_of_part(sentence)
        for clause in _CLAUSES.split(sentence[start:]) if start >= 0 else ():
            if not NO_PART.search(clause):
                yield from _of_clause(clause)
                yield from _told_by_others(clause)
        people = _PEOPLE_FROM.match(sentence) if takes_part else None
        if people and has_own_name(people["name"]):
            yield people["name"].rstrip(","), 0.7
    for pattern in (_WILL_BE, _AS_ONE_BODY, _SO_IS):
        for match in pattern.finditer(sentence):
            follows_and = sentence.endswith("and ", 0, match.start("name"))
            if _may_be_body(match["name"]) and not (follows_and and _is_somebody(match["name"])):
                yield match["name"], 0.75


def _is_somebody(name: str) -> bool:
    """Whether two words that no word gives away as a body are likelier a person's name."""
    return len(name.split()) == 2 and is_person(name) and not is_organisation(name)


def _may_be_body(name: str) -> bool:
    """Whether a name that stands where one who takes part does can be that of a body."""
    words = name.split()
    is_long = len(words) > 1 or name.startswith("St ")
    is_somebody = is_title(words[0]) and not is_organisation(name)
    return is_long and has_own_name(name) and not is_somebody and not is_role(name)


def _start_of_part(sentence: str) -> int:
    """From where on a sentence may name those who take part; -1 where it tells of none."""
    calls = CALLS_IN.search(sentence)
    return 0 if COMES_IN.search(sentence) else calls.start() if calls else -1


def _told_by_others(clause: str) -> Iterator[tuple[str, float]]:
    """Names that the words before them make bodies, whatever they are: `the charity Roof Ahead`,
    `the advocates from Burnt Oak Somali Women`."""
    for pattern, fewest in ((_KIND_AND_NAME, 2), (_STAFF_OF, 3)):
        for match in pattern.finditer(clause):
            name = match["name"].rstrip(",")
            is_long = len(name.split()) >= fewest and "," not in name
            if (
                is_long
                and has_own_name(name)
                and not is_role(name)
                and not COMES_FROM.search(clause[: match.start()][-90:])
            ):
                yield name, 0.7


def _of_clause(clause: str) -> Iterator[tuple[str, float]]:
    runs = (
        name
        for match in RUN.finditer(clause)
        if not COMES_FROM.search(clause[: match.start()][-90:])
        and not (is_borough(match.group()) and _WITHIN.search(clause[: match.start() + 4]))
        for name in names_in_run(match)
    )
    found = {**dict.fromkeys(names_in_series(clause), 0.65), **dict.fromkeys(runs, 0.7)}
    yield from sorted(found.items(), key=lambda item: clause.find(item[0]))


def _resolved(
    paragraphs: Sequence[Paragraph], *, own: str | None, source: str
) -> Iterator[Finding]:
    """`the Council` in a sentence of taking part: the one council that was named before."""
    named = [match for p in paragraphs for match in RUN.finditer(p.text[:4000])]
    names = dict.fromkeys(name for match in named for name in names_in_run(match))
    for paragraph in paragraphs:
        for sentence in sentences(paragraph.text[:4000]):
            if _start_of_part(sentence) < 0 or not re.search(SAYS_YES, sentence):
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
