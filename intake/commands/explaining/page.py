"""An explanation as one page that loads nothing from anywhere and runs no script.

The message is hostile: whatever is its own goes through the template's escaping, and hidden and
direction characters are blanks.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from intake.commands.explaining.account import Explanation, Field, Taken
from intake.commands.explaining.marks import Closing, Mark, Opening, tokens
from intake.commands.explaining.words import (
    hold_in_words,
    method_in_words,
    name_of,
    outcome_in_words,
    percent,
)
from intake.commands.printing import local, neutral, plain
from intake.commands.wrapping import find_wraps
from intake.understanding.texts.pieces import PieceKind
from responders.rule_words import rule_in_words

FOLDER = Path(__file__).parent
GROUPS = {
    **dict.fromkeys(("name", "email", "phone"), "who"),
    **dict.fromkeys(("role", "organisation"), "post"),
    **dict.fromkeys(("title", "summary"), "what"),
    "area": "where",
    **dict.fromkeys(("senior_leader", "partner", "team", "nominee"), "people"),
}
OWN = "own"
"""Fields by their colour; those of the programme itself have one of their own."""
BRIGHT = (PieceKind.NEW, PieceKind.CLOSING)
HEAD = {"header:From": "From", "header:To": "To", "header:Cc": "Cc", "header:Reply-To": "Reply to"}
LONGEST_VALUE = 10_000
LONGEST_LOST = 200

Shown = dict[str, object]


def render_page(told: Explanation) -> str:
    """The page as HTML."""
    understanding = told.understanding
    verdict = understanding.verdict
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    end = told.pieces[-1].end if told.pieces else 0
    unread = len(told.layout.text("body")) - end
    return _template().render(
        style=Markup(style),
        policy=_policy(style),
        subject=plain(understanding.head.subject or "(no subject)", limit=300),
        kind=verdict.kind.replace("_", " "),
        verdict=verdict,
        rule=rule_in_words(verdict.rule),
        hold=hold_in_words(verdict.hold) if verdict.hold else None,
        programme=plain(told.programme.name),
        head=[*_head(told)],
        date=local(understanding.head.date, told.programme.zone),
        pieces=[*_pieces(told)],
        unread=f"{unread:,}" if unread > 0 else None,
        files=[*_files(told)],
        entries=[entry for field in told.fields for entry in _entries(told, field)],
        outcome=outcome_in_words(understanding),
    )


def _policy(style: str) -> str:
    """Nothing may be loaded or run; of styles only the page's own."""
    digest = b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    sources = f"default-src 'none'; style-src 'sha256-{digest}'"
    return f"{sources}; base-uri 'none'; form-action 'none'"


def _head(told: Explanation) -> Iterator[tuple[str, list[Shown]]]:
    for source, name in HEAD.items():
        if told.layout.text(source):
            yield name, _tokens(told, source)
    if told.layout.text("subject"):
        yield "Subject", _tokens(told, "subject")


def _pieces(told: Explanation) -> Iterator[Shown]:
    text = told.layout.text("body")
    wraps = find_wraps(text)
    for piece in told.pieces:
        said = text[piece.start : piece.end]
        if said.strip():
            start = piece.end - len(said.lstrip("\n"))
            end = piece.start + len(said.rstrip("\n"))
            yield {
                "group": piece.kind.value + ("" if piece.kind in BRIGHT else " dim"),
                "margin": told.margin_of(piece),
                "tokens": _tokens(told, "body", start=start, end=end, wraps=wraps),
            }


def _files(told: Explanation) -> Iterator[Shown]:
    for index, attachment in enumerate(told.understanding.attachments):
        source = f"attachment:{index}"
        text = told.layout.text(source)
        yield {
            "name": plain(attachment.name),
            "facts": f"{plain(attachment.media_type)}, {attachment.size:,} bytes",
            "problem": attachment.problem,
            "words": f"{len(text.split()):,}",
            "is_open": bool(told.marks_in(source)),
            "tokens": _tokens(told, source) if text else [],
        }


def _tokens(
    told: Explanation,
    source: str,
    *,
    start: int = 0,
    end: int | None = None,
    wraps: frozenset[int] = frozenset(),
) -> list[Shown]:
    """A stretch of a text, the marks in it, and the line breaks at `wraps`, where it may be joined
    on a narrow screen, as the template takes them."""
    text = told.layout.text(source)
    stop = len(text) if end is None else end
    taken = {value.number: value for field in told.fields for value in field.taken}
    shown: list[Shown] = []
    at = start
    for token in tokens(text, told.marks_in(source), start, stop):
        match token:
            case Opening(mark, is_first):
                shown.append(_opening(told, mark, taken[mark.number], is_first=is_first))
            case Closing(mark):
                shown.append({"mark": mark, "is_closing": True})
            case str():
                shown += _runs(token, at, wraps)
                at += len(token)
    return shown


def _runs(text: str, start: int, wraps: frozenset[int]) -> Iterator[Shown]:
    """`text`, which begins at `start` of the whole, cut at the line breaks that may be joined."""
    begin = 0
    for at in range(len(text)):
        if start + at in wraps:
            yield {"text": neutral(text[begin:at])}
            yield {"is_wrap": True}
            begin = at + 1
    yield {"text": neutral(text[begin:])}


def _opening(told: Explanation, mark: Mark, taken: Taken, *, is_first: bool) -> Shown:
    return {
        "mark": mark,
        "is_closing": False,
        "is_first": is_first,
        "group": GROUPS.get(mark.field, OWN),
        "name": name_of(mark.field),
        "title": plain(told.shown_value(mark.field, taken.value), limit=90),
        "how": _how(taken),
    }


def _how(taken: Taken) -> str:
    told = f"{taken.method}: {method_in_words(taken.method)}"
    return told if taken.confidence is None else f"{told}, {percent(taken.confidence)} sure"


def _entries(told: Explanation, field: Field) -> Iterator[Shown]:
    """The values of a field, the last with the candidates that lost; one entry for none."""
    lost = [
        {
            "value": plain(told.shown_value(field.name, other.finding.value), limit=LONGEST_LOST),
            "why": f"{other.finding.method}, {percent(other.finding.confidence)}: {other.reason}",
        }
        for other in field.lost
    ]
    entry = {"name": name_of(field.name), "group": GROUPS.get(field.name, OWN), "lost": lost}
    if not field.taken:
        yield entry | {"number": None}
    for taken in field.taken:
        also = dict.fromkeys(f.method for f in taken.agreeing if f.method != taken.method)
        source = taken.span.source if taken.span else ""
        yield entry | {
            "number": taken.number,
            "value": neutral(told.shown_value(field.name, taken.value)[:LONGEST_VALUE]),
            "how": _how(taken),
            "where": plain(told.where(taken.span)) if taken.span else "",
            "is_marked": any(m.number == taken.number for m in told.marks_in(source)),
            "also": ", ".join(also),
            "lost": lost if taken is field.taken[-1] else [],
        }


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((FOLDER / "page.html.j2").read_text(encoding="utf-8"))
