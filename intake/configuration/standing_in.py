"""Values that stand in for needed settings that are missing or wrong, so that the checks between
settings can look at the rest. Pure: nothing is ever built from them."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from intake.configuration.explaining import dotted, find_field, plain_annotation
from intake.configuration.look import Key

_RESTS_ON = {
    "round": ("round",),
    "areas": ("areas", "nomination_leads", "rules"),
    "fields": ("fields", "rules"),
    "rules": ("rules",),
    "cohorts": ("cohorts", "places"),
    "mailbox": ("mailbox",),
    "transport": ("transport",),
}
"""Table of a programme → its settings that may look wrong only because something else is wrong."""


def stand_in(path: Sequence[str | int], model: type[BaseModel], number: int) -> object:
    """A value for the missing setting at `path`: a table to be filled, or what the setting allows
    and, with another `number`, no other setting has. None where there is no such value."""
    field, _ = find_field(model, path)
    if field is None:
        return None
    annotation = plain_annotation(field.annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {}
    allowed: TypeAdapter[object] = TypeAdapter(_annotated(field.annotation, field.metadata))
    word = f"standin{number}"
    candidates = (word, word.upper(), f"{word}@postroom.invalid", "cohort", *(field.examples or ()))
    return next((value for value in candidates if _is_allowed(value, allowed)), None)


def doubtful(set_aside: Sequence[Key]) -> frozenset[str]:
    """The dotted paths at or below which a problem may be there only because what stood at the
    paths of `set_aside` was taken out, or something stands in for it."""
    return frozenset(place for path in set_aside for place in _doubtful(path))


def is_doubtful(key: str, places: frozenset[str]) -> bool:
    """Whether the setting at the dotted path `key` is at or below one of `places`."""
    return any(key == place or key.startswith((f"{place}.", f"{place}[")) for place in places)


def _doubtful(path: Key) -> Iterator[str]:
    yield dotted(path)
    if path[0] == "programmes" and len(path) > 2:
        is_moment = len(path) == 3 or str(path[3]).endswith("_at")
        for name in _RESTS_ON.get(str(path[2]), ()):
            if name != "round" or is_moment:
                yield dotted((*path[:2], name))


def _annotated(annotation: Any, metadata: Sequence[Any]) -> Any:
    """A field's annotation with what pydantic keeps apart from it."""
    for item in metadata:
        annotation = Annotated[annotation, item]
    return annotation


def _is_allowed(value: object, allowed: TypeAdapter[object]) -> bool:
    try:
        allowed.validate_python(value)
    except ValidationError:
        return False
    return True
