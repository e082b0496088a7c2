"""The watch: what counts as trouble, and that it is noticed once and ended once."""

from datetime import timedelta

from sqlmodel import Session

from storage import events, programmes, watches
from storage.database import Database
from storage.domain.watch import Limits, Observation, Pulse, Sign, TroubleKind, signs_of
from tests.support.ledger import MONDAY
from tests.support.programmes import ACE, SURREY

MINUTE = timedelta(minutes=1)
MB = 2**20
LIMITS = Limits()


def kinds_of(seen: Observation, after: timedelta = timedelta(0), **told: object) -> list[str]:
    return [sign.kind for sign in signs_of(seen, LIMITS, MONDAY + after, **told)]  # type: ignore[arg-type]


def test_failing_for_a_while_is_no_trouble() -> None:
    failing = {"ace": Pulse(None, MONDAY, "no answer")}

    assert kinds_of(Observation(reading=failing), 14 * MINUTE) == []
    assert kinds_of(Observation(reading=failing), 15 * MINUTE) == ["reading_stopped"]
    assert kinds_of(Observation(sending=failing), 15 * MINUTE) == ["sending_stopped"]
    assert signs_of(Observation(reading=failing), LIMITS, MONDAY + 15 * MINUTE) == (
        Sign(TroubleKind.READING_STOPPED, "ace", MONDAY, "no answer"),
    )


def test_a_token_is_trouble_before_it_ends() -> None:
    ends = Observation(tokens={"ace": MONDAY + 10 * MINUTE})

    assert kinds_of(ends) == []
    assert kinds_of(ends, MINUTE) == ["token_ending"]
    assert kinds_of(ends, 60 * MINUTE) == ["token_ending"]


def test_a_disk_is_well_again_only_with_some_room_to_spare() -> None:
    known = (TroubleKind.DISK_NEARLY_FULL,)

    assert kinds_of(Observation(disk_free=499 * MB)) == ["disk_nearly_full"]
    assert kinds_of(Observation(disk_free=510 * MB)) == []
    assert kinds_of(Observation(disk_free=510 * MB), known=known) == ["disk_nearly_full"]
    assert kinds_of(Observation(disk_free=600 * MB), known=known) == []
    assert kinds_of(Observation()) == []


def test_the_breaker_is_trouble_while_it_holds() -> None:
    assert kinds_of(Observation(is_breaker_open=True)) == ["breaker_tripped"]


def test_a_failure_keeps_its_beginning_and_an_idle_success_is_not_written() -> None:
    first = watches.news_of({}, {"read/ace": "no answer"}, MONDAY)
    assert first == {"read/ace": Pulse(None, MONDAY, "no answer")}
    assert watches.news_of(first, {"read/ace": "still none"}, MONDAY + MINUTE) == {}

    well = watches.news_of(first, {"read/ace": None}, MONDAY + 2 * MINUTE)
    assert well == {"read/ace": Pulse(MONDAY + 2 * MINUTE)}
    soon = MONDAY + 2 * MINUTE + timedelta(seconds=10)
    assert watches.news_of(well, {"read/ace": None}, soon) == {}
    later = watches.news_of(well, {"read/ace": None}, MONDAY + 3 * MINUTE)
    assert later == {"read/ace": Pulse(MONDAY + 3 * MINUTE)}

    failed = watches.news_of(well, {"read/ace": "gone"}, MONDAY + 3 * MINUTE)
    assert failed == {"read/ace": Pulse(MONDAY + 2 * MINUTE, MONDAY + 3 * MINUTE, "gone")}


def test_pulses_are_kept_by_name(database: Database) -> None:
    told = {"read/ace": Pulse(MONDAY), "send/ace": Pulse(None, MONDAY, "421 busy")}
    with database.writing() as session:
        watches.note_pulses(session, told)
        watches.note_pulses(session, {"read/ace": Pulse(MONDAY + MINUTE)})
        found = watches.pulses(session)

    assert found == told | {"read/ace": Pulse(MONDAY + MINUTE)}
    assert watches.of_programmes(found, watches.SENDING) == {"ace": told["send/ace"]}


def attention(session: Session, slug: str) -> bool:
    return slug in programmes.wanting_attention(session, MONDAY + MINUTE)


def test_trouble_is_noticed_once_and_wakes_whom_it_concerns(database: Database) -> None:
    reading = Sign(TroubleKind.READING_STOPPED, "ace", MONDAY, "no answer")
    disk = Sign(TroubleKind.DISK_NEARLY_FULL, None, MONDAY, "3 MB are free")
    with database.writing() as session:
        for programme in (ACE, SURREY):
            programmes.watch(session, programme, MONDAY)
            programmes.set_attention(session, programme.slug, None)
        assert watches.differs((), [reading])
        watches.observe(session, [reading], MONDAY)
        watches.observe(session, [reading], MONDAY + MINUTE)

        assert (attention(session, "ace"), attention(session, "surrey500")) == (True, False)
        (trouble,) = watches.open_troubles(session)
        assert (trouble.began_at, trouble.noticed_at, trouble.reason) == (
            MONDAY,
            MONDAY,
            "no answer",
        )
        assert not watches.differs([trouble], [reading])
        watches.observe(session, [reading, disk], MONDAY + MINUTE)
        assert attention(session, "surrey500")


def test_trouble_is_over_once_and_may_come_again(database: Database) -> None:
    sign = Sign(TroubleKind.READING_STOPPED, "ace", MONDAY, "no answer")
    with database.writing() as session:
        watches.observe(session, [sign], MONDAY)
        watches.observe(session, [], MONDAY + MINUTE)
        watches.observe(session, [], MONDAY + 2 * MINUTE)
        assert watches.open_troubles(session) == ()
        (over,) = watches.recent_troubles(session, "ace", MONDAY)
        assert over.ended_at == MONDAY + MINUTE
        assert watches.recent_troubles(session, "surrey500", MONDAY) == ()
        assert watches.recent_troubles(session, "ace", MONDAY + MINUTE) == ()

        watches.observe(session, [sign], MONDAY + 3 * MINUTE)
        assert len(watches.recent_troubles(session, "ace", MONDAY)) == 2
        told = [event.what for event in events.of_programme(session, "ace")]
    assert told == ["trouble_noticed", "trouble_over", "trouble_noticed"]
