"""Cases of a test that take seconds by their nature, told apart from those of every day."""

from collections.abc import Collection, Iterable
from typing import TypeVar

import pytest
from _pytest.mark.structures import ParameterSet

T = TypeVar("T")


def slow_among(cases: Iterable[T], slow: Collection[T]) -> list[ParameterSet]:
    """All `cases` as parameters, those in `slow` marked so. Each of these must be a case."""
    found = list(cases)
    assert all(case in found for case in slow), slow
    return [pytest.param(case, marks=pytest.mark.slow if case in slow else ()) for case in found]
