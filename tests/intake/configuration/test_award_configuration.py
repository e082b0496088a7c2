"""The tables of an award: what they come to, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from intake.config import ConfigError, load_configuration
from storage.domain.award import DEFAULT_DETAILS, INTRODUCTIONS, Award, AwardDetail, DetailShape
from tests.support.configurations import COHORT, GRANT, write_configuration

AWARD = """
[programmes.ace.award]
chase_after_days = [5]
ends_on = 2022-03-31
introductions_at = 2021-11-08T09:00:00
"""
DETAIL = """
[[programmes.ace.award.details]]
key = "centre"
label = "Cost centre"
shape = "email"
required = false
"""
EVENT = """
[[programmes.ace.events]]
key = "workshop"
title = "A workshop"
starts_at = 2021-12-07T10:00:00
"""


def load(folder: Path, text: str):  # type: ignore[no-untyped-def]
    path = write_configuration(folder, 'data_folder = "data"\n' + text)
    return load_configuration(path, is_scratch=True).programmes[0]


def problems_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    return [" ".join(str(problem).split()) for problem in caught.value.problems]


def test_nothing_follows_an_award_unless_it_is_said(tmp_path: Path) -> None:
    programme = load(tmp_path, GRANT)

    assert (programme.award, programme.events) == (None, ())


def test_award_asks_for_the_usual_and_for_introductions_from_a_day_on(tmp_path: Path) -> None:
    award = load(tmp_path, GRANT + AWARD).award

    assert award == Award(
        chase_after_days=(5,),
        ends_on=date(2022, 3, 31),
        introductions_at=datetime(2021, 11, 8, 9, tzinfo=UTC),
    )
    assert award.asked == (*DEFAULT_DETAILS, INTRODUCTIONS)


def test_details_of_ones_own_stand_in_place_of_the_usual(tmp_path: Path) -> None:
    award = load(tmp_path, GRANT + AWARD + DETAIL).award

    own = AwardDetail("centre", "Cost centre", shape=DetailShape.EMAIL, is_required=False)
    assert award.details == (own,)
    assert award.finance_address({"centre": "a@b.example"}) == "a@b.example"


def test_event_stands_by_the_programmes_clock(tmp_path: Path) -> None:
    (event,) = load(tmp_path, GRANT + AWARD + EVENT).events

    assert event.starts_at == datetime(2021, 12, 7, 10, tzinfo=UTC)
    assert (event.length, event.invite_before) == (timedelta(hours=1), timedelta(days=28))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GRANT + EVENT, "an event, and nobody to invite to it"),
        (GRANT + COHORT + AWARD.replace("ace", "surrey500"), "a setting of a grant call"),
        (GRANT + AWARD.replace("[5]", "[10]"), "numbers below reply_within_days, which is 10"),
        (GRANT + AWARD + "starts_on = 2022-04-01\n", "a day after starts_on"),
        (GRANT + AWARD + DETAIL + DETAIL, '"centre" a second time'),
        (GRANT + AWARD + DETAIL.replace("centre", "introductions", 1), "introductions_at asks"),
        (
            GRANT + AWARD + DETAIL + DETAIL.replace("centre", "other", 1),
            'by which "centre" is known too',
        ),
        (
            GRANT + AWARD + DETAIL.replace("Cost centre", "Bank account number"),
            "asks for bank details by e-mail",
        ),
        (GRANT + AWARD + EVENT + EVENT, '"workshop" a second time'),
        (GRANT + AWARD + EVENT + 'areas = ["nowhere"]\n', 'the area "nowhere"'),
        (GRANT + AWARD + EVENT.replace("2021-12-07T10", "2022-03-27T01"), "no clock in"),
        (GRANT + AWARD.replace("2021-11-08T09", "2022-03-27T01"), "no clock in"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path: Path, text: str, told: str) -> None:
    problems = problems_of(tmp_path, text)

    assert any(told in problem for problem in problems), problems
