"""The people of a simulated year: by the seed, all different, and read as they mean it."""

from collections import Counter

import pytest

from intake.commands.simulating.envelopes import post
from intake.commands.simulating.grant.cast import QUOTAS, WHOLE, Person, Voice, make_cast
from intake.commands.simulating.grant.lives import Deed
from intake.commands.simulating.grant.season import make_season
from intake.commands.simulating.grant.voices import express
from intake.commands.simulating.parts import read_parts
from intake.config import example_path, load_configuration
from intake.understanding.understand import understand
from storage.domain.message import MessageKind

EXAMPLE = load_configuration(example_path(), is_scratch=True)
ACE = EXAMPLE.programmes[0]
SEASON = make_season(ACE)


def cast(seed: int, size: int = WHOLE) -> tuple[Person, ...]:
    return make_cast(ACE, SEASON, parts=read_parts(), seed=seed, size=size)


def test_seed_decides_everybody() -> None:
    assert cast(5) == cast(5)
    assert cast(5) != cast(6)


@pytest.mark.parametrize("seed", range(20))
def test_whole_year_has_what_it_promises(seed: int) -> None:
    people = cast(seed)
    forms = [act for p in people for act in p.acts if act.deed is Deed.FORM]

    assert len(people) == WHOLE >= 60
    assert len(forms) >= 35
    assert Counter(p.life for p in people) == dict(QUOTAS)
    assert len({p.area for p in people}) == 5
    assert len({p.email for p in people}) == len({p.name for p in people}) == WHOLE
    assert len({p.phone for p in people}) == len({p.paragraphs for p in people}) == WHOLE
    assert len({p.merit for p in people}) == WHOLE


def test_small_year_has_one_of_each_of_the_first_lives() -> None:
    assert [p.life for p in cast(1, 12)] == [life for life, _ in QUOTAS[:12]]


@pytest.mark.parametrize("voice", Voice)
def test_expression_is_read_in_every_voice(voice: Voice) -> None:
    person = next(p for p in cast(2) if p.voice is voice)
    raw = post(express(person), to=ACE.inbox, at=SEASON.opens_at)

    read = understand(
        raw,
        programmes=[ACE],
        fallback=ACE,
        trusted_authserv_ids=EXAMPLE.trusted_authserv_ids,
    ).understanding

    assert (read.verdict.kind, read.verdict.hold) == (MessageKind.EXPRESSION, None)
    assert (read.contact.name, read.contact.email) == (person.name, person.email)
    assert read.area == person.area
    assert read.summary is not None
    assert read.answer_to is not None
    assert read.answer_to.email in person.addresses
