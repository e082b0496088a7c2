"""Trouble from end to end: a mailbox or a server goes away and comes back, organisers are told."""

import base64
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.app import App
from intake.mailboxes.base import MaildirAccount
from intake.tokens import ends_at
from intake.watching import disk_free, token_ends
from responders.retry import OUTAGE_PAUSE
from storage import outbox, watches
from storage.domain.letter import Letter, LetterKind, LetterState
from storage.domain.people import Address
from storage.domain.programme import DigestRhythm, Organiser
from storage.domain.watch import Limits, TroubleKind
from tests.support.incoming import STORY, write_message
from tests.support.installations import Servers, make_installation
from tests.support.processes import free_port
from tests.support.smtp_recorder import SmtpRecorder

NOON = datetime(2021, 7, 12, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PRIYA = Organiser(Address("priya@leadership.nhs.example", "Priya Raman"), DigestRhythm.NEVER)
ALARMS = (LetterKind.WATCH_NOTICE, LetterKind.WATCH_ALL_CLEAR)


class House:
    """ACE on a Maildir and on a server that may be down, with one organiser."""

    def __init__(self, folder: Path) -> None:
        self.maildir, self.port = folder / "ace", free_port()
        for place in ("tmp", "new", "cur"):
            (self.maildir / place).mkdir(parents=True)
        base = make_installation(folder / "data", Servers(0, self.port, "", "x"))
        (programme,) = base.programmes
        account = MaildirAccount(name=programme.inbox, path=self.maildir)
        self.app = App(
            replace(
                base,
                programmes=(replace(programme, organisers=(PRIYA,)),),
                mailboxes={"ace": account},
            )
        )

    def put(self, name: str, raw: bytes) -> None:
        path = self.maildir / "new" / name
        path.write_bytes(raw)
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))

    def letters(self) -> list[Letter]:
        with self.app.database.reading() as session:
            return list(reversed(outbox.list_letters(session)))

    def alarms(self) -> list[tuple[str, str]]:
        return [(x.kind, x.state) for x in self.letters() if x.kind in ALARMS]

    def tick_from(self, start: datetime, minutes: int) -> None:
        """A tick every five minutes."""
        for passed in range(0, minutes + 1, 5):
            self.app.tick(start + passed * MINUTE)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    found = House(tmp_path)
    with found.app:
        yield found


def test_organisers_are_told_that_reading_has_stopped_and_is_back(house: House) -> None:
    away = house.maildir.with_name("away")
    with SmtpRecorder(port=house.port) as recorder:
        house.app.tick(NOON)
        house.maildir.rename(away)
        house.tick_from(NOON + MINUTE, 10)
        assert house.alarms() == []
        house.tick_from(NOON + 16 * MINUTE, 60)
        assert house.alarms() == [("watch_notice", "sent")]

        away.rename(house.maildir)
        house.put("1", write_message(f"Our expression of interest.\n\n{STORY}"))
        house.tick_from(NOON + 90 * MINUTE, 10)

        assert house.alarms() == [("watch_notice", "sent"), ("watch_all_clear", "sent")]
        subjects = Counter(x.kind for x in house.letters() if x.state is LetterState.SENT)
        assert subjects[LetterKind.APPLICATION_PACK] == 1
        assert len(recorder.received) == sum(subjects.values())
    with house.app.database.reading() as session:
        pulse = watches.pulses(session)["read/ace"]
    assert (pulse.well_at, pulse.failing_since) == (NOON + 100 * MINUTE, None)


def test_that_sending_has_stopped_is_told_once_it_works_again(house: House) -> None:
    house.put("1", write_message(f"Our expression of interest.\n\n{STORY}"))
    house.tick_from(NOON, 30)
    with house.app.database.reading() as session:
        (trouble,) = watches.open_troubles(session)
    assert (trouble.kind, trouble.began_at) == (TroubleKind.SENDING_STOPPED, NOON)
    assert house.alarms() == []

    with SmtpRecorder(port=house.port) as recorder:
        house.app.tick(NOON + 30 * MINUTE + OUTAGE_PAUSE)

        assert house.alarms() == [("watch_all_clear", "sent")]
        assert len(recorder.received) == len(house.letters()) == 2


def test_a_full_disk_and_a_breaker_are_told_whatever_the_caps_say(
    house: House, tmp_path: Path
) -> None:
    caps = replace(house.app.configuration.delivery.caps, breaker_an_hour=1, overall_a_day=1)
    house.app.configuration = replace(
        house.app.configuration,
        watch=Limits(disk_free=10**18),
        delivery=replace(house.app.configuration.delivery, caps=caps),
    )
    for number in (1, 2):
        text = f"Our expression of interest.\n\n{STORY}"
        raw = write_message(text, sender=f"Sam Hill <sam@place{number}.example>")
        house.put(str(number), raw.replace(b"<1@", f"<{number}@".encode()))
    with SmtpRecorder(port=house.port) as recorder:
        house.tick_from(NOON, 10)

        states = Counter((x.kind.value, x.state.value) for x in house.letters())
        assert states == {
            ("application_pack", "sent"): 1,
            ("application_pack", "held"): 1,
            ("watch_notice", "sent"): 2,
        }
        assert len(recorder.received) == 3
    with house.app.database.reading() as session:
        kinds = {trouble.kind for trouble in watches.open_troubles(session)}
    assert kinds == {TroubleKind.BREAKER_TRIPPED, TroubleKind.DISK_NEARLY_FULL}
    free = disk_free(tmp_path / "not" / "made" / "yet")
    assert free is not None and 0 < free < 10**18


def a_token(ends: datetime) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'none'})}.{part({'exp': int(ends.timestamp())})}.signature"


def test_a_token_says_when_it_ends(tmp_path: Path) -> None:
    soon, later = tmp_path / "soon", tmp_path / "later"
    soon.write_text(a_token(NOON) + "\n")
    later.write_text(a_token(NOON + MINUTE))
    missing, opaque = tmp_path / "missing", tmp_path / "opaque"
    opaque.write_text("ya29.an-opaque-one")

    assert ends_at(a_token(NOON)) == NOON
    assert token_ends({"ace": (later, soon, missing), "surrey500": (opaque,)}) == {"ace": NOON}


@pytest.mark.parametrize(
    "text",
    ["", "a.b.c", "a.e30.c", "a.eyJleHAiOiJ4In0.c", "..", "a.W10.c", "{}", "{", '{"ends_at": 3}'],
)
def test_what_says_nothing_ends_never(text: str) -> None:
    assert ends_at(text) is None
