"""A simulated year whose process is killed at random moments: the same letters all the same."""

import os
from pathlib import Path

import pytest

from intake.commands.simulating.cohort import performance as cohort
from intake.commands.simulating.grant import performance as grant

KILLS = int(os.environ.get("FAULT_KILLS", "8" if os.environ.get("CI") else "2"))
APPLICANTS = 5
NOMINATIONS = 5

pytestmark = pytest.mark.slow


@pytest.mark.timeout(900)
def test_year_is_as_it_must_be_however_often_the_process_dies(tmp_path: Path) -> None:
    plan = grant.Plan(seed=5, size=APPLICANTS, kills=KILLS)

    year = grant.perform(plan, tmp_path, lambda *_: None)

    assert year.kills == KILLS
    assert year.violations == ()


@pytest.mark.timeout(900)
def test_places_are_as_they_must_be_however_often_the_process_dies(tmp_path: Path) -> None:
    plan = cohort.Plan(seed=3, size=NOMINATIONS, kills=KILLS, started=1)

    year = cohort.perform(plan, tmp_path, lambda *_: None)

    assert year.kills == KILLS
    assert year.violations == ()
