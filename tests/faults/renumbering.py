"""R3: a mailbox that renumbers, shows again or copies what was read: no second case, no letter.

Every scenario has a mailbox in which messages were read and answered; then something happens to
it, and nothing may come of that. What is new in truth must not be taken for something old."""

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.faults.board import Figure, Measured, Size, none_of
from tests.support.dovecot import Dovecot
from tests.support.expressions import expression
from tests.support.installations import Servers, make_installation
from tests.support.smtp_recorder import SmtpRecorder
from tests.support.worlds import NOON, World, make_app

KNOWN = [expression(n) for n in range(1, 4)]
DAY = timedelta(days=1)

Happening = Callable[[World], None]


def seen_again_and_renumbered(world: World) -> None:
    world.put_back()
    world.renumber()


def renumbered_twice(world: World) -> None:
    seen_again_and_renumbered(world)
    world.tick()
    seen_again_and_renumbered(world)


def copied_and_renumbered(world: World) -> None:
    world.put_back(copies=True)
    world.renumber()


def uids_given_again(world: World, **told: int) -> None:
    world.number_anew(**told)
    world.put_back()


def uids_given_again_crosswise(world: World) -> None:
    world.number_anew()
    world.put_back(backwards=True)


def older_uidvalidity_comes_back(world: World) -> None:
    seen_again_and_renumbered(world)
    world.tick()
    uids_given_again(world, validity=1)


def seen_again_every_hour(world: World) -> None:
    for _ in range(3):
        world.put_back()
        world.tick()


def renumbered_between_reading_and_filing(world: World) -> None:
    world.put_back()
    world.collect()
    world.read()
    world.renumber()


def renumbered_between_collecting_and_reading(world: World) -> None:
    world.put_back()
    world.collect()
    world.renumber()


def taken_away_once_collected(world: World) -> None:
    world.put_back()
    world.collect()
    world.leave()
    for file in world.inbox():
        file.unlink()


def in_a_second_mailbox(world: World) -> None:
    mailbox = world.open_second()
    for raw in KNOWN:
        world.dovecot.deliver(mailbox.name, raw, NOON)
    world.app.pipeline.collect(mailbox, "ace", world.now)
    world.read()
    world.app.pipeline.file(mailbox, world.now)
    mailbox.close()


def in_both_mailboxes_at_once(world: World) -> None:
    world.put_back(copies=True)
    in_a_second_mailbox(world)


def by_another_way(world: World) -> None:
    """An alias leads here too: the same message with another Received field."""
    for raw in KNOWN:
        world.deliver(b"Received: from alias.example by mx.leadership.nhs.example\r\n" + raw)


def with_a_footer(world: World) -> None:
    world.deliver(*(raw + b"\r\n-- \r\nScanned by nobody in particular\r\n" for raw in KNOWN))


def with_bare_line_ends(world: World) -> None:
    world.deliver(*(raw.replace(b"\r\n", b"\n") for raw in KNOWN))


def with_id_in_other_spaces(world: World) -> None:
    world.deliver(*(raw.replace(b"Message-ID: <", b"Message-ID:\r\n  <") for raw in KNOWN))


def with_id_in_lower_case_field(world: World) -> None:
    world.deliver(*(raw.replace(b"Message-ID:", b"message-id:") for raw in KNOWN))


def with_marks_of_a_filter(world: World) -> None:
    world.deliver(*(b"X-Spam-Status: No\r\n" + raw for raw in KNOWN))


def with_id_of_another_text(world: World) -> None:
    """Somebody's program gives every message one Message-ID: a person looks."""
    for raw in KNOWN:
        world.deliver(raw.replace(b"Carers on estate", b"Nurses on ward"))


