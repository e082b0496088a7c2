"""Pure: an understood message → which value was taken from where, and what lost against it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from intake.commands.explaining.marks import Mark
from intake.commands.explaining.words import PIECE_WORDS
from intake.understanding.finders.findings import SURE_ENOUGH, THRESHOLDS, choose
from intake.understanding.finders.names import fold
from intake.understanding.layout import Layout
from intake.understanding.texts.pieces import Piece, PieceKind
from storage.domain.message import Finding, Span, Understanding
from storage.domain.programme import Programme

FIELDS = (
    *("name", "email", "phone", "role", "organisation"),
    *("title", "summary", "area", "senior_leader", "partner", "team", "nominee"),
)
"""The fields of every programme, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that counts. `number` names its mark; `confidence` (0 to 1) and `span` are None
    where no single finding gave it; `agreeing` are the other candidates that say the same."""

    number: int
    field: str
    value: str
    method: str
    confidence: float | None = None
    span: Span | None = None
    agreeing: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """A candidate that was not taken, with the reason in words."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field with the values taken for it, none or more, and the candidates that lost."""

    name: str
    taken: tuple[Taken, ...]
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One saved message as it was understood: `file` as it was named, the account of its values
    in `fields`."""

    file: str
    programme: Programme
    understanding: Understanding
    layout: Layout
    fields: tuple[Field, ...]

    def marks_in(self, source: str) -> tuple[Mark, ...]:
        """The marks of the taken values in the text of a source."""
        length = len(self.layout.text(source))
        return tuple(
            Mark(taken.number, taken.field, taken.span.start, taken.span.end)
            for field in self.fields
            for taken in field.taken
            if taken.span is not None
            and taken.span.source == source
            and 0 <= taken.span.start < taken.span.end <= length
        )

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of the text; one in which the forwarded message begins is cut there."""
        cut = self.layout.forward_start
        found: list[Piece] = []
        for piece in self.layout.pieces:
            if cut is not None and piece.start < cut < piece.end:
                found.append(Piece(piece.kind, piece.start, cut))
                piece = Piece(piece.kind, cut, piece.end)
            found.append(piece)
        return tuple(found)

    def margin_of(self, piece: Piece) -> str:
        """What a piece is called in the margin; of a forward, the note above from what counts."""
        cut = self.layout.forward_start
        if piece.kind is PieceKind.NEW and cut is not None:
            return "cover note" if piece.start < cut else "forwarded"
        return PIECE_WORDS[piece.kind]

    def where(self, span: Span | None) -> str:
        """A place as people call it: `line 12`, `From`, `form.docx, line 3`; empty for none."""
        if span is None:
            return ""
        kind, _, rest = span.source.partition(":")
        line = self.layout.text(span.source).count("\n", 0, span.start) + 1
        match kind:
            case "body":
                return f"line {line}"
            case "header":
                return rest
            case "attachment":
                return f"{self.understanding.attachments[int(rest)].name}, line {line}"
            case _:
                return kind

    def shown_value(self, field: str, value: str) -> str:
        """A value as it is shown: an area by its name beside its key, somebody who is put forward
        with what is told of them."""
        if field == "nominee":
            told = next((n for n in self.understanding.nominees if n.name == value), None)
            return ", ".join(filter(None, astuple(told))) if told else value
        area = self.programme.area(value) if field == "area" else None
        return f"{area.name} ({value})" if area else value


def account_for(understanding: Understanding, layout: Layout) -> tuple[Field, ...]:
    """Every field that has a value or a candidate."""
    custom = dict(understanding.custom)
    candidates = {finding.field: finding.field for finding in understanding.findings}
    own = [name for name in candidates if name not in FIELDS]
    own += [f"custom.{key}" for key in custom if f"custom.{key}" not in candidates]
    fields: list[Field] = []
    number = 0
    for name in (*FIELDS, *own):
        values = _values(understanding, name)
        found = [f for f in understanding.findings if f.field == name]
        taken = []
        for value in values:
            number += 1
            taken.append(_take(number, name, value, found, understanding, layout))
        if taken or found:
            fields.append(Field(name, tuple(taken), _lost(name, found, values)))
    return tuple(fields)


