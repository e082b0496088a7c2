"""A simulated year whose process is killed at random moments: the same letters all the same."""

import os
from pathlib import Path

import pytest

from intake.commands.simulating.grant.performance import Plan, perform

KILLS = int(os.environ.get("FAULT_KILLS", "8" if os.environ.get("CI") else "2"))
APPLICANTS = 5


@pytest.mark.timeout(900)
def test_year_is_as_it_must_be_however_often_the_process_dies(tmp_path: Path) -> None:
    year = perform(Plan(seed=5, size=APPLICANTS, kills=KILLS), tmp_path, lambda *_: None)

    assert year.kills == KILLS
    assert year.violations == ()
