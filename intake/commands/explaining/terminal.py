"""An explanation for the terminal: in colour, and readable without it and from 60 columns on."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from intake.commands.explaining.account import Explanation, Field, Lost, Taken
from intake.commands.explaining.marks import Closing, Mark, Opening, tokens
from intake.commands.explaining.words import (
    hold_in_words,
    method_in_words,
    name_of,
    outcome_in_words,
    percent,
)
from intake.commands.printing import local, neutral, plain
from intake.understanding.texts.pieces import PieceKind
from responders.rule_words import rule_in_words

COLOURS = {
    "name": "cyan",
    "email": "cyan",
    "phone": "cyan",
    "role": "magenta",
    "organisation": "magenta",
    "title": "blue",
    "summary": "blue",
    "area": "green",
}
OTHER_COLOUR = "red"
MARGIN = 12
MOST_LOST = 4
"""Candidates that lost, shown of one field."""
LONGEST_VALUE = 160
BRIGHT = (PieceKind.NEW, PieceKind.CLOSING)
CONTEXT = 1
"""Lines shown of a file above and below one with a mark."""


def show(explanation: Explanation, screen: Console) -> None:
    """Print the whole explanation."""
    screen.print(_grid(_head(explanation)))
    screen.print(_rule("What it says"))
    screen.print(_grid(_body(explanation)))
    if explanation.fields:
        screen.print(_rule("What was taken, and why"))
        screen.print(_fields(explanation))
        screen.print()
        screen.print(_grid(_methods(explanation)))
    if explanation.understanding.attachments:
        screen.print(_rule("Attachments"))
        screen.print(_grid(_attachments(explanation)))
    screen.print(_rule("What follows"))
    screen.print(_grid(_outcome(explanation)))


def _rule(title: str) -> Rule:
    return Rule(title, align="left", style="dim", characters="-")


def _grid(rows: Iterable[tuple[str, Text]]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=MARGIN, style="dim", no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    for margin, text in rows:
        grid.add_row(Text(margin), text)
    return grid


def _head(told: Explanation) -> Iterator[tuple[str, Text]]:
    head, verdict = told.understanding.head, told.understanding.verdict
    yield "file", Text(plain(told.file, limit=300))
    for source in ("header:From", "header:To", "header:Cc", "header:Reply-To", "subject"):
        text = told.layout.text(source)
        if text or source in ("header:From", "subject"):
            name = source.removeprefix("header:").lower()
            yield name, _marked(told, source) if text else Text("–")
    yield "date", Text(local(head.date, told.programme.zone))
    yield "programme", Text(f"{plain(told.programme.name)} ({told.programme.slug})")
    yield "kind", Text(verdict.kind.replace("_", " "), "bold")
    yield "rule", Text(f"{verdict.rule}: {rule_in_words(verdict.rule)}")
    if verdict.hold:
        yield "held", Text(f"{verdict.hold}: {hold_in_words(verdict.hold)}", "yellow")


def _body(told: Explanation) -> Iterator[tuple[str, Text]]:
    """The text, piece by piece."""
    text, end = told.layout.text("body"), 0
    for piece in told.pieces:
        end = piece.end
        if text[piece.start : piece.end].strip():
            style = "" if piece.kind in BRIGHT else "dim"
            shown = _marked(told, "body", start=piece.start, end=piece.end, style=style)
            yield told.margin_of(piece), shown
            yield "", Text("")
    if not text.strip():
        yield "", Text("(nothing to read)", "dim")
    if len(text) > end:
        yield "not read", Text(f"{len(text) - end:,} more characters", "dim")


def _marked(
    told: Explanation, source: str, *, start: int = 0, end: int | None = None, style: str = ""
) -> Text:
    """A stretch of a text, each mark as `[1 name: …]` in its colour."""
    text = told.layout.text(source)
    stop = len(text) if end is None else end
    start = stop - len(text[start:stop].lstrip("\n"))
    stop = start + len(text[start:stop].rstrip("\n"))
    shown = Text(style=style)
    styles: list[str] = []
    for token in tokens(text, told.marks_in(source), start, stop):
        match token:
            case Opening(mark, is_first):
                styles.append(_style(mark.field))
                if is_first:
                    shown.append(f"[{_label(mark)}: ", f"bold {styles[-1]}")
            case Closing(is_last=is_last):
                shown.append("]" if is_last else "", f"bold {styles.pop()}")
            case str():
                shown.append(neutral(token), styles[-1] if styles else None)
    return shown


def _style(field: str) -> str:
    return f"not dim {COLOURS.get(field, OTHER_COLOUR)}"


def _label(mark: Mark) -> str:
    return f"{mark.number} {name_of(mark.field)}"


def _fields(told: Explanation) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    table.add_column("field", min_width=8)
    table.add_column("value", overflow="fold", ratio=3)
    table.add_column("how, how sure, where", overflow="fold", ratio=2)
    for field in told.fields:
        for taken in field.taken:
            name = Text(f"{taken.number} {name_of(field.name)}", f"bold {_style(field.name)}")
            table.add_row(name, Text(_value(told, field, taken.value)), Text(_how(told, taken)))
        if not field.taken:
            table.add_row(Text(f"- {name_of(field.name)}", "bold"), Text("nothing taken"), Text(""))
        for lost in field.lost[:MOST_LOST]:
            value = Text(_value(told, field, lost.finding.value), "dim")
            table.add_row(Text("  not", "dim"), value, Text(_why_not(told, lost), "dim"))
        if len(field.lost) > MOST_LOST:
            more = f"and {len(field.lost) - MOST_LOST} more"
            table.add_row(Text("  not", "dim"), Text(more, "dim"), Text(""))
    return table


def _value(told: Explanation, field: Field, value: str) -> str:
    return plain(told.shown_value(field.name, value), limit=LONGEST_VALUE)


def _how(told: Explanation, taken: Taken) -> str:
    sure = percent(taken.confidence) if taken.confidence is not None else ""
    also = dict.fromkeys(f.method for f in taken.agreeing if f.method != taken.method)
    parts = (taken.method, sure, plain(told.where(taken.span)) if taken.span else "")
    shown = ", ".join(filter(None, parts))
    return f"{shown}; also {', '.join(also)}" if also else shown


def _why_not(told: Explanation, lost: Lost) -> str:
    finding = lost.finding
    where = plain(told.where(finding.span)) if finding.span else ""
    sure = percent(finding.confidence)
    return f"{', '.join(filter(None, (finding.method, sure, where)))}: {lost.reason}"


def _attachments(told: Explanation) -> Iterator[tuple[str, Text]]:
    for index, attachment in enumerate(told.understanding.attachments):
        text = told.layout.text(f"attachment:{index}")
        facts = f"{plain(attachment.media_type)}, {attachment.size:,} bytes"
        yield f"file {index + 1}", Text(f"{plain(attachment.name)} ({facts})", "bold")
        if attachment.problem:
            yield "", Text(f"not read: {attachment.problem}", "red")
        elif not text:
            yield "", Text("nothing was read in it", "dim")
        else:
            yield "", Text(f"read: {len(text.split()):,} words", "dim")
        yield from _excerpts(told, f"attachment:{index}")


def _excerpts(told: Explanation, source: str) -> Iterator[tuple[str, Text]]:
    """The lines of a file in which something was found, with those around them."""
    text = told.layout.text(source)
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n"), len(text) + 1]
    shown: set[int] = set()
    for mark in told.marks_in(source):
        first, last = text.count("\n", 0, mark.start), text.count("\n", 0, mark.end)
        shown.update(range(max(0, first - CONTEXT), min(last + CONTEXT + 1, len(starts) - 1)))
    for at in sorted(shown):
        if text[starts[at] : starts[at + 1] - 1].strip():
            yield f"line {at + 1}", _marked(told, source, start=starts[at], end=starts[at + 1] - 1)


def _outcome(told: Explanation) -> Iterator[tuple[str, Text]]:
    for name, value, is_gap in outcome_in_words(told.understanding):
        yield name, Text(value, "yellow" if is_gap else "")


def _methods(told: Explanation) -> Iterator[tuple[str, Text]]:
    """What the methods of the values are."""
    for method in sorted({taken.method for field in told.fields for taken in field.taken}):
        yield method, Text(method_in_words(method), "dim")