HAPPENINGS: dict[str, Happening] = {
    "renumbered while empty": World.renumber,
    "put back": World.put_back,
    "put back, renumbered": seen_again_and_renumbered,
    "renumbered twice": renumbered_twice,
    "copied": lambda world: world.put_back(copies=True),
    "copied, renumbered": copied_and_renumbered,
    "put back as seen": lambda world: world.put_back(flags="S"),
    "put back as answered": lambda world: world.put_back(flags="FRS"),
    "put back as deleted": lambda world: world.put_back(flags="T"),
    "put back in another order": lambda world: world.put_back(backwards=True),
    "uids given again": uids_given_again,
    "uids given again, crosswise": uids_given_again_crosswise,
    "uids near their end": lambda world: uids_given_again(world, next_uid=4_294_967_000),
    "uids jump": lambda world: uids_given_again(world, next_uid=70_000),
    "older uidvalidity comes back": older_uidvalidity_comes_back,
    "largest uidvalidity": lambda world: uids_given_again(world, validity=4_294_967_295),
    "put back every hour": seen_again_every_hour,
    "renumbered before filing": renumbered_between_reading_and_filing,
    "renumbered before reading": renumbered_between_collecting_and_reading,
    "taken away once collected": taken_away_once_collected,
    "delivered again": lambda world: world.deliver(*KNOWN),
    "delivered five times": lambda world: world.deliver(*KNOWN * 5),
    "delivered again later": lambda world: world.deliver(*KNOWN, at=NOON + 3 * DAY),
    "delivered again earlier": lambda world: world.deliver(*KNOWN, at=NOON - 300 * DAY),
    "in a second mailbox": in_a_second_mailbox,
    "in both mailboxes at once": in_both_mailboxes_at_once,
    "same id by another way": by_another_way,
    "same id with a footer": with_a_footer,
    "same id, bare line ends": with_bare_line_ends,
    "same id, other spaces": with_id_in_other_spaces,
    "same id, lower case": with_id_in_lower_case_field,
    "same id, marks of a filter": with_marks_of_a_filter,
    "same id, another text": with_id_of_another_text,
}


def with_id(raw: bytes, message_id: bytes) -> bytes:
    return re.sub(rb"(?m)^Message-ID: .*\r$", b"Message-ID: " + message_id + b"\r", raw)


def without_id(raw: bytes) -> bytes:
    return with_id(raw, b"").replace(b"Message-ID: \r\n", b"")


NEW: dict[str, list[bytes]] = {
    "no ids": [without_id(expression(n)) for n in (11, 12, 13)],
    "empty ids": [
        expression(n).replace(b"<%d@project%d.example>" % (n, n), b"<>") for n in (14, 15)
    ],
    "ids of their own": [expression(n) for n in (16, 17, 18)],
}
"""Messages of others, which only look like those that are known."""


def measure(size: Size) -> Measured:
    happenings = list(HAPPENINGS.items())[:: size.pick(full=1, small=6)]
    notes: list[str] = []
    cases_opened, letters, missed = 0, 0, 0
    with tempfile.TemporaryDirectory() as name, Dovecot() as dovecot, SmtpRecorder() as recorder:
        make = _Maker(Path(name), dovecot, recorder)
        for label, happen in happenings:
            opened, sent = _what_comes_of(make(), happen)
            cases_opened, letters = cases_opened + opened, letters + sent
            if opened or sent:
                notes.append(f"{label}: {opened} cases, {sent} letters")
        for label, raws in NEW.items():
            opened, sent = _what_comes_of(make(), lambda world, raws=raws: _new(world, raws))
            missed += abs(opened - len(raws)) + abs(sent - len(raws))
            if opened != len(raws):
                notes.append(f"{label}, of others: {opened} cases, {sent} letters")
    return Measured(
        (
            Figure("scenarios", len(happenings), least=size.pick(full=25, small=5)),
            none_of("new cases", cases_opened),
            none_of("letters", letters),
            none_of("new messages taken for old ones", missed),
        ),
        tuple(notes),
    )


def _what_comes_of(world: World, happen: Happening) -> tuple[int, int]:
    """How many cases are opened by what happens, and how many letters leave."""
    cases, letters = world.count_cases(), len(world.recorder.received)
    happen(world)
    world.tick(2)
    found = world.count_cases() - cases, len(world.recorder.received) - letters
    world.app.close()
    return found


def _new(world: World, raws: list[bytes]) -> None:
    """Each comes twice, under uids that others had."""
    world.number_anew()
    world.deliver(*raws, *raws)


class _Maker:
    """Makes worlds in which some messages were read and answered."""

    def __init__(self, folder: Path, dovecot: Dovecot, recorder: SmtpRecorder) -> None:
        self._folder, self._dovecot, self._recorder = folder, dovecot, recorder
        self._count = 0
        with make_app(make_installation(folder / "first", Servers(1, 1, "a", "b"))) as app:
            self._renderer = app.renderer(NOON)
        shutil.copytree(folder / "first", folder / "empty")

    def __call__(self) -> World:
        self._count += 1
        folder = self._folder / str(self._count)
        shutil.copytree(self._folder / "empty", folder)
        world = World(self._dovecot, self._recorder, folder, self._renderer)
        world.deliver(*KNOWN)
        world.tick()
        assert world.count_cases() == len(KNOWN)
        return world
