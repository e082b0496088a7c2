"""A programme, its round and what an applicant is told of them. Built from the configuration."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from storage.domain.award import Award, ProgrammeEvent
from storage.domain.message import MessageKind
from storage.domain.people import Address


class ProgrammeKind(StrEnum):
    """GRANT: projects express interest and get a pack. COHORT: people are nominated to places."""

    GRANT = "grant"
    COHORT = "cohort"


class Window(StrEnum):
    """Where an instant stands to a round."""

    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the programme's ground: `key` in data, `name` in letters. `aliases` are other
    names and initials, `places` the boroughs and well-known places that belong to it alone. Of a
    cohort programme at most `most_in_all` of its people take part, `most_in_a_cohort` of them in
    one cohort; None: as many as there is room for."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    nomination_lead: Address | None = None
    most_in_all: int | None = None
    most_in_a_cohort: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the panel; `weight` is a share of the whole, any positive number."""

    key: str
    name: str
    solid: str
    strong: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Milestone:
    """A line of the timeline: `when` in words as the organisers say it."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Move:
    """A round was to close at `closes_at` until, at the instant `at`, a later time was set."""

    closes_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One opening of a programme. It is open from `opens_at` up to and including `closes_at`,
    and `grace` beyond it for those whose message was on its way. `moves` tell how its closing came
    to be later than it was at first, in order of time. The panel scores until `scores_by`."""

    key: str
    opens_at: datetime
    closes_at: datetime
    outcomes_at: datetime | None = None
    scores_by: datetime | None = None
    grace: timedelta = timedelta(0)
    timeline: tuple[Milestone, ...] = ()
    moves: tuple[Move, ...] = ()

    def window(self, instant: datetime) -> Window:
        if instant < self.opens_at:
            return Window.BEFORE
        return Window.OPEN if instant <= self.closes_at + self.grace else Window.AFTER


@dataclass(frozen=True, slots=True)
class Reminders:
    """When those who have the pack and sent no form are reminded: `days_before` the closing day,
    `at` this time by the programme's clock. With `working_days_only` a reminder that falls on a
    day off comes on the working day before. Who got the pack less than `after_pack` before is
    left out. The members of the panel are reminded alike, `scores_days_before` the day by which
    they score."""

    days_before: tuple[int, ...] = ()
    at: time = time(9)
    working_days_only: bool = True
    after_pack: timedelta = timedelta(days=2)
    scores_days_before: tuple[int, ...] = ()


class DigestRhythm(StrEnum):
    """How often an organiser is told the news."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BOTH = "both"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who runs the programme. Their digests tell of `areas` (keys; none: of all)."""

    address: Address
    digest: DigestRhythm = DigestRhythm.DAILY
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelMember:
    """Who scores the applications; none of their own organisation's."""

    address: Address
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Digests:
    """When digests are written, by the programme's clock; `weekday` counts from Monday, 0.
    `at_risk` before the closing a case without a form is one at risk, `stuck_after` is how long a
    letter may wait before it counts as stuck."""

    at: time = time(8)
    weekday: int = 0
    at_risk: timedelta = timedelta(days=7)
    stuck_after: timedelta = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group of a cohort programme that starts together. `venue` is where, in a line; `joining`
    what those who come have to know, in plain text."""

    number: int
    starts_at: datetime
    places: int
    venue: str = ""
    joining: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """How the places of a cohort programme are filled: an invitation asks for an answer within
    `reply_within_days` and is followed by a nudge after each of `chase_after_days`, both working
    days. Those who confirmed hear `joining_days_before` and `reminder_days_before` the day of the
    start, `at` this time by the programme's clock. Who asks for the lead of the nominations is told
    at once where `tells_leads`, else after a person has looked."""

    reply_within_days: int = 5
    chase_after_days: tuple[int, ...] = ()
    joining_days_before: int = 14
    reminder_days_before: tuple[int, ...] = ()
    at: time = time(9)
    tells_leads: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the application form; `max_words` is what the form asks to keep to."""

    key: str
    text: str
    help: str = ""
    max_words: int | None = None


