"""A simulated year that stops on its way, to practise on: its dates are moved so that it stops
today, what came in during the last day lies unread in a Maildir, and no letter ever leaves."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from mailbox import Maildir
from pathlib import Path

from intake.commands.simulating.grant.season import make_season
from intake.commands.simulating.play import Play
from intake.config import example_path, load_configuration
from storage.domain.programme import Programme

UNREAD = timedelta(days=1)
"""How long before the end the application last ticked."""

MAILBOX = "mailbox"
"""The Maildir beside the configuration."""

NOBODY = "nobody@practice.example"
"""The only address that letters may go to."""

BEFORE, BEHIND = timedelta(days=6), timedelta(days=14)
"""Days before the opening and behind the last date of a programme that can be stopped at."""

_ALWAYS = (
    ("tick", "reads what came during the last day; the letters are written and held"),
    ("cases", "everybody, and how they stand"),
    ("messages --for-a-person", "what only a person can answer"),
    ("outbox --state held", "the letters that wait"),
)
_OF_PROGRAMME = {
    "ace": (
        ("digest --programme ace", "what an organiser is told"),
        ("case ACE-0007", "one case, with its messages, letters and history"),
        ("pack status ace", "who holds which pack"),
        ("decisions export --programme ace decisions.xlsx", "the sheet to decide on"),
        ("export --programme ace --to ace.xlsx", "everything that is known"),
    ),
    "surrey500": (
        ("digest --programme surrey500", "what an organiser is told"),
        ("case S500-0007", "one nominee, with their messages, letters and history"),
        ("places show surrey500", "the cohorts, the waiting list, and who is silent"),
        ("places propose surrey500", "who would come into which cohort; nothing changes"),
        ('places apply surrey500 --by "Winifred Asante"', "gives the places; then tick again"),
    ),
}

_BY = '--by "Rosalind Okoro"'
_ASKING = (
    f"panel assign --programme ace --readers 3 {_BY} --dry-run",
    "who of the panel would read what; without --dry-run they are asked",
)
_READING = (
    ("panel status --programme ace", "who of the panel is missing what"),
    (f"panel remind --programme ace {_BY} --dry-run", "whom a reminder by hand would go to"),
)
_SCORED = (
    ("panel table --programme ace", "what the scores come to"),
    ("allocate --programme ace", "who would be funded by them; nothing is decided"),
)
_DECIDED = (f"outcomes release ace {_BY} --dry-run", "who would be told what")
_TOLD = (
    ("outcomes show ace", "who was told what, and who answered"),
    ("award status --programme ace", "who receives the money, and what is missing"),
)

_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})(?=T|\b)")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_WORDS = re.compile(
    r"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?"
    rf"(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})\b"
)
_MAILBOX_TABLE = re.compile(r"^(\[programmes\.\w+\.mailbox\]\n)(?:(?!\[).*\n)*", re.MULTILINE)
_SAFETY = re.compile(r"^\[safety\]\n", re.MULTILINE)


class OutOfYear(Exception):
    """The day is not one of the year that can be played: its first and its last day are told."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the year of a programme stops: at `day` of the example's calendar, which is moved so
    that it is the day of `now`."""

    slug: str
    day: date
    now: datetime

    @property
    def moved_by(self) -> timedelta:
        return self.now.date() - self.day

    @property
    def last_tick_at(self) -> datetime:
        return self.now - UNREAD

    def adapt(self, text: str) -> str:
        """A configuration with all its dates moved, in figures and in words."""
        moved = _DAY.sub(lambda found: self._moved(date.fromisoformat(found[1])).isoformat(), text)
        return _WORDS.sub(self._in_words, moved)

    def _moved(self, day: date) -> date:
        return day + self.moved_by

    def _in_words(self, found: re.Match[str]) -> str:
        month = _MONTHS.index(found["month"]) + 1
        day = self._moved(date(int(found["year"]), month, int(found["day"] or 15)))
        if not found["day"]:
            return f"{day:%B %Y}"
        return f"{day:%A %-d %B %Y}" if found["weekday"] else f"{day:%-d %B %Y}"


def stop_at(slug: str, day: date, now: datetime) -> Stop:
    """A stop of this programme's year. Raises OutOfYear."""
    programme = _programme(slug)
    starts = [cohort.starts_at for cohort in programme.cohorts]
    last_at = max([*starts, programme.round.outcomes_at or programme.round.closes_at])
    first, last = programme.round.opens_at.date() - BEFORE, last_at.date() + BEHIND
    if not first <= day <= last:
        raise OutOfYear(f"{day} is no day between {first} and {last}")
    return Stop(slug, day, now)


def _programme(slug: str) -> Programme:
    example = load_configuration(example_path(), is_scratch=True)
    return next(p for p in example.programmes if p.slug == slug)


def is_practised(folder: Path) -> bool:
    """True for the folder of a year that has stopped: only such a one has a Maildir of its own."""
    return (folder / MAILBOX).is_dir()


def next_commands(stop: Stop, folder: Path) -> dict[str, str]:
    """What can be tried in the folder of a year that has stopped, each with what it shows."""
    return {f"export POSTROOM_CONFIG={folder / 'config.toml'}": "for all commands below"} | {
        f"postroom {words}": why
        for words, why in (*_ALWAYS, *_OF_PROGRAMME[stop.slug], *_of_the_day(stop))
    }


def _of_the_day(stop: Stop) -> Iterator[tuple[str, str]]:
    """What the grant call has come to by that day: its panel, its outcomes, its awards."""
    programme = _programme(stop.slug)
    scores_by = programme.round.scores_by
    if scores_by is None or not programme.panel:
        return
    season = make_season(programme)
    if season.extended_to.date() < stop.day < scores_by.date():
        yield _ASKING
    if season.asked_at[0].date() < stop.day:
        yield from _READING if stop.day < season.decided_at.date() else _READING[:1]
    if scores_by.date() <= stop.day:
        yield from _SCORED
    if season.decided_at.date() < stop.day <= season.outcomes_at.date():
        yield _DECIDED
    if season.outcomes_at.date() < stop.day:
        yield from _TOLD


def leave_workspace(folder: Path, play: Play, stop: Stop) -> int:
    """Turn the folder of a year that has stopped into one that every command works with; returns
    how many messages lie unread in it."""
    path = folder / "config.toml"
    table = f'\\g<1>kind = "maildir"\npath = "{MAILBOX}"\n\n'
    text = _MAILBOX_TABLE.sub(table, path.read_text(encoding="utf-8"))
    safe, found = _SAFETY.subn(f'[safety]\nonly_to = ["{NOBODY}"]\n', text)
    path.write_text(safe if found else f'{text}\n[safety]\nonly_to = ["{NOBODY}"]\n', "utf-8")
    (folder / "mail-password").unlink(missing_ok=True)
    return play.leave_unread(stop.now, _maildir(folder / MAILBOX))


def _maildir(folder: Path) -> Callable[[bytes, datetime], object]:
    """A file's time is when the message was received."""
    maildir = Maildir(folder, create=True)

    def add(raw: bytes, at: datetime) -> None:
        path = folder / "new" / maildir.add(raw)
        os.utime(path, (at.timestamp(), at.timestamp()))

    return add
