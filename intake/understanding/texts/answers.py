"""Pure: answers that stand between the quoted questions of our own letter."""

from collections.abc import Sequence

from intake.understanding.texts.labels import Labelled, field_of_label
from intake.understanding.texts.lines import Line, join_text, split_lines, strip_all_quotes
from intake.understanding.texts.paragraphs import paragraphs
from intake.understanding.texts.patterns import cues
from intake.understanding.texts.pieces import Piece, PieceKind

_QUESTIONS = (
    (
        "summary",
        cues(r"\bsummary\b", r"\bthe issue\b", r"one or two paragraphs", r"\bdescri(?:be|ption)\b"),
    ),
    ("senior_leader", cues(r"\bsenior (?:leader|sponsor)\b", r"\bsponsor\b")),
    (
        "area",
        cues(
            r"\b(?:ics|icb|stp|footprints?|borough|which (?:area|partnership|system))\b",
            r"\bthe area\b",
        ),
    ),
    ("phone", cues(r"\b(?:telephone|phone|mobile|number)\b")),
    (
        "partners",
        cues(
            r"\b(?:partners?|who else)\b"
            r"|\b(?:further|other|more|new|additional) (?:agencies|organi[sz]ations|bodies)\b",
            r"\b(?:agencies|organi[sz]ations|bodies|who)\b.{0,20}\b(?:taking part|involved"
            r"|on board)\b",
        ),
    ),
    (
        "title",
        cues(
            r"(?<!job )\btitle\b",
            r"\bname of (?:the|your) project\b",
            r"\bcall(?:ed|ing)? (?:it|(?:the|your) project)\b",
        ),
    ),
    (
        "name",
        cues(
            r"\bproject lead\b",
            r"\byour name\b",
            r"\blead's name\b",
            r"\bname and\b",
            r"\bwho (?:will |would |is to |is )?(?:be )?lead",
            r"\bin charge\b",
        ),
    ),
    ("contact", cues(r"\bhow (?:\w+ ){0,3}(?:reach|contact|call)\b")),
    ("organisation", cues(r"\borgani[sz]ation\b", r"\bwho (?:do )?you work for\b")),
    ("role", cues(r"\b(?:job title|role|post|position)\b")),
    ("email", cues(r"\be-?mail address\b")),
)


def find_answers(text: str, pieces: Sequence[Piece]) -> tuple[Labelled, ...]:
    """What was written between quoted lines, each under the field that the question right above
    it asks for. Empty where nothing was: text above or below a quote answers no question; but
    where others were answered in between, the first lines below the last one do."""
    found: list[Labelled] = []
    for before, piece, after in zip(pieces, pieces[1:], (*pieces[2:], None), strict=False):
        is_last = after is None or after.kind is not PieceKind.QUOTED
        is_between = before.kind is PieceKind.QUOTED and (not is_last or bool(found))
        answer = text[piece.start : piece.end]
        if is_last:
            front = len(answer) - len(answer.lstrip("\n"))
            answer = answer[: front + len(answer[front:].split("\n\n")[0])]
        if piece.kind is not PieceKind.NEW or not is_between or not answer.strip():
            continue
        question = _question(text[before.start : before.end])
        field = _field_asked(question)
        if field is not None:
            found.append(
                Labelled(field, question[:100], split_lines(answer.rstrip("\n"), piece.start))
            )
    return tuple(found)


def _question(quoted: str) -> str:
    """The last paragraph of quoted text: what the answer below it is for."""
    lines = [strip_all_quotes(Line(line, 0)) for line in quoted.split("\n")]
    found = paragraphs(lines)
    return found[-1].text if found else join_text(lines)


def _field_asked(question: str) -> str | None:
    known = field_of_label(question)
    if known is not None:
        return known
    text = question[:600]
    return next((field for field, pattern in _QUESTIONS if pattern.search(text)), None)
