"""Joan and Piotr, nominated to Surrey 500 by Amina, and their places, in a line or two."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from responders.kinds import letters_due
from storage.domain.case import Case, CaseState
from storage.domain.letter import Letter, LetterKind
from storage.domain.message import MessageKind, RecordedMessage
from storage.domain.overview import Overview, PlaceLine
from storage.domain.people import Address, Contact
from storage.domain.placement import Placement
from storage.domain.programme import Placing, Programme
from storage.domain.situation import Situation
from tests.support.programmes import SURREY as PLAIN_SURREY
from tests.support.situations import (
    AMINA,
    AMINA_ADDRESS,
    JOAN,
    PIOTR,
    SURREY_OPEN,
    a_message,
    a_nominee_case,
    a_situation,
    after,
)

WINIFRED = "winifred.asante@heartlands.nhs.example"
JOANS = Contact(JOAN.name, JOAN.email, None, JOAN.role, JOAN.organisation)
JOANS_ADDRESS = Address("joan@hospice.example")

SURREY = replace(
    PLAIN_SURREY,
    placing=Placing(
        reply_within_days=7,
        chase_after_days=(3, 5),
        joining_days_before=14,
        reminder_days_before=(7, 3),
    ),
)
PLACED_AT = SURREY_OPEN + timedelta(days=5)
"""2.05 pm on Monday 8 April 2019."""
STARTS_AT = SURREY.cohorts[0].starts_at
DAY = timedelta(days=1)


def a_placement(
    cohort: int | None, *, id: int = 17, case_id: int = 7, rank: int = 0, at: datetime = PLACED_AT
) -> Placement:
    return Placement(id, case_id, cohort, rank, "in order", WINIFRED, at)


def a_nominee(
    *placements: Placement,
    state: CaseState = CaseState.NOMINATED,
    case: Case | None = None,
    messages: Sequence[RecordedMessage] = (),
    now: datetime = PLACED_AT,
    programme: Programme = SURREY,
) -> Situation:
    """Joan, nominated by Amina, with these placements."""
    joan = replace(
        case or a_nominee_case(JOAN, 7),
        state=state,
        people=frozenset({"joan@hospice.example", AMINA_ADDRESS.email}),
    )
    s = a_situation(*messages, case=joan, programme=programme, now=now)
    return replace(s, placements=placements)


def written(s: Situation, *, now: datetime | None = None) -> Situation:
    """The same once the letters that are due have left; `now` is another time then."""
    sent = after(s, *letters_due(s))
    letters = tuple(
        x if x.sent_at else _sent(x, number, s.now)
        for number, x in enumerate(sent.letters, start=300)
    )
    return replace(sent, letters=letters, now=now or s.now)


def _sent(letter: Letter, number: int, at: datetime) -> Letter:
    message_id = f"<letter-{number}@postroom.heartlands.nhs.example>"
    return replace(letter, id=number, message_id=message_id, created_at=at, sent_at=at)


def a_reply(
    kind: MessageKind = MessageKind.FOLLOW_UP,
    *,
    id: int = 9,
    at: datetime = PLACED_AT + DAY,
    by: Address = JOANS_ADDRESS,
    changed: Sequence[str] = ("state",),
) -> RecordedMessage:
    """What somebody wrote about Joan's place."""
    contact = JOANS if by == JOANS_ADDRESS else AMINA
    return a_message(
        kind,
        id=id,
        received_at=at,
        contact=contact,
        answer_to=by,
        changed=changed,
        case_ids=(7,),
        programme="surrey500",
    )


def invited() -> Situation:
    return a_nominee(a_placement(1))


def offered() -> Situation:
    return a_nominee(a_placement(None), a_placement(2, id=18, at=PLACED_AT + DAY))


def silent() -> Situation:
    return written(invited(), now=PLACED_AT + 3 * DAY)


def confirmed(
    *, at: datetime = PLACED_AT + DAY, now: datetime = PLACED_AT + DAY + timedelta(minutes=2)
) -> Situation:
    """Joan has said yes `at` that time."""
    s = written(invited())
    joan = s.case
    assert joan is not None
    return replace(
        s, case=replace(joan, state=CaseState.CONFIRMED), messages=(a_reply(at=at),), now=now
    )


def nearly_there() -> Situation:
    """Two weeks before the start, 9 am."""
    return written(confirmed(), now=datetime(2019, 5, 9, 8, tzinfo=UTC))


def days_away() -> Situation:
    """A week before the start."""
    return written(nearly_there(), now=datetime(2019, 5, 16, 8, tzinfo=UTC))


def fates(*states: CaseState, placements: Sequence[Placement]) -> Situation:
    """The message by which Amina nominated Joan and Piotr, with what became of them."""
    cases = [
        replace(a_nominee_case(nominee, 7 + place), state=state)
        for place, (nominee, state) in enumerate(zip((JOAN, PIOTR), states, strict=True))
    ]
    message = a_message(
        MessageKind.NOMINATION,
        received_at=SURREY_OPEN,
        nominees=(JOAN, PIOTR),
        case_ids=[case.id for case in cases],
        programme="surrey500",
    )
    fresh = a_situation(message, nominees=cases, programme=SURREY)
    told = [due for due in letters_due(fresh) if due.kind is LetterKind.NOMINATION_RECEIPT]
    return replace(after(fresh, *told), placements=tuple(placements), now=PLACED_AT)


def all_known() -> Situation:
    return fates(
        CaseState.CONFIRMED,
        CaseState.NOMINATED,
        placements=(a_placement(1), a_placement(None, id=18, case_id=8, rank=1)),
    )


MONDAY_MORNING = datetime(2019, 4, 15, 7, 5, tzinfo=UTC)


def a_week_of_east_surrey() -> Situation:
    """What Gordon Abara is told on a Monday, and nobody else: all nominees are of his area."""
    standing = (
        ("Joan Achterberg", CaseState.CONFIRMED, 1, False, PLACED_AT),
        ("Piotr Sowa", CaseState.NOMINATED, 1, False, PLACED_AT),
        ("Bea Lindgren", CaseState.NOMINATED, None, True, None),
        ("Idris Falk", CaseState.NOMINATED, None, False, None),
        ("Ola Brant", CaseState.WITHDRAWN, 1, False, PLACED_AT),
        ("Siân Haldane", CaseState.NOMINATED, 1, False, PLACED_AT - 7 * DAY),
        ("Kwame Umeh", CaseState.NOMINATED, 2, False, PLACED_AT + DAY),
        ("Priya Okonkwo", CaseState.NOMINATED, 1, False, PLACED_AT),
        ("Tomasz Ng", CaseState.NOMINATED, 2, False, None),
        ("Mairead Abara", CaseState.CONFIRMED, 2, False, PLACED_AT),
    )
    lines = tuple(
        PlaceLine(number, f"S500-{number:04d}", name, "east-surrey", *stands)
        for number, (name, *stands) in enumerate(standing, start=7)
    )
    return Situation(
        programme=replace(SURREY, organisers=()),
        now=MONDAY_MORNING,
        case=None,
        messages=(),
        overview=Overview(places=lines, begins_at=SURREY_OPEN),
    )


def who_leads(*, tells_leads: bool = True, area: str | None = "east-surrey") -> Situation:
    """Somebody of East Surrey asks who leads the nominations."""
    message = a_reply(MessageKind.QUESTION, changed=())
    asked = replace(message.understanding, asks_for_lead=True, area=area)
    programme = replace(SURREY, placing=replace(SURREY.placing, tells_leads=tells_leads))
    return a_situation(replace(message, understanding=asked, case_ids=()), programme=programme)
