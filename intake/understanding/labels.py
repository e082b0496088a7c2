"""Pure: labelled details, `Project lead: …` in a message, a table row or a form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.understanding.lines import Line, bullet_length, strip_line
from intake.understanding.patterns import cues
from storage.domain.message import Span

_LABELS: dict[str, tuple[str, ...]] = {
    "name": (
        r"(?:the |our |your )?(?:project |overall |programme )?lead(?:'s)?(?: officer"
        r"| applicant| contact| person| name)?",
        r"(?:full |your |contact |lead(?:'s)? "
        r"|applicant(?:'s)? )?name(?: of (?:the )?(?:project )?(?:lead|applicant"
        r"|contact)(?: person)?)?",
        r"(?:main |key |named |lead )?contact (?:person|name)|applicant|submitted by"
        r"|main contact|name of lead .{0,20}",
        r"(?:name of )?(?:the )?person leading.{0,30}|who (?:is"
        r"|will be) (?:the )?(?:project )?lead(?:ing)?.{0,20}",
    ),
    "email": (
        r"(?:your |contact |lead(?:'s)? |direct |work )?e-?mail(?: address| contact)?|email addr|e",
    ),
    "phone": (
        r"(?:your |contact |direct |daytime |work |office |best "
        r"|lead(?:'s)? )?(?:tele)?phone(?: (?:number|no))?|mobile(?: (?:number|no|phone))?",
        r"(?:contact |direct |daytime |work )?tel(?:ephone)?(?: (?:number|no))?|mob|cell|ddi"
        r"|(?:contact|direct|phone|best) (?:number|dial|line|no)|ph",
        r"landline|(?:direct )?dial|switchboard.{0,10}",
    ),
    "contact": (
        r"(?:my |our |lead )?contact(?: details| information| info)?|how to (?:reach"
        r"|contact) .{0,20}|details",
    ),
    "role": (
        r"(?:your |lead(?:'s)? |my |current )?(?:job (?:title|role)|role|position|designation"
        r"|post(?: held)?|occupation|job)",
        r"(?:role|position|title)[ /](?:and |or )?(?:role|position|job title)|capacity",
    ),
    "organisation": (
        r"(?:your |lead |host |my |our |employing |applicant )?(?:organi[sz]ation|agency"
        r"|employer|authority|charity|institution|company)(?: name)?",
        r"name of (?:the |your )?(?:lead )?(?:organi[sz]ation|agency|charity)|trust|council"
        r"|organi[sz]ation/.{0,20}|org|place of work|workplace|based at",
    ),
    "area": (
        r"(?:which |your |our |london )?(?:ics|icb|stp|ics/stp|stp/ics"
        r"|integrated care (?:system|board|partnership))(?: (?:footprint|area|region|system"
        r"|name))?",
        r"(?:ics )?(?:footprint|area|patch|region|locality|geography)(?: covered)?|borough(?:s"
        r"|\(s\))?|(?:surrey |local |care |health )?partnership(?: area)?|system|place",
        r"which .{0,20}(?:ics|footprint|area|system|partnership|patch)\b.{0,40}",
    ),
    "title": (
        r"(?:project|proposal|bid|working|our|proposed)(?: project)? (?:title|name)"
        r"|title(?: of (?:the |our |your )?(?:project|proposal|bid|work))?",
        r"name of (?:the |our |your )?project|project|proposal title|name for (?:the|our) project",
    ),
    "senior_leader": (
        r"(?:our |the |named |sponsoring |proposed )?senior (?:leader|sponsor"
        r"|leadership sponsor|lead|responsible (?:owner|officer))(?: .{0,40})?",
        r"(?:our |the |executive |exec |project |board |senior )?sponsor(?:ing senior leader)?"
        r"|sro|coach|(?:executive|exec) (?:lead|sponsor)|sponsored by",
        r"name of (?:the |a |our |your )?senior leader.{0,60}",
    ),
    "partners": (
        r"(?:our |other |key |main |project |local |proposed |confirmed )?partner(?:s"
        r"|ing)?(?: (?:organi[sz]ations?|agencies|involved|so far|taking part|orgs|agency))?",
        r"(?:other |our |the |which |participating |partner )?(?:agencies"
        r"|organi[sz]ations)(?: (?:taking part|involved|signed up|participating|on board|who"
        r"|in the project).{0,30})?",
        r"who else is .{0,30}|who(?: else)?(?:'s| is| will be)? (?:involved|taking part"
        r"|on board)|working with|in partnership with|collaborators|collaborating .{0,20}"
        r"|also involved|signed up so far"
        r"|who(?:'s| is) (?:in|on board|with us).{0,12}|others involved|with",
    ),
    "summary": (
        r"(?:brief |short |project |our |a |the )?(?:summary|outline|description|overview"
        r"|synopsis)(?: of .{0,80}| paragraphs?)?",
        r"(?:the |our |what is the |what's the )?(?:issue|problem|challenge|need|idea|proposal"
        r"|question|issue and (?:our |the |your )?idea|issue we .{0,40})(?: .{0,50}built)?",
        r"background|expression of interest|eoi|about the (?:project|issue|idea|work)"
        r"|what (?:we|it|you|is|are).{0,50}|the work|rationale|statement"
        r"|supporting (?:statement|information|evidence)",
        r"(?:reason|case|grounds)s? (?:for|why) .{0,50}|reasons?|why .{0,60}|the idea in brief"
        r"|in (?:brief|short|summary)|citation|what they would .{0,40}",
        r"tell us about .{0,60}|what do you want .{0,60}|describe .{0,60}|issue/.{0,30}",
    ),
    "nominee": (
        r"nominees?(?:'s)?(?: name| details)?|name of (?:the )?nominee"
        r"|(?:person )?nominated(?: person)?|i (?:wish to |would like to )?nominate|nominating"
        r"|nomination(?: \d+)?|candidate",
    ),
    "team": (r"(?:name of (?:the |our )?)?team(?: name)?",),
    "nominator": (
        r"nominated by|nominator(?:'s)?(?: name)?|nominating (?:manager|person)|proposer",
    ),
    "other": (
        r"(?:my |lead's )?(?:secretary|p\.?a\.?|assistant|admin(?:istrator)?)(?: contact)?|fax"
        r"|web(?:site)?|w|twitter|address|postal address|date|signed|signature|nb|ps|n\.b|p\.s"
        r"|note",
        r"(?:line |budget )?manager|deputy|finance contact|cc|budget|amount(?: requested)?"
        r"|cost|start date|end date|preferred cohort|cohort|declaration|timescale|postcode"
        r"|(?:about|who) (?:us|we are|you|our organi[sz]ation)|our organi[sz]ation"
        r"|background to .{0,40}organi[sz]ation",
    ),
}
_PATTERNS = {
    field: cues(*(rf"^(?:{spelling})$" for spelling in spellings))
    for field, spellings in _LABELS.items()
}
_SEPARATOR = re.compile(r"\s{0,4}(?::|\||\t|\s[-–—]\s|\s=\s)\s*")
_HEADING_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.):]?\)?|q\d{1,2}[.:]?|section \d[.:]?)\s+", re.I)
_NAMES_THE_LETTER = cues(
    r"^(?:expressions? of interest|eoi|nomination|the work|what is|reasons?)\W*$"
)
_WEAK_HEADING = cues(r"^\W*(?:what|why|how|tell|describe|in brief|in short|reasons?|grounds)\b")
_LONGEST_LABEL = 100
_LONGEST_ITEM = 9
_LONGEST_HEADING = 6
"""Words of a heading without a separator in a message; in a form it may be longer."""
_STRONG_ALONE = frozenset(
    {
        "title",
        "name",
        "role",
        "organisation",
        "area",
        "senior_leader",
        "partners",
        "phone",
        "email",
        "nominee",
    }
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A detail behind its label; `lines` hold the value (its first line cut behind the label)."""

    field: str
    label: str
    lines: tuple[Line, ...]
    source: str = "body"

    @property
    def value(self) -> str:
        return "\n".join(line.text.strip() for line in self.lines if not line.is_blank)

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.lines[-1].end)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that opens a labelled detail, with what of the value stands on it."""

    field: str
    label: str
    rest: Line
    is_row: bool = False

    @property
    def is_weak(self) -> bool:
        """A heading that prose uses too (`What we propose to do:`)."""
        return self.field == "summary" and _WEAK_HEADING.match(self.label) is not None


def field_of_label(label: str) -> str | None:
    """The field that a label names, None for a label nobody knows."""
    text = _HEADING_NUMBER.sub("", label.strip().strip("*_#•-–· ").strip())
    text = re.sub(r"\([^()]{0,60}\)", "", text).replace("’", "'").strip(" :.?*_-–").lower()
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST_LABEL:
        return None
    return next((field for field, pattern in _PATTERNS.items() if pattern.match(text)), None)


def is_labelled(text: str) -> bool:
    """Whether a line opens a labelled detail: a label that is known, then a value or nothing."""
    opening = _opening(Line(text, 0), is_form=False)
    return opening is not None and not opening.is_weak


def read_labels(
    lines: Sequence[Line], *, is_form: bool = False, source: str = "body"
) -> tuple[Labelled, ...]:
    """All labelled details of `lines` in order.

    In a form (`is_form`) a label may stand alone on its line, and a value goes on until the next
    label or numbered heading. In a message a value ends with its line, a summary goes on.
    """
    openings: list[tuple[int, _Opening]] = []
    for at, line in enumerate(lines):
        opening = _opening(line, is_form=is_form)
        is_after_summary = bool(openings) and openings[-1][1].field == "summary"
        if opening is not None and (is_form or not opening.is_weak or is_after_summary):
            openings.append((at, opening))
    found: list[Labelled] = []
    for number, (at, opening) in enumerate(openings):
        end = openings[number + 1][0] if number + 1 < len(openings) else len(lines)
        value = _value(opening, lines[at + 1 : end], is_form=is_form)
        if any(not line.is_blank for line in value):
            found.append(Labelled(opening.field, opening.label, value, source))
    return tuple(found)


def _opening(line: Line, *, is_form: bool) -> _Opening | None:
    bare = strip_line(Line(line.text[:2000], line.start))
    if not bare.text or len(bare.text) < 2:
        return None
    mark = bullet_length(bare.text) if not _HEADING_NUMBER.match(bare.text) else 0
    separator = _SEPARATOR.search(bare.text, mark, mark + _LONGEST_LABEL + 4)
    if separator is not None:
        label = bare.text[mark : separator.start()]
        field = field_of_label(label)
        is_weak = separator.group().strip() in ("-", "–", "—", "=") and field in (
            "email",
            "contact",
            "other",
            "summary",
        )
        if field is not None and not is_weak and not _is_prose_label(label, field, bare.text):
            start = line.text.index(bare.text) + separator.end()
            rest = Line(line.text[start:], bare.start + separator.end())
            return _Opening(field, label.strip(), rest, is_row="|" in separator.group())
    return _alone(bare, is_form=is_form)


def _alone(line: Line, *, is_form: bool) -> _Opening | None:
    """A heading without a separator: `Summary`, in a form `Project title` or `3. The plan` too."""
    text = line.text
    if len(text) > _LONGEST_LABEL or text.endswith((",", ";", "!")):
        return None
    field = None if _NAMES_THE_LETTER.match(text) else field_of_label(text)
    after = Line("", line.end)
    is_heading = text[:1].isupper() and len(text.split()) <= _LONGEST_HEADING
    if field is not None and (
        (field == "summary" and (is_form or is_heading))
        or (field == "other" and is_heading and len(text.split()) > 1)
    ):
        return _Opening(field, text, after)
    if is_form and field in _STRONG_ALONE:
        return _Opening(field, text, after)
    if is_form and _HEADING_NUMBER.match(text):
        return _Opening(field or "other", text, after)
    return None


def _is_prose_label(label: str, field: str, text: str) -> bool:
    """`With: …` and `why …: …` inside prose are no labels."""
    return field in ("partners", "summary") and label[:1].islower() and len(text) > 60


def _value(opening: _Opening, following: Sequence[Line], *, is_form: bool) -> tuple[Line, ...]:
    first = () if opening.rest.is_blank else (opening.rest,)
    if opening.field == "summary" or is_form:
        return (*first, *following)
    if first and opening.field != "partners":
        return first
    if opening.field == "partners":
        return (*first, *_rest_of_list(first, following, is_row=opening.is_row))
    return tuple(line for line in following if not line.is_blank)[:1]


def _rest_of_list(
    first: Sequence[Line], following: Sequence[Line], *, is_row: bool
) -> Iterator[Line]:
    """The lines below on which a list of partners goes on: the rest of a wrapped line, bullets,
    and of a table's cell every short line."""
    previous = first[0] if first else None
    for line in following:
        is_short = 0 < len(line.text.split()) <= _LONGEST_ITEM and line.text.strip()[:1].isupper()
        if line.is_blank:
            if previous is not None and not is_row:
                return
        elif (
            bullet_length(line.text)
            or (is_row and is_short)
            or previous is None
            or previous.text.rstrip().endswith((",", ";", "and"))
        ):
            yield line
            previous = line
        else:
            return
