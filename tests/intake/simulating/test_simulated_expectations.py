"""What the script of one person calls for, told as (day and time, kind of letter)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from intake.commands.simulating.grant.cast import Person, make_cast
from intake.commands.simulating.grant.diary import Diary, Told
from intake.commands.simulating.grant.expectations import (
    expect,
    expect_of_organiser,
)
from intake.commands.simulating.grant.lives import Act, Deed, Life
from intake.commands.simulating.grant.season import make_season
from intake.commands.simulating.oracle import Expected
from intake.commands.simulating.parts import read_parts
from intake.config import example_path, load_configuration
from storage.domain.decision import Outcome
from storage.domain.programme import DigestRhythm

ACE = load_configuration(example_path(), is_scratch=True).programmes[0]
SEASON = make_season(ACE)
SOMEBODY = make_cast(ACE, SEASON, parts=read_parts(), seed=1, size=1)[0]
NOTICE = ("16 Aug 15:10", "extension_notice")


def on(day: str, clock: str = "12:00") -> datetime:
    return datetime.strptime(f"{day} 2021 {clock}", "%d %b %Y %H:%M").replace(tzinfo=SEASON.zone)


def who(*acts: tuple[datetime, Deed], life: Life = Life.STEADY) -> Person:
    return replace(SOMEBODY, life=life, acts=tuple(Act(at, deed) for at, deed in acts))


def diary() -> Diary:
    return Diary(begins_at=SEASON.opens_at)


def letters(person: Person, known: Diary | None = None) -> list[tuple[str, str]]:
    return told(expect(person, ACE, season=SEASON, diary=known or diary()))


def told(expected: Iterable[Expected]) -> list[tuple[str, str]]:
    return [(f"{one.at:%-d %b %H:%M}", one.kind.value) for one in expected]


REMINDED = [
    ("6 Aug 09:00", "deadline_reminder"),
    ("13 Aug 09:00", "deadline_reminder"),
    NOTICE,
    ("20 Aug 09:00", "deadline_reminder"),
    ("25 Aug 09:00", "deadline_reminder"),
]


def test_silence_is_reminded_of_the_closing_that_holds() -> None:
    person = who((on("12 Jul"), Deed.EXPRESS))

    assert letters(person) == [("12 Jul 12:00", "application_pack"), *REMINDED]


def test_no_reminder_after_the_form_the_withdrawal_or_a_letter_that_came_back() -> None:
    came = (on("12 Jul"), Deed.EXPRESS)
    bounced = replace(diary(), came_back={SOMEBODY.number: on("7 Aug")})

    after_form = letters(who(came, (on("10 Aug"), Deed.FORM)))
    after_withdrawal = letters(who(came, (on("10 Aug"), Deed.WITHDRAW)))
    after_bounce = letters(who(came), bounced)

    first = ("6 Aug 09:00", "deadline_reminder")
    pack = ("12 Jul 12:00", "application_pack")
    assert after_form == [pack, first, ("10 Aug 12:00", "application_receipt"), NOTICE]
    assert after_withdrawal == [pack, first, ("10 Aug 12:00", "withdrawal_confirmation")]
    assert after_bounce == [pack, first]


def test_whoever_was_too_early_gets_the_pack_on_the_opening_day() -> None:
    person = who((on("2 Jul"), Deed.EXPRESS), (on("5 Aug"), Deed.FORM))

    assert letters(person)[:2] == [
        ("2 Jul 12:00", "not_yet_open"),
        ("5 Jul 09:00", "application_pack"),
    ]


@pytest.mark.parametrize(
    ("minutes", "kind"),
    [(0, "application_receipt"), (15, "application_receipt"), (16, "late_receipt")],
)
def test_form_is_late_behind_the_grace(minutes: int, kind: str) -> None:
    at = SEASON.extended_to + timedelta(minutes=minutes)
    person = who((on("12 Jul"), Deed.EXPRESS), (at, Deed.FORM))

    assert letters(person)[-1][1] == kind


def test_more_time_for_one_case_has_reminders_of_its_own() -> None:
    person = who((on("12 Jul"), Deed.EXPRESS), (on("1 Sep"), Deed.FORM), life=Life.EXTENDED)

    assert letters(person)[-4:] == [
        ("24 Aug 11:25", "extension_notice"),
        ("26 Aug 09:00", "deadline_reminder"),
        ("31 Aug 09:00", "deadline_reminder"),
        ("1 Sep 12:00", "application_receipt"),
    ]


def test_whoever_is_funded_is_asked_again_until_they_write() -> None:
    person = who((on("12 Jul"), Deed.EXPRESS), (on("5 Aug"), Deed.FORM))
    known = replace(
        diary(),
        told={person.number: (Told(SEASON.outcomes_at, Outcome.FUNDED),)},
        later={person.number: (Act(on("1 Oct"), Deed.CONFIRM),)},
    )

    of_outcome = [one for one in letters(person, known) if one[1].startswith("outcome")]
    assert of_outcome == [("27 Sep 09:00", "outcome_funded"), ("30 Sep 09:00", "outcome_chase")]


def test_award_goes_on_from_the_yes_to_the_copy_that_both_signed() -> None:
    """They are chased for the details and the signature, and introduced to somebody."""
    person = who((on("12 Jul"), Deed.EXPRESS), (on("5 Aug"), Deed.FORM))
    deeds = (Deed.CONFIRM, Deed.TELL_SOME, Deed.TELL_DETAILS, Deed.SIGN)
    days = ("28 Sep", "6 Oct", "7 Oct", "15 Oct")
    known = replace(
        diary(),
        told={person.number: (Told(SEASON.outcomes_at, Outcome.FUNDED),)},
        later={person.number: tuple(Act(on(d), deed) for d, deed in zip(days, deeds, strict=True))},
        agreed={person.number: (on("6 Oct"), person.email), 999: (on("5 Oct"), "x@y.example")},
        countersigned={person.number: on("15 Oct", "15:20")},
    )

    assert letters(person, known)[-12:] == [
        ("27 Sep 09:00", "outcome_funded"),
        ("28 Sep 12:00", "award_details"),
        ("5 Oct 12:00", "award_chase"),
        ("6 Oct 12:00", "award_receipt"),
        ("7 Oct 12:00", "award_receipt"),
        ("7 Oct 12:00", "mou"),
        ("14 Oct 12:00", "mou_chase"),
        ("15 Oct 12:00", "mou_receipt"),
        ("15 Oct 15:20", "mou_countersigned"),
        ("21 Oct 14:00", "invitation"),
        ("2 Nov 10:00", "invitation"),
        ("8 Nov 09:00", "introduction"),
    ]


def test_whoever_steps_back_before_the_outcome_is_told_none() -> None:
    person = who(
        (on("12 Jul"), Deed.EXPRESS), (on("5 Aug"), Deed.FORM), (on("26 Sep"), Deed.WITHDRAW)
    )
    known = replace(diary(), told={person.number: (Told(SEASON.outcomes_at, Outcome.FUNDED),)})

    assert letters(person, known)[-1] == ("26 Sep 12:00", "withdrawal_confirmation")


def test_weekly_digest_comes_on_the_working_day_after_a_bank_holiday() -> None:
    organiser = replace(ACE.organisers[0], digest=DigestRhythm.WEEKLY)

    found = told(expect_of_organiser(organiser, ACE, season=SEASON, diary=diary()))

    assert [day for day, kind in found if kind == "digest"][6:9] == [
        "23 Aug 08:00",
        "31 Aug 08:00",
        "6 Sep 08:00",
    ]
    assert ("27 Aug 17:15", "closing_notice") in found
