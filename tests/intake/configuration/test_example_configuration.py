"""The example configuration: it loads, and it is the two programmes that the tests run."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.config import Configuration, example_path, load_configuration
from storage.domain.programme import Programme, ProgrammeKind
from tests.support.programmes import PROGRAMMES


@pytest.fixture
def example(tmp_path: Path) -> Configuration:
    copy = tmp_path / "config.toml"
    copy.write_bytes(example_path().read_bytes())
    return load_configuration(copy)


def get(configuration: Configuration, slug: str) -> Programme:
    return next(p for p in configuration.programmes if p.slug == slug)


def test_example_has_the_programmes_of_the_tests(example: Configuration) -> None:
    for ours in PROGRAMMES:
        theirs = get(example, ours.slug)
        assert (theirs.kind, theirs.inbox, theirs.reference_prefix, theirs.zone) == (
            ours.kind,
            ours.inbox,
            ours.reference_prefix,
            ours.zone,
        )
        assert (theirs.round.key, theirs.round.opens_at, theirs.round.closes_at) == (
            ours.round.key,
            ours.round.opens_at,
            ours.round.closes_at,
        )
        assert [area.key for area in theirs.areas] == [area.key for area in ours.areas]
        assert [a.name for a in theirs.areas] == [a.name for a in ours.areas]
        assert theirs.cohorts == ours.cohorts
        assert (theirs.amount, theirs.awards, theirs.awards_per_area, theirs.places) == (
            ours.amount,
            ours.awards,
            ours.awards_per_area,
            ours.places,
        )
        assert theirs.person == ours.person


def test_example_ace_is_complete(example: Configuration) -> None:
    ace = get(example, "ace")

    assert ace.kind is ProgrammeKind.GRANT
    assert ace.round.opens_at == datetime(2021, 7, 5, 8, tzinfo=UTC)
    assert ace.round.closes_at == datetime(2021, 8, 20, 16, tzinfo=UTC)
    assert ace.round.outcomes_at == datetime(2021, 9, 27, 8, tzinfo=UTC)
    assert [area.aliases[0] for area in ace.areas] == ["NCL", "NEL", "NWL", "SEL", "SWL"]
    assert [criterion.weight for criterion in ace.criteria] == [1.0, 1.5, 1.0, 1.0, 1.0, 1.0]
    assert len({criterion.key for criterion in ace.criteria}) == 6
    assert all(criterion.solid and criterion.strong for criterion in ace.criteria)
    assert all(question.max_words for question in ace.questions)
    assert ace.introduction.endswith("up to £20,000 for each project.")
    assert "\n" not in ace.introduction


def test_example_surrey_has_a_nomination_lead_for_each_partnership(example: Configuration) -> None:
    surrey = get(example, "surrey500")

    assert all(area.nomination_lead for area in surrey.areas)
    assert sum(cohort.places for cohort in surrey.cohorts) == surrey.places == 500


def test_example_areas_have_many_places_of_their_own(example: Configuration) -> None:
    for programme in example.programmes:
        places = [place.casefold() for area in programme.areas for place in area.places]
        assert len(places) == len(set(places))
        assert all(len(area.places) >= 20 for area in programme.areas)


def test_example_places_the_boroughs_that_the_tests_know(example: Configuration) -> None:
    """What both lists know, they place alike."""
    for ours in PROGRAMMES:
        theirs = {
            place.casefold(): area.key
            for area in get(example, ours.slug).areas
            for place in area.places
        }
        known = {place.casefold(): area.key for area in ours.areas for place in area.places}
        common = theirs.keys() & known.keys()
        assert {p: theirs[p] for p in common} == {p: known[p] for p in common}
        assert len(common) > 20


def test_example_reaches_nobody_outside_and_trusts_its_own_servers(example: Configuration) -> None:
    assert example.delivery.only_to == ("@leadership.nhs.example", "@heartlands.nhs.example")
    assert example.delivery.per_minute == 30
    assert example.trusted_authserv_ids == {
        "mx2.leadership.nhs.example",
        "mailgate.heartlands.nhs.example",
    }
    assert example.poll == timedelta(minutes=1)


def test_example_mailboxes_are_named_by_their_inboxes(example: Configuration) -> None:
    names = {slug: account.name for slug, account in example.mailboxes.items()}

    assert names == {p.slug: p.inbox for p in example.programmes}
    assert set(example.transports) == set(names)
