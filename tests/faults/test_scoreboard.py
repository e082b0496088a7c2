"""Every row of the scoreboard in its small form; `make faults` measures them in full."""

import pytest

from tests.conftest import need
from tests.faults.board import ROWS, Size, run
from tests.support.dovecot import PROGRAM
from tests.support.postgres import find_programs

ON_SERVERS = {"R1", "R2", "R3", "R5", "R6", "R11"}

ELSEWHERE = {"R6", "R9", "S1", "S10"}
"""Rows that stand on other tests, which run anyway."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("key", [row.key for row in ROWS if row.key not in ELSEWHERE])
def test_row(key: str) -> None:
    if key in ON_SERVERS:
        need(PROGRAM.exists(), "Dovecot")
        need(find_programs(), "PostgreSQL")
    measured = run(key, Size.SMALL).measured

    bad = [str(figure) for figure in measured.figures if not figure.is_good]
    assert measured.is_good, (bad, measured.notes)
