"""A small year of the cohort programme, whole, and the judgement of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from intake.cli import app
from intake.commands.simulating.cohort.lives import Deed, Life
from intake.commands.simulating.cohort.page import report_of
from intake.commands.simulating.cohort.performance import Performance, Plan, perform
from intake.commands.simulating.correspondence import Arrival
from intake.commands.simulating.page import render_page
from storage.domain.letter import LetterKind
from tests.support.once import make_once

PLAN = Plan(seed=2, size=12, started=1)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def _play(folder: Path) -> Performance:
    return perform(PLAN, folder, lambda *_: None)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Performance:
    return make_once(tmp_path_factory, "cohorts", _play)


def letter_of(year: Performance, kind: LetterKind) -> Arrival:
    """The first letter of this kind."""
    known = year.judgement.known
    return next(x for x in year.judgement.arrivals if known[x.message_id].kind is kind)


def judged(year: Performance, *arrivals: Arrival) -> tuple[str, ...]:
    return replace(year.judgement, arrivals=arrivals).violations()


def test_every_letter_is_as_the_year_calls_for(year: Performance) -> None:
    assert year.violations == ()
    assert set(year.references) == {
        number for number, fate in year.fates.items() if fate.nomination.at <= year.season.ends_at
    }
    assert {happening.what for happening in year.happenings} >= {
        Deed.YES,
        Deed.NO,
        Deed.WITHDRAW,
        "automatic reply",
        "letter comes back",
        "advertisement",
        "asks who leads the nominations",
    }
    assert {letter.kind for letter in year.letters} >= {
        LetterKind.PLACE_OFFER,
        LetterKind.WAITING_LIST,
        LetterKind.JOINING_INSTRUCTIONS,
        LetterKind.COHORT_REMINDER,
        LetterKind.NOMINATION_OUTCOME,
        LetterKind.NOMINATION_PICTURE,
        LetterKind.LEAD_ANSWER,
    }


@pytest.mark.parametrize(
    "kind",
    [
        LetterKind.NOMINATION_RECEIPT,
        LetterKind.PLACE_INVITATION,
        LetterKind.PLACE_OFFER,
        LetterKind.PLACE_CHASE,
        LetterKind.PLACE_CONFIRMED,
        LetterKind.WAITING_LIST,
        LetterKind.JOINING_INSTRUCTIONS,
        LetterKind.COHORT_REMINDER,
        LetterKind.NOMINATION_OUTCOME,
        LetterKind.NOMINATION_PICTURE,
        LetterKind.LEAD_ANSWER,
        LetterKind.WITHDRAWAL_CONFIRMATION,
        LetterKind.DIGEST,
    ],
)
def test_missing_letter_is_noticed(year: Performance, kind: LetterKind) -> None:
    gone = letter_of(year, kind)

    violations = judged(year, *(x for x in year.judgement.arrivals if x is not gone))

    assert any("did not get " + kind.replace("_", " ") in one for one in violations)


def test_letter_that_comes_twice_is_noticed(year: Performance) -> None:
    offer = letter_of(year, LetterKind.PLACE_INVITATION)
    again = replace(offer, message_id="<another@postroom.example>")
    known = {**year.judgement.known, again.message_id: year.judgement.known[offer.message_id]}
    doubled = replace(year.judgement, arrivals=(*year.judgement.arrivals, again), known=known)

    assert any("arrived twice" in one for one in judged(year, *year.judgement.arrivals, offer))
    assert any("ought not to have got place invitation" in x for x in doubled.violations())


@pytest.mark.parametrize(
    "changed",
    [
        lambda one, _: replace(one, at=one.at - timedelta(days=1)),
        lambda one, other: replace(one, recipients=(other,)),
        lambda one, _: replace(
            one,
            subject=one.subject.replace("cohort 1", "cohort 9"),
            text=one.text.replace("cohort 1", "cohort 9"),
        ),
    ],
    ids=["early", "misdirected", "another cohort"],
)
def test_letter_that_is_not_as_it_must_be_is_noticed(
    year: Performance, changed: Callable[[Arrival, str], Arrival]
) -> None:
    offer = letter_of(year, LetterKind.PLACE_INVITATION)
    other = next(one.email for one in year.cast.nominees if one.email not in offer.recipients)
    others = [x for x in year.judgement.arrivals if x is not offer]

    violations = judged(year, *others, changed(offer, other))

    assert any("did not get place invitation" in one for one in violations)
    assert any("ought not to have got place invitation" in one for one in violations)


def test_lead_who_reads_of_another_areas_nominees_is_noticed(year: Performance) -> None:
    kind = LetterKind.NOMINATION_PICTURE
    pictures = [
        x for x in year.judgement.arrivals if year.judgement.known[x.message_id].kind is kind
    ]
    own, other = next(
        (one, other) for one, other in pairwise(pictures) if one.recipients != other.recipients
    )

    others = [x for x in year.judgement.arrivals if x is not own]

    violations = judged(year, *others, replace(own, text=other.text))

    assert any("people of other areas" in one for one in violations)


def test_limit_that_is_exceeded_is_noticed(year: Performance) -> None:
    """Everybody who waits is told of a place in the first cohort, which is full."""
    known, arrivals = dict(year.judgement.known), list[Arrival]()
    offer = letter_of(year, LetterKind.PLACE_INVITATION)
    for number, letter in enumerate(year.judgement.arrivals):
        arrivals.append(letter)
        told = known[letter.message_id]
        if told.kind is LetterKind.WAITING_LIST:
            name = f"<{number}@postroom.example>"
            known[name] = replace(told, kind=LetterKind.PLACE_INVITATION)
            arrivals.append(replace(offer, at=letter.at, message_id=name))

    violations = replace(year.judgement, arrivals=tuple(arrivals), known=known).violations()

    assert any("people have places in" in one for one in violations)


def test_page_shows_everybody(year: Performance) -> None:
    page = report_of(year).page

    html = render_page(page, seconds=1)

    assert html.count('class="case ') == len(year.cast.nominees)
    assert "Every letter is as the year calls for" in html
    assert Life.STEPS_BACK in html


def test_command_tells_the_same_year(year: Performance, tmp_path: Path) -> None:
    options = ["--seed", "2", "--messages", "12", "--cohorts", "1", "--into", str(tmp_path)]

    result = CliRunner().invoke(app, ["simulate", "surrey500", *options, "--json"])

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["digest"] == year.digest
    assert told["violations"] == []
    assert told["nominees"] == len(year.cast.nominees)
