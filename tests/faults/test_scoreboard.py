"""Every row of the scoreboard in its small form; `make faults` measures them in full."""

import pytest

from tests.conftest import need
from tests.faults.board import ROWS, Size, run
from tests.support.dovecot import PROGRAM
from tests.support.postgres import find_programs
from tests.support.slow import slow_among

ON_SERVERS = {"R1", "R2", "R3", "R5", "R6", "R11"}

ELSEWHERE = {"R6", "R9", "S1", "S10"}
"""Rows that stand on other tests, which run anyway."""

SLOW = {"R1", "R2", "R3", "R5", "R8", "R11", "S3", "S8", "S9"}
"""Two seconds and more, for they start servers and processes and kill them."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "key", slow_among([row.key for row in ROWS if row.key not in ELSEWHERE], SLOW)
)
def test_row(key: str) -> None:
    if key in ON_SERVERS:
        need(PROGRAM.exists(), "Dovecot")
        need(find_programs(), "PostgreSQL")
    measured = run(key, Size.SMALL).measured

    bad = [str(figure) for figure in measured.figures if not figure.is_good]
    assert measured.is_good, (bad, measured.notes)
