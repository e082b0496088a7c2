"""Pure: what the templates of one letter may say, and the samples to try them with."""

from collections.abc import Iterator, Sequence

from responders.award_vocabulary import OF_AWARD
from responders.kinds.base import Value, Values
from responders.organisers_vocabulary import OF_ORGANISERS
from responders.panel_vocabulary import OF_PANEL
from responders.places_vocabulary import OF_PLACES
from responders.unasked_vocabulary import OF_UNASKED
from responders.vocabulary import ANSWERING, EVERYWHERE, OF_ANSWERS, Placeholder, Shape
from storage.domain.letter import LetterKind
from storage.domain.programme import CustomField

OF_KIND = {
    **OF_ANSWERS,
    **OF_UNASKED,
    **OF_PLACES,
    **OF_ORGANISERS,
    **OF_PANEL,
    **OF_AWARD,
}
"""What only the templates of one kind may say."""


def placeholders_of(
    kind: LetterKind, fields: Sequence[CustomField] = ()
) -> tuple[Placeholder, ...]:
    """Every placeholder that a template of this kind may use; `fields` are the programme's own."""
    own = tuple(
        Placeholder(
            f"case.custom.{field.key}",
            field.label,
            field.choices[0] if field.choices else "as it was told",
            may_be_empty=True,
        )
        for field in fields
    )
    answering = ANSWERING if kind.answers_message else ()
    return EVERYWHERE + answering + own + OF_KIND[kind]


def samples_of(
    kind: LetterKind,
    fields: Sequence[CustomField] = (),
    *,
    bare: bool = False,
    contrary: bool = False,
) -> Values:
    """Values for a preview. `bare`: what may be empty is; `contrary`: flags are turned round, and
    what may be empty of a list's items is."""
    values: Values = {}
    for placeholder in placeholders_of(kind, fields):
        value = placeholder.sample
        if bare and placeholder.may_be_empty:
            value = _EMPTY.get(placeholder.shape)
        if contrary and placeholder.shape is Shape.FLAG:
            value = not value
        if contrary and isinstance(value, list):
            value = [_emptied(item, placeholder) for item in value]
        _put(values, placeholder.name, value)
    return values


_EMPTY: dict[Shape, Value] = {Shape.LIST: [], Shape.NUMBER: 0}


def _emptied(item: Value, placeholder: Placeholder) -> Value:
    """An item of the list with nothing in those of its words that may be empty."""
    if not isinstance(item, dict):
        return item
    words = (word for word in placeholder.items if word.may_be_empty)
    return item | {word.name: _EMPTY.get(word.shape) for word in words}


def _put(values: Values, name: str, value: Value) -> None:
    group, _, rest = name.partition(".")
    if not rest:
        values[group] = value
        return
    inner = values.setdefault(group, {})
    if isinstance(inner, dict):
        _put(inner, rest, value)


def names_of(placeholders: tuple[Placeholder, ...]) -> Iterator[str]:
    """Dotted names, those of a list's items as `nominees[].name`."""
    for placeholder in placeholders:
        yield placeholder.name
        yield from (f"{placeholder.name}[].{item.name}" for item in placeholder.items)
