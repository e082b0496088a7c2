"""The letters of a real record, written as the templates word them now and thrown away: which of
them would fail, and over which value. Nothing is stored or sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from responders.errors import ResponderError
from responders.kinds import KINDS, get_kind
from responders.kinds.base import Value, Values, tell_case
from responders.placeholders import placeholders_of
from responders.planner import UNFORESEEN
from responders.rendering import Renderer
from storage.domain.letter import Due, LetterKind
from storage.domain.programme import CustomField
from storage.domain.situation import Situation


@dataclass(frozen=True, slots=True)
class Tried:
    """One letter that was tried. `problem` is why it could not be written, None where it could;
    `empty` names the placeholders that have no value here."""

    kind: LetterKind
    problem: str | None = None
    empty: tuple[str, ...] = ()


def try_letters(renderer: Renderer, s: Situation) -> Iterator[Tried]:
    """The newest letter of each kind that was written here, once more, then every kind that nobody
    has to ask for and that may still come."""
    written = {letter.kind: letter for letter in s.letters if not letter.is_left_out}
    for letter in written.values():
        before = tuple(one for one in s.letters if one.id < letter.id)
        yield _try(renderer, replace(s, letters=before), letter.due)
    for one in KINDS if s.case is not None else ():
        if one.kind in written or one.kind.answers_message:
            continue
        due = tell_case(s, one.kind, "/preview")
        if due is not None and _is_possible(s, due):
            yield _try(renderer, s, due)


def _is_possible(s: Situation, due: Due) -> bool:
    """False for a letter of which nothing is known yet, such as an outcome before any was told."""
    try:
        get_kind(due.kind).values(s, due)
    except UNFORESEEN:
        return False
    return True


def _try(renderer: Renderer, s: Situation, due: Due) -> Tried:
    try:
        values = get_kind(due.kind).values(s, due)
        renderer.preview(s, due)
    except ResponderError as error:
        return Tried(due.kind, str(error), _empty(due.kind, s.programme.fields, values))
    except UNFORESEEN as error:
        return Tried(due.kind, f"its values can't be told ({type(error).__name__})")
    return Tried(due.kind)


def _empty(kind: LetterKind, fields: Sequence[CustomField], values: Values) -> tuple[str, ...]:
    return tuple(
        placeholder.name
        for placeholder in placeholders_of(kind, fields)
        if _value(values, placeholder.name) is None
    )


def _value(values: Values, name: str) -> Value:
    value: Value = values
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value
