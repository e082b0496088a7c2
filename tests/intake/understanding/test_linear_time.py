"""Messages shaped to make a finder try every way to read them: they take no longer than others."""

import itertools
import time

import pytest

from intake.understanding.understand import understand
from tests.support.programmes import ACE, SURREY

_SIZES = (20_000, 40_000, 80_000)
_SECONDS = 2.0
"""Processor time for the largest; a usual message takes a hundredth."""
_DOUBLED = 3.0
"""How many times longer twice the text may take, where it takes long enough to be measured."""

_SHAPES = {
    "dots behind a valediction": ("Regards,\n", ".", "x"),
    "names in one labelled value": ("Name: ", "Ada Okafor, ", ""),
    "companies in one labelled value": ("Name: ", "Aa CIC, ", ""),
    "signatures one below another": ("Name: ", "Ada Okafor\nDirector\n07700 900123\n", ""),
    "one-letter lines": ("", "a\n", ""),
    "runs of capitals": ("We would work with partners such as the ", "North East ", "x"),
    "attributions": ("Yes.\n\n", "On Mon, 2 Aug 2021 at 11:12, ACE wrote:\n", ""),
    "header blocks": ("Fwd\n\n", "From: a\nSent: b\nTo: c\nSubject: d\n", "x"),
    "labels of no list": ("Fwd\n\n", "a: b@c.example\n", "x"),
    "separators without headers": ("Fwd\n\n", "----- Forwarded by\n", "x"),
    "headers on one line": ("Fwd\n\n", f"----- Forwarded message ----- {'De: ' * 300}\n", "x"),
    "nominees on one line": ("We nominate ", "Ada Okafor, Chair at ", "x"),
    "opened brackets": ("Kind regards\n", "(", "Ada"),
}


def _seconds(text: str) -> float:
    head = "From: Sam Hill <sam@actonadvice.example>\r\nSubject: Expression of interest\r\n\r\n"
    started = time.process_time()
    understand(f"{head}{text}".encode(), programmes=(ACE, SURREY))
    return time.process_time() - started


@pytest.mark.parametrize("shape", _SHAPES)
def test_reading_takes_time_in_step_with_the_length(shape: str) -> None:
    before, unit, behind = _SHAPES[shape]

    taken = [_seconds(before + (unit * (n // len(unit)))[:n] + behind) for n in _SIZES]

    assert taken[-1] <= _SECONDS
    for shorter, longer in itertools.pairwise(taken):
        assert longer < max(_DOUBLED * shorter, _SECONDS / 4)
