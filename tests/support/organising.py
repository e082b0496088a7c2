"""A round as its organisers see it, in a line or two, for tests of the letters to them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.domain.case import CaseState
from storage.domain.digest_days import digest_key
from storage.domain.letter import Due, Letter, LetterKind, LetterState
from storage.domain.message import MessageKind
from storage.domain.overview import (
    CaseLine,
    HistoryLine,
    Overview,
    PersonsMessage,
    WaitingLetter,
)
from storage.domain.people import Address
from storage.domain.programme import DigestRhythm, Organiser, Programme
from storage.domain.situation import Situation
from tests.support.situations import ACE, a_letter

LONDON = ZoneInfo("Europe/London")
ROSALIND = Address("rosalind.okoro@leadership.nhs.example", "Rosalind Okoro")
TOMASZ = Address("tomasz.brandt@leadership.nhs.example", "Tomasz Brandt")

BEGINNING = datetime(2021, 7, 1, 8, tzinfo=UTC)
"""When the first line of the history was written."""


def clock(day: int, hour: int = 8, minute: int = 0, *, month: int = 8) -> datetime:
    """An instant of August 2021 by the clock of London."""
    return datetime(2021, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def a_line(
    number: int,
    *,
    state: CaseState = CaseState.EXPRESSED,
    area: str | None = "north-central-london",
    organisation: str | None = "Kentish Town Family Centre",
    title: str | None = "Ask Dad",
    opened_at: datetime | None = None,
    **told: object,
) -> CaseLine:
    """Case `number` of the round."""
    line = CaseLine(
        id=number,
        reference=f"ACE-{number:04d}",
        state=state,
        area=area,
        organisation=organisation,
        title=title,
        opened_at=opened_at or clock(5, month=7),
        closes_at=ACE.round.closes_at,
    )
    return replace(line, **told)  # type: ignore[arg-type]


def an_event(
    id: int, what: str, case_id: int | None = None, *, at: datetime | None = None, **told: object
) -> HistoryLine:
    """Line `id` of the history; of `told`, what is no field of it is its detail,
    `letter` the kind of a letter."""
    known = HistoryLine.__dataclass_fields__
    fields = {name: value for name, value in told.items() if name in known}
    detail = {name: str(value) for name, value in told.items() if name not in known}
    if "letter" in detail:
        detail["kind"] = detail.pop("letter")
    line = HistoryLine(id, at or BEGINNING, None, what, case_id, detail=detail)
    return replace(line, **fields)  # type: ignore[arg-type]


def run_by(*organisers: Organiser, programme: Programme = ACE) -> Programme:
    return replace(programme, organisers=organisers)


def a_round(
    overview: Overview,
    *,
    now: datetime,
    letters: Sequence[Letter] = (),
    programme: Programme | None = None,
) -> Situation:
    """The programme as a whole, run by Rosalind, who wants a digest every day."""
    if overview.begins_at is None:
        overview = replace(overview, begins_at=BEGINNING)
    return Situation(
        programme=programme or run_by(Organiser(ROSALIND)),
        now=now,
        case=None,
        messages=(),
        letters=tuple(letters),
        overview=overview,
    )


def a_digest(
    day: datetime,
    *,
    to: Address = ROSALIND,
    rhythm: DigestRhythm = DigestRhythm.DAILY,
    told_until: int | None = 0,
    id: int = 900,
    state: LetterState = LetterState.SENT,
) -> Letter:
    """The digest that was written at this instant."""
    key = digest_key(rhythm, to.email, day.astimezone(LONDON).date(), "ace")
    due = Due(LetterKind.DIGEST, key, to, told_until=told_until)
    return replace(a_letter(due, id=id, state=state), created_at=day, told_until=told_until)


def a_busy_round() -> Overview:
    """Nine days before the closing: something of everything."""
    applied = {"state": CaseState.APPLIED, "pack_sent_at": clock(6, 9, month=7)}
    return Overview(
        cases=(
            a_line(1, form_at=clock(10, 21, 14), **applied),
            a_line(
                3,
                area="north-east-london",
                organisation="Friends of Wick Lane",
                title="Allotment Fridays",
                pack_sent_at=clock(6, 9, month=7),
            ),
            a_line(
                7,
                area="south-east-london",
                organisation="Lea Valley Growers",
                title="Grow Together",
                pack_sent_at=clock(3, 11),
                opened_at=clock(3, 10, 50),
            ),
            a_line(
                9,
                area=None,
                organisation="St Bride's Hospice",
                title=None,
                opened_at=clock(10, 16, 2),
            ),
            a_line(
                10,
                area="south-west-london",
                organisation="Buy now at https://cheap.example",
                title="Ring 020 7946 0999",
                pack_sent_at=clock(10, 17, 30),
                opened_at=clock(10, 17, 29),
            ),
            a_line(12, state=CaseState.WITHDRAWN, title="Sunday Lunch", organisation=None),
        ),
        letters=(
            WaitingLetter(
                31,
                LetterKind.APPLICATION_PACK,
                LetterState.HELD,
                "stranger",
                3,
                44,
                "someone@elsewhere.example",
                clock(10, 12),
            ),
            WaitingLetter(
                33,
                LetterKind.APPLICATION_RECEIPT,
                LetterState.DEFERRED,
                None,
                1,
                45,
                "amina.yusuf-cole@kentishtownfamilies.example",
                clock(10, 21, 15),
            ),
        ),
        messages=(
            PersonsMessage(
                46, clock(10, 9, 30), MessageKind.QUESTION, sender="piotr.sowa@porters.example"
            ),
            PersonsMessage(20, clock(2, 9, 30), MessageKind.UNCLEAR, sender="told@before.example"),
            PersonsMessage(47, clock(10, 22), None, reason="parser_died"),
        ),
        lines=(
            an_event(60, "message_recorded", message_id=20, kind=MessageKind.UNCLEAR),
            an_event(101, "message_recorded", message_id=46, kind=MessageKind.QUESTION),
            an_event(102, "case_opened", 9),
            an_event(103, "case_opened", 10),
            an_event(104, "likely_duplicate", 10, case="ACE-0003", reasons="same_phone"),
            an_event(
                105,
                "message_recorded",
                1,
                message_id=45,
                kind=MessageKind.APPLICATION,
                received_at=clock(10, 21, 14),
            ),
            an_event(106, "case_changed", 3, changed="contact.phone area"),
            an_event(107, "message_recorded", 12, kind=MessageKind.WITHDRAWAL),
            an_event(
                108,
                "message_recorded",
                7,
                kind=MessageKind.BOUNCE,
                bounced=("jo@leavalley.example",),
            ),
            an_event(109, "letter_skipped", 7, letter="deadline_reminder", rule="bounced"),
            an_event(110, "message_recorded", kind=MessageKind.AUTO_REPLY, rule="vacation_agent"),
            an_event(
                111,
                "round_extended",
                closes_at="2021-08-20T16:00:00+00:00",
                actor="rosalind.okoro@leadership.nhs.example",
            ),
        ),
        last_event=115,
        begins_at=BEGINNING,
    )


BUSY_MORNING = clock(13, 8, 5)
"""A Friday, a week before the closing."""


def a_busy_morning() -> Situation:
    """Rosalind was told on the day before."""
    told = a_digest(clock(12, 8, 1), told_until=100)
    return a_round(a_busy_round(), now=BUSY_MORNING, letters=[told])


def a_busy_week() -> Situation:
    """Tomasz reads once a week, and of two areas only."""
    areas = ("north-east-london", "south-west-london")
    programme = run_by(Organiser(TOMASZ, DigestRhythm.WEEKLY, areas))
    told = a_digest(clock(9), to=TOMASZ, rhythm=DigestRhythm.WEEKLY, told_until=50)
    return a_round(
        a_busy_round(), now=clock(16) + timedelta(minutes=1), letters=[told], programme=programme
    )


def a_quiet_morning() -> Situation:
    overview = replace(a_busy_round(), letters=(), messages=(), lines=())
    told = a_digest(clock(12, 8, 1), told_until=100)
    return a_round(overview, now=BUSY_MORNING, letters=[told])


def a_closed_round() -> Situation:
    """Half an hour after the closing; the digest of the day was written in the morning."""
    overview = replace(a_busy_round(), lines=())
    late = a_line(14, state=CaseState.APPLIED, form_at=clock(20, 17, 3), is_late=True)
    later = a_line(15, area="north-west-london", closes_at=clock(27, 17))
    overview = replace(overview, cases=(*overview.cases, late, later))
    told = a_digest(clock(20, 8, 1), told_until=115)
    return a_round(overview, now=clock(20, 17, 30), letters=[told])