@dataclass(frozen=True, slots=True)
class CustomField:
    """A detail that one programme asks for beside those that all have.

    It is found behind one of its `labels`, and with `anywhere` wherever one of the `choices`, or
    what `pattern` (RE2 syntax; its first group where it has one) matches, stands in the text. With
    `choices` nothing else is a value.
    """

    key: str
    label: str
    labels: tuple[str, ...] = ()
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    anywhere: bool = False


class RulePlace(StrEnum):
    """Where a programme's own rule looks. Any other place is a header, by its name."""

    FROM = "from"
    TO = "to"
    SUBJECT = "subject"
    BODY = "body"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class CustomRule:
    """An organiser's own rule. Where `pattern` (RE2 syntax) is found in `place`, a message of a
    person is of `kind`, its answer waits for a person (`hold`), and `values` are noted: the area's
    key under `area`, the programme's own fields under theirs. `stop`: later rules are not asked."""

    name: str
    place: str
    pattern: str
    kind: MessageKind | None = None
    hold: bool = False
    values: tuple[tuple[str, str], ...] = ()
    stop: bool = False


MOST_ENCLOSED = 7 * 2**20
"""Bytes before encoding, as of a pack: so many mailboxes take."""


@dataclass(frozen=True, slots=True)
class Programme:
    """What one applies to. `inbox` is the address messages come to and letters go from, lower
    case; `person` is whom an applicant can reach; `pack_link` replaces the attached pack. Without
    `award` nothing more is asked of those who are funded. `most_enclosed` is how many bytes of
    applications, before encoding, go with a letter to the panel."""

    slug: str
    name: str
    kind: ProgrammeKind
    inbox: str
    team: str
    reference_prefix: str
    zone: ZoneInfo
    round: Round
    person: Address
    person_phone: str | None = None
    introduction: str = ""
    areas: tuple[Area, ...] = ()
    organisers: tuple[Organiser, ...] = ()
    panel: tuple[PanelMember, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    questions: tuple[Question, ...] = ()
    amount: int | None = None
    currency: str = "GBP"
    awards: int | None = None
    awards_per_area: int | None = None
    budget: int | None = None
    places: int | None = None
    cohorts: tuple[Cohort, ...] = ()
    answer_within_days: int = 3
    keep_months: int = 24
    pack_link: str | None = None
    fields: tuple[CustomField, ...] = ()
    rules: tuple[CustomRule, ...] = ()
    reminders: Reminders = field(default_factory=Reminders)
    digests: Digests = field(default_factory=Digests)
    chase_after_days: tuple[int, ...] = ()
    placing: Placing = field(default_factory=Placing)
    award: Award | None = None
    events: tuple[ProgrammeEvent, ...] = ()
    holidays: frozenset[date] = frozenset()
    most_enclosed: int = MOST_ENCLOSED

    def area(self, key: str | None) -> Area | None:
        """The area with this key, None for None and for an unknown one."""
        return next((area for area in self.areas if area.key == key), None)

    def organiser(self, email: str | None) -> Organiser | None:
        """Who runs it with this address, None for None and for anybody else."""
        return next((one for one in self.organisers if one.address.email == email), None)

    def panel_member(self, email: str | None) -> PanelMember | None:
        """Who is on the panel with this address, None for None and for anybody else."""
        return next((member for member in self.panel if member.address.email == email), None)

    def event(self, key: str) -> ProgrammeEvent | None:
        """The event with this key, None for an unknown one."""
        return next((event for event in self.events if event.key == key), None)

    def cohort(self, number: int | None) -> Cohort | None:
        """The cohort of this number, None for None and for an unknown one."""
        return next((cohort for cohort in self.cohorts if cohort.number == number), None)
