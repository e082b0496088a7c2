"""A slip in a programme's short name, which makes a programme of its own of one table: told as one
problem instead of everything that this programme lacks. Pure."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from intake.configuration.explaining import Origin
from intake.configuration.problems import Problem

ALIKE = 0.8
"""How alike two short names are at least for one to be a slip of the other."""

ALWAYS_SAID = frozenset({"name", "kind", "inbox"})
"""What every programme says of itself, in its first table."""


def find_slips(details: Sequence[ErrorDetails], programmes: Sequence[str]) -> Mapping[str, str]:
    """The short names that are most likely a slip, each with the one that is meant: a programme
    that says nothing of itself, beside one of nearly the same name that does."""
    lacking = {
        slug
        for slug in programmes
        if {("programmes", slug, key) for key in ALWAYS_SAID} <= _missing(details)
    }
    whole = [slug for slug in programmes if slug not in lacking]
    near = {slug: get_close_matches(slug, whole, n=1, cutoff=ALIKE) for slug in lacking}
    return {slug: found[0] for slug, found in near.items() if found}


def is_of_slip(
    detail: ErrorDetails, slips: Mapping[str, str], programmes: Mapping[str, object]
) -> bool:
    """Whether this error is only there because of a slip: what the wrong name lacks, and what the
    right one lacks because it stands under the wrong one."""
    path = detail["loc"]
    if detail["type"] != "missing" or len(path) != 3 or path[0] != "programmes":
        return False
    strayed = [
        name
        for slug, meant in slips.items()
        if meant == path[1] and isinstance(table := programmes[slug], dict)
        for name in table
    ]
    return path[1] in slips or path[2] in strayed


def explain_slip(slug: str, meant: str, table: object, origin: Origin) -> Problem:
    """The problem that stands for all of them, at the first thing in its `table`."""
    first = list(table)[:1] if isinstance(table, dict) else []
    file, line = origin(("programmes", slug, *first))
    return Problem(
        file,
        f"programmes.{slug}",
        "a programme that lacks its name, kind and inbox",
        f"programmes.{meant}, if that is what is meant",
        line,
    )


def _missing(details: Sequence[ErrorDetails]) -> set[tuple[str | int, ...]]:
    return {detail["loc"] for detail in details if detail["type"] == "missing"}
