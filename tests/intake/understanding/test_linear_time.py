"""Messages shaped to make a finder try every way to read them: they take no longer than others."""

import itertools
import time

import pytest

from intake.understanding.understand import understand
from tests.support.bombs import SHAPES
from tests.support.programmes import ACE, SURREY
from tests.support.slow import slow_among

_SIZES = (20_000, 40_000, 80_000)
_SECONDS = 6.0
"""Processor time for the largest, on a slow machine; a usual message takes a hundredth."""
_TOO_SHORT = 0.5
"""Seconds below which a time says nothing of how it grows."""
_DOUBLED = 3.0
"""How many times longer twice the text may take, where it takes long enough to be measured."""
_SLOW = (
    "headers on one line",
    "labels of no list",
    "one-letter lines",
    "separators without headers",
    "signatures one below another",
)
"""Shapes that take more than a second."""


def _seconds(text: str) -> float:
    head = "From: Sam Hill <sam@actonadvice.example>\r\nSubject: Expression of interest\r\n\r\n"
    started = time.process_time()
    understand(f"{head}{text}".encode(), programmes=(ACE, SURREY))
    return time.process_time() - started


def _is_in_step(taken: list[float]) -> bool:
    pairs = itertools.pairwise(taken)
    return all(longer < max(_DOUBLED * shorter, _TOO_SHORT) for shorter, longer in pairs)


@pytest.mark.parametrize("shape", slow_among(SHAPES, _SLOW))
def test_reading_takes_time_in_step_with_the_length(shape: str) -> None:
    """Measured again where it isn't, at most twice: what else a machine does takes time too."""
    before, unit, behind = SHAPES[shape]
    texts = [before + (unit * (n // len(unit)))[:n] + behind for n in _SIZES]

    taken = [_seconds(text) for text in texts]
    for _ in range(2):
        if not _is_in_step(taken):
            taken = [min(known, _seconds(t)) for known, t in zip(taken, texts, strict=True)]

    assert taken[-1] <= _SECONDS
    assert _is_in_step(taken), taken