def _values(understanding: Understanding, name: str) -> tuple[str, ...]:
    """The values that count for a field."""
    match name:
        case "name" | "email" | "phone" | "role" | "organisation":
            value = getattr(understanding.contact, name)
        case "title" | "summary" | "area" | "senior_leader" | "team":
            value = getattr(understanding, name)
        case "partner":
            return understanding.partners
        case "nominee":
            return tuple(nominee.name for nominee in understanding.nominees)
        case _:
            value = dict(understanding.custom).get(name.removeprefix("custom."))
    return (value,) if value else ()


def _take(
    number: int,
    name: str,
    value: str,
    found: Sequence[Finding],
    understanding: Understanding,
    layout: Layout,
) -> Taken:
    """The value with the surest of the candidates that give it."""
    same = [f for f in found if _same(f.value, value)]
    same = same or [f for f in found if _is_part(f.value, value)]
    same.sort(key=lambda f: -f.confidence)
    if not same:
        method = "rule" if understanding.rules and _is_of_rules(name) else "joined"
        span = next(_places(value, layout), None) if name in ("nominee", "team") else None
        return Taken(number, name, value, "named" if span else method, span=span)
    best = next((f for f in same if f.span is not None), same[0])
    agreed = choose(same, name) or same[0]
    return Taken(
        number=number,
        field=name,
        value=value,
        method=best.method,
        confidence=agreed.confidence,
        span=_narrowed(best.span, value, layout) if best.span else None,
        agreeing=tuple(f for f in same if f is not best),
    )


def _is_of_rules(name: str) -> bool:
    """Whether the organisers' own rules may give such a field."""
    return name == "area" or name not in FIELDS


def _lost(name: str, found: Sequence[Finding], values: Sequence[str]) -> tuple[Lost, ...]:
    """The candidates with another value, the surest first, each value once."""
    threshold = THRESHOLDS.get(name, SURE_ENOUGH)
    told: dict[str, Lost] = {}
    for finding in sorted(found, key=lambda f: -f.confidence):
        if any(_same(finding.value, value) for value in values):
            continue
        if any(_is_part(finding.value, value) for value in values):
            reason = "a part of it"
        elif finding.confidence < threshold:
            reason = f"below {threshold:.0%}"
        else:
            reason = "less sure" if values else "set aside"
        told.setdefault(_bare(finding.value), Lost(finding, reason))
    return tuple(told.values())


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _is_part(one: str, whole: str) -> bool:
    """Whether a value has some of the words of another: a surname, of a whole name."""
    return set(_bare(one).split()) < set(_bare(whole).split())


def _bare(value: str) -> str:
    """A value without what does not matter: case, accents, punctuation, the order of its words."""
    return " ".join(sorted(re.findall(r"\w+", fold(value))))


def _narrowed(span: Span, value: str, layout: Layout) -> Span:
    """The place of the value itself within that of the sentence or line that gave it."""
    found = _words_of(value.split()).search(layout.text(span.source), span.start, span.end)
    return Span(span.source, *found.span()) if found else span


def _places(value: str, layout: Layout) -> Iterator[Span]:
    """Where the words of a name stand, in the text and then in the files; surname first too, as
    in the columns of a table."""
    words = value.split()
    for turn in range(len(words)):
        pattern = _words_of([*words[turn:], *words[:turn]])
        for source, text in layout.texts:
            if source == "body" or source.startswith("attachment:"):
                yield from (Span(source, *found.span()) for found in pattern.finditer(text))


def _words_of(words: Sequence[str]) -> re.Pattern[str]:
    """These words one after the other, with nothing but white space and separators between."""
    joined = r"[\s,;|]{1,9}".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)
